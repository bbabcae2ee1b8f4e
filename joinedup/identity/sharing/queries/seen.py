"""What this viewer sees of a person, why, and what is withheld and may be told (P8)."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations.record import About, Look, record_looks_apart
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Record
from joinedup.identity.sharing.access import Viewer, marks, reading
from joinedup.identity.sharing.choices import Category, Level, Telling
from joinedup.identity.sharing.policy import Decision
from joinedup.identity.sharing.queries.facts import decisions, identifiers_of


@dataclass(frozen=True)
class HeldShown:
    """One thing an agency holds, as far as it is shown."""

    pk: uuid.UUID
    holder: str
    holder_name: str
    category: Category
    level: Level
    headline: str
    summary: str
    detail: str
    handling_code: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    why: str
    line: str


@dataclass(frozen=True)
class Withheld:
    """Something that is not shown, told as far as its gateway row lets it be told."""

    told: Telling
    holder_name: str
    category: Category | None
    why: str


@dataclass(frozen=True)
class IdentityWhy:
    """Why the identity that an agency holds is shown."""

    holder: str
    holder_name: str
    why: str
    line: str


@dataclass(frozen=True)
class Seen:
    """What is held and shown, why each is shown, and what is withheld."""

    held: tuple[HeldShown, ...]
    identities: tuple[IdentityWhy, ...]
    withheld: tuple[Withheld, ...]


def what_is_seen(
    viewer: Viewer,
    person_id: uuid.UUID,
    *,
    at: datetime.datetime,
    only: Collection[uuid.UUID] | None = None,
) -> Seen:
    """All that row security lets this viewer see of a person, and what it lets them be told.

    `only` names the holdings that the page shows, where it shows a few of many and no identities. A look at each
    holder's data leaves its line, with the categories and the basis. Raises NotPermitted.
    """
    with prepared():
        why = decisions(viewer, person_id, at=at)
        same = identifiers_of(person_id)
    with reading(viewer):
        with prepared():
            shown, known, withheld = _read(person_id, same, why, only)
        identities = tuple(_identity(code, name, why) for code, name in known)
        said = [(each.holder, each.line, each.category.value) for each in shown]
        said += [(each.holder, each.line, Category.IDENTITY.value) for each in identities]
        leave_lines(viewer, person_id, said, at)
        return Seen(
            held=tuple(shown),
            identities=identities,
            withheld=withheld,
        )


_Why = Mapping[tuple[str, Category], Decision]


def _read(
    person_id: uuid.UUID,
    same: Sequence[uuid.UUID],
    why: _Why,
    only: Collection[uuid.UUID] | None,
) -> tuple[list[HeldShown], list[tuple[str, str]], tuple[Withheld, ...]]:
    """What row security shows, in order; whose identity; and what may be told of the rest."""
    of_them = Q(person__in=same) if only is None else Q(pk__in=list(only), person__in=same)
    held = list(Holding.objects.filter(of_them).select_related("holder"))
    summaries = {s.pk: s.summary for s in HoldingSummary.objects.filter(of_them)}
    details = {d.pk: d.detail for d in HoldingDetail.objects.filter(of_them)}
    known: list[tuple[str, str]] = []
    if only is None:
        of = Record.objects.filter(person__in=same).order_by("agency__name")
        known = list(dict.fromkeys(of.values_list("agency_id", "agency__name")))
    shown = [_shown(each, summaries, details, why) for each in held]
    shown.sort(key=lambda each: (each.holder_name, each.category.label, each.starts_on))
    return shown, known, tuple(_withheld(person_id, why))


def _shown(
    held: Holding,
    summaries: Mapping[uuid.UUID, str],
    details: Mapping[uuid.UUID, str],
    why: Mapping[tuple[str, Category], Decision],
) -> HeldShown:
    category = Category(held.category)
    decided = why[held.holder_id, category]
    level = Level.HEADLINE
    if held.pk in summaries:
        level = Level.SUMMARY
    if held.pk in details:
        level = Level.DETAIL
    return HeldShown(
        pk=held.pk,
        holder=held.holder_id,
        holder_name=held.holder.name,
        category=category,
        level=level,
        headline=held.headline,
        summary=summaries.get(held.pk, ""),
        detail=details.get(held.pk, ""),
        handling_code=held.handling_code,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        why=decided.sentence,
        line=decided.line,
    )


def _identity(code: str, name: str, why: Mapping[tuple[str, Category], Decision]) -> IdentityWhy:
    decided = why[code, Category.IDENTITY]
    return IdentityWhy(code, name, decided.sentence, decided.line)


def _withheld(
    person_id: uuid.UUID, why: Mapping[tuple[str, Category], Decision]
) -> Iterable[Withheld]:
    """What the database says may be told: which and why, or no more than that there is something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder, category, how FROM wall_withheld(%s)", [person_id])
        rows = cursor.fetchall()
    in_full = any(how == "in_full" for _, _, how in rows)
    names = dict(Agency.objects.values_list("code", "name")) if in_full else {}
    full = [(names[holder], Category(c), holder) for holder, c, how in rows if how == "in_full"]
    for name, category, holder in sorted(full, key=lambda row: (row[0], row[1].label)):
        yield Withheld(Telling.IN_FULL, name, category, why[holder, category].sentence)
    if len(full) < len(rows):
        yield Withheld(Telling.EXISTENCE_ONLY, "", None, "")


def leave_lines(
    viewer: Viewer,
    person_id: uuid.UUID,
    seen: Iterable[tuple[str, str, str]],
    at: datetime.datetime,
) -> None:
    """One line a holder and basis, of what was seen of a person: whose data, by which row, of which category."""
    together: dict[tuple[str, str], set[str]] = {}
    for holder, row, category in seen:
        together.setdefault((holder, row), set()).add(category)
    look = Look(
        at=at, post_id=viewer.post_id, subject_kind="person", subject_id=str(person_id),
        purpose=viewer.purpose, detail=None,
    )  # fmt: skip
    lines: list[About] = [
        {**marks(viewer), "holder": holder, "categories": tuple(sorted(categories)), "basis": row}
        for (holder, row), categories in sorted(together.items())
    ]
    record_looks_apart(look, lines)
