"""How copies of a plan read: for whom, of which version, how it was given."""

from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day
from joinedup.support.cases.choices.plan import CopyLayout, GivenHow
from joinedup.support.cases.queries.plan_copies import CopyShown


def copies(found: Sequence[CopyShown]) -> Table | None:
    """The copies that were made, newest first; None where there are none."""
    if not found:
        return None
    return table(
        "Copies that were made",
        ["For", "Version", "How it is set", "Made", "Given"],
        [
            [
                Cell(
                    each.name or "Somebody",
                    href=reverse("case-plan-copy", args=[each.copy.case_id, each.copy.pk]),
                ),
                str(each.number),
                CopyLayout(each.copy.layout).label,
                _by(day(each.copy.made_at), each.copy.made_by),
                _given(each),
            ]
            for each in found
        ],
    )


def _given(each: CopyShown) -> str:
    if each.copy.given_on is None:
        return "Not yet"
    return _by(
        f"{GivenHow(each.copy.given_how).label}, {day(each.copy.given_on)}", each.copy.given_by
    )


def _by(text: str, post: object) -> str:
    user = getattr(post, "user", None)
    return f"{text}, {user.name}" if user else text
