"""Two worlds of sight compared: who gains or loses what about how many people, and whose safety fact."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.wording import name_case
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.choices import AgreementChange, Category, Purpose
from joinedup.identity.sharing.queries.sight_worlds import (
    Key,
    holding,
    open_work,
    roots,
    viewers_of,
)
from joinedup.identity.sharing.rules.preview import SAFETY, Turn, Turned, World, turn
from joinedup.pipeline import disclosure


@dataclass(frozen=True)
class Effect:
    """What practitioners of one agency gain or lose of one category of one holder, for one purpose."""

    recipient: str
    holder: str
    purpose: Purpose
    category: Category
    lost: bool
    practitioners: int
    people: disclosure.Shown
    """How many; None where so few are not told (P44)."""


@dataclass(frozen=True)
class CutOff:
    """Open work of a team with people of whom it would see less."""

    agency: str
    team: str
    people: disclosure.Shown
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
    counts_rounded: bool = False
    """Read by somebody who holds no cases: small numbers are not told, others are rounded (P44)."""
    posts: frozenset[uuid.UUID] = field(default_factory=frozenset)
    """Every practitioner who would see less."""
    posts_losing_safety: frozenset[uuid.UUID] = field(default_factory=frozenset)
    """Those of them who would lose a safety fact."""
    later: "Preview | None" = None
    """Where a new version closes before the one it replaces would have: what that takes away then."""

    @property
    def every_safety_loss(self) -> tuple[SafetyLoss, ...]:
        """Now and later."""
        return self.safety + (self.later.safety if self.later else ())

    def named(self) -> "Preview":
        """The same with the name of each person about whom a safety fact would be lost."""
        later = self.later and self.later.named()
        return replace(
            self, safety=by_name(self.safety), names_shown=bool(self.safety), later=later
        )

    @property
    def people_losing_safety(self) -> int:
        """About how many people a safety fact would be lost."""
        return len({loss.person_id for loss in self.safety})

    def for_those_who_hold_cases(self) -> "Preview":
        """The counts as they are; what would touch nobody is left out."""
        touching = tuple(effect for effect in self.effects if effect.people)
        later = self.later and self.later.for_those_who_hold_cases()
        return replace(self, effects=touching, later=later)

    def without_small_numbers(self) -> "Preview":
        """The counts as they may leave those who hold the cases: nought is as small a number (P44)."""
        return replace(
            self,
            effects=tuple(replace(e, people=disclosure.shown(e.people or 0)) for e in self.effects),
            cut_off=tuple(replace(c, people=disclosure.shown(c.people or 0)) for c in self.cut_off),
            counts_rounded=True,
            later=self.later and self.later.without_small_numbers(),
        )


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


def compared(
    change: AgreementChange,
    when: datetime.datetime,
    before: Mapping[Key, World],
    after: Mapping[Key, World],
    *,
    with_work: bool = True,
) -> Preview:
    """What differs between two worlds, counted; to be called as the system.

    Without `with_work` it is not told whose open work is cut off: who loses sight can be told sooner.
    """
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
            effects.append(
                Effect(
                    names[recipient], names[holder], Purpose(purpose), category, lost,
                    len(turned.posts), len(people),
                )
            )  # fmt: skip
            if lost and people:
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
        cut_off=_cut_off(less, names, when) if with_work else (),
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


def by_name(losses: tuple[SafetyLoss, ...]) -> tuple[SafetyLoss, ...]:
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
