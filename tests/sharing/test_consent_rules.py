"""Whose word counts: nobody consents for another adult, and a child's consent says on what it rests (P12)."""

import datetime
from dataclasses import replace

import pytest

from joinedup.foundations.core.dates import start_of
from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.sharing.choices import CapacityOutcome, ConsentState, Purpose, WhoSpoke
from joinedup.identity.sharing.rules.consents import (
    Assessed,
    Said,
    Tie,
    Word,
    consent_at,
    why_word_does_not_count,
)

DAY = datetime.date(2026, 11, 22)
LONG_AGO, YESTERDAY = datetime.date(2020, 1, 1), datetime.date(2026, 11, 21)
HELP, CARE = Purpose.EARLY_HELP, Purpose.DIRECT_CARE
UNABLE = Assessed(HELP, CapacityOutcome.LACKS_CAPACITY, YESTERDAY, "Agreed with family and nurse")
ABLE = Assessed(HELP, CapacityOutcome.HAS_CAPACITY, DAY)


def tie(kind: str, **known: object) -> Tie:
    return replace(Tie(1, RelationshipKind(kind), LONG_AGO, LONG_AGO), **known)


def word(who: str, age: int | None, **known: object) -> Word:
    return replace(Word(HELP, WhoSpoke(who), age), **known)


COUNTS = {
    "an adult for themself": word("person", 40),
    "somebody whose age nobody knows": word("person", None),
    "a young person of 16": word("person", 16),
    "an adult found unable about another decision": word(
        "person", 40, assessments=(replace(UNABLE, purpose=CARE),)
    ),
    "an adult found able again": word("person", 40, assessments=(UNABLE, ABLE)),
    "a competent child": word("competent_child", 14, competence="Understood and could say why"),
    "a holder of parental responsibility": word(
        "parental_responsibility", 9, tie=tie("parental_responsibility")
    ),
    "a special guardian": word("parental_responsibility", 9, tie=tie("special_guardian")),
    "the authority under a care order": word(
        "parental_responsibility", 15, tie=tie("care_order_holder")
    ),
    "a parent of a young person found unable": word(
        "parental_responsibility", 17, tie=tie("parental_responsibility"), assessments=(UNABLE,)
    ),
    "a welfare attorney of an adult found unable": word(
        "attorney", 80, tie=tie("attorney_health_and_welfare"), assessments=(UNABLE,)
    ),
    "best interests of an adult found unable": word("best_interests", 80, assessments=(UNABLE,)),
    "best interests, the attorney's power having ended": word(
        "best_interests", 80, assessments=(UNABLE,),
        ties=(tie("attorney_health_and_welfare", ends_on=DAY),),
    ),
}  # fmt: skip

