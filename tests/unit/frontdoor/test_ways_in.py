"""Who comes in by which way, how often they may ask who is known, and what of two tabs is kept."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import Agreement, EntryRoute, ForWhom, Need, Source
from joinedup.support.frontdoor.rules.arrivals import as_plain, from_plain
from joinedup.support.frontdoor.rules.typed import TypedAnswers, TypedReferral, TypedSubject
from joinedup.support.frontdoor.rules.ways_in import (
    ASKS_IN_A_DAY,
    ASKS_IN_TEN_MINUTES,
    KEYS_IN_A_DAY,
    KEYS_IN_TEN_MINUTES,
    Asked,
    source_of,
    way_in,
    why_not_asked,
)
from joinedup.support.questions.rules.drafting import (
    MOST_BESIDE,
    differing,
    kept_values,
    with_beside,
)

NOTHING = Asked()


def test_somebody_who_refers_is_never_held_up_and_somebody_who_fishes_is() -> None:
    """P17: asking has a limit, in ten minutes and in a day."""
    few = Asked(ASKS_IN_TEN_MINUTES - 1, KEYS_IN_TEN_MINUTES - 1)
    assert why_not_asked(few, Asked(ASKS_IN_A_DAY - 1, KEYS_IN_A_DAY - 1)) == ""
    assert "few minutes" in why_not_asked(Asked(people=ASKS_IN_TEN_MINUTES), NOTHING)
    assert "one day" in why_not_asked(NOTHING, Asked(people=ASKS_IN_A_DAY))


def test_one_person_typed_slowly_is_one_and_a_program_is_stopped() -> None:
    assert "few minutes" in why_not_asked(Asked(1, KEYS_IN_TEN_MINUTES), NOTHING)
    assert "one day" in why_not_asked(NOTHING, Asked(1, KEYS_IN_A_DAY))


@pytest.mark.parametrize(
    ("kind", "role", "source"),
    [
        (AgencyKind.POLICE, "police_liaison", Source.POLICE_HOSPITAL_LIAISON),
        (AgencyKind.EDUCATION, "referrer", Source.SCHOOL),
        (AgencyKind.LICENSED_PREMISES, "referrer", Source.VENUE),
        (AgencyKind.HOUSING, "housing_officer", Source.PRACTITIONER),
    ],
)
def test_a_referral_counts_for_its_source(kind: AgencyKind, role: str, source: Source) -> None:
    assert source_of(kind, role) is source


def test_a_partner_who_finds_nobody_only_refers() -> None:
    """P18."""
    assert way_in(finds_people=True) is EntryRoute.PRACTITIONER
    assert way_in(finds_people=False) is EntryRoute.REFER_ONLY


def test_what_the_public_sent_waits_whole() -> None:
    typed = TypedReferral(
        subjects=(TypedSubject("Ada", "Ashe", datetime.date(1950, 2, 3), postcode="LS1 4DY"),),
        going_on="No heating", for_whom=ForWhom.HOUSEHOLD, needs=(Need.HOUSING,),
        agreement=Agreement.INFORMED_NOT_AGREED, communication={"language": "Welsh"},
        unsafe_ways=("letter",), agencies_needed=("housing",),
        answers=TypedAnswers(uuid.UUID(int=1), {"danger": ["none"]}),
    )  # fmt: skip
    assert from_plain(as_plain(typed)) == typed


def test_a_draft_keeps_everything_but_what_a_database_cannot() -> None:
    typed = [("a", ["x\x00y\u202e"]), ("empty", [""]), ("token", ["secret"]), ("b", ["1", "2"])]
    assert kept_values(typed, leave_out=["token"]) == {"a": ["xy"], "b": ["1", "2"]}


def test_of_two_tabs_the_boxes_that_differ_are_told_and_each_is_kept() -> None:
    mine, theirs = {"a": ["1"], "b": ["2"]}, {"a": ["1"], "b": ["3"], "c": ["4"]}
    assert differing(mine, theirs) == ["b", "c"]
    beside = with_beside([theirs], mine)
    assert beside == [mine, theirs]
    assert with_beside(beside, mine) == beside
    assert len(with_beside([{"a": [str(n)]} for n in range(9)], mine)) == MOST_BESIDE
