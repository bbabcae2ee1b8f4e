"""The combined-factor check: joins what agencies hold of adults to the children of their home (S0-18, P36).

The system works it out under the gateway that safeguards a child; one lead of each holder is told of what
that holder itself holds, and nobody else of anything. Nothing moves until that lead decides.
"""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Holding, HouseholdMember, Person, Record
from joinedup.identity.sharing.access import LONGEST_CHAIN, Viewer, acting
from joinedup.identity.sharing.choices import Category, DisclosureDecision, Purpose
from joinedup.identity.sharing.operations.disclose import CannotDisclose, decide_disclosure
from joinedup.identity.sharing.queries.facts import is_barred
from joinedup.support.cases.choices.combined import TRIO, CombinedDecision, CombinedFactor
from joinedup.support.cases.choices.finding import FindingKind
from joinedup.support.cases.models import CombinedAlert, Finding
from joinedup.support.cases.rules.carers import ADULT, age_on
from joinedup.support.cases.rules.combined import (
    HeldFactor,
    Home,
    ToTell,
    to_tell,
    was_known_as_child,
    why_not_decided,
)
from joinedup.support.handovers.queries.answering import who_answers
from joinedup.support.safeguarding.choices import Audience, Door, Trigger
from joinedup.support.safeguarding.operations.raising import raise_exit

CHECKING = Viewer.system("checking under safeguard_child what bears together on a child of a home")
DECIDING = Viewer.system("writing down what a safeguarding lead decided")
FACTORS = tuple(factor.value for factor in TRIO)
LEADS = ("safeguarding_lead", "duty_manager", "team_manager")
"""Who is told for a holder: its safeguarding lead, and where it has none, who answers for it."""


class CannotDecide(Exception):
    """Why the decision is not written down; fit for the page."""


@dataclass(frozen=True)
class Deciding:
    """What a lead decides of one alert."""

    decision: CombinedDecision
    because: str
    shared_words: str = ""
    recipient: str = ""
    more_detrimental: bool = False


def check_combined_factors(*, at: datetime.datetime) -> int:
    """Tell one lead of each holder, once, of what bears together on a child; return how many were told."""
    told = 0
    with transaction.atomic(), acting(CHECKING):
        for each in to_tell(_homes(at)):
            told += _tell(each, at)
    return told


def decide_combined(
    *, by: Viewer, alert_id: uuid.UUID, said: Deciding, at: datetime.datetime
) -> CombinedAlert:
    """Write down whether it is shared and why; shared, it goes as the lead wrote it, and rings (P19).

    Raises CannotDecide, CombinedAlert.DoesNotExist.
    """
    with acting(by):
        alert = CombinedAlert.objects.get(pk=alert_id)
    share = said.decision is CombinedDecision.SHARE
    wrong = why_not_decided(
        share=share, because=said.because, words=said.shared_words, recipient=said.recipient
    )
    if wrong:
        raise CannotDecide(wrong)
    with transaction.atomic(), acting(DECIDING):
        alert = CombinedAlert.objects.select_for_update(of=("self",)).get(pk=alert_id)
        if alert.decided_at is not None:
            raise CannotDecide("This was decided already.")
        _disclose(by, alert, said, at)
        alert.decision, alert.because = said.decision.value, said.because.strip()
        alert.more_detrimental = said.more_detrimental and not share
        alert.decided_by_id, alert.decided_at = by.post_id, at
        if share:
            alert.recipient_id = said.recipient
            alert.shared_words = said.shared_words.strip()
            alert.sent_as_id = _send(by, alert, at)
        alert.save()
        record_change(
            at=at, post_id=by.post_id, act="decided on what bears on a child",
            subject_kind="combined alert", subject_id=str(alert.pk),
            purpose=Purpose.SAFEGUARD_CHILD, person_id=alert.adult_id, agency=by.agency,
            role=by.role, traceless=True, detail={"decision": said.decision},
        )  # fmt: skip
    return alert


