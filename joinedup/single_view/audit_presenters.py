"""The audit in words: how its tree stands, what is unusual, one post's day."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from joinedup.foundations.audit.choices import Conclusion, Sign
from joinedup.foundations.audit.models import Entry, Inquiry
from joinedup.foundations.audit.queries.state import StateOfTree
from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.single_view.queries.looks import category, reason
from joinedup.single_view.queries.unusual import Unusual

MARKS = (
    ("no_involvement", Sign.NO_INVOLVEMENT),
    ("same_name", Sign.SAME_NAME),
    ("same_address", Sign.SAME_ADDRESS),
)


def verdict(state: StateOfTree) -> dict[str, str]:
    """The last check as a tag and a sentence."""
    if state.check is None:
        return {"text": "Not checked yet", "tag": "govuk-tag--grey", "sentence": ""}
    when = wording.moment(state.check.at)
    if state.check.intact:
        over = wording.count(state.check.size, "line")
        return {"text": "Intact", "tag": "govuk-tag--green", "sentence": f"{over}, checked {when}"}
    return {
        "text": "Broken",
        "tag": "govuk-tag--red",
        "sentence": f"{state.check.sentence} Checked {when}.",
    }


def heads(state: StateOfTree) -> Table:
    """The newest signed heads."""
    lines = [
        [
            Cell(wording.moment(head.at)),
            Cell(wording.number(head.size)),
            Cell(head.root[:16], note=f"key {head.key[:8]}"),
        ]
        for head in state.heads
    ]
    return table("Signed heads", ["Signed", Column("Lines", True), "Head"], lines)


def unusual(found: Iterable[Unusual]) -> Table:
    """Each unusual day: whose, why it is here, against what is usual, what became of it."""
    heads: list[object] = [
        "Practitioner", Column("Day", date=True), "Why it is here", Column("People", True),
        Column("Usual", True), "Looked into",
    ]  # fmt: skip
    return table("Unusual looks", heads, [_row(one) for one in found])


def _row(one: Unusual) -> list[Cell]:
    day = one.found.day
    usual = one.found.usual_of_post
    usual = one.found.usual_of_role if usual is None else usual
    return [
        Cell(
            one.post.user.name,
            note=f"{one.post.get_role_display()}, {one.post.team.agency.name}",
            href=reverse("audit-day", args=[day.post_id, day.on.isoformat()]),
        ),
        Cell(wording.day(day.on)),
        Cell(signs(one)),
        Cell(wording.number(day.people)),
        Cell("–" if usual is None else wording.number(usual)),
        concluded(one.inquiry),
    ]


def signs(one: Unusual) -> str:
    """Same surname (2), out of hours (5)."""
    told = [
        sign.label if sign is Sign.VOLUME else f"{sign.label} ({count})"
        for sign, count in one.found.signs.items()
    ]
    return "; ".join(told)


def concluded(inquiry: Inquiry | None) -> Cell:
    """What became of it, as a tag."""
    if inquiry is None:
        return Cell("Not yet", tag="govuk-tag--yellow")
    said = Conclusion(inquiry.conclusion)
    red = said is Conclusion.TAKEN_FURTHER
    return Cell(said.label, tag="govuk-tag--red" if red else "govuk-tag--green")


def lines(entries: Iterable[Entry]) -> Table:
    """Each look of a day; a person is told by the beginning of their identifier, never by name."""
    heads = [Column("Time", date=True), "Person", "Purpose", "Whose data, and which", "Marks"]
    return table("Looks of this day", heads, [_line(entry) for entry in entries])


def _line(entry: Entry) -> list[Any]:
    marks = [sign.label for name, sign in MARKS if getattr(entry, name)]
    if entry.outcome == "refused":
        marks.insert(0, "Refused")
    return [
        Cell(wording.moment(entry.at)),
        Cell(str(entry.person_id)[:8]),
        Cell(reason(entry.purpose)),
        Cell(entry.holder, note=wording.listed(category(code) for code in entry.categories)),
        Cell("; ".join(marks)),
    ]
