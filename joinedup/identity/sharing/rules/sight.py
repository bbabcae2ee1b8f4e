"""What facts about a person come to: who sees which categories of which holder, from when until when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    Level,
    Purpose,
    Telling,
    mask_of,
)
from joinedup.identity.sharing.gateways import NO_SIGHT, TEAM_BOUND
from joinedup.identity.sharing.policy import Carried, Decision, Facts, decide
from joinedup.identity.sharing.rules.spans import ALWAYS, FOREVER, Moment, Span

ALL = mask_of(frozenset(Category))
PURPOSES = tuple(purpose for purpose in Purpose if purpose not in NO_SIGHT)


class Word(NamedTuple):
    """A yes or a no of the person; in a row of them the later stands after the earlier."""

    purpose: Purpose
    holder: str | None
    categories: int
    yes: bool
    named: int
    """How closely it names what it is about: holder, recipient, categories."""
    span: Span


class Decided(NamedTuple):
    """A holder's decision to show, or not to show, these categories for a purpose."""

    purpose: Purpose
    holder: str
    categories: int
    disclose: bool
    span: Span


class Kept(NamedTuple):
    """What a holder withholds from everybody else."""

    holder: str
    categories: int
    span: Span


class Flow(NamedTuple):
    """What a live agreement carries from one agency to another, with identity in it."""

    purpose: Purpose
    gateway: str
    categories: int
    consent_needed: bool
    span: Span


class About(NamedTuple):
    """What is known of a person that bears on one agency, whoever in it looks."""

    words: tuple[Word, ...] = ()
    decided: tuple[Decided, ...] = ()
    kept: tuple[Kept, ...] = ()


class Reason(NamedTuple):
    """Why one team or post is more than its agency: when it is involved, when an emergency is open."""

    involved: tuple[Span, ...] = ()
    emergency: tuple[Span, ...] = ()


NOTHING_KNOWN, NO_REASON = About(), Reason()


class Body(NamedTuple):
    """What counts of an agency."""

    kind: AgencyKind
    name_reveals: bool = False


class Masks(NamedTuple):
    """What is seen at least as headline, summary, detail; what is withheld and told, and how."""

    headline: int = 0
    summary: int = 0
    detail: int = 0
    told_in_full: int = 0
    told_existence: int = 0


class Piece(NamedTuple):
    """What is seen in a span of time."""

    span: Span
    masks: Masks


Course = tuple[Piece, ...]
"""What is seen from now on, in order and without a gap."""
Courses = dict[tuple[str, Purpose], Course]
"""By holder and purpose."""
Change = tuple[str, Purpose, Piece]
"""Of which holder, for which purpose, what."""


class Situation(NamedTuple):
    """All that bears on one recipient, holder and purpose at one moment, for every category at once."""

    purpose: Purpose
    recipient: AgencyKind
    holder: AgencyKind
    own: bool = False
    name_reveals: bool = False
    involved: bool = False
    emergency: bool = False
    flows: tuple[tuple[str, bool, int], ...] = ()
    given: int = 0
    refused: int = 0
    disclosed: int = 0
    kept_undisclosed: int = 0
    withheld: int = 0

    def about(self, category: Category, **more: Any) -> Facts:
        """The facts of one category of it; `more` is what is known of the viewer."""
        bit = category.bit
        carried = (Carried(code, asks) for code, asks, mask in self.flows if mask & bit)
        known: dict[str, Any] = {
            "purpose": self.purpose,
            "own": self.own,
            "involved": self.involved,
            "flows": frozenset(carried),
            "consent": _state(self.given & bit, self.refused & bit),
            "disclosure": _decision(self.disclosed & bit, self.kept_undisclosed & bit),
            "withheld": bool(self.withheld & bit),
            "emergency": self.emergency,
            "name_reveals": self.name_reveals,
        }
        return Facts(
            category=category, recipient=self.recipient, holder=self.holder, **{**known, **more}
        )


