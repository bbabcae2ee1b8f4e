"""What is counted of referrals: equity of access and referral fatigue, by nobody’s name."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age
from joinedup.foundations.places.models import Postcode
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.known import same_people
from joinedup.support.cases.models import CaseLevel
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact
from joinedup.support.frontdoor.choices import EntryRoute, Need, OutcomeKind, RouteKind
from joinedup.support.frontdoor.models import Assignment, Outcome, Referral, Subject, Triage
from joinedup.support.frontdoor.rules import access, fatigue
from joinedup.support.frontdoor.rules.access import Came, Split
from joinedup.support.frontdoor.rules.fatigue import Passing, Step, Way
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.models import Handover
from joinedup.support.questions.models import Answer, Question

COUNTING = Viewer.system("counting who gets help and how")
"""Whoever reads the figures has no part in the matters: they are counted by the system, and only counts leave."""
YEAR = datetime.timedelta(days=365)
ASSESSING = {
    RouteKind.STATUTORY,
    RouteKind.PANEL,
    RouteKind.INTEGRATED_TEAM,
    RouteKind.SCHOOL_SOCIAL_WORK,
}
OPEN_ACCESS = {RouteKind.WELLBEING, RouteKind.COMMUNITY_OFFER}
NOBODY_YET = "Nobody yet"
GOES_ON = "It goes on"
ETHNICITY = "ethnic-group"
"""The question of that code, where a person chose to answer it (S0-36)."""

Ids = list[uuid.UUID]


def came_in(viewer: Viewer, *, at: datetime.datetime) -> list[Came]:
    """The last year’s referrals as equity looks at them; raises NotPermitted."""
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    with acting(COUNTING):
        referrals = list(Referral.objects.filter(submitted_at__gt=at - YEAR))
        ids = [each.pk for each in referrals]
        subjects = {s.matter_id: s for s in Subject.objects.filter(matter__in=ids, place=1)}
        deciles = _deciles(subjects.values())
        kinds = _route_kinds(ids)
        accepted = _first_accepted(ids)
        ethnicity = _answers(ids, ETHNICITY)
        became = dict(Outcome.objects.filter(matter__in=ids).values_list("matter", "outcome"))
        eligible = dict(
            Triage.objects.filter(matter__in=ids)
            .order_by("at")
            .values_list("matter", "is_eligible")
        )
        given = Assignment.objects.filter(matter__in=ids).select_related("post__user", "post__team")
        posts = {each.matter_id: each.post for each in given}
    day = day_of(at)
    return [
        Came(
            groups={
                Split.ENTRY: EntryRoute(each.entry).label,
                Split.AGE: access.age_band(_age(subjects.get(each.pk), day)),
                Split.ETHNICITY: ethnicity.get(each.pk, access.NOT_KNOWN),
                Split.DEPRIVATION: access.deprivation_band(
                    deciles.get(subjects[each.pk].postcode) if each.pk in subjects else None
                ),
                Split.ASSESSOR: posts[each.pk].user.name if each.pk in posts else NOBODY_YET,
                Split.TEAM: posts[each.pk].team.name if each.pk in posts else NOBODY_YET,
                Split.OUTCOME: OutcomeKind(became[each.pk]).label if each.pk in became else GOES_ON,
            },
            needs=tuple(Need(need).label for need in each.needs),
            offered_assessment=kinds.get(each.pk) in ASSESSING,
            eligible=eligible.get(each.pk, False),
            open_access=kinds.get(each.pk) in OPEN_ACCESS,
            waited_days=access.days_between(each.submitted_at, accepted.get(each.pk)),
        )
        for each in referrals
    ]


def ways(viewer: Viewer, *, at: datetime.datetime) -> list[Way]:
    """The last year’s ways to help, one a person; raises NotPermitted."""
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    with acting(COUNTING):
        ids = list(Referral.objects.filter(submitted_at__gt=at - YEAR).values_list("pk", flat=True))
        return list(_ways(ids, at).values())


def way_of_matter(matter_id: uuid.UUID, *, at: datetime.datetime) -> Way | None:
    """The way to help of whom this matter is about, over all their matters; for the system to act on."""
    with acting(COUNTING):
        persons = MatterPerson.objects.filter(matter=matter_id).values_list("person", flat=True)
        same = _canonical(set(persons))
        everywhere = set(
            MatterPerson.objects.filter(person__in=_everybody(same))
            .filter(matter__high_risk_papers__isnull=True)
            .values_list("matter", flat=True)
        )
        found = _ways([*everywhere, matter_id], at)
    return max(found.values(), key=lambda way: way.hand_offs, default=None)


def _ways(ids: Ids, at: datetime.datetime) -> dict[object, Way]:
    """By person where one is known, else by matter: what happened, and what is measured of it."""
    whose = _whose(ids)
    steps: dict[object, list[Step]] = defaultdict(list)
    before: dict[object, int] = defaultdict(int)
    for referral in Referral.objects.filter(pk__in=ids):
        key = whose.get(referral.pk, referral.pk)
        steps[key].append(Step(Passing.REFERRED, referral.submitted_at))
        before[key] = max(before[key], referral.hand_offs_before)
    helped_from: dict[uuid.UUID, datetime.datetime] = {}
    for each in Handover.objects.filter(matter__in=ids).order_by("offered_at"):
        key = whose.get(each.matter_id, each.matter_id)
        if each.state == HandoverState.SIGNPOSTED:
            steps[key].append(Step(Passing.SIGNPOSTED, each.offered_at))
        elif each.state == HandoverState.ACCEPTED and each.answered_at:
            steps[key].append(Step(Passing.HANDED_ON, each.answered_at))
            helped_from.setdefault(each.matter_id, each.answered_at)
    for contact in Contact.objects.filter(matter__in=ids).exclude(how=How.NOTE):
        key = whose.get(contact.matter_id, contact.matter_id)
        steps[key].append(Step(Passing.CONTACTED, contact.at))
        since = helped_from.get(contact.matter_id)
        if since is not None and contact.at >= since:
            steps[key].append(Step(Passing.HELPED, contact.at))
    levels = _levels({key for key in steps if key in set(whose.values())})
    found = {
        key: fatigue.way_of(of, passed_on_before=before[key], now=at, levels=levels[key])
        for key, of in steps.items()
    }
    return {key: way for key, way in found.items() if way is not None}


def _levels(people: set[object]) -> dict[object, list[tuple[datetime.datetime, int]]]:
    """The levels of need that were set of these people, in whichever case, each with its moment."""
    same = same_people(person for person in people if isinstance(person, uuid.UUID))
    of = {one: person for person, ids in same.items() for one in ids}
    found: dict[object, list[tuple[datetime.datetime, int]]] = defaultdict(list)
    rows = CaseLevel.objects.filter(case__matter__persons__person__in=of).values_list(
        "case__matter__persons__person_id", "starts_at", "level"
    )
    for person, starts_at, level in rows:
        found[of[person]].append((starts_at, level))
    return found


def _whose(ids: Ids) -> dict[uuid.UUID, uuid.UUID]:
    about = dict(
        MatterPerson.objects.filter(matter__in=ids).order_by("-pk").values_list("matter", "person")
    )
    same = _canonical(set(about.values()))
    return {matter: same[person] for matter, person in about.items()}


def _canonical(persons: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whom each identifier stands for today, every merge followed."""
    stands_for = {person: person for person in persons}
    while True:
        merged = dict(
            Person.objects.filter(
                pk__in=set(stands_for.values()), merged_into__isnull=False
            ).values_list("pk", "merged_into")
        )
        if not merged:
            return stands_for
        stands_for = {one: merged.get(into) or into for one, into in stands_for.items()}


