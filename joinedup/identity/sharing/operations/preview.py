"""What a change to an agreement would do: done in truth, compared, and taken back (P7)."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.foundations.core.wording import name_case
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting, marks
from joinedup.identity.sharing.choices import AgreementState, Category, Purpose
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreement_life import pairs_of
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts
from joinedup.identity.sharing.queries.agreements import MAY_READ
from joinedup.identity.sharing.queries.sight_worlds import (
    Key,
    holding,
    open_work,
    roots,
    viewers_of,
    worlds,
)
from joinedup.identity.sharing.rules.agreements import closes_at, opens_at
from joinedup.identity.sharing.rules.preview import SAFETY, Turn, Turned, World, turn

PREVIEWING = Viewer.system("previewing a change to an agreement")
SECOND = datetime.timedelta(seconds=1)
IF_ACCEPTED = datetime.timedelta(days=90)
A_LONG_TIME = datetime.timedelta(days=3650)


class AgreementChange(StrEnum):
    """What could be done with an agreement, or become of it."""

    SIGN = "sign"
    SUSPEND = "suspend"
    RESUME = "resume"
    ACCEPT_REVIEW = "accept-review"
    END = "end"
    LAPSE = "lapse"


class CannotPreview(Exception):
    """Why nothing can be foretold, fit for the page."""


class _TakenBack(Exception):
    """Ends the savepoint in which a change was tried."""


@dataclass(frozen=True)
class Effect:
    """What practitioners of one agency gain or lose of one category of one holder, for one purpose."""

    recipient: str
    holder: str
    purpose: Purpose
    category: Category
    lost: bool
    practitioners: int
    people: int


@dataclass(frozen=True)
class CutOff:
    """Open work of a team with people of whom it would see less."""

    agency: str
    team: str
    people: int
    categories: tuple[Category, ...]


@dataclass(frozen=True)
class SafetyLoss:
    """A person about whom a safety fact would no longer be seen, and by whom."""

    person_id: uuid.UUID
    category: Category
    holder: str
    recipient: str
    practitioners: int
    name: str = ""


@dataclass(frozen=True)
class Preview:
    """All that a change would do, and from when."""

    change: AgreementChange
    when: datetime.datetime
    effects: tuple[Effect, ...] = ()
    cut_off: tuple[CutOff, ...] = ()
    safety: tuple[SafetyLoss, ...] = ()
    names_shown: bool = False
    posts: frozenset[uuid.UUID] = field(default_factory=frozenset)
    """Every practitioner who would see less."""
    posts_losing_safety: frozenset[uuid.UUID] = field(default_factory=frozenset)
    """Those of them who would lose a safety fact."""

    @property
    def people_losing_safety(self) -> int:
        """About how many people a safety fact would be lost."""
        return len({loss.person_id for loss in self.safety})


def preview(
    *, by: Viewer, agreement_id: uuid.UUID, change: AgreementChange, at: datetime.datetime
) -> Preview:
    """Foretell a change by making it in a savepoint, deriving sight anew, and taking all of it back.

    People who would lose a safety fact are named to a post that guards confidentiality, and each of
    those looks is put on record; anybody else is told how many they are. Raises CannotPreview,
    SharingAgreement.DoesNotExist, or NotPermitted.
    """
    if not by.is_system and not any(by.may(permission) for permission in MAY_READ):
        by.must(Permission.SEE_SHARING)
    with transaction.atomic(), acting(PREVIEWING):
        agreement = SharingAgreement.objects.get(pk=agreement_id)
        found = foretold(agreement, change, at=at)
        if not by.may(Permission.REVIEW_EMERGENCY) or not found.safety:
            return found
        named = _named(found.safety)
        record_looks(
            at=at,
            post_id=by.post_id,
            subject_kind="person",
            subject_ids=[str(pk) for pk in dict.fromkeys(loss.person_id for loss in named)],
            purpose=by.purpose,
            basis="preview_of_an_agreement",
            categories=sorted({loss.category.value for loss in named}),
            detail={"agreement": agreement.pk, "change": change},
            **marks(by),
        )
    return Preview(**{**vars(found), "safety": named, "names_shown": True})


def foretold(
    agreement: SharingAgreement, change: AgreementChange, *, at: datetime.datetime
) -> Preview:
    """The same without names; to be called as the system, inside a transaction."""
    pairs = pairs_of(agreement)
    when, before_at = _when(agreement, change, at)
    before = worlds(pairs, before_at)
    if change is AgreementChange.LAPSE:
        return _compared(change, when, before, worlds(pairs, when))
    after: Mapping[Key, World] = {}
    with suppress(_TakenBack), transaction.atomic():
        _make(agreement, change, when, at)
        derive.agencies(pairs, at=at)
        after = worlds(pairs, when)
        raise _TakenBack
    return _compared(change, when, before, after)


def lost_by_lapse(agreement: SharingAgreement, *, at: datetime.datetime) -> Preview:
    """What the lapse of an agreement has taken: against a world in which it had gone on.

    To be called as the system. What was seen before is no help: it is not kept once it is over.
    """
    pairs = pairs_of(agreement)
    after = worlds(pairs, at)
    before: Mapping[Key, World] = {}
    with suppress(_TakenBack), transaction.atomic():
        agreement.ends_on, agreement.review_on = None, day_of(at) + A_LONG_TIME
        agreement.save()
        derive.agencies(pairs, at=at)
        before = worlds(pairs, at)
        raise _TakenBack
    agreement.refresh_from_db()
    return _compared(AgreementChange.LAPSE, at, before, after)


def _when(
    agreement: SharingAgreement, change: AgreementChange, at: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime]:
    """The moment at which the change bites, and the moment to compare it with."""
    facts = agreement_facts([agreement.pk])[agreement.pk]
    closing = closes_at(facts)
    if change is AgreementChange.LAPSE:
        if closing is None or closing <= at:
            raise CannotPreview("Nothing is set that would let it lapse.")
        return closing, closing - SECOND
    if change is AgreementChange.SIGN and agreement.starts_on is not None:
        when = max(at, start_of(agreement.starts_on))
        return when, when
    if change is AgreementChange.ACCEPT_REVIEW and closing is not None:
        when = max(at, closing)
        return when, when
    when = max(at, opens_at(facts) or at)
    return when, when


def _make(
    agreement: SharingAgreement,
    change: AgreementChange,
    when: datetime.datetime,
    at: datetime.datetime,
) -> None:
    """The change itself, for the length of the savepoint."""
    somebody = Post.objects.values_list("pk", flat=True).first()
    if change is AgreementChange.SIGN:
        unsigned = agreement.parties.filter(signed_at__isnull=True)
        unsigned.update(signed_at=at, signed_by=somebody)
        agreement.state = AgreementState.SIGNED.value
    elif change is AgreementChange.SUSPEND:
        agreement.state = AgreementState.SUSPENDED.value
        agreement.suspended_at, agreement.suspended_because = at, "a preview"
    elif change is AgreementChange.RESUME:
        agreement.state = AgreementState.SIGNED.value
        agreement.suspended_at, agreement.suspended_because = None, ""
    elif change is AgreementChange.END:
        agreement.state = AgreementState.ENDED.value
        agreement.ended_at, agreement.ended_because = at, "a preview"
    elif change is AgreementChange.ACCEPT_REVIEW:
        agreement.review_accepted_until = (when + IF_ACCEPTED).date()
        agreement.review_accepted_at, agreement.review_accepted_because = at, "a preview"
        agreement.review_accepted_by_id = somebody
    agreement.save()


# ---------------------------------------------------------------- comparing


class _Counting:
    """How many people stand behind what is turned, each counted once however often they were merged."""

    def __init__(self, when: datetime.datetime) -> None:
        self._when = when
        self._roots = roots()
        self._held: dict[tuple[str, Category], set[uuid.UUID]] = {}

    def people(
        self, holder: str, category: Category, turned: Turned, known: set[uuid.UUID]
    ) -> set[uuid.UUID]:
        """Those of whom the holder holds it, among those of whom sight of it turns."""
        held = self._holding(holder, category)
        touched = turned.people & held
        if turned.in_general:
            touched |= held - known
        return {self._roots.get(one, one) for one in touched}

    def _holding(self, holder: str, category: Category) -> set[uuid.UUID]:
        key = (holder, category)
        if key not in self._held:
            self._held[key] = holding(holder, category, self._when)
        return self._held[key]


def _compared(
    change: AgreementChange,
    when: datetime.datetime,
    before: Mapping[Key, World],
    after: Mapping[Key, World],
) -> Preview:
    names = dict(Agency.objects.values_list("code", "name"))
    counting = _Counting(when)
    effects: list[Effect] = []
    safety: list[SafetyLoss] = []
    less: dict[str, dict[uuid.UUID, set[Category]]] = defaultdict(lambda: defaultdict(set))
    posts: set[str] = set()
    unsafe: set[str] = set()
    for key in sorted(before.keys() | after.keys()):
        recipient, holder, purpose = key
        one, other = before.get(key, World()), after.get(key, World())
        found = turn(one, other, viewers_of(recipient, Purpose(purpose), when))
        known = set(one.of) | set(other.of)
        for lost, category, turned in _turned(found):
            people = counting.people(holder, category, turned, known)
            if not people:
                continue
            effects.append(
                Effect(
                    names[recipient], names[holder], Purpose(purpose), category, lost,
                    len(turned.posts), len(people),
                )
            )  # fmt: skip
            if lost:
                posts |= turned.posts
                for person in people:
                    less[recipient][person].add(category)
                if category in SAFETY:
                    unsafe |= turned.posts
                    safety += [
                        SafetyLoss(p, category, names[holder], names[recipient], len(turned.posts))
                        for p in sorted(people)
                    ]
    return Preview(
        change=change,
        when=when,
        effects=tuple(effects),
        cut_off=_cut_off(less, names, when),
        safety=tuple(safety),
        posts=_ids(posts),
        posts_losing_safety=_ids(unsafe),
    )


def _ids(posts: set[str]) -> frozenset[uuid.UUID]:
    return frozenset(uuid.UUID(post.removeprefix("post:")) for post in posts)


def _turned(found: Turn) -> list[tuple[bool, Category, Turned]]:
    order = list(Category)
    lost = [(True, category, turned) for category, turned in found.lost.items()]
    gained = [(False, category, turned) for category, turned in found.gained.items()]
    return sorted([*lost, *gained], key=lambda each: (not each[0], order.index(each[1])))


def _cut_off(
    less: Mapping[str, Mapping[uuid.UUID, set[Category]]],
    names: Mapping[str, str],
    when: datetime.datetime,
) -> tuple[CutOff, ...]:
    found = []
    for agency, people in less.items():
        by_team: dict[str, tuple[set[uuid.UUID], set[Category]]] = {}
        for involvement in open_work(agency, people, when):
            touched, categories = by_team.setdefault(involvement.team.name, (set(), set()))
            touched.add(involvement.person_id)
            categories |= people[involvement.person_id]
        found += [
            CutOff(names[agency], team, len(touched), tuple(c for c in Category if c in categories))
            for team, (touched, categories) in sorted(by_team.items())
        ]
    return tuple(found)


def _named(losses: tuple[SafetyLoss, ...]) -> tuple[SafetyLoss, ...]:
    """Each person by the name that stands in a record of theirs."""
    asked = {loss.person_id for loss in losses}
    rows = Record.objects.filter(person__in=asked, gone_on=None).order_by("-changed_on", "pk")
    names: dict[uuid.UUID, str] = {}
    for person, given, family in rows.values_list("person_id", "given_name", "family_name"):
        names.setdefault(person, name_case(f"{given} {family}".strip()))
    named = [
        SafetyLoss(**{**vars(loss), "name": names.get(loss.person_id, "No name on record")})
        for loss in losses
    ]
    return tuple(sorted(named, key=lambda loss: (loss.name, loss.category, loss.holder)))
