"""What an agency keeps of a person from sight, as a table."""

from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.identity.sharing.models import Restriction


def kept(found: Sequence[Restriction]) -> Table | None:
    """What is kept now, by whom and why, and where it ends."""
    if not found:
        return None
    return table(
        "What your agency keeps from sight now",
        ["What", "Why", "Since", "Until", "End it"],
        [
            [
                Cell(what(each)),
                Cell(each.because, note=f"set by {each.set_by.user.name}" if each.set_by else ""),
                Cell(wording.day(each.starts_at)),
                Cell(wording.moment(each.ends_at) if each.ends_at else "Somebody ends it"),
                Cell("End it", href=reverse("restriction-end", args=[each.pk])),
            ]
            for each in found
        ],
    )


def what(restriction: Restriction) -> str:
    """What is kept, and from whom."""
    if restriction.kind == RestrictionKind.SAFETY_ADDRESS:
        return "Where they live and how they are reached"
    if restriction.barred is not None:
        return f"All of them, from {restriction.barred.user.name}"
    return wording.listed([Category(each).label for each in restriction.categories])
