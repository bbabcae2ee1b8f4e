"""Publish a points table; set up to how much the posts of a role may authorise."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.funds.models import DelegatedLimit, PointsLine, PointsTable


class CannotPublishTable(Exception):
    """Why a points table cannot be published so; says how to mend it."""


class CannotSetLimit(Exception):
    """Why a limit cannot be set so; says how to mend it."""


@dataclass(frozen=True)
class Worth:
    """One answer to one question, and the points it gives."""

    question: str
    answer: str
    points: int


@dataclass(frozen=True)
class LimitSaid:
    """Whose limit, how high, and by which scheme; in pence a year."""

    agency: str
    role: str
    up_to_pence: int
    alone_up_to_pence: int
    scheme: str


def publish_table(
    *,
    by: Viewer,
    lines: Sequence[Worth],
    pence_a_point: int,
    source: str,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> PointsTable:
    """Publish the next version of the points table, from a day on; the version before ends there.

    Raises CannotPublishTable, NotPermitted.
    """
    by.must(Permission.KEEP_FUNDS)
    if not lines:
        raise CannotPublishTable("Write at least one question with an answer and its points.")
    if pence_a_point <= 0:
        raise CannotPublishTable("Say what a point is worth a year: more than nothing.")
    if not source.strip():
        raise CannotPublishTable("Say by which decision it is published, and where it can be read.")
    said = [(line.question, line.answer) for line in lines]
    twice = next((each for each in said if said.count(each) > 1), None)
    if twice:
        raise CannotPublishTable(f"“{twice[0]}” has the answer “{twice[1]}” twice.")
    with transaction.atomic():
        last = PointsTable.objects.select_for_update().order_by("-number").first()
        if last and starts_on <= last.starts_on:
            raise CannotPublishTable(
                f"The version before starts on {last.starts_on:%d/%m/%Y}. The next starts after that day."
            )
        if last and starts_on < day_of(at):
            raise CannotPublishTable("A new version starts today or on a day to come.")
        PointsTable.objects.filter(ends_on__isnull=True).update(ends_on=starts_on)
        table = PointsTable.objects.create(
            number=(last.number if last else 0) + 1,
            pence_a_point=pence_a_point,
            source=source.strip(),
            starts_on=starts_on,
            published_by_id=by.post_id,
            published_at=at,
        )
        PointsLine.objects.bulk_create(
            PointsLine(
                table=table, place=place, question=line.question, answer=line.answer,
                points=line.points,
            )
            for place, line in enumerate(lines, 1)
        )  # fmt: skip
        _leave_a_line(by, "published a points table", "points table", str(table.number), at)
    return table


def set_limit(
    *, by: Viewer, said: LimitSaid, starts_on: datetime.date, at: datetime.datetime
) -> DelegatedLimit:
    """Set a limit from a day on; the one before of the same role and agency ends there.

    Raises CannotSetLimit, NotPermitted.
    """
    by.must(Permission.KEEP_FUNDS)
    if not said.scheme.strip():
        raise CannotSetLimit("Name the scheme of delegation and its clause.")
    if not 0 <= said.alone_up_to_pence <= said.up_to_pence:
        raise CannotSetLimit("What somebody may authorise alone is no more than their whole limit.")
    if said.role not in {each.code for each in ROLES}:
        raise CannotSetLimit("Choose a role.")
    if not Agency.objects.filter(code=said.agency).exists():
        raise CannotSetLimit("Choose an agency.")
    with transaction.atomic():
        now = DelegatedLimit.objects.select_for_update().filter(
            agency=said.agency, role=said.role, ends_on__isnull=True
        )
        if now.filter(starts_on__gte=starts_on).exists():
            raise CannotSetLimit(
                "The limit before starts on that day or later. Choose a later day."
            )
        now.update(ends_on=starts_on)
        limit = DelegatedLimit.objects.create(
            agency_id=said.agency,
            role=said.role,
            up_to_pence=said.up_to_pence,
            alone_up_to_pence=said.alone_up_to_pence,
            scheme=said.scheme.strip(),
            starts_on=starts_on,
            set_by_id=by.post_id,
        )
        _leave_a_line(by, "set a delegated limit", "delegated limit", str(limit.pk), at)
    return limit


def _leave_a_line(by: Viewer, act: str, kind: str, subject: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind=kind,
        subject_id=subject,
        purpose=by.purpose,
        agency=by.agency,
        role=by.role,
    )
