"""Retention in words: rules, what they take back next, how they ran, which copies are to be seen to."""

from collections.abc import Iterable, Mapping, Sequence

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.queries.copies import Copy
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, moment, number
from joinedup.intelligence.linkage.models import RetentionRule, RetentionRun
from joinedup.intelligence.linkage.operations.recall import COPY
from joinedup.intelligence.linkage.queries.retention import Ruling

WHOLE = "The whole agency"


def whose(names: Mapping[str, str]) -> dict[str, str]:
    """The choices of a form: the whole agency, and each controller where it sends for several."""
    return {"": WHOLE, **{code: _name(code, names) for code in names}}


def whose_was_set(found: Iterable[RetentionRule], names: Mapping[str, str]) -> dict[str, str]:
    """The choices of what may end: whoever ever had a rule, so that none leaves the list while it is filled in."""
    return {code: _name(code, names) for code in sorted({rule.controller for rule in found})}


def rules(found: Sequence[Ruling], names: Mapping[str, str]) -> Table | None:
    """What holds and what is to come; none where there is nothing."""
    if not found:
        return None
    heads = [
        "Whose records", "Kept for", Column("From", date=True), Column("Next run", date=True),
        Column("Records it takes back", True), "Last run", "As your own schedule says",
    ]  # fmt: skip
    lines = [
        [
            Cell(_name(each.rule.controller, names)),
            count(each.rule.months or 0, "month"),
            day(each.rule.starts_on),
            day(each.next_on),
            number(each.records),
            _last(each.last),
            Cell(each.rule.reference, note=_set(each.rule)),
        ]
        for each in found
    ]
    return table("Rules", heads, lines)


def runs(found: Sequence[RetentionRun], names: Mapping[str, str]) -> Table | None:
    """What the last runs did."""
    if not found:
        return None
    heads = [
        "Whose records", Column("Day", date=True), Column("Records taken back", True),
        Column("Copies outside", True), "Result",
    ]  # fmt: skip
    lines = [
        [
            _name(run.rule.controller, names),
            day(run.day),
            number(run.records),
            number(len(run.copies)),
            _result(run),
        ]
        for run in found
    ]
    return table("Last runs that took something back, or could not", heads, lines)


def copies(found: Sequence[tuple[Copy, Post]]) -> Table | None:
    """Which copies outside somebody is to see to, and what is to be done with each."""
    if not found:
        return None
    heads = ["Copy", Column("Taken out", date=True), "By", "What to do"]
    lines = [
        [
            Cell(copy.kind.capitalize(), note=copy.of),
            moment(copy.at),
            Cell(f"{post.user.name}, {post.team.name}", note=copy.place),
            "Have it destroyed"
            if copy.kind == COPY
            else "Have it looked at, and destroyed where it says what was taken back",
        ]
        for copy, post in found
    ]
    return table("Copies outside to see to by hand", heads, lines)


def earlier(found: Iterable[RetentionRule], names: Mapping[str, str]) -> Table | None:
    """Everything that was ever set, the latest first."""
    lines = [
        [
            _name(rule.controller, names),
            "No rule" if rule.months is None else count(rule.months, "month"),
            day(rule.starts_on),
            Cell(rule.reference, note=_set(rule)),
        ]
        for rule in found
    ]
    heads = ["Whose records", "Kept for", Column("From", date=True), "Why"]
    return table("Everything that was set", heads, lines, caption_size="s") if lines else None


def _name(code: str, names: Mapping[str, str]) -> str:
    if not code:
        return WHOLE
    name = names.get(code, code)
    return name if name == code else f"{name} ({code})"


def _set(rule: RetentionRule) -> str:
    who = rule.set_by.user.name if rule.set_by else "the system"
    return f"Set by {who}, {moment(rule.set_at)}"


def _last(run: RetentionRun | None) -> Cell:
    if run is None:
        return Cell("Not yet")
    return Cell("Failed", tag="govuk-tag--red") if run.trouble else Cell(day(run.day))


def _result(run: RetentionRun) -> Cell:
    if run.trouble:
        return Cell(run.trouble)
    if run.ended_at is None:
        return Cell("Goes on", tag="govuk-tag--blue")
    return Cell("Done", tag="govuk-tag--green")
