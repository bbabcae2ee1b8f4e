"""The waterfall of a pair: its picture, and the table beside it."""

from collections.abc import Sequence

from joinedup.foundations.core import wording
from joinedup.foundations.core.charts import Bar, SafeString, steps
from joinedup.foundations.core.tables import Column, Table, table
from joinedup.pipeline.linkage import Evidence, match_weight

FIELDS = {
    "prior": "At the start",
    "given": "Given name",
    "middle": "Middle name",
    "family": "Family name",
    "sex": "Sex",
    "born": "Birth date",
    "born_on": "Birth date",
    "nhs": "NHS number",
    "address": "Address",
    "postcode": "Postcode",
    "place": "Address",
    "home": "Address",
    "uprn": "Property",
    "phone": "Telephone",
    "email": "E-mail",
}


def field_name(field: str) -> str:
    """A field of the comparison as it is read."""
    return FIELDS.get(field, field.replace("_", " ").capitalize())


def waterfall(
    evidence: Sequence[Evidence], *, title: str, caption: str
) -> tuple[SafeString, Table]:
    """What speaks for one person and against; both end in what the steps add up to.

    A step of no weight is left to the table.
    """
    bars = tuple(
        Bar(field_name(step.field), step.weight, wording.signed(step.weight, 1))
        for step in evidence
        if abs(step.weight) >= 0.05
    )
    heads = ["What", "What was found", Column("Weight", numeric=True)]
    rows = [[field_name(s.field), s.sentence, wording.signed(s.weight, 1)] for s in evidence]
    rows.append(["Together", "", wording.signed(match_weight(list(evidence)), 1)])
    picture = steps(bars, title=title, unit="Weight of the evidence")
    return picture, table(caption, heads, rows, caption_size="s", stacks=False)
