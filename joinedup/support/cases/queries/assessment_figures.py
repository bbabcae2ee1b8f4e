"""How often people are assessed, and what carers are offered: counts that show nobody (S4-4, S0-49, P44)."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.pipeline.disclosure import Shown, breakdown, shown
from joinedup.support.cases.choices.carer import CarerAnswer
from joinedup.support.cases.models import Assessment, Carer, CarerOffer, EligibilityDecision
from joinedup.support.cases.rules.carers import ADULT

COUNTING = Viewer.system("counting assessments and carers, without showing anybody")
MOST = 4
"""So many assessments and more are one group."""


@dataclass(frozen=True)
class AssessmentFigures:
    """Since a day: people by how many assessments they went through, agencies in each, carers."""

    since: datetime.date
    people: dict[str, Shown]
    people_in_all: Shown
    joint: dict[str, Shown]
    carers: dict[str, Shown]
    young_carers: Shown
    overrides: Shown
    decisions: Shown


def figures(viewer: Viewer, *, since: datetime.datetime, at: datetime.date) -> AssessmentFigures:
    """The counts, small ones suppressed; raises NotPermitted."""
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    with acting(COUNTING):
        people = _people(since)
        joint = _joint(since)
        carers, young = _carers(since, at)
        decisions = EligibilityDecision.objects.filter(signed_at__gte=since)
        overridden = decisions.exclude(signed=F("worked_out")).count()
        decided = decisions.count()
    return AssessmentFigures(
        since=since.date(),
        people=breakdown(people),
        people_in_all=shown(sum(people.values())),
        joint=breakdown(joint),
        carers=breakdown(carers),
        young_carers=shown(young),
        overrides=shown(overridden),
        decisions=shown(decided),
    )


def _people(since: datetime.datetime) -> dict[str, int]:
    """People by how many assessments were begun with them since; whoever had none is not counted."""
    rows = (
        Assessment.objects.filter(begun_at__gte=since, person__isnull=False)
        .filter(sections__signed_at__isnull=False)
        .values("person")
        .annotate(many=Count("pk", distinct=True))
    )
    counts = Counter(min(row["many"], MOST) for row in rows)
    names = {n: str(n) for n in range(1, MOST)} | {MOST: f"{MOST} or more"}
    return {names[n]: counts.get(n, 0) for n in names}


def _joint(since: datetime.datetime) -> dict[str, int]:
    """Assessments by how many agencies signed in them."""
    rows = Assessment.objects.filter(begun_at__gte=since).annotate(
        many=Count("sections__signed_by__team__agency", distinct=True)
    )
    counts = Counter(min(row.many, 3) for row in rows if row.many)
    return {
        "One agency": counts.get(1, 0), "Two agencies": counts.get(2, 0),
        "Three or more": counts.get(3, 0),
    }  # fmt: skip


def _carers(since: datetime.datetime, day: datetime.date) -> tuple[dict[str, int], int]:
    """Carers identified since, by what they said to an assessment of their own when last asked."""
    found = Carer.objects.filter(recorded_at__gte=since)
    last: dict[object, str] = {}
    offers = CarerOffer.objects.filter(carer__in=found).order_by("offered_on", "pk")
    for carer, answer in offers.values_list("carer", "answer"):
        last[carer] = answer
    counts = Counter(last.values())
    total = found.count()
    born_after = day.replace(year=day.year - ADULT, day=min(day.day, 28))
    young = found.filter(Q(born_on__gt=born_after)).count()
    return {
        "Accepted": counts.get(CarerAnswer.ACCEPTED, 0),
        "Declined": counts.get(CarerAnswer.DECLINED, 0),
        "Thinking about it": counts.get(CarerAnswer.THINKING, 0),
        "Not offered yet": total - len(last),
    }, young
