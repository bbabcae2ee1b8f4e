"""Triage a referral: who it is eligible for, which way it goes and why; and what its sender is told."""

import datetime
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.audit.operations import record_change, record_look
from joinedup.foundations.audit.operations.record import About
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting, marks
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Involvement, Part
from joinedup.identity.sharing.operations.involve import (
    CannotInvolve,
    begin_involvement,
    end_involvement,
)
from joinedup.support.cases.queries import already_open
from joinedup.support.frontdoor.choices import (
    Agreement,
    FoundKind,
    HighRiskRoute,
    MatchAnswer,
    ReferralState,
    RouteKind,
    Source,
)
from joinedup.support.frontdoor.models import (
    Evidence,
    Found,
    HighRiskReferral,
    Match,
    Referral,
    Subject,
    Triage,
)
from joinedup.support.frontdoor.queries.evidence import (
    Said,
    contacts_held,
    found_out,
    said_in,
    shown_by,
    thresholds_on,
)
from joinedup.support.frontdoor.queries.routes import (
    RoutesOn,
    locality_of,
    manager_of_school,
    routes_on,
    source_on,
)
from joinedup.support.frontdoor.rules.eligibility import Eligibility, HighRisk, eligibility
from joinedup.support.frontdoor.rules.routing import (
    ADULT_FROM,
    Asked,
    Considered,
    Ranking,
    RouteFacts,
    ranked,
)
from joinedup.support.frontdoor.rules.telling import reason_told
from joinedup.support.frontdoor.rules.thresholds import Counted, counted
from joinedup.support.handovers.queries.answering import barred_posts
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.operations.raising import raise_exit

TRIAGING = Viewer.system("triage of a referral")
FRONT_DOOR_PART = "front door"
A_REFERRAL = "a referral to the front door"
AS_LONG_AS = datetime.timedelta(days=90)
"""How long the front door is involved by a referral, unless it is over before (propose)."""
LEAD = RouteFacts("lead", "Whoever leads the case", RouteKind.LEAD)
"""Always looked at, and no row: who it is depends on the person (P21)."""
_WORKS_AT_THE_DOOR = roles_that_may(Permission.WORK_FRONT_DOOR)


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
    with transaction.atomic(), acting(TRIAGING):
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        routes = routes_on(day_of(at))
        place = _place(matter_id, at)
        people = sure_of(matter_id)
        typed = said_in(TRIAGING, referral)
        if not referral.reason_told:
            lead = _lead(by, people, at) if by.may(Permission.FIND_PEOPLE) else ""
            told = _answer(referral, typed, place, lead, routes, at)
            referral.reason_told = reason_told(told.ranking, told.programme)
        worker = front_door_viewer(matter_id, at) if people else None
        _is_involved(worker, people, at)
        counts = _counts(worker, people, at)
        all_of_it = typed.and_also(found_out(TRIAGING, matter_id)).and_also(shown_by(counts))
        answer = _answer(referral, all_of_it, place, _lead(worker, people, at), routes, at)
        triage = _write(matter_id, answer, routes, at)
        _write_evidence(triage, counts)
        _open_in_parallel(by, referral, all_of_it.high_risk, place, at)
        if referral.state == ReferralState.SUBMITTED:
            referral.state, referral.state_at = ReferralState.WITH_FRONT_DOOR, at
        referral.save(update_fields=["reason_told", "state", "state_at"])
        record_change(
            at=at, post_id=by.post_id, act="triaged", subject_kind="referral",
            subject_id=str(matter_id), purpose=by.purpose, agency=by.agency, role=by.role,
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


def works_at(by: Viewer, matter_id: uuid.UUID, refused: type[Exception]) -> None:
    """Raise `refused` unless the viewer works at this referral; the system always does."""
    if by.is_system:
        return
    with acting(by):
        if not Referral.objects.filter(pk=matter_id).exists() or not _works(by, matter_id):
            raise refused("This referral is not with you.")


def _works(by: Viewer, matter_id: uuid.UUID) -> bool:
    return Part.objects.filter(
        matter_id=matter_id,
        recipient__in=[f"post:{by.post_id}", f"team:{by.team_id}", f"agency:{by.agency}"],
        level=PartLevel.WORK,
        ends_at__isnull=True,
    ).exists()


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


def sure_of(matter_id: uuid.UUID) -> list[uuid.UUID]:
    """The people this is surely about."""
    matches = Match.objects.filter(
        matter_id=matter_id, answer=MatchAnswer.OURS, person__isnull=False
    )
    return list(dict.fromkeys(matches.order_by("pk").values_list("person_id", flat=True)))


def _lead(viewer: Viewer | None, people: list[uuid.UUID], at: datetime.datetime) -> str:
    """How the lead who has their case open is called, as far as this viewer may know of one (P17)."""
    if viewer is None or viewer.is_system or not people:
        return ""
    found = already_open(viewer, people, at)
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
    at: datetime.datetime,
) -> _Answer:
    programme = eligibility(said.case())
    source = source_on(Source(referral.source), day_of(at))
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


