"""Triage a referral: who it is eligible for, which way it goes and why; and what its sender is told."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations.matters import leave_the_change
from joinedup.support.cases.queries import involved_by_open_cases, told_of_open_cases
from joinedup.support.frontdoor.choices import (
    Agreement,
    FoundKind,
    ReferralState,
    RouteKind,
    Source,
)
from joinedup.support.frontdoor.models import (
    Found,
    Referral,
    Subject,
    Triage,
)
from joinedup.support.frontdoor.operations.at_the_door import (
    front_door_viewer,
    sure_of,
    works_at,
)
from joinedup.support.frontdoor.operations.counting import counts_of, write_evidence
from joinedup.support.frontdoor.operations.high_risk import open_in_parallel
from joinedup.support.frontdoor.operations.involving import involve_front_door
from joinedup.support.frontdoor.queries.evidence import (
    Said,
    found_out,
    said_in,
    shown_by,
)
from joinedup.support.frontdoor.queries.routes import (
    RoutesOn,
    locality_of,
    manager_of_school,
    routes_on,
    source_on,
)
from joinedup.support.frontdoor.rules.eligibility import Eligibility, eligibility
from joinedup.support.frontdoor.rules.openings import SourceAnswer
from joinedup.support.frontdoor.rules.routing import (
    Asked,
    Considered,
    Ranking,
    RouteFacts,
    ranked,
)
from joinedup.support.frontdoor.rules.telling import reason_told

TRIAGING = Viewer.system("triage of a referral")


LEAD = RouteFacts("lead", "Whoever leads the case", RouteKind.LEAD)
"""Always looked at, and no row: who it is depends on the person (P21)."""


class CannotTriage(Exception):
    """Why it cannot be, fit for the page."""


@dataclass(frozen=True)
class _Place:
    """Whom a referral is for and where, as far as routes go by it."""

    ages: frozenset[int]
    locality: str | None
    school: str
    school_manager: str


@dataclass(frozen=True)
class _Answer:
    """What the rule gave for one set of facts."""

    programme: Eligibility
    ranking: Ranking


def triage_referral(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> Triage:
    """Run the rule over a referral that was written; the first time it also says what its sender is told.

    It is run twice: over what the sender typed, which is what they are told, and over all that the
    front door may see. The first run knows nothing of the second (P17).
    """
    with acting(TRIAGING):
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        routes = routes_on(day_of(at))
        place = _place(matter_id, at)
        people = sure_of(matter_id)
        typed = said_in(TRIAGING, referral)
        source = source_on(Source(referral.source), day_of(at))
        open_by = involved_by_open_cases(people, at) if people else []
        if not referral.reason_told:
            told = _answer(referral, typed, place, _lead(by, open_by), routes, source, at)
            referral.reason_told = reason_told(told.ranking, told.programme)
        worker = front_door_viewer(matter_id, at) if people else None
        involve_front_door(worker, people, at)
        counts = counts_of(worker, people, at)
        all_of_it = typed.and_also(found_out(TRIAGING, matter_id)).and_also(shown_by(counts))
        lead = _lead(worker, open_by)
        answer = _answer(referral, all_of_it, place, lead, routes, source, at)
        triage = _write(matter_id, answer, routes, at)
        write_evidence(triage, counts)
        open_in_parallel(by, referral, all_of_it.high_risk, place.ages, at)
        if referral.state == ReferralState.SUBMITTED:
            referral.state, referral.state_at = ReferralState.WITH_FRONT_DOOR, at
        referral.save(update_fields=["reason_told", "state", "state_at"])
        leave_the_change(
            by=by, matter_ids=[matter_id], act="triaged", at=at, kind="referral",
            detail={"eligible": answer.programme.is_eligible, "routes": len(routes.rows)},
        )  # fmt: skip
    return triage


def find_out(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    kind: FoundKind,
    code: str,
    words: str,
    at: datetime.datetime,
) -> Triage:
    """Add what the front door learned and the sender had not said, and triage anew.

    Raises CannotTriage, NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    if by.post_id is None:
        raise CannotTriage("A post of the front door notes what it learned.")
    if not words.strip():
        raise CannotTriage("Say how you know: who told you, and when.")
    with transaction.atomic(), acting(TRIAGING):
        works_at(by, matter_id, CannotTriage)
        _, new = Found.objects.get_or_create(
            matter_id=matter_id, kind=kind, code=code, taken_back_at=None,
            defaults={"words": words.strip(), "by_post_id": by.post_id, "at": at},
        )  # fmt: skip
        if not new:
            raise CannotTriage("This is noted already.")
        return triage_referral(by=by, matter_id=matter_id, at=at)


