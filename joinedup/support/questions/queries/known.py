"""What is known before it is asked, from what this viewer may see and from nothing else."""

import datetime
import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Q

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.choices import Category, MatterKind
from joinedup.identity.sharing.models import Involvement, MatterPerson
from joinedup.identity.sharing.queries.facts import decisions, identifiers_of
from joinedup.identity.sharing.queries.seen import leave_lines
from joinedup.support.questions.choices import KnownFrom
from joinedup.support.questions.models import Answer
from joinedup.support.questions.queries.asking import question_asked
from joinedup.support.questions.rules.asked import Asked, AskedVersion
from joinedup.support.questions.rules.known import (
    FRESH_FOR,
    Held,
    Known,
    asked_each_time,
    from_agencies,
    from_holdings,
    may_be_known,
)


def known_answers(
    viewer: Viewer, person_id: uuid.UUID, version: AskedVersion, at: datetime.datetime
) -> dict[str, Known]:
    """What this viewer may be told is known of a person already, by the code of the question.

    Earlier answers of matters about this person alone, in which the viewer works; what agencies hold
    and who is involved, as far as the wall shows it. Of each holder a look leaves its line.
    """
    same = identifiers_of(person_id)
    asked = [question for question in version if not asked_each_time(question)]
    with reading(viewer):
        found = _from_holdings(viewer, person_id, same, asked, at)
        found.update(_from_agencies(viewer, same, asked, at))
        found.update(_from_answers(_about_nobody_else(same), version, asked, at))
    return found


def known_in_matter(
    matter_id: uuid.UUID, version: AskedVersion, at: datetime.datetime, *, subject: int = 1
) -> dict[str, Known]:
    """What was answered in a matter about nobody known yet, or about one of several; inside `acting`."""
    asked = [question for question in version if not asked_each_time(question)]
    return _from_answers([matter_id], version, asked, at, subject=subject)


def _from_answers(
    matters: Sequence[uuid.UUID],
    version: AskedVersion,
    asked: Iterable[Asked],
    at: datetime.datetime,
    *,
    subject: int = 1,
) -> dict[str, Known]:
    of = {question.code: question for question in asked}
    rows = (
        Answer.objects.filter(
            matter__in=matters,
            question_code__in=of,
            subject=subject,
            at__gt=at - FRESH_FOR,
        )
        .select_related("matter", "version", "by_post__team__agency")
        .order_by("at", "id")
    )
    found: dict[str, Known] = {}
    texts = _texts(rows)
    for row in rows:
        question = of[row.question_code]
        other_set = row.version.question_set_id != version.set_code
        if other_set and texts.get((row.version_id, row.question_code)) != question.text:
            continue
        found.pop(row.question_code, None)
        if row.value is not None and may_be_known(question, row.value):
            found[row.question_code] = Known(row.value, _source(row), day_of(row.at))
    return found


def _texts(rows: Iterable[Answer]) -> dict[tuple[uuid.UUID, str], str]:
    """What other sets asked under the same codes: the same words are the same question."""
    versions = {row.version_id: row.version for row in rows}
    return {
        (version_id, question.code): question_asked(question).text
        for version_id, version in versions.items()
        for question in version.questions.all()
    }


def _about_nobody_else(same: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    about = MatterPerson.objects.filter(person__in=same).values("matter")
    others = MatterPerson.objects.filter(matter__in=about).exclude(person__in=same)
    return list(
        MatterPerson.objects.filter(person__in=same)
        .exclude(matter__in=others.values("matter"))
        .values_list("matter_id", flat=True)
    )


def _source(row: Answer) -> str:
    kind = {
        MatterKind.REFERRAL: "a referral",
        MatterKind.EXIT: "an exit",
        MatterKind.CASE: "a case",
    }
    where = kind[MatterKind(row.matter.kind)]
    agency = row.by_post.team.agency if row.by_post else None
    if agency is None or agency.name_reveals:
        return f"Answered in {where}"
    return f"{agency.name}, in {where}"


def _from_holdings(
    viewer: Viewer,
    person_id: uuid.UUID,
    same: Sequence[uuid.UUID],
    asked: Sequence[Asked],
    at: datetime.datetime,
) -> dict[str, Known]:
    questions = [q for q in asked if q.known_from is KnownFrom.HOLDINGS]
    wanted = {name for q in questions for choice in q.choices for name in choice.categories}
    if not wanted:
        return {}
    today = day_of(at)
    rows = list(
        Holding.objects.filter(person__in=same, category__in=wanted, starts_on__lte=today)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .select_related("holder")
        .order_by("pk")
    )
    rows = [row for row in rows if _may_be_named(viewer, row.holder)]
    if rows:
        why = decisions(viewer, person_id, at=at)
        seen = [
            (r.holder_id, why[r.holder_id, Category(r.category)].line, r.category) for r in rows
        ]
        leave_lines(viewer, person_id, seen, at)
    held = [Held(r.category, _named(r.holder), r.starts_on, r.headline) for r in rows]
    found = {question.code: from_holdings(question, held) for question in questions}
    return {code: known for code, known in found.items() if known is not None}


def _from_agencies(
    viewer: Viewer, same: Sequence[uuid.UUID], asked: Sequence[Asked], at: datetime.datetime
) -> dict[str, Known]:
    questions = [q for q in asked if q.known_from is KnownFrom.AGENCIES]
    if not questions:
        return {}
    rows = (
        Involvement.objects.filter(person__in=same, starts_at__lte=at)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
        .select_related("agency")
        .order_by("starts_at", "pk")
    )
    kinds = {
        row.agency.kind: Held("involvement", _named(row.agency), day_of(row.starts_at))
        for row in rows
        if _may_be_named(viewer, row.agency)
    }
    found = {question.code: from_agencies(question, kinds) for question in questions}
    return {code: known for code, known in found.items() if known is not None}


def _may_be_named(viewer: Viewer, agency: Agency) -> bool:
    """What an agency knows whose very name reveals is offered to its own posts alone (P17)."""
    return agency.code == viewer.agency or not agency.name_reveals


def _named(agency: Agency) -> str:
    """The source that travels with the answer: never a name that reveals."""
    return "The record of whoever answered" if agency.name_reveals else agency.name
