"""Decide: may this be seen, how much of it, because of which line, and if not, what is told. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    Level,
    Purpose,
    Telling,
)
from joinedup.identity.sharing.gateways import (
    GATEWAYS,
    NEVER_TOLD,
    NO_SIGHT,
    OWN_PAGE,
    TEAM_BOUND,
    ConsentNeeded,
    Gateway,
    rows_for,
    telling_of,
)


class Opens(StrEnum):
    """What would open a door that is shut."""

    AGREEMENT = "agreement"
    CONSENT = "consent"
    INVOLVEMENT = "involvement"
    DISCLOSURE = "disclosure"
    HOLDER = "holder"
    EMERGENCY = "emergency"

    @property
    def label(self) -> str:
        """What would have to be, as the page says it."""
        return {
            Opens.AGREEMENT: "a live agreement that carries it",
            Opens.CONSENT: "the person’s yes",
            Opens.INVOLVEMENT: "your involvement, or your team’s",
            Opens.DISCLOSURE: "the holder’s recorded decision to show it",
            Opens.HOLDER: "the holder ending its restriction",
            Opens.EMERGENCY: "emergency access, if life is at risk",
        }[self]


@dataclass(frozen=True, slots=True)
class Carried:
    """A live flow, with identity in it, from the holder to the recipient, that carries the category."""

    gateway: str
    consent_needed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that bears on whether one viewer sees one category of one holder about one person, at one time.

    `held` says that somebody holds the post at that time and may work for the purpose. A role without
    any purpose about people (a reviewer of links) has none. A pub or a bookmaker only refers, and is
    shown nobody (P18).
    """

    purpose: Purpose | None
    category: Category
    recipient: AgencyKind
    holder: AgencyKind
    held: bool = True
    own: bool = False
    role_carries: bool = True
    barred: bool = False
    involved: bool = False
    flows: frozenset[Carried] = frozenset()
    consent: ConsentState = ConsentState.NOT_ASKED
    disclosure: DisclosureDecision | None = None
    withheld: bool = False
    emergency: bool = False
    name_reveals: bool = False
    themselves: bool = False
    system: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """How much is seen, by which line and in what words; and if nothing is, how that is told."""

    level: Level
    line: str
    sentence: str
    told: Telling = Telling.NEITHER
    would_open: tuple[Opens, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether anything is seen."""
        return self.level is not Level.NOTHING


SYSTEM = Decision(Level.DETAIL, "system", "Joined Up itself works on it, for a named purpose.")
OWN_RECORDS = Decision(
    Level.DETAIL, "own_records", "Your own agency holds it, and your role carries it."
)
OWN_TEAM = Decision(
    Level.DETAIL,
    "own_team",
    "Your own agency holds it, your role carries it, and you are involved.",
)
THEMSELVES = Decision(Level.SUMMARY, "own_page", "It is about you.")
SILENT = Decision(Level.NOTHING, "nothing", "", Telling.NEITHER)
"""Shut, and neither confirmed nor denied: one and the same whatever the facts (P8)."""
EXISTENCE = Decision(
    Level.NOTHING,
    "existence_only",
    "Something more is held that may not be shown to you.",
    Telling.EXISTENCE_ONLY,
)
"""Shut, and told as existence only: neither what, nor whose, nor why."""
OWN_NOT_INVOLVED = Decision(
    Level.NOTHING,
    "own_team",
    "Your own agency holds it for the team that is involved.",
    Telling.IN_FULL,
    (Opens.INVOLVEMENT,),
)


def decide(facts: Facts) -> Decision:
    """How much of the category is seen, because of which line; or why not, and how that is told."""
    if facts.system:
        return SYSTEM
    if not facts.held or facts.barred or facts.purpose in NO_SIGHT or facts.recipient.only_refers:
        return SILENT
    if facts.themselves:
        return _on_own_page(facts)
    if facts.own:
        return _of_own_agency(facts)
    return SILENT if facts.purpose is None else _by_the_table(facts, facts.purpose)


def _by_the_table(facts: Facts, purpose: Purpose) -> Decision:
    best: Gateway | None = None
    nearest, lacks = None, _NEVER
    for row in rows_for(purpose, facts.recipient, facts.holder, facts.category):
        missing = _missing(row, facts)
        if not missing:
            if best is None or row.level > best.level:
                best = row
        elif missing.bit_count() < lacks.bit_count():
            nearest, lacks = row, missing
    if best is not None:
        return _OPEN[best.code]
    if nearest is None or facts.name_reveals:
        return SILENT
    told = telling_of(purpose, facts.recipient, facts.holder, facts.category)
    return _shut(told, nearest, lacks)


def _on_own_page(facts: Facts) -> Decision:
    """Nothing there tells of a holder whose name reveals: somebody may stand beside them (P39)."""
    if facts.category not in OWN_PAGE or facts.name_reveals or facts.withheld:
        return SILENT
    return THEMSELVES


def _of_own_agency(facts: Facts) -> Decision:
    """Ownership alone is not sight: the role carries the category, and for some the team is involved."""
    bound = facts.category in TEAM_BOUND
    if facts.purpose is None:
        return OWN_RECORDS if facts.role_carries and not bound else SILENT
    if not facts.role_carries:
        return SILENT
    if not bound:
        return OWN_RECORDS
    if facts.involved:
        return OWN_TEAM
    return SILENT if facts.category in NEVER_TOLD else OWN_NOT_INVOLVED


_AGREEMENT, _CONSENT, _INVOLVEMENT, _DISCLOSURE, _HOLDER, _EMERGENCY, _REVEALS = (
    1 << place for place in range(7)
)
_NEVER = (1 << 20) - 1
_OPENERS = {
    _AGREEMENT: Opens.AGREEMENT,
    _CONSENT: Opens.CONSENT,
    _INVOLVEMENT: Opens.INVOLVEMENT,
    _DISCLOSURE: Opens.DISCLOSURE,
    _HOLDER: Opens.HOLDER,
    _EMERGENCY: Opens.EMERGENCY,
}
_NO = frozenset({ConsentState.DECLINED, ConsentState.OBJECTED})


def _missing(row: Gateway, facts: Facts) -> int:
    """What the row asks and the facts lack, as bits."""
    missing = 0
    consent = row.consent
    if row.agreement_needed:
        asks = _consent_by_flow(row, facts)
        if asks is None:
            missing |= _AGREEMENT
        else:
            consent = asks
    if not _said(consent, facts.consent):
        missing |= _CONSENT
    if row.involvement_needed and not facts.involved:
        missing |= _INVOLVEMENT
    if row.disclosure_needed and facts.disclosure is not DisclosureDecision.DISCLOSE:
        missing |= _DISCLOSURE
    if row.emergency_needed and not facts.emergency:
        missing |= _EMERGENCY
    return missing | _kept_back(row, facts)


def _kept_back(row: Gateway, facts: Facts) -> int:
    """What the holder's own decisions, or its very name, keep back from this row."""
    kept = 0
    if not row.overrides_withholding and (
        facts.withheld or facts.disclosure is DisclosureDecision.DO_NOT_DISCLOSE
    ):
        kept |= _HOLDER
    if facts.name_reveals and not row.revealing_holders:
        kept |= _REVEALS
    return kept


def _consent_by_flow(row: Gateway, facts: Facts) -> ConsentNeeded | None:
    """What consent the row asks, going by the mildest flow that carries it; None where none does."""
    found = None
    for flow in facts.flows:
        if flow.gateway == row.code:
            if not flow.consent_needed:
                return row.consent
            found = ConsentNeeded.GIVEN
    return found


def _said(needed: ConsentNeeded, said: ConsentState) -> bool:
    if needed is ConsentNeeded.NOTHING:
        return True
    if needed is ConsentNeeded.NO_OBJECTION:
        return said not in _NO
    return said is ConsentState.GIVEN


_OPEN = {row.code: Decision(row.level, row.code, row.sentence) for row in GATEWAYS}


def _shut(told: Telling, nearest: Gateway, lacks: int) -> Decision:
    if told is Telling.NEITHER:
        return SILENT
    return EXISTENCE if told is Telling.EXISTENCE_ONLY else _shut_in_full(nearest.code, lacks)


@cache
def _shut_in_full(line: str, lacks: int) -> Decision:
    openers = tuple(word for bit, word in _OPENERS.items() if lacks & bit)
    needs = ", and ".join(word.label for word in openers)
    sentence = f"Not shown to you. It would take {needs}."
    return Decision(Level.NOTHING, line, sentence, Telling.IN_FULL, openers)
