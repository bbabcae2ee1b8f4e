"""Two worlds of sight side by side: which practitioners gain or lose which categories about whom."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from joinedup.identity.sharing.choices import Category, categories_in

Masks = Mapping[str, int]
"""What each recipient (`post:…`, `team:…`, `agency:…`) has a row for about one person."""

SAFETY = (
    Category.LIVE_WARNING,
    Category.SAFEGUARDING,
    Category.DOMESTIC_ABUSE,
    Category.MAPPA,
)
"""What nobody may lose sight of unnamed (P7): the first two hang on no agreement, the others do."""


@dataclass(frozen=True)
class Viewers:
    """The posts of one agency that may look for one purpose: each with its team."""

    agency: str
    posts: tuple[tuple[str, str], ...]
    """(`post:…`, `team:…`)"""

    @property
    def everybody(self) -> frozenset[str]:
        """All of them."""
        return frozenset(post for post, _ in self.posts)


@dataclass(frozen=True)
class World:
    """What is seen of one holder by one agency for one purpose: in general, and of some people."""

    general: int = 0
    of: Mapping[uuid.UUID, Masks] = field(default_factory=dict)


@dataclass
class Turned:
    """What the change does to one category: which posts, and about which people."""

    posts: set[str] = field(default_factory=set)
    people: set[uuid.UUID] = field(default_factory=set)
    in_general: bool = False
    """Also about everybody of whom the holder holds it and nothing more is known."""


@dataclass(frozen=True)
class Turn:
    """What is lost and what is gained, category by category."""

    lost: Mapping[Category, Turned]
    gained: Mapping[Category, Turned]

    def __bool__(self) -> bool:
        return bool(self.lost or self.gained)


def turn(before: World, after: World, viewers: Viewers) -> Turn:
    """Compare the two worlds for every post and person."""
    lost: dict[Category, Turned] = {}
    gained: dict[Category, Turned] = {}
    if not viewers.posts:
        return Turn(lost, gained)
    known: dict[object, _Turns] = {}
    for person in before.of.keys() | after.of.keys():
        was, now = before.of.get(person, {}), after.of.get(person, {})
        signature = (tuple(sorted(was.items())), tuple(sorted(now.items())))
        if signature not in known:
            known[signature] = _turns((was, before.general), (now, after.general), viewers)
        _add(known[signature], person, lost, gained)
    for found, mask in (
        (lost, before.general & ~after.general),
        (gained, after.general & ~before.general),
    ):
        for category in categories_in(mask):
            turned = found.setdefault(category, Turned())
            turned.in_general = True
            turned.posts |= viewers.everybody
    return Turn(lost, gained)


_Turns = tuple[Mapping[Category, frozenset[str]], Mapping[Category, frozenset[str]]]


def _turns(before: tuple[Masks, int], after: tuple[Masks, int], viewers: Viewers) -> _Turns:
    """Of one person: which posts lose and which gain each category."""
    lost: dict[Category, set[str]] = {}
    gained: dict[Category, set[str]] = {}
    for post, team in viewers.posts:
        was = _mask(before, post, team, viewers.agency)
        now = _mask(after, post, team, viewers.agency)
        if was == now:
            continue
        for category in categories_in(was & ~now):
            lost.setdefault(category, set()).add(post)
        for category in categories_in(now & ~was):
            gained.setdefault(category, set()).add(post)
    return (
        {category: frozenset(posts) for category, posts in lost.items()},
        {category: frozenset(posts) for category, posts in gained.items()},
    )


def _mask(world: tuple[Masks, int], post: str, team: str, agency: str) -> int:
    """The row of the highest rank counts: post, team, agency, else what holds of people in general."""
    rows, general = world
    return rows.get(post, rows.get(team, rows.get(f"agency:{agency}", general)))


def _add(
    turns: _Turns,
    person: uuid.UUID,
    lost: dict[Category, Turned],
    gained: dict[Category, Turned],
) -> None:
    for found, by_category in ((lost, turns[0]), (gained, turns[1])):
        for category, posts in by_category.items():
            turned = found.setdefault(category, Turned())
            turned.posts |= posts
            turned.people.add(person)