def take_back_found(
    *, by: Viewer, matter_id: uuid.UUID, found_id: int, at: datetime.datetime
) -> Triage:
    """Take back what was noted by mistake, and triage anew; that it was noted stays on record."""
    by.must(Permission.WORK_FRONT_DOOR)
    with transaction.atomic(), acting(TRIAGING):
        works_at(by, matter_id, CannotTriage)
        taken = Found.objects.filter(pk=found_id, matter_id=matter_id, taken_back_at__isnull=True)
        if not taken.update(taken_back_at=at):
            raise CannotTriage("This was taken back already.")
        return triage_referral(by=by, matter_id=matter_id, at=at)


def _place(matter_id: uuid.UUID, at: datetime.datetime) -> _Place:
    subjects = list(Subject.objects.filter(matter_id=matter_id).order_by("place"))
    today = day_of(at)
    ages = frozenset(age for each in subjects if (age := _age(each, today)) is not None)
    postcode = next((each.postcode for each in subjects if each.postcode), "")
    school = next((each.school for each in subjects if each.school), "")
    link = manager_of_school(school, today) if school else None
    return _Place(
        ages=ages,
        locality=locality_of(postcode) if postcode else None,
        school=link.school if link else school,
        school_manager=link.manager.user.name if link else "",
    )


def _age(subject: Subject, today: datetime.date) -> int | None:
    born = subject.born_on
    if born is None:
        return subject.age
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _lead(viewer: Viewer | None, open_by: list[uuid.UUID]) -> str:
    """How the lead who has their case open is called, as far as this viewer may know of one (P17)."""
    if viewer is None or viewer.is_system:
        return ""
    found = told_of_open_cases(viewer, open_by)
    if not found:
        return ""
    first = found[0]
    who = f"{first.lead_name}, {first.agency_name}" if first.lead_name else first.agency_name
    return f"{who}, who has the case open"


def _answer(
    referral: Referral,
    said: Said,
    place: _Place,
    lead: str,
    routes: RoutesOn,
    source: SourceAnswer,
    at: datetime.datetime,
) -> _Answer:
    programme = eligibility(said.case())
    asked = Asked(
        needs=said.needs,
        today=day_of(at),
        locality=place.locality,
        ages=place.ages,
        is_eligible=programme.is_eligible,
        why_eligible=" ".join(line.words for line in programme.lines),
        source_is_open=source.is_open,
        why_source_is_shut=source.words,
        agrees=referral.agreement == Agreement.AGREED,
        lead=lead,
        school=place.school,
        school_manager=place.school_manager,
    )
    return _Answer(programme, ranked(asked, (LEAD, *routes.facts)))


def _write(
    matter_id: uuid.UUID, answer: _Answer, routes: RoutesOn, at: datetime.datetime
) -> Triage:
    best = answer.ranking.best
    programme = answer.programme
    lines: list[dict[str, Any]] = [
        {"code": line.code, "is_met": line.is_met, "words": line.words, "by": list(line.by)}
        for line in programme.lines
    ]
    return Triage.objects.create(
        matter_id=matter_id,
        at=at,
        is_eligible=programme.is_eligible,
        lines=lines,
        routes=[_as_data(each, rank) for rank, each in enumerate(answer.ranking.all)],
        route=routes.rows.get(best.code) if best else None,
    )


def _as_data(each: Considered, rank: int) -> dict[str, Any]:
    return {
        "rank": rank,
        "code": each.code,
        "name": each.name,
        "kind": each.kind.value,
        "fits": each.fits,
        "has_place": each.has_place,
        "when": each.when,
        "is_warm": each.is_warm,
        "reasons": list(each.reasons),
        "why_not": list(each.why_not),
    }
