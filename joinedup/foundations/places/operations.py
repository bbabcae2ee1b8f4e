"""Take a place's own lists: its localities, LSOAs, GP practices and postcodes."""

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.places.models import Area, AreaLsoa, Locality, Lsoa, Postcode, Practice

# In the order in which one leans on another.
_LISTS: dict[str, tuple[type[models.Model], dict[str, str]]] = {
    "localities.csv": (Locality, {"code": "code", "name": "name", "starts_on": "starts_on"}),
    "lsoas.csv": (
        Lsoa,
        {
            "code": "code",
            "name": "name",
            "locality": "locality_id",
            "population": "population",
            "imd_decile": "imd_decile",
            "imd_release": "imd_release",
        },
    ),
    "practices.csv": (
        Practice,
        {"ods_code": "ods_code", "name": "name", "locality": "locality_id"},
    ),
    "postcodes.csv": (Postcode, {"postcode": "postcode", "lsoa": "lsoa_id"}),
}

AREAS = "areas.csv"


class CannotLoadPlace(Exception):
    """A list of the place cannot be used; says which, where and why. Nothing was changed."""


def load_place(
    *, by: UUID | None, purpose: str, folder: Path, at: datetime.datetime
) -> dict[str, int]:
    """Add what is new and correct what is known from a folder's four lists; return rows by list.

    A fifth, areas.csv, may be there: wards, districts and the like, a row for each LSOA in one.
    What a list no longer names stays, for records still point at it. Raises CannotLoadPlace.
    """
    with transaction.atomic():
        counts = {name: _load(folder / name, *about) for name, about in _LISTS.items()}
        if (folder / AREAS).exists():
            counts[AREAS] = _load_areas(folder / AREAS)
        record_change(
            at=at,
            post_id=by,
            act="loaded",
            subject_kind="place",
            subject_id="",
            purpose=purpose,
            detail=counts,
        )
    return counts


def _load(path: Path, kind: type[models.Model], columns: dict[str, str]) -> int:
    known = _known(kind)
    rows = [
        _made(kind, known, path, number, {field: row[name] for name, field in columns.items()})
        for number, row in _rows(path, columns)
    ]
    key = kind._meta.pk.attname
    kind._default_manager.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[field.removesuffix("_id") for field in columns.values() if field != key],
    )
    return len(rows)


def _load_areas(path: Path) -> int:
    """Areas, and which LSOAs lie in them from their first day on; lines drawn anew are another area."""
    columns = {name: name for name in ("code", "name", "kind", "starts_on")}
    lsoas = set(Lsoa.objects.values_list("pk", flat=True))
    count = 0
    for count, row in _rows(path, {**columns, "lsoa": "lsoa"}):
        area = cast("Area", _made(Area, {}, path, count, {name: row[name] for name in columns}))
        lsoa = (row["lsoa"] or "").strip()
        if lsoa not in lsoas:
            raise CannotLoadPlace(f"{path.name}, row {count}: there is no lsoa {lsoa!r}.")
        Area.objects.bulk_create(
            [area], update_conflicts=True, unique_fields=["code"], update_fields=["name", "kind"]
        )
        kept = Area.objects.get(pk=area.pk)
        if not kept.lsoas.filter(lsoa=lsoa).exists():
            AreaLsoa.objects.create(area=kept, lsoa_id=lsoa, starts_on=kept.starts_on)
    return count


def _known(kind: type[models.Model]) -> dict[str, set[Any]]:
    """Return, for each list that this one leans on, the codes that it has named."""
    lists: dict[str, type[Locality | Lsoa]] = {"locality_id": Locality, "lsoa_id": Lsoa}
    return {
        field.attname: set(lists[field.attname].objects.values_list("pk", flat=True))
        for field in kind._meta.fields
        if field.attname in lists
    }


def _rows(path: Path, columns: dict[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            lines = csv.DictReader(file)
            missing = columns.keys() - set(lines.fieldnames or ())
            if missing:
                raise CannotLoadPlace(f"{path.name} lacks the column {', '.join(sorted(missing))}.")
            yield from enumerate(lines, start=1)
    except FileNotFoundError:
        raise CannotLoadPlace(f"The folder has no {path.name}.") from None
    except UnicodeDecodeError:
        raise CannotLoadPlace(f"{path.name} is not in UTF-8.") from None


def _made(
    kind: type[models.Model],
    known: dict[str, set[Any]],
    path: Path,
    number: int,
    row: dict[str, Any],
) -> models.Model:
    said = {field: (value or "").strip() for field, value in row.items()}
    made = kind(**said)
    try:
        # Foreign keys are held against what is known, at once and not by a query a row.
        made.clean_fields(exclude=[field.removesuffix("_id") for field in known])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise CannotLoadPlace(f"{path.name}, row {number}, {field}: {messages[0]}") from None
    for field, codes in known.items():
        if said[field] not in codes:
            what = field.removesuffix("_id")
            raise CannotLoadPlace(f"{path.name}, row {number}: there is no {what} {said[field]!r}.")
    return made
