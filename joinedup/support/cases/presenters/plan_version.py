"""How a plan reads as it was put down: from the version's own words, whatever changed since."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from joinedup.foundations.core.wording import day
from joinedup.support.cases.choices.plan import ActionState, GoalOutcome, PlanKind


@dataclass(frozen=True)
class VersionShown:
    """A version in words."""

    kind: str
    parts: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Each with whose it is and the lines under it."""
    actions: tuple[str, ...]


def version_shown(said: Mapping[str, Any], names: Mapping[uuid.UUID, str]) -> VersionShown:
    """The version as it stood."""
    plan = said["plan"]
    titles = {
        "what_matters": "What matters", "signs": "How it shows that it gets worse",
        "what_to_do": "What to do then", "whom_to_ring": "Whom to ring",
    }  # fmt: skip
    return VersionShown(
        kind=PlanKind(plan["kind"]).label if plan else "",
        parts=tuple((title, plan[name]) for name, title in titles.items() if plan.get(name)),
        goals=tuple(_goal(each, said, names) for each in said["goals"]),
        actions=tuple(_action(each) for each in said["actions"] if not each["goal_id"]),
    )


def _goal(
    row: Mapping[str, Any], said: Mapping[str, Any], names: Mapping[uuid.UUID, str]
) -> tuple[str, str, tuple[str, ...]]:
    whose = names.get(uuid.UUID(row["person_id"]), "") if row["person_id"] else "The family"
    lines = [_step(each) for each in said["milestones"] if each["goal_id"] == row["id"]]
    lines += [_action(each) for each in said["actions"] if each["goal_id"] == row["id"]]
    if row["outcome"]:
        lines.append(f"{GoalOutcome(row['outcome']).label}: {row['outcome_words']}")
    return row["words"], whose, tuple(lines)


def _step(row: Mapping[str, Any]) -> str:
    met = f"met on {_day(row['met_on'])}" if row["met_on"] else f"by {_day(row['due_on'])}"
    return f"Step: {row['words']}, {met}"


def _action(row: Mapping[str, Any]) -> str:
    due = f", by {_day(row['due_on'])}" if row["due_on"] else ""
    return f"{row['who']}: {row['words']}{due} ({ActionState(row['state']).label.lower()})"


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
