"""How linkage reads on a page: evidence, reconciliation, agreement, measures."""

import datetime

from joinedup.intelligence.linkage.models import Delivery, Night, QualityMeasure
from joinedup.intelligence.linkage.presenters import deliveries, quality, review
from joinedup.intelligence.linkage.presenters.evidence import waterfall
from joinedup.intelligence.linkage.queries.review import FieldPair, PairToReview, ReviewProgress
from joinedup.intelligence.linkage.rules import Agreement
from joinedup.pipeline.linkage import Evidence

STEPS = (
    Evidence("prior", "Two records taken at random are seldom of one person.", -14.4),
    Evidence("born", "The date of birth is the same.", 13.4),
    Evidence("phone", "Phone is missing on one side.", 0.0),
    Evidence("family", "The family names differ.", -6.25),
)


def delivery(**counts: int) -> Delivery:
    night = Night(as_at=datetime.date(2026, 11, 21))
    return Delivery(night=night, as_at=night.as_at, population="whole-register", **counts)


def measure(
    name: str, value: float, kind: str = "", group: str = "", night: int = 1
) -> QualityMeasure:
    ran = Night(pk=night, as_at=datetime.date(2026, 11, 19 + night))
    return QualityMeasure(
        night=ran, basis="truth", tier="certain", measure=name, group_kind=kind, group=group,
        numerator=value * 100, denominator=100, value=value,
    )  # fmt: skip


def test_the_picture_and_the_table_end_in_what_the_evidence_adds_up_to() -> None:
    picture, figures = waterfall(STEPS, title="Evidence", caption="Evidence")
    assert figures.rows[-1][2].text == "\u22127.2"
    assert ">\u22127.2<" in picture
    assert ">\u221214.4<" in picture
    assert "Telephone" in {row[0].text for row in figures.rows}
    assert "Telephone" not in picture


def test_fields_that_neither_record_has_are_left_out_and_differences_are_said() -> None:
    fields = (
        FieldPair("sex", "Sex", "F", "M", "different"),
        FieldPair("email", "E-mail", "", "", "neither"),
        FieldPair("phone", "Telephone", "1", "", "one_side"),
    )
    pair = PairToReview(1, False, "open", 1.0, False, fields, STEPS, "", None)
    told = [(row.label, row.words, row.differs) for row in review.compared(pair)]
    assert told == [("Sex", "Different", True), ("Telephone", "Only one has it", False)]


def test_agreement_is_a_sentence() -> None:
    nobody = ReviewProgress(1, 0, 0, 0, None)
    assert "cannot be told" in review.agreement(nobody)
    twice = ReviewProgress(1, 0, 4, 2, Agreement(pairs=4, agreed=3, kappa=0.5))
    assert review.agreement(twice).startswith(
        "Two reviewers gave the same answer to 3 of 4 pairs (75%)."
    )
    assert "0.50" in review.agreement(twice)


def test_a_reconciliation_stands_against_the_last_time() -> None:
    now = delivery(sent=1200, loaded=1190, quarantined=10)
    assert [c.text for c in deliveries.reconciliation(now).columns] == ["Rows", "This time"]
    now.before = delivery(sent=1250, loaded=1250)
    table = deliveries.reconciliation(now)
    assert table.columns[2].text == "Last time (21 November 2026)"
    assert [cell.text for cell in table.rows[0]] == [
        "Rows sent", "1\u202f200", "1\u202f250", "\u221250",
    ]  # fmt: skip


def test_an_alarm_outranks_the_status() -> None:
    assert deliveries.status(Delivery(status="loaded")).text == "Loaded"
    assert deliveries.status(Delivery(status="loaded", alarm="Far")).text == "Loaded, look"
    assert deliveries.status(Delivery(status="refused", alarm="Far")).text == "Refused"


def test_rows_kept_back_say_how_many_are_not_shown() -> None:
    assert deliveries.kept_back([], 0).caption == "Quarantined rows"
    assert deliveries.kept_back([], 3).caption == "Quarantined rows: the first 0 of 3"


def test_measures_for_everybody_come_in_one_order_with_their_meaning() -> None:
    found = quality.sections([measure("recall", 0.9), measure("precision", 1.0)])
    assert [row[0].text for row in found[0].table.rows] == ["Precision", "Recall"]
    assert found[0].table.rows[1][1].text == "90.00%"


def test_missed_links_of_groups_are_named_as_people_say_them() -> None:
    picture, figures = quality.missed_by_group(
        [measure("missed_links", 0.1, "age", "80+"), measure("missed_links", 0.2, "age", "0-17")]
    )[0]
    assert [row[0].text for row in figures.rows] == ["0 to 17", "80 and over"]
    assert "Missed links by age" in picture
    assert quality.group_name("imd_decile", "01") == "Decile 1"
    assert quality.group_name("sex", "F") == "Female"
    assert quality.group_name("name_origin", "south_asian") == "South Asian"


def test_history_begins_with_the_second_night() -> None:
    one = [measure("precision", 1.0)]
    assert quality.history(one, one, one) is None
    two = [*one, measure("precision", 0.9, night=2)]
    shown = quality.history(two, two, two)
    assert shown is not None
    assert [row[0].text for row in shown[1].rows] == ["20 November 2026", "21 November 2026"]
