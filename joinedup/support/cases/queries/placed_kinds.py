"""The register of what is placed when somebody of a case turns out to be two: every table that names them."""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.partnership.funds.rules import pounds
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.support.cases.choices.assessment import AssessmentKind
from joinedup.support.cases.choices.budget import OfferAnswer
from joinedup.support.cases.choices.client_group import ClientGroup
from joinedup.support.cases.choices.measure import MeasureCode
from joinedup.support.cases.choices.plan import CopyLayout, InterventionKind, PlanAnswer
from joinedup.support.cases.models import (
    Assessment,
    Carer,
    ClientGroupTag,
    FamilyLink,
    Finding,
    FunctionUsed,
    Goal,
    GoalRating,
    Intervention,
    Measurement,
    Milestone,
    OwnWords,
    PersonalBudget,
    Placement,
    PlanAction,
    PlanAgreement,
    PlanCopy,
    ReferredOut,
    SafeguardingGathered,
    SelfDirectedOffer,
    StoryEntry,
)
from joinedup.support.cases.rules.when import When, in_words
from joinedup.support.contacts.choices import How, Need
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.safeguarding.models import RiskPlan


@dataclass(frozen=True)
class Goes:
    """Rows that hang on what is placed and go where it goes: their field, and whom they name, if anybody."""

    model: type[models.Model]
    by: str
    person: str = ""


@dataclass(frozen=True)
class Kind:
    """A table whose rows name the person of a case whom they are about: what a split must place.

    `chain` names the field by which a row stands instead of an earlier one; the whole chain is placed
    together. What `stays` is kept under its case, and shown on no page of it once it is the other's:
    it hangs on what was signed, paid or handed out there. `goes` is what goes along.
    """

    name: str
    label: str
    model: type[models.Model]
    written: str
    says: Callable[[Any], tuple[str, str]]
    """When it was, and what it says, in a line."""
    matter: str = "case"
    person: str = "person"
    chain: str = ""
    stays: bool = False
    goes: tuple[Goes, ...] = ()

    def of_case(self, case_id: uuid.UUID) -> "models.QuerySet[Any]":
        """Its rows in a case, but for those that others stand instead of."""
        rows = self.model._default_manager.filter(**{self.matter: case_id})
        if not self.chain:
            return rows
        superseded = rows.filter(**{f"{self.chain}__isnull": False}).values(self.chain)
        return rows.exclude(pk__in=superseded)

    def name_of(self, key: Any) -> uuid.UUID:
        """What a row is called among what is to be placed; one that has a number is called by that."""
        return key if isinstance(key, uuid.UUID) else uuid.UUID(int=key)

    def key_of(self, row: uuid.UUID) -> Any:
        """The key of the row that is called so."""
        return row if isinstance(self.model._meta.pk, models.UUIDField) else row.int

    def rows(self, named: Iterable[uuid.UUID]) -> "models.QuerySet[Any]":
        """The rows that are called so."""
        return self.model._default_manager.filter(pk__in=[self.key_of(each) for each in named])


def _day(at: datetime.datetime) -> str:
    return wording.day(day_of(at))


