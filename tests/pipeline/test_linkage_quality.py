"""Quality on tables small enough to count by hand."""

from datetime import date

import pyarrow as pa

from joinedup.pipeline.contracts.stages import POSSIBLE, TRUE_PEOPLE
from joinedup.pipeline.linkage import quality, reviewed_quality

LINKS = [
    ("gp", "1", "x"),
    ("police", "1", "x"),
    ("fire", "1", "x"),
    ("gp", "2", "y"),
    ("fire", "2", "z"),
]
TRUTH = {
    ("gp", "1"): "A",
    ("police", "1"): "A",
    ("fire", "1"): "B",
    ("gp", "2"): "B",
    ("fire", "2"): "B",
}


def measured(possible: list[tuple[str, str]] = ()):
    links = pa.table(
        dict(zip(("agency", "record_id", "person"), zip(*LINKS, strict=True), strict=True))
    )
    truth = pa.table(
        {
            "agency": [a for a, _ in TRUTH],
            "record_id": [r for _, r in TRUTH],
            "true_person": list(TRUTH.values()),
        }
    )
    people = pa.Table.from_pylist(
        [
            {"true_person": "A", "sex": "F", "born_on": date(1980, 1, 1), "name_origin": "welsh", "imd_decile": 1},
            {"true_person": "B", "sex": "M", "born_on": date(2010, 12, 1), "name_origin": "polish", "imd_decile": 10},
        ],
        schema=TRUE_PEOPLE,
    )  # fmt: skip
    maybe = pa.Table.from_pylist(
        [{"person_a": a, "person_b": b, "weight": 5.0, "because": "probable"} for a, b in possible],
        schema=POSSIBLE,
    )
    found = quality(links, truth, people, as_at=date(2026, 11, 20), possible=maybe)
    return {(m.tier, m.measure, m.group_kind, m.group): m for m in found}


def test_pairs_wrong_merges_and_missed_links_are_counted():
    found = measured()
    assert found["certain", "precision", "", ""].value == 1 / 3
    assert found["certain", "recall", "", ""].value == 1 / 4
    assert found["certain", "f1", "", ""].value == 2 / 7
    assert found["certain", "wrong_merges", "", ""].value == 100_000
    assert found["certain", "mixed_persons", "", ""].numerator == 1
    assert found["certain", "missed_links", "sex", "M"].value == 1
    assert found["certain", "missed_links", "name_origin", "welsh"].value == 0
    assert found["certain", "missed_links", "age", "0-17"].numerator == 3
    assert found["certain", "missed_links", "imd_decile", "01"].denominator == 1


def test_probable_links_are_measured_together_with_certain_ones():
    assert measured()["together", "recall", "", ""].value == 1 / 4
    assert measured([("y", "z")])["together", "recall", "", ""].value == 2 / 4
    assert measured([("x", "y"), ("y", "z")])["together", "precision", "", ""].value == 4 / 10


def test_reviewed_pairs_stand_in_for_truth():
    found = {m.measure: m for m in reviewed_quality([(True, True), (True, False), (False, True)])}
    assert found["precision"].value == found["recall"].value == found["f1"].value == 1 / 2
    assert {m.value for m in reviewed_quality([])} == {None}
