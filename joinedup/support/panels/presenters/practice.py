"""How nominations, care roles and the roll-out of care team meetings read on a page."""

from collections import Counter

from django.urls import reverse
from django.utils.safestring import SafeString

from joinedup.foundations.core.charts import Bar, bars
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.intelligence.linkage.queries.find_shown import Answer
from joinedup.support.panels.choices import RolloutStage
from joinedup.support.panels.models import Panel
from joinedup.support.panels.queries.practice import PracticeStands, RoleHeld

_COLOURS = {
    RolloutStage.NOT_BEGUN: "grey",
    RolloutStage.AGREED: "yellow",
    RolloutStage.TRAINED: "blue",
    RolloutStage.MEETING: "turquoise",
    RolloutStage.EMBEDDED: "green",
    RolloutStage.STOPPED: "red",
}


def patients(found: tuple[Answer, ...]) -> list[tuple[str, str]]:
    """Those found as choices: who, born when, living where."""
    return [
        (
            str(each.person),
            ", ".join(
                part
                for part in (
                    each.name, f"born {day(each.born_on)}" if each.born_on else "", each.address,
                )
                if part
            ),
        )
        for each in found
    ]  # fmt: skip


def roles(found: list[RoleHeld], panel: Panel, *, keeps: bool) -> Table | None:
    """Who holds which care role now."""
    rows = [
        [
            Cell(each.about, note=each.item),
            each.kind.label,
            Cell(each.who, note=each.agency),
            moment(each.since),
            Cell("End it", href=reverse("panel-care-role-end", args=[panel.code, each.pk]))
            if keeps or each.is_mine
            else Cell(""),
        ]
        for each in found
    ]
    columns = ["Patient", "Role", "Held by", "Since", "Change"]
    return table("Care roles", columns, rows) if rows else None


def practices(found: list[PracticeStands], *, keeps: bool) -> Table:
    """How far each practice has got."""
    rows = [
        [
            Cell(
                each.practice.name,
                note=each.practice.locality.name,
                href=reverse("rollout-stage", args=[each.practice.pk]) if keeps else "",
            ),
            Cell(tag=f"govuk-tag--{_COLOURS[each.stage]}", text=each.stage.label, note=each.words),
            day(each.since) if each.since else "Not said yet",
            Cell(each.panel.name, href=reverse("panel", args=[each.panel.code]) if keeps else "")
            if each.panel
            else "No panel yet",
            str(each.meetings),
        ]
        for each in found
    ]
    columns = ["Practice", "Stage", "Since", "Panel", "Meetings held"]
    return table("Practices", columns, rows)


def by_locality(found: list[PracticeStands]) -> Table:
    """How far each locality has got: area by area until the whole place is reached (S4-6)."""
    there: dict[str, Counter[RolloutStage]] = {}
    for each in found:
        there.setdefault(each.practice.locality.name, Counter())[each.stage] += 1
    rows = [
        [name, *(str(stages[stage]) for stage in RolloutStage)] for name, stages in there.items()
    ]
    columns = ["Locality", *(stage.label for stage in RolloutStage)]
    return table("Practices of each locality by stage", columns, rows)


def stages(found: list[PracticeStands]) -> SafeString:
    """How many practices stand at each stage, as a picture beside its table."""
    there = Counter(each.stage for each in found)
    drawn = tuple(Bar(each.label, there[each], str(there[each])) for each in RolloutStage)
    return bars(drawn, title="Practices by stage", unit="Practices")


def counted(found: list[PracticeStands]) -> Table:
    """The same figures as the picture."""
    there = Counter(each.stage for each in found)
    rows = [[each.label, str(there[each])] for each in RolloutStage]
    return table("Practices by stage", ["Stage", "Practices"], rows, stacks=False)