def _state(given: int, refused: int) -> ConsentState:
    if refused:
        return ConsentState.OBJECTED
    return ConsentState.GIVEN if given else ConsentState.NOT_ASKED


def _decision(disclosed: int, kept: int) -> DisclosureDecision | None:
    if kept:
        return DisclosureDecision.DO_NOT_DISCLOSE
    return DisclosureDecision.DISCLOSE if disclosed else None


@cache
def masks_of(situation: Situation) -> Masks:
    """The masks that the decisions on every category come to.

    Of its own agency only what is bound to a team is in them; the rest goes by the role alone.
    """
    levels = [0] * (Level.DETAIL + 1)
    told = dict.fromkeys(Telling, 0)
    for category in Category:
        if situation.own and category not in TEAM_BOUND:
            continue
        decision = decide(situation.about(category))
        _mark(decision, category.bit, levels, told)
    _, headline, summary, detail = levels
    return Masks(headline, summary, detail, told[Telling.IN_FULL], told[Telling.EXISTENCE_ONLY])


@cache
def always(situation: Situation) -> Course:
    """What is seen where nothing is known that begins or ends."""
    return (Piece(Span(ALWAYS, FOREVER), masks_of(situation)),)


def _mark(decision: Decision, bit: int, levels: list[int], told: dict[Telling, int]) -> None:
    for level in range(1, decision.level + 1):
        levels[level] |= bit
    if not decision.allowed:
        told[decision.told] |= bit


def said(words: Iterable[Word], at: Moment) -> tuple[int, int]:
    """The categories a person's yes covers at a moment, and those their no does.

    The later word counts; but a no is lifted only by a yes that names its matter as closely.
    """
    given, refused = 0, [0, 0, 0, 0]
    for word in words:
        if not word.span.holds(at):
            continue
        if word.yes:
            for closeness in range(word.named + 1):
                refused[closeness] &= ~word.categories
            given |= word.categories & ~_any(refused)
        else:
            refused[word.named] |= word.categories
            given &= ~word.categories
    return given, _any(refused)


