"""What an item asks of whoever leads it, why a post cannot, and which team of an agency is asked."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.partnership.workforce.rules import Answer
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.rules.caseload import FULL_WEEK
from joinedup.support.frontdoor.choices import Need
from joinedup.support.panels.choices import NeedKind

_C = CompetenceCode
ADULT_AT = 18
UNSAID_WEIGHT = 2
"""What a case weighs before anybody has said its level."""

_COMPETENCES = {
    NeedKind.ADULT: frozenset({_C.LEADS_ADULTS}),
    NeedKind.ADULT_MIXED: frozenset({_C.LEADS_ADULTS, _C.MIXED_NEED, _C.SELF_DIRECTED_SUPPORT}),
    NeedKind.ADULT_MENTAL_HEALTH: frozenset({_C.LEADS_MENTAL_HEALTH}),
    NeedKind.FAMILY: frozenset({_C.LEADS_FAMILIES}),
    NeedKind.YOUNG_PERSON: frozenset({_C.LEADS_YOUNG_PEOPLE}),
}
_SOCIAL = frozenset({Need.CARE, Need.CARER})
_HEALTH = frozenset({Need.PHYSICAL_HEALTH})


@dataclass(frozen=True)
class Asked:
    """What a case asks of whoever leads it."""

    kind: NeedKind
    competences: frozenset[CompetenceCode]
    function: FunctionCode | None = None
    language: str = ""
    worker_sex: WorkerSex | None = None


@dataclass(frozen=True)
class Worker:
    """A post as the rules read it: what it can lead and speak, what it carries, when it is away."""

    post: uuid.UUID
    name: str
    agency: str
    team: int
    held: frozenset[CompetenceCode] = frozenset()
    lapsed: Mapping[CompetenceCode, datetime.date] = field(default_factory=dict)
    """What was held and has ended, and from which day on."""
    functions: Mapping[FunctionCode, Answer] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    sex: WorkerSex | None = None
    away_until: datetime.date | None = None
    cases: int = 0
    weight: int = 0
    full: int = FULL_WEEK


def kind_of(for_whom: ForWhom, ages: Iterable[int | None], needs: Collection[str]) -> NeedKind:
    """What kind of case it is, by for whom it is, how old they are and what help is for (S4-11)."""
    if for_whom is not ForWhom.PERSON:
        return NeedKind.FAMILY
    known = [age for age in ages if age is not None]
    if known and max(known) < ADULT_AT:
        return NeedKind.YOUNG_PERSON
    if Need.MENTAL_HEALTH in needs:
        return NeedKind.ADULT_MENTAL_HEALTH
    if _SOCIAL & set(needs) and _HEALTH & set(needs):
        return NeedKind.ADULT_MIXED
    return NeedKind.ADULT


def usual_competences(kind: NeedKind) -> frozenset[CompetenceCode]:
    """What a case of that kind asks for, unless somebody says otherwise."""
    return _COMPETENCES[kind]


def why_cannot(asked: Asked, worker: Worker, *, kept_from: bool) -> str | None:
    """Why this post cannot lead the case at all, fit for the page; None where it can.

    What keeps a worker from a person (a bar, a relation, their own address, somebody who must be kept
    apart) is one sentence for all, for it would tell of the person (P28).
    """
    if kept_from:
        return f"{worker.name} may not work with this person. Name somebody else."
    if worker.away_until is not None:
        return (
            f"{worker.name} is away until {_day(worker.away_until)}. Name somebody who is at work."
        )
    if asked.worker_sex is not None and worker.sex is not asked.worker_sex:
        return f"{asked.worker_sex.label} was asked for. Name somebody else."
    if asked.function is not None:
        answer = worker.functions.get(asked.function)
        if answer is None:
            return f"{worker.name} is not entered for this function."
        if not answer.may:
            return answer.why
    lapsed = {code: worker.lapsed[code] for code in asked.competences if code in worker.lapsed}
    for code, ended in sorted(lapsed.items()):
        return (
            f"“{code.label}” of {worker.name} ended before {_day(ended)}. Name somebody who holds it, "
            "or have it renewed and entered."
        )
    return None


def what_is_not_entered(asked: Asked, worker: Worker) -> str | None:
    """Which of what is asked for the register does not show of this post; None where it shows all."""
    missing = sorted(code.label for code in asked.competences - worker.held - set(worker.lapsed))
    if not missing:
        return None
    return f"The register does not show of {worker.name}: {'; '.join(missing)}."


def is_able(asked: Asked, worker: Worker, *, kept_from: bool) -> bool:
    """Whether the register shows that this post can lead the case now."""
    return (
        why_cannot(asked, worker, kept_from=kept_from) is None
        and what_is_not_entered(asked, worker) is None
    )


@dataclass(frozen=True)
class TeamFacts:
    """A team of the agency as the rule reads it."""

    team: int
    able: int
    """How many of its posts can lead the case."""
    takers: int
    """How many of its posts may take anything on."""
    serves: bool = False
    """It serves where the person lives."""
    serves_all: bool = False
    is_sensitive: bool = False
    has_manager: bool = False
    leads_already: bool = False
    """Somebody of it leads a case of the person already."""


def team_to_ask(teams: Iterable[TeamFacts]) -> int | None:
    """The team of an agency that is asked to lead; None where none has anybody who takes work on.

    Who leads already; then who can lead it; then who serves the place; then who has a manager and the
    most who can. A team whose work stays in the team is asked last (P8).
    """
    fit = [team for team in teams if team.takers]
    if not fit:
        return None

    def key(team: TeamFacts) -> tuple[bool, bool, bool, bool, bool, bool, int, int]:
        return (
            team.leads_already, not team.is_sensitive, team.able > 0, team.serves, team.serves_all,
            team.has_manager, team.able, -team.team,
        )  # fmt: skip

    return max(fit, key=key).team


def _day(on: datetime.date) -> str:
    return f"{on.day} {on:%B %Y}"
