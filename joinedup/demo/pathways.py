"""The demo's pathways: agreed steps of help, proposed by one manager and published by another."""

import datetime

from joinedup.foundations.core.dates import start_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.pathway import CountedFrom, StepSign
from joinedup.support.cases.models import Pathway
from joinedup.support.cases.operations.pathways import (
    PathwayWords,
    StepWords,
    propose_pathway,
    publish_pathway,
)

AGREEING = Viewer.system("agreeing the demo's pathways")
HOLDS_FROM = datetime.date(2024, 1, 1)
_BEFORE = CountedFrom.STEP_BEFORE
_S = StepSign

_PATHWAYS: tuple[PathwayWords, ...] = (
    PathwayWords(
        "Keeping a home", "Whoever may lose their home and wants help before it comes to that.",
        "Agreed by the delivery group for housing and debt.", "The first version.", HOLDS_FROM,
        (
            StepWords("Somebody rings them or calls", "Lead", 5, sign=_S.CONTACT),
            StepWords("A debt adviser goes through the letters with them", "Debt adviser", 15,
                      shared="The debt advice that the pooled fund pays for"),
            StepWords("Their part of the assessment is signed", "Lead", 20, sign=_S.ASSESSED),
            StepWords("The plan is put to them", "Lead", 15, _BEFORE, sign=_S.PLAN_PUT),
            StepWords("The landlord has answered", "Lead", 40, shared="The joint landlords’ desk"),
            StepWords("A review asks whether less would do", "Lead", 60, sign=_S.REVIEWED),
        ),
        Programme.HOUSING_SUPPORT,
    ),
    PathwayWords(
        "Breathless at home", "Whoever goes to hospital again and again for breathlessness.",
        "Agreed by the integrated care board with the practices.", "The first version.", HOLDS_FROM,
        (
            StepWords("Somebody rings them or calls", "Care coordinator", 3, sign=_S.CONTACT),
            StepWords("A nurse looks at inhalers and oxygen at home", "Community nurse", 10,
                      shared="The shared community nursing rota"),
            StepWords("How they say they are is taken", "Care coordinator", 15, sign=_S.MEASURED),
            StepWords("The plan is put to them", "Care coordinator", 20, _BEFORE, sign=_S.PLAN_PUT),
            StepWords("A review asks whether less would do", "GP practice", 65, sign=_S.REVIEWED),
        ),
        Programme.INTEGRATED_CARE,
    ),
    PathwayWords(
        "A family and its school", "Families in which a child has stopped going to school.",
        "Agreed by the early help partnership with the schools.", "The first version.", HOLDS_FROM,
        (
            StepWords("Somebody visits", "Family worker", 5, sign=_S.CONTACT),
            StepWords("School says who the child may go to", "School’s named manager", 10,
                      shared="The schools’ link workers"),
            StepWords("Strengths and needs of the family are signed", "Family worker", 25, sign=_S.ASSESSED),
            StepWords("The plan is put to them", "Family worker", 15, _BEFORE, sign=_S.PLAN_PUT),
            StepWords("A review asks whether less would do", "Family worker", 60, sign=_S.REVIEWED),
        ),
        Programme.FAMILY_HELP,
    ),
)  # fmt: skip


def agree_pathways() -> None:
    """Propose and publish each that is not there, from before the first case."""
    then = start_of(HOLDS_FROM)
    there = set(Pathway.objects.values_list("title", flat=True))
    for said in _PATHWAYS:
        if said.title not in there:
            made = propose_pathway(by=AGREEING, said=said, at=then)
            publish_pathway(by=AGREEING, pathway_id=made.pk, at=then)
