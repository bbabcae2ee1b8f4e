"""The table of lawful sharing in words, for people who read no code: docs/access-table.md."""

from collections.abc import Iterable

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.sharing.choices import Category, Purpose, Telling
from joinedup.identity.sharing.gateways import (
    GATEWAYS,
    NEVER_TOLD,
    NO_SIGHT,
    OWN_PAGE,
    TEAM_BOUND,
    ConsentNeeded,
    Gateway,
)

_HEAD = """# Who may see what

This page is made from the table that the product decides by (`joinedup wall table` writes it; a test
fails when it is out of date). The information governance lead owns the table. It says which agencies may
see which data of which others, what for, how much, and what must hold first. **What no row opens stays
shut.** Every look is recorded with the row that opened it.

## Before the table is asked

- Nobody is shown anything without a post held today and a purpose that the post's role has.
- A post that is barred from a person (a relative, a neighbour) sees nothing of them and is told nothing.
- A pub, a bookmaker or another agency that only refers is shown nobody (P18).
- An agency's own data is seen by those of its posts whose role carries the category. {bound} are seen
  only while the post, or its team, is involved with the person.
- Under {no_sight} nobody's data is seen at all.
- People see on their own page, as a summary: {own_page}. Nothing of an agency whose very name reveals
  is on it, for somebody may be made to open it before another (P39).
- Of an agency whose very name reveals (a refuge, a sexual-health clinic), only the rows that say so
  open anything, and nothing withheld is told (P8, P17).
- An address restricted for safety is in none of the rows: its holder's duty manager relays or releases
  it, two people acting (P13).

## What the words mean

- **A live agreement**: signed by every party, begun, neither ended, suspended nor past its review,
  with a flow from that holder to that recipient for that purpose and row, with the category in it and
  not under pseudonyms. A flow may ask for consent where its row does not.
- **Consent**: the common-law yes of the person, or of whoever may speak for them (P12). The later word
  counts, but a no is lifted only by a yes that names its matter as closely. A yes withdrawn or expired
  is as if nobody had asked.
- **Involvement**: the post or its team is recorded as being in the person's life, and why.
- **The holder's decision**: recorded item by item, with its reason; so is a decision not to share. A
  decision not to show, or a restriction the holder has set, shuts every row that does not override it.
- **Levels**: a headline says that something is there; a summary says what matters of it; detail is all.
- **Told in full**: which agency, which category, why it is shut, what would open it. **Existence only**:
  that something more is held; neither what nor whose. **Neither**: neither confirmed nor denied; the
  page is the same, byte for byte, as if it were not there (P8). Where several rows could open a category,
  the strictest telling counts. {never} are never told, whatever the row.

## All rows

| row | for | opens | when | if shut |
|---|---|---|---|---|
"""

_ROW = """
### {title}

{sentence}

| | |
|---|---|
| Row | `{code}` |
| For | {purposes} |
| To | {recipients} |
| From | {holders} |
| What | {categories} |
| How much | {level} |
| When | {needs} |
| UK GDPR Article 6 | {article_6} |
| Article 9 or 10 | {article_9} |
| Common law | {common_law} |
| Opt-outs that bite | {opt_outs} |
| If shut | {telling} |
"""

_TOLD = {
    Telling.IN_FULL: "told in full",
    Telling.EXISTENCE_ONLY: "existence only",
    Telling.NEITHER: "neither confirmed nor denied",
}
_CONSENT = {
    ConsentNeeded.GIVEN: "the person has said yes",
    ConsentNeeded.NO_OBJECTION: "the person has not said no",
}


_SHORT = ("iom", "mappa", "marac")


def access_table() -> str:
    """The page, ready to be written."""
    head = _HEAD.format(
        bound=_start(_listed(TEAM_BOUND, Category)),
        no_sight=_listed(NO_SIGHT, Purpose).lower(),
        own_page=_lower(_listed(OWN_PAGE, Category)),
        never=_start(_listed(NEVER_TOLD, Category)),
    )
    lines = "".join(map(_line, GATEWAYS))
    return head + lines + "\n## Each row\n" + "".join(map(_section, GATEWAYS))


def _line(row: Gateway) -> str:
    purposes = _purposes(row)
    cells = (
        f"[{_title(row)}](#{_anchor(row)})",
        purposes,
        _opens(row),
        needs(row),
        _TOLD[row.telling],
    )
    return f"| {' | '.join(cells)} |\n"


def _section(row: Gateway) -> str:
    return _ROW.format(
        title=_title(row),
        sentence=row.sentence,
        code=row.code,
        purposes=_purposes(row),
        recipients=_kinds(row.recipients),
        holders=_kinds(row.holders),
        categories=_listed(row.categories, Category),
        level=row.level.label,
        needs=needs(row),
        article_6=row.article_6,
        article_9=row.article_9,
        common_law=row.common_law,
        opt_outs=row.opt_outs,
        telling=_TOLD[row.telling],
    )


def needs(row: Gateway) -> str:
    """What must hold before a row opens, in words."""
    if not row.opens:
        return "never: it shows nobody"
    asked = [
        "a live agreement carries it" if row.agreement_needed else "",
        _CONSENT.get(row.consent, ""),
        "whoever looks is involved" if row.involvement_needed else "",
        "the holder has decided to show it" if row.disclosure_needed else "",
        "emergency access is open" if row.emergency_needed else "",
    ]
    told = "; ".join(need for need in asked if need) or "always"
    extra = [
        "stands above a holder’s withholding" if row.overrides_withholding else "",
        "also of a holder whose name reveals" if row.revealing_holders else "",
    ]
    added = ", ".join(word for word in extra if word)
    return f"{told} ({added})" if added else told


def _title(row: Gateway) -> str:
    words = [word.upper() if word in _SHORT else word for word in row.code.split("_")]
    return _start(" ".join(words))


def _anchor(row: Gateway) -> str:
    return row.code.replace("_", "-")


def _opens(row: Gateway) -> str:
    return f"{_listed(row.categories, Category)}: {row.level.label.lower()}"


def _purposes(row: Gateway) -> str:
    if len(row.purposes) > 10:
        missing = frozenset(Purpose) - row.purposes - NO_SIGHT
        return f"every purpose but {_listed(missing, Purpose)}" if missing else "every purpose"
    return _listed(row.purposes, Purpose)


_RARE = (AgencyKind.COMMISSIONER, AgencyKind.PUBLIC_HEALTH, AgencyKind.LICENSED_PREMISES)
_FRONT_LINE = frozenset(AgencyKind) - frozenset(_RARE)


def _kinds(kinds: frozenset[AgencyKind]) -> str:
    if kinds == frozenset(AgencyKind):
        return "any agency"
    missing = _FRONT_LINE - kinds
    if kinds <= _FRONT_LINE and len(missing) <= 1:
        but = f" but {_listed(missing, AgencyKind)}" if missing else ""
        return f"any agency of the front line{but}"
    return _listed(kinds, AgencyKind)


def _listed(words: Iterable[Category | Purpose | AgencyKind], order: type) -> str:
    chosen = set(words)
    labels = [word.label for word in order if word in chosen]  # type: ignore[attr-defined]
    if len(labels) == len(Category):
        return "everything"
    return ", ".join(labels)


def _start(words: str) -> str:
    return words[0].upper() + words[1:]


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
