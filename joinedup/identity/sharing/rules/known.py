"""What is known of a person, and the rows of sight that follow from it."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.rules.sight import (
    NO_REASON,
    NONE,
    NOTHING_KNOWN,
    PURPOSES,
    About,
    Change,
    Courses,
    Decided,
    Ground,
    Kept,
    Masks,
    Reason,
    Word,
    where_it_differs,
)
from joinedup.identity.sharing.rules.spans import Span, joined

Ids = list[uuid.UUID]
Pairs = frozenset[tuple[str, str]]
"""Recipient and holder, by their codes."""


@dataclass
class Known:
    """What is known of one person, under whichever identifier it was written down."""

    ids: Ids
    """Every identifier that stands for this person today."""
    words: list[tuple[str | None, Word]] = field(default_factory=list)
    decided: list[tuple[str, Decided]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    teams: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    posts: dict[tuple[str, int, uuid.UUID], tuple[list[Span], list[Span]]] = field(
        default_factory=dict
    )

    def about(self, recipient: str) -> About:
        """What of it bears on one agency."""
        return About(
            words=tuple(word for to, word in self.words if to in (None, recipient)),
            decided=tuple(decided for to, decided in self.decided if to == recipient),
            kept=tuple(kept for kept in self.kept if kept.holder != recipient),
        )

    def reason_of_team(self, agency: str, team: int) -> Reason:
        """When the team is involved."""
        return Reason(joined(self.teams.get((agency, team), ())))

    def reason_of_post(self, agency: str, team: int, post: uuid.UUID) -> Reason:
        """When the post is involved, by itself or with its team; and when it has an emergency open."""
        own, emergency = self.posts.get((agency, team, post), ([], []))
        theirs = self.teams.get((agency, team), [])
        return Reason(joined([*own, *theirs]), joined(emergency))


class Row(NamedTuple):
    """One row of what is seen; of no person where it is what an agency sees of people in general."""

    person_id: uuid.UUID | None
    recipient: str
    rank: int
    holder: str
    purpose: str
    span: Span
    masks: Masks


def every_pair(land: Ground) -> Pairs:
    """Every agency with every agency, itself included."""
    return frozenset((recipient, holder) for recipient in land.bodies for holder in land.bodies)


def rows_in_general(pairs: Pairs, land: Ground) -> Iterator[Row]:
    """What agencies see of people of whom nothing is known."""
    for recipient, holder in pairs:
        courses = land.courses(recipient, frozenset({holder}))
        for (_, purpose), course in courses.items():
            for piece in where_it_differs(course, NONE):
                yield Row(None, recipient, 0, holder, purpose.value, *piece)


def rows_of(
    known: Iterable[Known],
    land: Ground,
    pairs: Pairs | None = None,
    purposes: tuple[Purpose, ...] = PURPOSES,
) -> Iterator[Row]:
    """What is seen of these people, where it differs from what is seen of people in general."""
    holders = _holders_by_recipient(land, pairs)
    for person in known:
        for recipient, theirs in holders.items():
            for name, rank, (holder, purpose, piece) in _changes(
                person, recipient, theirs, land, purposes
            ):
                for one in person.ids:
                    yield Row(one, name, rank, holder, purpose.value, *piece)


def _holders_by_recipient(land: Ground, pairs: Pairs | None) -> dict[str, frozenset[str]]:
    if pairs is None:
        return dict.fromkeys(land.bodies, frozenset(land.bodies))
    return {
        recipient: frozenset(holder for one, holder in pairs if one == recipient)
        for recipient in {recipient for recipient, _ in pairs}
    }


_Named = tuple[str, int, Change]


def _changes(
    person: Known,
    recipient: str,
    holders: frozenset[str],
    land: Ground,
    purposes: tuple[Purpose, ...],
) -> Iterator[_Named]:
    """Of one person and one agency: its own row, its teams', its posts'; each over the one below."""
    about = person.about(recipient)
    teams = [team for agency, team in person.teams if agency == recipient]
    posts = [(team, post) for agency, team, post in person.posts if agency == recipient]
    if about == NOTHING_KNOWN and not teams and not posts:
        return

    def courses(known: About = about, reason: Reason = NO_REASON) -> Courses:
        return land.courses(recipient, holders, known, reason, purposes)

    general, agency = courses(NOTHING_KNOWN), courses()
    yield from _named(land, agency, general, f"agency:{recipient}", 1)
    of_team: dict[int, Courses] = {}
    for team in teams:
        reason = person.reason_of_team(recipient, team)
        of_team[team] = courses(reason=reason)
        yield from _named(land, of_team[team], agency, f"team:{team}", 2)
    for team, post in posts:
        reason = person.reason_of_post(recipient, team, post)
        yield from _named(
            land, courses(reason=reason), of_team.get(team, agency), f"post:{post}", 3
        )


def _named(land: Ground, upper: Courses, lower: Courses, name: str, rank: int) -> Iterator[_Named]:
    for change in land.changes(upper, lower):
        yield name, rank, change
