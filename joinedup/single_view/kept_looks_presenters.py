"""Looks that people are not told of, in words: a table of them, one of them, what was decided."""

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.single_view.queries.kept_looks import Kept, KeptLooks
from joinedup.single_view.queries.looks import category, reason


def looks(found: KeptLooks) -> Table | None:
    """Each look: when, by whom, at whom by the beginning of their identifier, why, and whether it is told."""
    if not found.looks:
        return None
    heads = [
        Column("When", date=True),
        "Practitioner",
        "Person",
        "Why they looked",
        "The person is",
    ]
    return table("Each look, newest first", heads, [_line(each) for each in found.looks])


def _line(kept: Kept) -> list[Cell]:
    return [
        Cell(
            wording.moment(kept.look.at),
            href=reverse("kept-look", args=[kept.look.entry_id]),
        ),
        Cell(kept.post.user.name, note=f"{kept.post.get_role_display()}, {kept.post.team.name}"),
        Cell(whom(kept)),
        Cell(reason(kept.look.purpose)),
        _state(kept),
    ]


def _state(kept: Kept) -> Cell:
    if kept.is_told:
        return Cell("Told", tag="govuk-tag--green")
    return Cell("Not told", tag="govuk-tag--grey")


def whom(kept: Kept) -> str:
    """The beginning of the person's identifier: who decides need not read a name in a list."""
    return str(kept.look.person_id)[:8]


def facts(kept: Kept) -> list[tuple[str, str]]:
    """What there is to know of one look."""
    seen = [category(code) for code in kept.look.categories]
    return [
        ("When", wording.moment(kept.look.at)),
        ("Who looked", kept.post.user.name),
        ("As", f"{kept.post.get_role_display()}, {kept.post.team.name}"),
        ("Why", reason(kept.look.purpose)),
        ("At what", wording.listed(seen) or "Who the person is"),
    ]


def decided(kept: Kept) -> list[str]:
    """What was decided so far, the newest first: one sentence each."""
    said = []
    for each in kept.decided:
        if each.taken_back_at is not None:
            said.append(
                f"{each.taken_back_by.user.name} took it back on "  # type: ignore[union-attr]
                f"{wording.moment(each.taken_back_at)}: {each.taken_back_because}"
            )
        said.append(
            f"{each.decided_by.user.name} decided on {wording.moment(each.decided_at)} that the "
            f"person is told: {each.because}"
        )
    return said
