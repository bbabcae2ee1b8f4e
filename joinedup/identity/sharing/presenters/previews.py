"""How it reads what a change to an agreement would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, listed, moment, number
from joinedup.identity.sharing.choices import AgreementChange
from joinedup.identity.sharing.presenters.agreements import categories
from joinedup.identity.sharing.queries.previews import Effect, Preview
from joinedup.pipeline import disclosure


@dataclass(frozen=True)
class ChangeWords:
    """The words of one change: the page's title, its button, and what it does."""

    title: str
    button: str
    says: str


WORDS = {
    AgreementChange.SIGN: ChangeWords(
        "Sign", "Sign for my agency",
        "What would change once every party has signed and the first day has come.",
    ),
    AgreementChange.SUSPEND: ChangeWords(
        "Suspend", "Suspend it now", "What it opens shuts at once, until somebody resumes it.",
    ),
    AgreementChange.RESUME: ChangeWords(
        "Resume", "Resume it now", "What it opens is open again at once.",
    ),
    AgreementChange.ACCEPT_REVIEW: ChangeWords(
        "Accept that it goes on past its review", "Accept it by name",
        "You answer by name for its going on without its review. The comparison is with its closing.",
    ),
    AgreementChange.END: ChangeWords(
        "End", "End it for good", "What it opens shuts at once and for good.",
    ),
    AgreementChange.LAPSE: ChangeWords(
        "If it lapses", "", "What would change at the moment it closes, if nobody does anything.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What would change at one moment, as the page tells it."""

    heading: str
    safety_sentence: str
    is_safety_lost: bool
    safety: Table | None
    lost: Table | None
    cut_off: Table | None
    gained: Table | None


def told(found: Preview) -> Told:
    """One moment of it in words and tables."""
    return Told(
        heading=heading(found),
        safety_sentence=safety_sentence(found),
        is_safety_lost=bool(found.safety),
        safety=safety(found),
        lost=effects(found, lost=True),
        cut_off=cut_off(found),
        gained=effects(found, lost=False),
    )


def heading(found: Preview) -> str:
    """From when, and how much."""
    lost = [effect for effect in found.effects if effect.lost]
    gained = [effect for effect in found.effects if not effect.lost]
    if not found.effects:
        return f"From {moment(found.when)} nobody would see more or less than they do."
    parts = []
    if lost:
        parts.append(f"{count(len(found.posts), 'practitioner')} would see less")
    if gained:
        parts.append(f"{_most(gained)} would see more")
    return f"From {moment(found.when)} {listed(parts)}."


def _most(effects: Sequence[Effect]) -> str:
    by_agency: dict[str, int] = {}
    for effect in effects:
        known = by_agency.get(effect.recipient, 0)
        by_agency[effect.recipient] = max(known, effect.practitioners)
    return listed(
        f"{count(many, 'practitioner')} of {agency}" for agency, many in by_agency.items()
    )


def effects(found: Preview, *, lost: bool) -> Table | None:
    """Who would lose, or gain, what about how many people."""
    rows = [effect for effect in found.effects if effect.lost is lost]
    if not rows:
        return None
    return table(
        "What would no longer be seen" if lost else "What would be seen that is not seen now",
        ["Category", "Held by", "Seen by", "For", Column("Practitioners", numeric=True),
         Column("People", numeric=True)],
        [
            [
                effect.category.label,
                effect.holder,
                effect.recipient,
                effect.purpose.label,
                number(effect.practitioners),
                disclosure.words(effect.people) if found.counts_rounded else number(effect.people or 0),
            ]
            for effect in rows
        ],
    )  # fmt: skip


def cut_off(found: Preview) -> Table | None:
    """Open work that would go on with less."""
    if not found.cut_off:
        return None
    return table(
        "Open work that would see less",
        ["Team", "Agency", Column("People it works with", numeric=True), "What it would lose"],
        [
            [
                each.team,
                each.agency,
                disclosure.words(each.people) if found.counts_rounded else number(each.people or 0),
                categories(each.categories),
            ]
            for each in found.cut_off
        ],
    )


def safety(found: Preview) -> Table | None:
    """By name, each person about whom a safety fact would be lost; for those who may read names."""
    if not found.safety or not found.names_shown:
        return None
    return table(
        "Safety facts that would be lost, by name",
        ["Person", "Safety fact", "Held by", "No longer seen by"],
        [
            [
                Cell(loss.name),
                loss.category.label,
                loss.holder,
                f"{count(loss.practitioners, 'practitioner')} of {loss.recipient}",
            ]
            for loss in found.safety
        ],
    )


def safety_sentence(found: Preview) -> str:
    """How many people a safety fact would be lost about, said either way (P7)."""
    many = found.people_losing_safety
    if not many:
        return (
            "No safety fact would be lost about anybody: no live warning, safeguarding, domestic abuse or "
            "public protection."
        )
    if found.names_shown:
        return f"A safety fact would be lost about {count(many, 'person', 'people')}."
    few = disclosure.shown(many)
    about = f"{disclosure.LIMIT} people or fewer" if few is None else f"about {number(few)} people"
    return (
        f"A safety fact would be lost: it concerns {about}. Their names are for the "
        "Caldicott guardian: ask before you go on."
    )
