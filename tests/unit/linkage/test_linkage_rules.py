"""What is decided about deliveries, households and reviews, as tables."""

import pytest

from joinedup.intelligence.linkage.choices import Answer, event_sentence, why
from joinedup.intelligence.linkage.rules import (
    MOST_IN_A_HOUSEHOLD,
    DeliveryCounts,
    GivenAnswer,
    agreement,
    alarm,
    is_institution,
    is_unusual_loss,
    likeness,
    records_to_split,
    standing_answer,
)

SAME, NOT, CANNOT = Answer.SAME, Answer.NOT_SAME, Answer.CANNOT_TELL


def full(sent: int, *, quarantined: int = 0, gone: int = 0) -> DeliveryCounts:
    return DeliveryCounts(sent, quarantined, gone, changes_only=False)


def changes(sent: int, *, quarantined: int = 0) -> DeliveryCounts:
    return DeliveryCounts(sent, quarantined, 0, changes_only=True)


@pytest.mark.parametrize(
    ("now", "earlier", "rings"),
    [
        (full(1000), [], ""),
        (full(1000), [full(1000)], ""),
        (full(1100), [full(1000)], ""),
        (full(1101), [full(1000)], "It has 101 rows more than the 1,000 sent last time."),
        (full(500), [full(1000)], "It has 500 rows fewer than the 1,000 sent last time."),
        (full(15), [full(30)], ""),
        (full(0), [full(1000)], "It has 1,000 rows fewer than the 1,000 sent last time."),
        (full(1000), [changes(10), full(990)], ""),
        (full(1000, gone=53), [full(1000)], "53 records that were held are absent from it (5%)."),
        (full(1000, gone=52), [full(1000)], ""),
        (full(1000, gone=500), [], ""),
        (changes(300), [changes(90), changes(100), changes(110)], ""),
        (changes(301), [changes(90), changes(100), changes(110)],
         "It has 301 rows where about 100 are usual."),
        (changes(10), [changes(90), changes(100), changes(110)],
         "It has 10 rows where about 100 are usual."),
        (changes(300), [], ""),
        (changes(25), [changes(10)], ""),
        (full(1000, quarantined=51), [], "51 of its rows were kept back (5.1%)."),
        (full(1000, quarantined=50), [], ""),
        (full(1000, quarantined=31), [full(1000, quarantined=10)],
         "31 of its rows were kept back (3.1%)."),
        (full(1000, quarantined=30), [full(1000, quarantined=10)], ""),
        (full(100, quarantined=19), [full(100)], ""),
    ],
)  # fmt: skip
def test_a_count_far_from_usual_rings(
    now: DeliveryCounts, earlier: list[DeliveryCounts], rings: str
) -> None:
    assert alarm(now, earlier) == rings


@pytest.mark.parametrize(
    ("sent", "gone", "unusual"), [(0, 20, True), (10, 19, False), (381, 20, False), (379, 20, True)]
)
def test_a_loss_is_unusual_by_share_and_by_number(sent: int, gone: int, unusual: bool) -> None:
    assert is_unusual_loss(sent, gone) is unusual


@pytest.mark.parametrize(
    ("answers", "hard", "stands"),
    [
        ([], False, None),
        ([(SAME, False)], False, SAME),
        ([(NOT, False)], False, NOT),
        ([(CANNOT, False)], False, None),
        ([(SAME, False)], True, None),
        ([(SAME, False), (NOT, True)], True, NOT),
        ([(CANNOT, False), (SAME, True)], False, SAME),
        ([(CANNOT, False), (CANNOT, True)], False, CANNOT),
        ([(NOT, True)], True, NOT),
    ],
)
def test_what_reviewers_answers_come_to(
    answers: list[tuple[Answer, bool]], hard: bool, stands: Answer | None
) -> None:
    given = [GivenAnswer(answer, second) for answer, second in answers]
    assert standing_answer(given, hard=hard) is stands


def test_agreement_is_counted_and_set_against_chance() -> None:
    found = agreement(
        [(SAME, SAME)] * 20 + [(SAME, NOT)] * 5 + [(NOT, SAME)] * 10 + [(NOT, NOT)] * 15
    )
    assert found is not None
    assert (found.pairs, found.agreed, found.percent) == (50, 35, 70.0)
    assert found.kappa == pytest.approx(0.4)


def test_agreement_that_chance_alone_explains_has_no_kappa() -> None:
    assert agreement([]) is None
    found = agreement([(SAME, SAME)] * 3)
    assert found is not None
    assert (found.percent, found.kappa) == (100.0, None)


def test_an_institution_is_more_people_than_a_household_holds() -> None:
    assert not is_institution(MOST_IN_A_HOUSEHOLD)
    assert is_institution(MOST_IN_A_HOUSEHOLD + 1)


def test_the_record_with_the_later_key_leaves() -> None:
    keys = {1: ("gp", "9"), 2: ("fire", "1")}
    assert records_to_split(keys, 1, 2) == 1
    assert records_to_split(keys, 2, 1) == 1


@pytest.mark.parametrize(
    ("left", "right", "stand"),
    [("", "", "neither"), ("a", "", "one_side"), ("", "-", "neither"), ("O'Brien", "OBRIEN", "same"),
     ("JU1 0AA", "ju10aa", "same"), ("Ann", "Anne", "different")],
)  # fmt: skip
def test_two_values_side_by_side(left: str, right: str, stand: str) -> None:
    assert likeness(left, right) == stand


def test_reasons_are_told_in_words() -> None:
    assert why("nhs_number") == "The verified NHS number is the same."
    assert why("some_new_reason") == "Some new reason"
    assert event_sentence("merged", "evidence_changed", this=True).startswith(
        "Found to be the same"
    )
    assert event_sentence("merged", "reviewer", this=False).endswith("A reviewer decided it.")