def recipients_for(holder: str) -> list[tuple[str, str]]:
    """The agencies to which it may go: those that protect children, other than the holder."""
    kinds = (AgencyKind.SOCIAL_CARE, AgencyKind.COUNCIL)
    found = Agency.objects.filter(kind__in=kinds).exclude(pk=holder).order_by("kind", "name")
    return list(found.values_list("code", "name"))


def hand_on_alerts(*, at: datetime.datetime) -> int:
    """Give what waits on a lead who is away or gone to whoever answers for them; return how many."""
    moved = 0
    with transaction.atomic(), acting(CHECKING):
        for alert in CombinedAlert.objects.filter(decided_at__isnull=True).select_for_update():
            answers = who_answers(alert.post_id, at).post
            if answers == alert.post_id:
                continue
            of = Post.objects.filter(pk=answers, team__agency=alert.holder_id)
            if of.exists() and not is_barred(answers, alert.adult_id, at=at):
                alert.post_id = answers
                alert.save(update_fields=["post"])
                _notify(alert, at)
                moved += 1
    return moved


def _disclose(by: Viewer, alert: CombinedAlert, said: Deciding, at: datetime.datetime) -> None:
    """The holder's own decision, item by item, as any other is written down (P9, s16LA)."""
    share = said.decision is CombinedDecision.SHARE
    to = said.recipient or next((code for code, _ in recipients_for(alert.holder_id)), "")
    if not to:
        return
    decision = DisclosureDecision.DISCLOSE if share else DisclosureDecision.DO_NOT_DISCLOSE
    try:
        decide_disclosure(
            by=by, person_id=alert.adult_id, recipient=to, purpose=Purpose.SAFEGUARD_CHILD,
            items={Category(CombinedFactor(each).category): decision for each in alert.factors}, reason=said.because,
            at=at, more_detrimental=said.more_detrimental,
        )  # fmt: skip
    except CannotDisclose as why:
        raise CannotDecide(str(why)) from why


def _send(by: Viewer, alert: CombinedAlert, at: datetime.datetime) -> uuid.UUID:
    """Through the safeguarding door, as any worry about a child goes: it rings until somebody has it."""
    return raise_exit(
        by=by, door=Door.SAFEGUARDING, audience=Audience.CHILD, words=alert.shared_words,
        trigger=Trigger.CHILD_HARMED, person_ids=(alert.adult_id,),
        submission_key=f"combined {alert.pk}", at=at,
    ).pk  # fmt: skip


def _tell(found: ToTell, at: datetime.datetime) -> int:
    there = CombinedAlert.objects.filter(
        Q(fingerprint=found.fingerprint) | Q(decided_at__isnull=True),
        holder=found.holder, adult=found.adult,
    )  # fmt: skip
    if there.exists():
        return 0
    post = _lead_of(found.holder, found.adult, at)
    if post is None:
        return 0
    alert = CombinedAlert.objects.create(
        holder_id=found.holder, adult_id=found.adult, factors=[f.value for f in found.factors],
        fingerprint=found.fingerprint, post_id=post, found_at=at,
    )  # fmt: skip
    _notify(alert, at)
    record_change(
        at=at, post_id=None, act="told a lead of what bears on a child",
        subject_kind="combined alert", subject_id=str(alert.pk), purpose=CHECKING.purpose,
        person_id=found.adult, agency=found.holder, basis="safeguard_child", traceless=True,
    )  # fmt: skip
    return 1


def _notify(alert: CombinedAlert, at: datetime.datetime) -> None:
    link = reverse("combined-alert", args=[alert.pk])
    tell(by=None, posts=[alert.post_id], kind=NoticeKind.COMBINED_FACTORS, link=link, at=at)


def _lead_of(holder: str, adult: uuid.UUID, at: datetime.datetime) -> uuid.UUID | None:
    """The one post that is told: the first lead of the holder whom nothing keeps from this person."""
    posts = Post.objects.held_on(day_of(at)).filter(
        team__agency=holder, role__in=LEADS, user__is_active=True
    )
    ranked = sorted(
        (LEADS.index(role), since, str(pk), pk)
        for pk, role, since in posts.values_list("pk", "role", "starts_on")
    )
    return next((pk for *_, pk in ranked if not is_barred(pk, adult, at=at)), None)