def _any(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


class Ground:
    """The agencies and the agreements between them at one moment, and what facts come to upon them."""

    def __init__(
        self,
        bodies: Mapping[str, Body],
        flows: Mapping[tuple[str, str], tuple[Flow, ...]],
        at: Moment,
    ) -> None:
        self.bodies, self.flows, self.at = bodies, flows, at
        self._for: defaultdict[tuple[str, str, Purpose], list[Flow]] = defaultdict(list)
        for pair, carried in flows.items():
            for flow in carried:
                self._for[(*pair, flow.purpose)].append(flow)
        self._courses: dict[tuple[object, ...], Courses] = {}
        self._changes: dict[tuple[int, int], tuple[Change, ...]] = {}

    def situation(
        self,
        recipient: str,
        holder: str,
        purpose: Purpose,
        about: About = NOTHING_KNOWN,
        reason: Reason = NO_REASON,
        *,
        at: Moment,
    ) -> Situation:
        """How things stand between recipient and holder, for a purpose, at a moment."""
        theirs = self.bodies[holder]
        given, refused = said(
            (w for w in about.words if w.purpose is purpose and w.holder in (None, holder)), at
        )
        decided = [
            d
            for d in about.decided
            if (d.purpose, d.holder) == (purpose, holder) and d.span.holds(at)
        ]
        carried = (f for f in self._flows(recipient, holder, purpose) if f.span.holds(at))
        return Situation(
            purpose=purpose,
            recipient=self.bodies[recipient].kind,
            holder=theirs.kind,
            own=recipient == holder,
            name_reveals=theirs.name_reveals,
            involved=any(span.holds(at) for span in reason.involved),
            emergency=any(span.holds(at) for span in reason.emergency),
            flows=tuple(sorted((f.gateway, f.consent_needed, f.categories) for f in carried)),
            given=given,
            refused=refused,
            disclosed=_any(d.categories for d in decided if d.disclose),
            kept_undisclosed=_any(d.categories for d in decided if not d.disclose),
            withheld=_any(
                k.categories for k in about.kept if k.holder == holder and k.span.holds(at)
            ),
        )

    def courses(
        self,
        recipient: str,
        holders: frozenset[str],
        about: About = NOTHING_KNOWN,
        reason: Reason = NO_REASON,
        purposes: tuple[Purpose, ...] = PURPOSES,
    ) -> Courses:
        """What a recipient sees of each of these holders for each purpose, from now on."""
        key = (recipient, holders, about, reason, purposes)
        if key not in self._courses:
            self._courses[key] = {
                (holder, purpose): self._course(recipient, holder, purpose, about, reason)
                for holder in holders
                for purpose in purposes
            }
        return self._courses[key]

    def changes(self, upper: Courses, lower: Courses) -> tuple[Change, ...]:
        """Where the upper courses are not what the lower ones are; both are courses of this ground."""
        key = (id(upper), id(lower))
        if key not in self._changes:
            self._changes[key] = tuple(
                (holder, purpose, piece)
                for (holder, purpose), course in upper.items()
                for piece in where_it_differs(course, lower[holder, purpose])
            )
        return self._changes[key]

    def _flows(self, recipient: str, holder: str, purpose: Purpose) -> Sequence[Flow]:
        return self._for.get((recipient, holder, purpose), ())

    def _course(
        self, recipient: str, holder: str, purpose: Purpose, about: About, reason: Reason
    ) -> Course:
        if (about, reason) == (NOTHING_KNOWN, NO_REASON) and not self._flows(
            recipient, holder, purpose
        ):
            return always(self.situation(recipient, holder, purpose, at=self.at))
        edges = sorted(self._edges(recipient, holder, purpose, about, reason))
        spans = map(Span, [ALWAYS, *edges], [*edges, FOREVER])
        pieces: list[Piece] = []
        for span in spans:
            at = max(span.start, self.at)
            now = masks_of(self.situation(recipient, holder, purpose, about, reason, at=at))
            if pieces and pieces[-1].masks == now:
                pieces[-1] = Piece(Span(pieces[-1].span.start, span.end), now)
            else:
                pieces.append(Piece(span, now))
        return tuple(pieces)

    def _edges(
        self, recipient: str, holder: str, purpose: Purpose, about: About, reason: Reason
    ) -> set[Moment]:
        """The moments to come at which something changes."""
        spans = [
            *(f.span for f in self._flows(recipient, holder, purpose)),
            *(w.span for w in about.words if w.purpose is purpose),
            *(d.span for d in about.decided if d.purpose is purpose),
            *(k.span for k in about.kept if k.holder == holder),
            *reason.involved,
            *reason.emergency,
        ]
        return {edge for span in spans for edge in span if self.at < edge < FOREVER}


NONE = (Piece(Span(ALWAYS, FOREVER), Masks()),)
"""A course in which nothing is ever seen, nor told."""


def where_it_differs(upper: Course, lower: Course) -> list[Piece]:
    """The pieces of the upper course in which it is not what the lower one is, joined where they touch."""
    if upper == lower:
        return []
    found: list[Piece] = []
    for span, masks, below in _side_by_side(upper, lower):
        if masks == below:
            continue
        if found and found[-1].masks == masks and found[-1].span.end == span.start:
            found[-1] = Piece(Span(found[-1].span.start, span.end), masks)
        else:
            found.append(Piece(span, masks))
    return found


def _side_by_side(upper: Course, lower: Course) -> Iterable[tuple[Span, Masks, Masks]]:
    one, other = 0, 0
    start = ALWAYS
    while start < FOREVER:
        end = min(upper[one].span.end, lower[other].span.end)
        yield Span(start, end), upper[one].masks, lower[other].masks
        one += upper[one].span.end == end
        other += lower[other].span.end == end
        start = end