KINDS: tuple[Kind, ...] = (
    Kind("entry", "Entry in the story", StoryEntry, "written_at",
         lambda row: (in_words(When(row.starts_on, row.ends_on, row.is_about)), row.what),
         chain="instead_of"),
    Kind("contact", "Contact", Contact, "recorded_at",
         lambda row: (_day(row.at), f"{How(row.how).label}. {row.words or row.their_words}"),
         matter="matter", chain="instead_of"),
    Kind("warning", "Warning note", RiskPlan, "starts_at",
         lambda row: (_day(row.starts_at), row.warning), matter="matter"),
    Kind("safe contact", "How they are safely reached", ContactProfile, "starts_at",
         lambda row: (_day(row.starts_at), ", ".join(filter(None, [row.number, row.words])) or "Set"),
         matter="matter"),
    Kind("need", "What they need to be understood", CommunicationNeed, "starts_at",
         lambda row: (_day(row.starts_at), f"{Need(row.kind).label} {row.words}".strip()),
         matter="matter"),
    Kind("assessment", "Assessment, with its sections", Assessment, "begun_at",
         lambda row: (_day(row.begun_at), f"{AssessmentKind(row.kind).label}. {row.because}"), stays=True),
    Kind("measure", "Outcome measure", Measurement, "recorded_at",
         lambda row: (wording.day(row.taken_on), MeasureCode(row.measure).label), stays=True),
    Kind("finding", "Strength or need", Finding, "recorded_at",
         lambda row: (_day(row.recorded_at), row.words), chain="instead_of"),
    Kind("carer", "Who cares for them", Carer, "recorded_at",
         lambda row: (wording.day(row.identified_on), row.name), person="cares_for", stays=True),
    Kind("carer themselves", "That they care for somebody", Carer, "recorded_at",
         lambda row: (wording.day(row.identified_on), row.name), stays=True),
    Kind("goal", "Goal, with its steps", Goal, "recorded_at",
         lambda row: (wording.day(row.set_on), row.words),
         goes=(Goes(Milestone, "goal"), Goes(GoalRating, "goal", "person"))),
    Kind("action", "Action of the plan", PlanAction, "recorded_at",
         lambda row: (_day(row.recorded_at), row.words),
         goes=(Goes(ReferredOut, "plan_action", "person"),)),
    Kind("promise", "What they promised themselves", PlanAction, "recorded_at",
         lambda row: (_day(row.recorded_at), row.words), person="owner_person", stays=True),
    Kind("help", "Help that is given", Intervention, "recorded_at",
         lambda row: (wording.day(row.starts_on),
                      f"{InterventionKind(row.kind).label}. {row.words}".strip())),
    Kind("answer", "What they said to the plan", PlanAgreement, "recorded_at",
         lambda row: (wording.day(row.said_on), f"{PlanAnswer(row.said).label}. {row.words}".strip()),
         chain="instead_of", stays=True),
    Kind("copy", "Copy of the plan made for them", PlanCopy, "made_at",
         lambda row: (_day(row.made_at), CopyLayout(row.layout).label), stays=True),
    Kind("own words", "What they wrote on their own page", OwnWords, "at",
         lambda row: (_day(row.at), row.words)),
    Kind("stay", "Stay in a bed or place", Placement, "recorded_at",
         lambda row: (wording.day(row.starts_on), row.because), stays=True),
    Kind("offer", "Whether they direct their own support", SelfDirectedOffer, "at",
         lambda row: (_day(row.at), OfferAnswer(row.answer).label), stays=True),
    Kind("budget", "Personal budget", PersonalBudget, "made_at",
         lambda row: (wording.day(row.starts_on), pounds(row.agreed_pence)), stays=True),
    Kind("function", "Function of the law", FunctionUsed, "starts_at",
         lambda row: (_day(row.starts_at), f"{FunctionCode(row.function).label}. {row.because}"),
         stays=True),
    Kind("group", "Group that a service is meant for", ClientGroupTag, "recorded_at",
         lambda row: (wording.day(row.starts_on), ClientGroup(row.group).label)),
    Kind("parent", "That they are somebody’s parent", FamilyLink, "recorded_at",
         lambda row: (wording.day(row.told_on), row.child_name or "Written down"),
         person="parent", chain="instead_of"),
    Kind("child", "That they are somebody’s child", FamilyLink, "recorded_at",
         lambda row: (wording.day(row.told_on), row.parent_name or "Written down"),
         person="child", chain="instead_of"),
    Kind("gathered", "Gathered for safeguarding", SafeguardingGathered, "recorded_at",
         lambda row: (_day(row.recorded_at), row.words), stays=True),
)  # fmt: skip
"""Each part of the work that writes about one person of a case adds its line."""

BY_NAME = {kind.name: kind for kind in KINDS}

NOT_PLACED: dict[str, str] = {
    "combinedalert": "It was sent, and is decided by whom it was sent to.",
    "closingword": "It was sent, and stays as it was sent.",
    "coordination": "Whose lead coordinates is agreed anew where there are two people.",
    "ownsignature": "It was signed, and goes with its section.",
    "eligibilitydecision": "It was signed, and goes with its assessment.",
    "goalrating": "It goes with its goal.",
    "referredout": "It goes with its action.",
    "casemember": "It names who helps, and nobody whom the case is about.",
    "casesplit": "It is the split.",
    "placing": "It is the placing.",
}
"""Tables of a case that name a person and are not placed row by row, and why."""