DOES_NOT_COUNT = {
    "a spouse": (word("attorney", 80, tie=tie("partner")), "no right|gives nobody the right"),
    "an adult child": (word("attorney", 80, tie=tie("next_of_kin")), "gives nobody the right"),
    "a carer": (
        word("attorney", 80, tie=tie("carer"), assessments=(UNABLE,)),
        "gives nobody the right",
    ),
    "a parent as if attorney": (word("attorney", 30, tie=tie("parent")), "gives nobody the right"),
    "a deputy for property only": (
        word("attorney", 80, tie=tie("deputy_property_and_affairs"), assessments=(UNABLE,)),
        "property and affairs",
    ),
    "an attorney for property only": (
        word("attorney", 80, tie=tie("attorney_property_and_affairs"), assessments=(UNABLE,)),
        "property and affairs",
    ),
    "an attorney whose donor can decide": (
        word("attorney", 80, tie=tie("attorney_health_and_welfare")),
        "only where an assessment",
    ),
    "an attorney whose donor was unable of another decision": (
        word("attorney", 80, tie=tie("attorney_health_and_welfare"),
             assessments=(replace(UNABLE, purpose=CARE),)),
        "only where an assessment",
    ),
    "an attorney whose donor is able again": (
        word("attorney", 80, tie=tie("attorney_health_and_welfare"), assessments=(UNABLE, ABLE)),
        "only where an assessment",
    ),
    "an attorney whose paper nobody saw": (
        word("attorney", 80, assessments=(UNABLE,),
             tie=tie("attorney_health_and_welfare", document_seen_on=None)),
        "seen the document",
    ),
    "an attorney whose power ended": (
        word("attorney", 80, assessments=(UNABLE,),
             tie=tie("attorney_health_and_welfare", ends_on=DAY)),
        "ended on 22 November 2026",
    ),
    "nobody named as attorney": (word("attorney", 80, assessments=(UNABLE,)), "Choose the attorney"),
    "a parent of an 18-year-old": (
        word("parental_responsibility", 18, tie=tie("parental_responsibility")),
        "consents for an adult",
    ),
    "a parent of a 16-year-old who can decide": (
        word("parental_responsibility", 16, tie=tie("parental_responsibility")),
        "From 16 on",
    ),
    "a parent without parental responsibility": (
        word("parental_responsibility", 9, tie=tie("parent")),
        "is not parental responsibility",
    ),
    "a child's elder sibling": (
        word("parental_responsibility", 9, tie=tie("sibling")),
        "is not parental responsibility",
    ),
    "an expired order": (
        word("parental_responsibility", 9, tie=tie("child_arrangements_order", ends_on=YESTERDAY)),
        "ended on 21 November 2026",
    ),
    "an order that has not begun": (
        word("parental_responsibility", 9,
             tie=tie("special_guardian", starts_on=datetime.date(2026, 12, 1))),
        "begins only on 1 December 2026",
    ),
    "a parent kept away by an order": (
        word("parental_responsibility", 9, tie=tie("parental_responsibility", barred=True)),
        "non-contact",
    ),
    "nobody named as responsible": (word("parental_responsibility", 9), "Choose who holds"),
    "a child of unknown age": (
        word("parental_responsibility", None, tie=tie("parental_responsibility")),
        "date of birth is not known",
    ),
    "a child alone": (word("person", 15), "Under 16"),
    "a competent child with no reason": (word("competent_child", 14), "Say why"),
    "a competent child of 16": (word("competent_child", 16, competence="Yes"), "From 16 on"),
    "a competent child of unknown age": (
        word("competent_child", None, competence="Yes"), "not known"
    ),
    "an adult found unable": (word("person", 40, assessments=(UNABLE,)), "could not decide this"),
    "best interests without assessment": (word("best_interests", 80), "Record first"),
    "best interests of somebody able": (
        word("best_interests", 80, assessments=(ABLE,)), "Record first"
    ),
    "best interests assessed for another decision": (
        word("best_interests", 80, assessments=(replace(UNABLE, purpose=CARE),)), "Record first"
    ),
    "best interests without a reason": (
        word("best_interests", 80, assessments=(replace(UNABLE, best_interests=" "),)),
        "does not say",
    ),
    "best interests over an attorney's head": (
        word("best_interests", 80, assessments=(UNABLE,),
             ties=(tie("deputy_health_and_welfare"),)),
        "the decision is theirs",
    ),
    "best interests of a child": (word("best_interests", 10, assessments=(UNABLE,)), "Under 16"),
}  # fmt: skip


@pytest.mark.parametrize("said", COUNTS.values(), ids=COUNTS)
def test_a_word_that_counts(said: Word) -> None:
    """P12: competence, parental responsibility or a welfare power, each where the law has it."""
    assert why_word_does_not_count(said, DAY) is None


@pytest.mark.parametrize(("said", "why"), DOES_NOT_COUNT.values(), ids=DOES_NOT_COUNT)
def test_a_word_that_does_not_count(said: Word, why: str) -> None:
    """P12: one adult never consents for another; capacity is decision-specific."""
    found = why_word_does_not_count(said, DAY)
    assert found is not None
    assert any(part in found for part in why.split("|"))


AT = start_of(DAY)
HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], "not_asked"),
        ([Said(ConsentState.DECLINED, AT)], "declined"),
        ([Said(ConsentState.OBJECTED, AT)], "objected"),
        ([Said(ConsentState.GIVEN, AT)], "given"),
        ([Said(ConsentState.GIVEN, AT + HOUR)], "not_asked"),
        ([Said(ConsentState.GIVEN, AT - HOUR, withdrawn_at=AT)], "withdrawn"),
        ([Said(ConsentState.GIVEN, AT - HOUR, withdrawn_at=AT + HOUR)], "given"),
        ([Said(ConsentState.GIVEN, AT - HOUR, expires_at=AT)], "expired"),
        ([Said(ConsentState.GIVEN, AT - HOUR), Said(ConsentState.DECLINED, AT)], "declined"),
        ([Said(ConsentState.DECLINED, AT - HOUR), Said(ConsentState.GIVEN, AT)], "given"),
    ],
)
def test_not_asked_declined_withdrawn_and_expired_are_states_of_their_own(
    said: list[Said], state: str
) -> None:
    assert consent_at(said, AT) == state
