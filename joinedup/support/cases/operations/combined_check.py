"""The combined-factor check: joins what agencies hold of adults to the children of their home (S0-18, P36).

The system works it out under the gateway that safeguards a child; one lead of each holder is told of what
that holder itself holds, and nobody else of anything. Nothing moves until that lead decides. It asks the
same few questions of a borough as of a street, and writes of what is new alone.
"""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Holding, HouseholdMember, Person, Record
from joinedup.identity.sharing.access import LONGEST_CHAIN, Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.queries.facts import is_barred
from joinedup.support.cases.choices.combined import TRIO, CombinedFactor
from joinedup.support.cases.choices.finding import FindingKind
from joinedup.support.cases.models import CombinedAlert, Finding
from joinedup.support.cases.rules.carers import ADULT, age_on
from joinedup.support.cases.rules.combined import (
    HeldFactor,
    Home,
    ToTell,
    to_tell,
    was_known_as_child,
)

CHECKING = Viewer.system("checking under safeguard_child what bears together on a child of a home")
FACTORS = tuple(factor.value for factor in TRIO)
LEADS = ("safeguarding_lead", "duty_manager", "team_manager")
"""Who is told for a holder: its safeguarding lead, and where it has none, who answers for it."""


def check_combined_factors(*, at: datetime.datetime) -> int:
    """Tell one lead of each holder, once, of what bears together on a child; return how many alerts are new."""
    with transaction.atomic(), acting(CHECKING):
        leads = _Leads(at)
        made = [
            CombinedAlert(
                holder_id=each.holder, adult_id=each.adult, factors=[f.value for f in each.factors],
                fingerprint=each.fingerprint, post_id=post, found_at=at,
            )
            for each in _not_told(to_tell(_homes(at)))
            if (post := leads.of(each.holder, each.adult)) is not None
        ]  # fmt: skip
        CombinedAlert.objects.bulk_create(made, batch_size=1000)
        _notify(made, at)
        for alert in made:
            record_change(
                at=at, post_id=None, act="told a lead of what bears on a child",
                subject_kind="combined alert", subject_id=str(alert.pk), purpose=CHECKING.purpose,
                person_id=alert.adult_id, agency=alert.holder_id, basis="safeguard_child",
                traceless=True,
            )  # fmt: skip
    return len(made)


def _not_told(found: Sequence[ToTell]) -> list[ToTell]:
    """Those of which nothing waits with their holder, and of which the same was not told before."""
    told: dict[tuple[str, uuid.UUID], set[str]] = defaultdict(set)
    waits = set()
    rows = CombinedAlert.objects.filter(holder__in={each.holder for each in found})
    for holder, adult, mark, decided in rows.values_list(
        "holder", "adult", "fingerprint", "decided_at"
    ):
        told[holder, adult].add(mark)
        if decided is None:
            waits.add((holder, adult))
    return [
        each
        for each in found
        if (each.holder, each.adult) not in waits
        and each.fingerprint not in told[each.holder, each.adult]
    ]


class _Leads:
    """The one post of each holder that is told: its first lead whom nothing keeps from the person."""

    def __init__(self, at: datetime.datetime) -> None:
        self._at = at
        posts = Post.objects.held_on(day_of(at)).filter(role__in=LEADS, user__is_active=True)
        ranked: dict[str, list[tuple[int, datetime.date, str, uuid.UUID]]] = defaultdict(list)
        for pk, role, since, holder in posts.values_list("pk", "role", "starts_on", "team__agency"):
            ranked[holder].append((LEADS.index(role), since, str(pk), pk))
        self._ranked = {holder: [pk for *_, pk in sorted(some)] for holder, some in ranked.items()}
        kept_away = Restriction.objects.filter(kind=RestrictionKind.BARRED_POST)
        self._kept_away = set(kept_away.values_list("barred", flat=True))

    def of(self, holder: str, adult: uuid.UUID) -> uuid.UUID | None:
        """Who is told of this adult for this holder; only of a post that is kept from anybody more is asked."""
        for post in self._ranked.get(holder, ()):
            if post not in self._kept_away or not is_barred(post, adult, at=self._at):
                return post
        return None


def _notify(made: Sequence[CombinedAlert], at: datetime.datetime) -> None:
    """Each lead hears once of a night's work: of one alert itself, of several the page that lists them."""
    of_post: dict[uuid.UUID, list[CombinedAlert]] = defaultdict(list)
    for alert in made:
        of_post[alert.post_id].append(alert)
    for post, alerts in of_post.items():
        one = alerts[0] if len(alerts) == 1 else None
        link = reverse("combined-alert", args=[one.pk]) if one else reverse("combined-alerts")
        tell(by=None, posts=[post], kind=NoticeKind.COMBINED_FACTORS, link=link, at=at)


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
