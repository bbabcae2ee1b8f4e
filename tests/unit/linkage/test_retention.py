"""Retention is set per controller, in calendar months, and nothing that was set is lost (P15)."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import months_on
from joinedup.identity.sharing.access import NotPermitted
from joinedup.intelligence.linkage.models import RetentionRule
from joinedup.intelligence.linkage.operations.retention import (
    CannotSetRetention,
    end_retention,
)
from joinedup.intelligence.linkage.queries.retention import in_force
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.retained import (
    set_now,
    today,
    tomorrow,
)


@pytest.mark.parametrize(
    ("day", "months", "gives"),
    [
        ((2026, 8, 31), -6, (2026, 2, 28)),
        ((2028, 8, 31), -6, (2028, 2, 29)),
        ((2026, 3, 31), -1, (2026, 2, 28)),
        ((2026, 1, 15), -1, (2025, 12, 15)),
        ((2026, 1, 31), -13, (2024, 12, 31)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 5, 5), 0, (2026, 5, 5)),
        ((2026, 5, 5), -1200, (1926, 5, 5)),
    ],
)
def test_months_end_with_the_end_of_a_shorter_one(
    day: tuple[int, int, int], months: int, gives: tuple[int, int, int]
) -> None:
    """P15: in calendar months, as schedules say."""
    assert months_on(datetime.date(*day), months) == datetime.date(*gives)


def test_nothing_goes_before_its_months_are_over_nor_four_days_after() -> None:
    """P15: over four years of days and some lengths, also over 29 February."""
    first = datetime.date(2026, 1, 1)
    for number in range(4 * 365):
        today = first + datetime.timedelta(days=number)
        for months in (0, 1, 6, 11, 12, 18):
            before = months_on(today, -months)
            went = before - datetime.timedelta(days=1)
            assert months_on(went, months) < today, "kept for the whole of its months"
            assert months_on(before, months) >= today - datetime.timedelta(days=3), (
                "and little more"
            )


def test_no_month_lies_outside_the_calendar() -> None:
    with pytest.raises(ValueError, match="no year 0"):
        months_on(datetime.date(1, 1, 1), -1)


def test_another_agency_s_manager_sets_nothing_nor_does_another_role(place: Place) -> None:
    """P15: an agency’s retention is its own."""
    for by in (place.viewer("data_manager", "housing"), place.viewer("practitioner", "gp")):
        with pytest.raises(NotPermitted):
            set_now(6, by=by)
        with pytest.raises(NotPermitted):
            end_retention(by=by, agency="gp", starts_on=today(), reference="Why", at=timezone.now())
    rule = set_now(6, by=place.viewer("data_manager", "gp"))
    line = Entry.objects.using("owner").get(subject_kind="retention")
    assert (line.act, line.subject_id, line.holder) == ("set", str(rule.pk), "gp")
    assert line.detail == {"months": 6}


@pytest.mark.parametrize(
    ("given", "says", "field"),
    [
        ({"months": -1}, "from 0 to 1200", "months"),
        ({"months": 1201}, "from 0 to 1200", "months"),
        ({"controller": "Z12345"}, "Choose a controller of the list", "controller"),
        ({"reference": "  "}, "your own retention schedule", "reference"),
        ({"starts_on": datetime.date(2020, 1, 1)}, "tomorrow at the earliest", "starts_on"),
        ({"starts_on": timezone.localdate()}, "tomorrow at the earliest", "starts_on"),
        ({"agency": "nobody"}, "There is no agency nobody", None),
    ],
)
def test_what_cannot_be_set_is_told_with_how_to_mend_it(
    place: Place, given: dict[str, object], says: str, field: str | None
) -> None:
    with pytest.raises(CannotSetRetention, match=says) as told:
        set_now(**{"months": 6, **given})  # type: ignore[arg-type]
    assert told.value.field == field
    assert not RetentionRule.objects.exists()
    assert not Entry.objects.using("owner").filter(subject_kind="retention").exists()


def test_two_at_once_lose_nothing(place: Place) -> None:
    """P15: whoever comes second is told what the first set, and may set theirs all the same."""
    first = set_now(6, by=place.viewer("data_manager"))
    with pytest.raises(CannotSetRetention, match=r"Person \d+ set 6 months"):
        set_now(12)
    second = set_now(12, seen=first.pk)
    assert second.before == first
    with pytest.raises(CannotSetRetention, match="set 12 months"):
        end_retention(
            by=SYSTEM, agency="gp", starts_on=today(), reference="Why", at=timezone.now(),
            seen=first.pk,
        )  # fmt: skip
    assert [each.months for each in in_force(tomorrow())] == [12]
    assert RetentionRule.objects.count() == 2, "what was set before is kept"


def test_what_was_set_of_a_controller_is_one_line_without_a_fork(place: Place) -> None:
    first = set_now(6)
    for before in (None, first):
        with pytest.raises(IntegrityError), transaction.atomic():
            RetentionRule.objects.create(
                agency_id="gp", controller="", months=1, starts_on=today(), reference="x",
                set_at=timezone.now(), before=before,
            )  # fmt: skip
        set_now(12, seen=first.pk) if before is None else None


def test_a_rule_that_is_yet_to_begin_leaves_the_one_before_it_in_force(place: Place) -> None:
    """P15: and what is set last wins over what was set before for a later day."""
    first = tomorrow()
    days = [first + datetime.timedelta(days=number) for number in range(4)]
    one = set_now(6)
    two = set_now(12, seen=one.pk, starts_on=days[2])

    def months(day: datetime.date) -> list[int | None]:
        return [each.months for each in in_force(day)]

    assert [months(day) for day in days] == [[6], [6], [12], [12]]
    three = end_retention(
        by=SYSTEM, agency="gp", starts_on=days[1], reference="Given up", at=timezone.now(),
        seen=two.pk,
    )  # fmt: skip
    assert [months(day) for day in days] == [[6], [], [], []]
    with pytest.raises(CannotSetRetention, match="no rule to end"):
        end_retention(
            by=SYSTEM, agency="gp", starts_on=first, reference="x", at=timezone.now(),
            seen=three.pk,
        )  # fmt: skip


def test_two_who_set_in_one_moment_are_held_apart(place: Place) -> None:
    """P15: the second waits for the first, and is told what came of it."""
    told: list[str] = []

    def second() -> None:
        try:
            set_now(12)
        except CannotSetRetention as why:
            told.append(str(why))
        finally:
            connections.close_all()

    waiting = threading.Thread(target=second)
    with transaction.atomic():
        set_now(6)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
    waiting.join(20)
    assert len(told) == 1
    assert "The system set 6 months" in told[0]
    assert [each.months for each in RetentionRule.objects.all()] == [6]
