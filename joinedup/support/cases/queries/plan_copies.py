"""What stands in one person's copy of a plan, and which copies were made and given."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from joinedup.foundations.core import wording
from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.people.models import Relationship
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.support.cases.choices.plan import ActionState, PlanAnswer
from joinedup.support.cases.models import PlanAgreement, PlanCopy, PlanVersion, of_its_people
from joinedup.support.cases.rules.copies import Line, Reader, may_read, named_in

LOOKING = Viewer.system("asking for whom somebody holds parental responsibility")
_RESPONSIBLE = (
    RelationshipKind.PARENTAL_RESPONSIBILITY.value,
    RelationshipKind.SPECIAL_GUARDIAN.value,
)


@dataclass(frozen=True)
class CopyShown:
    """A copy: of which version, for whom, how it was set, and how and when it was given."""

    copy: PlanCopy
    name: str
    number: int


@dataclass(frozen=True)
class CopyContent:
    """What stands in a copy, as its layout sets it, and who else is named in its words."""

    data: dict[str, Any]
    also_named: tuple[str, ...]
    left_out: int


def copies_of(viewer: Viewer, matter_id: uuid.UUID) -> list[CopyShown]:
    """The copies of a plan, newest first."""
    with acting(viewer):
        found = PlanCopy.objects.filter(of_its_people(), case=matter_id).select_related(
            "version", "made_by__user", "given_by__user"
        )
        rows = list(found.order_by("-made_at", "pk"))
        names = names_of_people({row.person_id for row in rows})
    return [CopyShown(row, names.get(row.person_id, ""), row.version.number) for row in rows]


def content_for(
    viewer: Viewer, version_id: uuid.UUID, person_id: uuid.UUID, layout: str
) -> CopyContent:
    """What this person's copy of a version holds (P35); raises PlanVersion.DoesNotExist."""
    with acting(viewer):
        version = PlanVersion.objects.select_related("case__agency", "by_post__user").get(
            pk=version_id
        )
        persons = set(
            MatterPerson.objects.filter(matter=version.case_id).values_list("person_id", flat=True)
        )
        names = names_of_people(persons)
        answer = PlanAgreement.objects.filter(
            version=version, person=person_id, superseded_by__isnull=True
        ).first()
    reader = Reader(person_id, _children_of(person_id, persons))
    said = version.said
    goals = [each for each in said["goals"] if may_read(_line(each), reader)]
    kept = {each["id"] for each in goals}
    actions = [
        each
        for each in said["actions"]
        if may_read(_line(each), reader) and ActionState(each["state"]).is_open
    ]
    data = {
        "layout": str(layout),
        "title": "My plan",
        "name": names.get(person_id) or "me",
        "agency": version.case.agency.name,
        "made": f"Version {version.number}, as it was written on {wording.day(version.recorded_at)}.",
        "footer": f"Recorded in Joined Up, {str(version.case_id)[:8]}, version {version.number}.",
        "goals": [_goal(each, said, actions, person_id) for each in goals],
        "actions": [_action(each) for each in actions if each["goal_id"] not in kept],
        "answer": _answered(answer),
        "wrong": "Tell "
        + (version.by_post.user.name if version.by_post else "whoever leads your case")
        + f" at {version.case.agency.name}. You can ask for it to be put right, and you can change your mind.",
        **_crisis(said["plan"]),
    }
    others = [name for key, name in names.items() if key != person_id and name]
    return CopyContent(
        data,
        tuple(named_in(_texts(data), others)),
        len(said["goals"])
        - len(goals)
        + sum(not may_read(_line(a), reader) for a in said["actions"]),
    )


def _children_of(person_id: uuid.UUID, persons: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    with acting(LOOKING):
        found = Relationship.objects.filter(
            person__in=identifiers_of(person_id), other__in=set(persons), kind__in=_RESPONSIBLE,
            ends_on__isnull=True,
        )  # fmt: skip
        return frozenset(found.values_list("other_id", flat=True))


def _line(row: Mapping[str, Any]) -> Line:
    owner = row.get("owner_person_id")
    return Line(
        about=uuid.UUID(row["person_id"]) if row["person_id"] else None,
        is_released=row["is_released"],
        is_hidden=bool(row["hidden_from_person"]),
        owner=uuid.UUID(owner) if owner else None,
    )


def _goal(
    row: Mapping[str, Any], said: Mapping[str, Any], actions: list[Any], person_id: uuid.UUID
) -> dict[str, Any]:
    mine = row["person_id"] == str(person_id)
    notes = []
    if row["is_self_managed"]:
        notes.append("I work at this myself." if mine else "They work at this themselves.")
    if row["outcome"]:
        notes.append(f"What became of it: {row['outcome_words']}")
    return {
        "heading": "What I want" if mine else "What we want",
        "words": row["words"],
        "note": " ".join(notes),
        "steps": [_step(each) for each in said["milestones"] if each["goal_id"] == row["id"]],
        "actions": [_action(each) for each in actions if each["goal_id"] == row["id"]],
    }


def _step(row: Mapping[str, Any]) -> str:
    if row["met_on"]:
        return f"{row['words']} (done on {_day(row['met_on'])})"
    return f"{row['words']} (by {_day(row['due_on'])})"


def _action(row: Mapping[str, Any]) -> str:
    due = f", by {_day(row['due_on'])}" if row["due_on"] else ""
    return f"{row['who']}: {row['words']}{due}"


def _day(text: str) -> str:
    return wording.day(datetime.date.fromisoformat(text))


def _crisis(plan: Mapping[str, str]) -> dict[str, Any]:
    told = {
        name: plan.get(name, "") for name in ("what_matters", "signs", "what_to_do", "whom_to_ring")
    }
    return told | {"has_crisis": any(told[name] for name in told if name != "what_matters")}


def _answered(answer: PlanAgreement | None) -> str:
    if answer is None:
        return "I have not been asked yet."
    told = {
        PlanAnswer.AGREES: "I agree with this plan.",
        PlanAnswer.IN_PART: "I agree with a part of this plan.",
        PlanAnswer.DISAGREES: "I do not agree with this plan.",
        PlanAnswer.LACKS_CAPACITY: "Others decided this plan for me, in my best interests.",
    }[PlanAnswer(answer.said)]
    words = f" My words: {answer.words}" if answer.words else ""
    return f"{told}{words} ({wording.day(answer.said_on)})"


def _texts(data: Mapping[str, Any]) -> list[str]:
    goals = [
        text
        for goal in data["goals"]
        for text in (goal["words"], goal["note"], *goal["steps"], *goal["actions"])
    ]
    told = ("what_matters", "signs", "what_to_do", "whom_to_ring")
    return [*goals, *data["actions"], *(data[name] for name in told)]


def one_copy(viewer: Viewer, matter_id: uuid.UUID, copy_id: uuid.UUID) -> PlanCopy:
    """One copy of the case; raises PlanCopy.DoesNotExist."""
    with acting(viewer):
        return PlanCopy.objects.select_related("version").get(pk=copy_id, case=matter_id)