def _homes(at: datetime.datetime) -> list[Home]:
    """Every home in which something of the three is held of an adult and a child lives."""
    day = day_of(at)
    held = list(_held(day)) + list(_found(day))
    now = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    lives = HouseholdMember.objects.filter(now, starts_on__lte=day, household__is_institution=False)
    of_adults = dict(
        lives.filter(person__in={each.adult for each in held}).values_list("person", "household")
    )
    members: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for person, household in lives.filter(household__in=set(of_adults.values())).values_list(
        "person", "household"
    ):
        members[household].append(person)
    homes_of = {person: household for household, group in members.items() for person in group}
    born = _born({person for group in members.values() for person in group})
    ages = {person: age_on(on, day) for person, on in born.items()}
    by_home: dict[uuid.UUID, list[HeldFactor]] = defaultdict(list)
    for each in [*held, *_known_as_child(born, day)]:
        home = of_adults.get(each.adult) or homes_of.get(each.adult)
        if home is not None and (ages.get(each.adult) or 0) >= ADULT:
            by_home[home].append(each)
    return [
        Home(
            frozenset(p for p in members[household] if (ages.get(p) or 0) < ADULT and p in ages),
            tuple(factors),
        )
        for household, factors in by_home.items()
    ]


def _known_as_child(
    born: dict[uuid.UUID, datetime.date], day: datetime.date
) -> Iterable[HeldFactor]:
    """Adults who were known to children's social care themselves; off until a day is set (S0-19, P36)."""
    since = settings.PARENT_KNOWN_AS_CHILD_FROM
    if since is None or day < since:
        return
    rows = Holding.objects.filter(category=CombinedFactor.KNOWN_AS_CHILD.category, person__in=born)
    for holder, kind, person, on in rows.values_list(
        "holder", "holder__kind", "person", "starts_on"
    ):
        if was_known_as_child(born[person], on):
            yield HeldFactor(holder, AgencyKind(kind), person, CombinedFactor.KNOWN_AS_CHILD)


def _held(day: datetime.date) -> Iterable[HeldFactor]:
    rows = Holding.objects.filter(category__in=FACTORS, starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    plain = list(rows.values_list("holder", "holder__kind", "person", "category"))
    one = _canonical({person for _, _, person, _ in plain})
    for holder, kind, person, category in plain:
        yield HeldFactor(holder, AgencyKind(kind), one[person], CombinedFactor(category))


def _found(day: datetime.date) -> Iterable[HeldFactor]:
    """What assessments found: held by the agency whose case it is."""
    rows = Finding.objects.standing().filter(
        kind=FindingKind.NEED, code__in=FACTORS, person__isnull=False, case__closed_at__isnull=True
    )
    plain = list(rows.values_list("case__agency", "case__agency__kind", "person", "code"))
    one = _canonical({person for _, _, person, _ in plain if person is not None})
    for holder, kind, person, code in plain:
        if person is not None:
            yield HeldFactor(holder, AgencyKind(kind), one[person], CombinedFactor(code))


def _canonical(ids: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whom each identifier stands for today."""
    points: dict[uuid.UUID, uuid.UUID | None] = {}
    wanted = set(ids)
    for _ in range(LONGEST_CHAIN):
        if not wanted:
            break
        points.update(Person.objects.filter(pk__in=wanted).values_list("pk", "merged_into"))
        wanted = {to for to in points.values() if to is not None and to not in points}

    def end(person: uuid.UUID) -> uuid.UUID:
        for _ in range(LONGEST_CHAIN):
            to = points.get(person)
            if to is None:
                return person
            person = to
        return person

    return {person: end(person) for person in ids}


def _born(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, datetime.date]:
    """The birth date that most of each person's records have; of whom none has one, nothing."""
    told: dict[uuid.UUID, Counter[datetime.date]] = defaultdict(Counter)
    rows = Record.objects.filter(person__in=set(people), gone_on=None, born_on__isnull=False)
    for person, born in rows.values_list("person", "born_on"):
        if born is not None:
            told[person][born] += 1
    return {
        person: max(counts.items(), key=lambda pair: (pair[1], pair[0]))[0]
        for person, counts in told.items()
    }
