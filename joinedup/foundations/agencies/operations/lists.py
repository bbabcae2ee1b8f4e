"""Take a partnership's own lists: the agencies that have joined, their teams, and where these serve."""

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Team, TeamArea
from joinedup.foundations.agencies.operations.teams import (
    CannotName,
    CannotServe,
    Place,
    serve,
    stop_serving,
    team_called,
)
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.places.models import Area, Locality, Lsoa, Practice

AGENCIES, TEAMS = "agencies.csv", "teams.csv"
PURPOSE = "keeping agencies, teams and posts"
_SAID = {"yes": True, "no": False}
_FLAGS = ("is_commissioner", "is_provider", "name_reveals")
_FIELDS = ("name", "kind", "ods_code", "regulator", *_FLAGS)
_PLACES: dict[str, type[Locality | Practice | Lsoa | Area] | None] = {
    "locality": Locality, "practice": Practice, "lsoa": Lsoa, "area": Area, "whole place": None,
}  # fmt: skip
_ODS_CODE = re.compile(r"[A-Z0-9]{3,12}")


class CannotTakeLists(Exception):
    """A list cannot be used; says which, where and why. Nothing was changed."""


@dataclass(frozen=True)
class _Row:
    """One line of a list."""

    file: str
    number: int
    said: dict[str, str]

    def wrong(self, why: str) -> CannotTakeLists:
        return CannotTakeLists(f"{self.file}, row {self.number}: {why}")

    def get(self, name: str) -> str:
        return self.said.get(name, "")

    def flag(self, name: str) -> bool:
        found = _SAID.get(self.get(name).lower())
        if found is None:
            raise self.wrong(f"say yes or no for {name}.")
        return found

    def day(self, name: str) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(self.get(name)) if self.get(name) else None
        except ValueError:
            raise self.wrong(f"{name} is no date of the form 2027-03-31.") from None


def take_lists(*, by: AtWork, folder: Path, at: datetime.datetime) -> dict[str, int]:
    """Add what is new in a folder's two lists and correct what is known; return rows by list.

    Either may be missing. What a list no longer names stays, and a column that it has not says nothing:
    records point at agencies, and where a team served stays known (S0-66). Raises CannotTakeLists.
    """
    by.must(Permission.MANAGE_POSTS)
    counts = {}
    with transaction.atomic():
        for file, needed, take in _LISTS:
            if (folder / file).exists():
                rows = list(_rows(folder / file, needed))
                for row in rows:
                    take(by, row, at)
                counts[file] = len(rows)
    return counts


def _rows(path: Path, needed: set[str]) -> Iterator[_Row]:
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            lines = csv.DictReader(file)
            missing = needed - set(lines.fieldnames or ())
            if missing:
                raise CannotTakeLists(f"{path.name} lacks the column {', '.join(sorted(missing))}.")
            for number, line in enumerate(lines, start=1):
                said = {name: (value or "").strip() for name, value in line.items() if name}
                yield _Row(path.name, number, said)
    except UnicodeDecodeError:
        raise CannotTakeLists(f"{path.name} is not in UTF-8.") from None


def _take_agency(by: AtWork, row: _Row, at: datetime.datetime) -> None:
    code = row.get("code")
    there = Agency.objects.select_for_update().filter(pk=code).first()
    agency = there or Agency(code=code)
    said: dict[str, Any] = {
        name: row.flag(name) if name in _FLAGS else row.get(name)
        for name in _FIELDS
        if name in row.said
    }
    changed = sorted(name for name, value in said.items() if getattr(agency, name) != value)
    for name in changed:
        setattr(agency, name, said[name])
    _must_be_in_form(row, agency)
    if there and not changed:
        return
    agency.save()
    record_change(
        at=at,
        post_id=by.post_id,
        act="corrected" if there else "joined",
        subject_kind="agency",
        subject_id=code,
        purpose=PURPOSE,
        detail={"fields": changed} if there else {},
    )


def _must_be_in_form(row: _Row, agency: Agency) -> None:
    try:
        agency.clean_fields()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise row.wrong(f"{field}: {messages[0]}") from None
    if agency.ods_code and not _ODS_CODE.fullmatch(agency.ods_code):
        raise row.wrong(f"{agency.ods_code!r} is no ODS code: capitals and digits, 3 to 12.")


def _take_team(by: AtWork, row: _Row, at: datetime.datetime) -> None:
    if not row.get("team"):
        raise row.wrong("the team has no name.")
    try:
        team = team_called(by=by, agency=row.get("agency"), name=row.get("team"), at=at)
        if "is_sensitive" in row.said:
            _keeps_to_itself(by, team, row.flag("is_sensitive"), at)
        if row.get("serves"):
            _serves(by, team, row, at)
    except (CannotName, CannotServe) as why:
        raise row.wrong(str(why)) from None


def _keeps_to_itself(by: AtWork, team: Team, is_sensitive: bool, at: datetime.datetime) -> None:
    """Whether what it records stays in the team (P8)."""
    if (
        Team.objects.filter(pk=team.pk)
        .exclude(is_sensitive=is_sensitive)
        .update(is_sensitive=is_sensitive)
    ):
        record_change(
            at=at,
            post_id=by.post_id,
            act="corrected",
            subject_kind="team",
            subject_id=str(team.pk),
            purpose=PURPOSE,
            detail={"is_sensitive": is_sensitive},
        )


def _serves(by: AtWork, team: Team, row: _Row, at: datetime.datetime) -> None:
    kind, code = row.get("serves").lower(), row.get("which")
    if kind not in _PLACES:
        raise row.wrong(f"serves is one of: {', '.join(_PLACES)}.")
    place = _place(row, _PLACES[kind], code)
    starts_on, ends_on = row.day("starts_on"), row.day("ends_on")
    if starts_on is None:
        raise row.wrong("say from which day the team serves it, in starts_on.")
    where = {"whole_place": True} if place is None else {kind: place}
    standing = TeamArea.objects.filter(team=team, starts_on=starts_on, **where).first()
    if standing is None:
        standing = serve(by=by, team=team, place=place, starts_on=starts_on, at=at)
    if ends_on is not None and standing.ends_on != ends_on:
        stop_serving(by=by, area=standing, ends_on=ends_on, at=at)


def _place(
    row: _Row, kind: type[Locality | Practice | Lsoa | Area] | None, code: str
) -> Place | None:
    if kind is None:
        return None
    found: Place | None = kind._default_manager.filter(pk=code).first()
    if found is None:
        raise row.wrong(f"there is no {kind._meta.verbose_name} {code!r}.")
    return found


# In the order in which one leans on the other; with the columns that each must have.
_LISTS = (
    (AGENCIES, {"code", "name", "kind"}, _take_agency),
    (TEAMS, {"agency", "team"}, _take_team),
)
