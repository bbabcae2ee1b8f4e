"""How it reads what became of decisions, and the figures of a panel: a table beside each chart."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from joinedup.foundations.core.charts import Bar, bars
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, listed
from joinedup.support.panels.choices import AllocationState, DecisionKind
from joinedup.support.panels.models import FollowUp
from joinedup.support.panels.queries.after import FollowedUp
from joinedup.support.panels.rules.after import Figures

WITHHELD = "Withheld"
"""A small number, or one from which a small one could be reckoned (P44)."""
NONE_YET = "None yet"


def measures(found: Figures, *, exact: bool) -> Table:
    """Waiting, dissent, reversals, actions done in time."""
    unknown = NONE_YET if exact else WITHHELD
    rows = [
        ("Decisions", _number(found.decisions, unknown)),
        ("Days from the queue to the decision, the middle one", _number(found.waited, unknown)),
        ("Decided within two weeks", _share(found.in_time, unknown)),
        ("Decisions with dissent", _number(found.dissent, unknown)),
        ("Decisions reversed by a later entry", _number(found.reversed, unknown)),
        ("Actions settled, or past their day", _number(found.actions, unknown)),
        ("Actions done in time", _share(found.done_in_time, unknown)),
    ]
    return table("The last year", ("Measure", Column("Figure", numeric=True)), rows, stacks=False)


def kinds(found: Figures) -> tuple[Table, SafeString | None]:
    """Decisions by kind: the table, and its chart where anything of it may be shown."""
    order = sorted(found.kinds, key=lambda kind: (-(found.kinds[kind] or 0), kind.label))
    rows = [(kind.label, _number(found.kinds[kind], WITHHELD)) for kind in order]
    drawn = tuple(
        Bar(kind.label, many, str(many))
        for kind in order
        if (many := found.kinds[kind]) is not None
    )
    chart = bars(drawn, title="Decisions by kind", unit="Decisions") if drawn else None
    columns = ("Decision", Column("How many", numeric=True))
    return table("Decisions by kind", columns, rows, stacks=False), chart


def follow_ups(found: Sequence[FollowedUp]) -> Table | None:
    """What had become of each decision; None where none is old enough."""
    if not found:
        return None
    rows = [
        [
            Cell(
                listed(each.names) or each.row.item.reference,
                note=f"{title(each.row)}, {day(each.row.decision.at)}",
                href=reverse("follow-up", args=[each.row.pk]),
            ),
            f"{each.row.weeks} weeks",
            Cell(listed(_short(each.row.found))),
            Cell(each.row.words)
            if each.row.seen_at
            else Cell("Not read yet", tag="govuk-tag--yellow"),
        ]
        for each in found
    ]
    return table(
        "What became of decisions", ("About", "After", "What the records say", "In words"), rows
    )


def title(row: FollowUp) -> str:
    """What was decided."""
    lead = f", {row.decision.lead_agency.name}" if row.decision.lead_agency else ""
    return f"{DecisionKind(row.decision.kind).label}{lead}"


def on_the_day(row: FollowUp) -> str:
    """The day on which the records were asked."""
    return _on(row.found["on"])


def lines(shown: FollowedUp) -> list[tuple[str, str]]:
    """What the records said on the day, line by line."""
    found = shown.row.found
    said = [
        ("Allocation", AllocationState(found["allocation"]).label if found["allocation"] else ""),
        ("Case", _sentence(_case(found))),
        ("Lead now", _lead(found, shown.lead)),
        ("Plan put down", _on(found.get("plan_on", "")) or ("Not yet" if found["case"] else "")),
        (
            "Goals",
            f"{found['goals_reached']} of {found['goals']} reached" if found.get("goals") else "",
        ),
        ("Actions of the meeting", _actions(found)),
    ]
    return [(name, words) for name, words in said if words]


def _short(found: Mapping[str, Any]) -> list[str]:
    said = [_case(found)]
    if found.get("goals"):
        said.append(f"{found['goals_reached']} of {count(found['goals'], 'goal')} reached")
    if found["actions_open"]:
        said.append(f"{count(found['actions_open'], 'action')} still open")
    return said


def _sentence(words: str) -> str:
    """Words as a sentence begins; the names of months keep their capitals."""
    return words[:1].upper() + words[1:]


def _case(found: Mapping[str, Any]) -> str:
    return {
        "": "no case was opened", "open": "the case is open",
        "closed": f"the case was closed on {_on(found.get('closed_on', ''))}",
    }[found["case"]]  # fmt: skip


def _lead(found: Mapping[str, Any], name: str) -> str:
    if not found["case"]:
        return ""
    if not found["lead_agency"]:
        return "Nobody"
    return f"{name}, since {_on(found['lead_since'])}"


def _actions(found: Mapping[str, Any]) -> str:
    if not found["actions"]:
        return ""
    return f"{found['actions'] - found['actions_open']} of {found['actions']} settled"


def _on(text: str) -> str:
    return day(datetime.date.fromisoformat(text)) if text else ""


def _number(value: float | None, unknown: str) -> str:
    return unknown if value is None else f"{value:g}"


def _share(value: int | None, unknown: str) -> str:
    return unknown if value is None else f"{value} %"