def _is_involved(worker: Viewer | None, people: list[uuid.UUID], at: datetime.datetime) -> None:
    """A referral is the front door's reason to be in somebody's life, and others see that it is.

    It opens what the gateways open to those involved, with consent where they ask for it, and no more.
    """
    if worker is None or worker.team_id is None:
        return
    for person_id in people:
        # Involved already, or nobody who may be: then it goes by what is seen without.
        with suppress(CannotInvolve):
            begin_involvement(
                by=TRIAGING, person_id=person_id, team_id=worker.team_id, because=A_REFERRAL, at=at,
                ends_at=at + AS_LONG_AS,
            )  # fmt: skip


def end_front_door_s(matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """End the involvement that a referral gave the front door, where no other referral goes on."""
    with acting(TRIAGING):
        for person_id in sure_of(matter_id):
            others = Match.objects.filter(
                person_id=person_id, matter__closed_at__isnull=True
            ).exclude(matter_id=matter_id)
            if others.exists():
                continue
            live = Involvement.objects.filter(
                person_id=person_id, because=A_REFERRAL, starts_at__lte=at, ends_at__gt=at
            )
            for found in live:
                end_involvement(by=TRIAGING, involvement_id=found.pk, at=at)


def _counts(
    worker: Viewer | None, people: list[uuid.UUID], at: datetime.datetime
) -> tuple[Counted, ...]:
    """What the front door may count of the people this is surely about, through its own sight.

    Counting is a look at what others hold, and leaves its line: in the name of the front door's
    agency and of no post, for nobody has read it yet.
    """
    if worker is None:
        return ()
    with acting(worker):
        contacts = contacts_held(worker, people)
    for holder, person in sorted({(each.holder, each.person) for each in contacts}):
        about: About = {
            **marks(worker),
            "role": "",
            "holder": holder,
            "categories": {each.category for each in contacts if each.holder == holder},
        }
        record_look(
            at=at,
            post_id=None,
            subject_kind="person",
            subject_id=person,
            purpose=worker.purpose,
            detail={"counted_for": "triage"},
            **about,
        )
    return counted(contacts, thresholds_on(day_of(at)), day_of(at))


def front_door_viewer(matter_id: uuid.UUID, at: datetime.datetime) -> Viewer | None:
    """A post of the front door that has this referral and is kept from nobody in it: its sight is the team's."""
    parts = Part.objects.filter(matter_id=matter_id, because=FRONT_DOOR_PART, ends_at__isnull=True)
    teams = [int(each.partition(":")[2]) for each in parts.values_list("recipient", flat=True)]
    posts = Post.objects.held_on(day_of(at)).filter(
        team__in=teams, role__in=_WORKS_AT_THE_DOOR, user__is_active=True
    )
    first = (
        posts.exclude(pk__in=barred_posts(matter_id, at))
        .select_related("team__agency", "user")
        .order_by("-role", "pk")
        .first()
    )
    return Viewer.of_post(first) if first else None


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


def _write_evidence(triage: Triage, counts: Iterable[Counted]) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            triage=triage,
            matter_id=triage.matter_id,
            person_id=each.person,
            holder_id=each.holder,
            category=each.category,
            characteristic=each.shows or "",
            service=each.line.service,
            reason=each.line.reason,
            contacts=each.contacts,
            last_on=each.last_on,
            threshold=each.line.words,
        )
        for each in counts
    )


def _open_in_parallel(
    by: Viewer, referral: Referral, risks: Iterable[HighRisk], place: _Place, at: datetime.datetime
) -> None:
    """Send high risk to MARAC, MAPPA, IOM or the MASH beside the programme, once each (P16).

    Logged, and through the exit: so a named person acknowledges it, and it rings on until one does.
    """
    for risk in risks:
        _, new = HighRiskReferral.objects.get_or_create(
            matter_id=referral.pk, route=risk.route,
            defaults={
                "tool": risk.tool, "deemed_by": risk.deemed_by,
                "deemed_on": risk.deemed_on or day_of(at), "sent_at": at,
            },
        )  # fmt: skip
        if new:
            child = risk.route is HighRiskRoute.MASH or (
                bool(place.ages) and max(place.ages) < ADULT_FROM
            )
            raise_exit(
                by=by,
                door=Door.SAFEGUARDING,
                audience=Audience.CHILD if child else Audience.ADULT,
                words=f"High risk, for {risk.route.label}: deemed by {risk.deemed_by} ({risk.tool}).\n\n"
                f"{referral.going_on}",
                from_matter=referral.pk,
                submission_key=f"high risk {referral.pk} {risk.route}",
                at=at,
            )
