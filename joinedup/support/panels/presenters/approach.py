"""How first approaches read on a page."""

from typing import Any

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.support.contacts.choices import How
from joinedup.support.panels.choices import ApproachOutcome
from joinedup.support.panels.models import ApproachPerson
from joinedup.support.panels.queries.approach import ApproachHeard, ApproachShown
from joinedup.support.panels.rules.approach import ADVOCATE, CHALLENGE

_COLOURS = {
    ApproachOutcome.AGREED: "green",
    ApproachOutcome.WANTS_ELSE: "blue",
    ApproachOutcome.DECLINED: "grey",
    ApproachOutcome.NOT_FOUND: "yellow",
}


def whom(person: ApproachPerson) -> str:
    """Somebody to be approached, in a line."""
    born = f"born {day(person.born_on)}" if person.born_on else ""
    age = f"about {person.age}" if person.age is not None and not born else ""
    said = [person.name, person.relation, born or age, person.address or "no address given here"]
    return ", ".join(part for part in said if part)


def script(shown: ApproachShown) -> list[str]:
    """What to say, paragraph by paragraph (P30)."""
    told = shown.approach.who_shared_what.split("\n")
    return [*told, ADVOCATE, CHALLENGE, shown.approach.way_back]


def tries(shown: ApproachShown) -> Table | None:
    """Each try, the latest first."""
    rows = [
        [
            moment(each.at),
            How(each.how).label,
            Cell("Reached", tag="govuk-tag--green")
            if each.reached
            else Cell("Not reached", tag="govuk-tag--grey"),
            Cell(each.words, note=each.by_post.user.name),
        ]
        for each in shown.tries
    ]  # fmt: skip
    return (
        table("Tries", ["When", "How", "Reached", "What was said or done"], rows) if rows else None
    )


def heard(found: list[ApproachHeard]) -> Table | None:
    """The approaches that a panel asked for."""
    rows = [[each.reference, each.who, _when(each), _outcome(each)] for each in found]
    return table("First approaches", ["Item", "Made by", "When", "Stands"], rows) if rows else None


def ended(shown: ApproachShown) -> list[dict[str, Any]]:
    """How it ended, as the rows of a summary list."""
    it = shown.approach
    pairs = [
        ("Ended", moment(it.ended_at) if it.ended_at else ""),
        ("Outcome", ApproachOutcome(it.outcome).label if it.outcome else ""),
        ("In their own words", it.outcome_words),
        ("They want", it.wants),
        ("Doubt about capacity", it.capacity_because),
        ("What worried", it.concern),
        ("Duty to assess", it.duty_decision),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in pairs if value]


def _when(each: ApproachHeard) -> Cell:
    if each.ended_at is not None:
        return Cell(f"Ended {moment(each.ended_at)}", note=f"given {moment(each.given_at)}")
    return Cell(f"Due {moment(each.due_at)}", note=f"given {moment(each.given_at)}")


def _outcome(each: ApproachHeard) -> Cell:
    if each.outcome is None:
        return Cell(tag="govuk-tag--yellow", text=each.state.label)
    return Cell(
        tag=f"govuk-tag--{_COLOURS[each.outcome]}", text=each.outcome.label, note=each.wants
    )