def _everybody(same: dict[uuid.UUID, uuid.UUID]) -> set[uuid.UUID]:
    """Every identifier that stands for one of these."""
    known, new = set[uuid.UUID](), set(same.values())
    while new:
        known |= new
        new = set(Person.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - known
    return known


def _route_kinds(ids: Ids) -> dict[uuid.UUID, RouteKind]:
    latest = Triage.objects.filter(matter__in=ids, route__isnull=False).order_by("at")
    return {matter: RouteKind(kind) for matter, kind in latest.values_list("matter", "route__kind")}


def _first_accepted(ids: Ids) -> dict[uuid.UUID, datetime.datetime]:
    accepted = Handover.objects.filter(matter__in=ids, state=HandoverState.ACCEPTED)
    answered = accepted.order_by("-answered_at").values_list("matter", "answered_at")
    return {matter: at for matter, at in answered if at is not None}


def _answers(ids: Ids, code: str) -> dict[uuid.UUID, str]:
    found = Answer.objects.filter(matter__in=ids, question_code=code).order_by("at")
    said = {
        str(choice["code"]): str(choice["label"])
        for question in Question.objects.filter(code=code)
        for choice in question.choices
    }
    return {each.matter_id: said[str(each.value)] for each in found if str(each.value) in said}


def _deciles(subjects: Iterable[Subject]) -> dict[str, int]:
    postcodes = {subject.postcode for subject in subjects if subject.postcode}
    known = Postcode.objects.filter(postcode__in=postcodes)
    return dict(known.values_list("postcode", "lsoa__imd_decile"))


def _age(subject: Subject | None, day: datetime.date) -> int | None:
    if subject is None:
        return None
    return subject.age if subject.born_on is None else age(subject.born_on, day)
