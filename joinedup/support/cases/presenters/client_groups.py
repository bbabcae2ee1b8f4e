"""How the groups that services are for read: the tags of a case, the choices with their rule, the counts."""

import datetime
import uuid
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.access import Viewer
from joinedup.pipeline.disclosure import words
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.operations.client_groups import may_tag
from joinedup.support.cases.queries.client_groups import GroupFigures, TagShown
from joinedup.support.cases.rules.client_group import BAND_NAMES, fit_words, rule_on


def choices(viewer: Viewer, on: datetime.date) -> list[tuple[str, str]]:
    """The groups that the viewer may write down, each with its rule of the day."""
    return [
        (group.value, f"{group.label}. {rule_on(group, on).words}")
        for group in ClientGroup
        if may_tag(viewer, group)
    ]


def tags(found: Sequence[TagShown], matter_id: uuid.UUID, agency: str, *, is_open: bool) -> Table:
    """The tags of a case, each with what it rests on; the viewer's own agency ends its own."""
    rows = []
    for each in found:
        tag = each.tag
        own = is_open and tag.ends_on is None and tag.holder_id == agency
        end = reverse("case-group-end", args=[matter_id, tag.pk]) if own else ""
        rows.append(
            [
                Cell(each.whose, note=ClientGroup(tag.group).label),
                Cell(tag.affects, note=f"On the word of {tag.whose_word}, held by {tag.holder.name}"),
                Cell(fit_words(Fit(tag.worked_out), each.rule), note=tag.because),
                Cell(day(tag.starts_on), note=_until(each)),
                Cell("End it", href=end) if end else "",
            ]
        )  # fmt: skip
    return table(
        "Groups of the people of this case",
        ["Who", "Why", "By its rule", "From", "To change it"],
        rows,
    )


def _until(each: TagShown) -> str:
    tag = each.tag
    if tag.ends_on is not None:
        return f"until {day(tag.ends_on)}: {tag.ended_because}"
    return f"with the age of the group until {day(each.outgrows_on)}" if each.outgrows_on else ""


def to_prepare(found: Sequence[TagShown]) -> list[str]:
    """Who outgrows their group within a year, and what is to be ready for it."""
    said = []
    for each in found:
        if each.is_soon:
            after = rule_on(ClientGroup(each.tag.group), each.tag.starts_on).after
            next_ = f"Next is: {after.label.lower()}. " if after else ""
            said.append(
                f"{each.whose} outgrows the group on {day(each.outgrows_on)}. {next_}Both sides meet before; "
                "no help stops on a birthday."
            )
    return said


def figures_table(found: GroupFigures) -> Table:
    """People by group and age band."""
    columns = ["Group", *(Column(name, numeric=True) for name in BAND_NAMES)]
    rows = [
        [group.label, *("–" if many is None else str(many) for many in counts)]
        for group, counts in found.people.items()
    ]
    return table("People with an open case, by group and age", columns, rows)


def figures_words(found: GroupFigures) -> dict[str, str]:
    """The single numbers of the page."""
    return {"against": words(found.against), "outgrow": words(found.outgrow)}
