"""How the figures of assessments and carers read."""

from collections.abc import Mapping

from joinedup.foundations.core.tables import Column, Table, table
from joinedup.pipeline.disclosure import Shown, words
from joinedup.support.cases.queries.assessment_figures import AssessmentFigures


def as_tables(found: AssessmentFigures) -> dict[str, object]:
    """The tables of the page, and its single numbers in words."""
    return {
        "people": _table("People by how many assessments they went through", "Assessments", found.people),
        "joint": _table("Assessments by how many agencies signed in them", "Signed by", found.joint),
        "carers": _table("Carers identified, by what they said to an assessment", "Said", found.carers),
        "young": words(found.young_carers),
        "overridden": words(found.overrides),
        "decided": words(found.decisions),
        "in_all": words(found.people_in_all),
    }  # fmt: skip


def _table(caption: str, what: str, counts: Mapping[str, Shown]) -> Table:
    return table(
        caption,
        [what, Column("How many", numeric=True)],
        [[name, words(count)] for name, count in counts.items()],
        stacks=False,
    )
