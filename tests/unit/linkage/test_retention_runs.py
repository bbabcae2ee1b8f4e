"""Each rule takes back what is its own and over, and nothing that is not (P15)."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Record
from joinedup.intelligence.linkage.models import RetentionRun
from joinedup.intelligence.linkage.operations.retention import (
    end_retention,
)
from joinedup.intelligence.linkage.operations.run_retention import (
    Where,
    run_retention,
)
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN
from tests.unit.linkage.retained import (
    OTHER,
    later,
    records,
    run,
    set_now,
    today,
    two_left_their_practices,
)
from tests.unit.linkage.test_recall import downloaded, much_is_held

MIDNIGHT = datetime.time(0, 0, tzinfo=datetime.UTC)


@pytest.fixture
def left(place_where: Callable[..., Place]) -> Place:
    return place_where(two_left_their_practices)


def test_a_rule_of_one_practice_takes_its_own_and_leaves_the_others(left: Place) -> None:
    """P15: retention runs per controller; who is still sent stays whatever the rule says."""
    set_now(1, OTHER)
    assert run(left) == 1
    assert records() == ["1", "3"]


def test_a_rule_of_a_practice_beats_the_rule_of_all(left: Place) -> None:
    """P15: the longer of its own holds for its records; once that ends, the agency’s does."""
    set_now(1)
    own = set_now(120, OTHER)
    assert run(left) == 1
    assert records() == ["2", "3"]
    end_retention(
        by=SYSTEM, agency="gp", controller=OTHER, starts_on=today(), reference="As all do",
        at=timezone.now(), seen=own.pk,
    )  # fmt: skip
    assert run(left, later(left) + datetime.timedelta(days=1)) == 1
    assert records() == ["3"]


def test_live_records_stay_though_nothing_is_kept_past_its_day(left: Place) -> None:
    """P15: with no months at all goes what is gone, and nobody who is there."""
    set_now(0)
    assert run(left) == 2
    assert records() == ["3"]
    assert run(left, later(left) + datetime.timedelta(days=1)) == 0
    assert records() == ["3"]


def test_a_rule_runs_once_a_day_by_the_clock_of_london(left: Place) -> None:
    """P15: also in the night in which summer ends, whose day has twenty-five hours."""
    day = datetime.date(later(left).year + 1, 10, 31)  # the last Sunday of October is not far
    day -= datetime.timedelta(days=(day.weekday() + 1) % 7)
    set_now(1)
    before = datetime.datetime.combine(day, MIDNIGHT) - datetime.timedelta(hours=1)
    where = Where(left.data, left.inbox)
    assert run_retention(where=where, at=before) == 2, "midnight by summer time"
    for hours in (0.5, 1, 5, 23, 24.9):
        assert run_retention(where=where, at=before + datetime.timedelta(hours=hours)) == 0
    assert [(each.day, each.records) for each in RetentionRun.objects.all()] == [(day, 2)]
    assert run_retention(where=where, at=before + datetime.timedelta(hours=25)) == 0
    assert RetentionRun.objects.filter(day=day + datetime.timedelta(days=1)).count() == 1


def test_nothing_gone_leaves_a_run_and_no_line(place: Place) -> None:
    """P15: a line a day that says nothing would hide those that say something."""
    place.deliver("gp", ANN)
    place.night()
    set_now(1)
    assert run(place) == 0
    assert [(each.records, each.copies, each.trouble) for each in RetentionRun.objects.all()] == [
        (0, [], "")
    ]
    assert not Entry.objects.using("owner").filter(act="took back").exists()
    assert not Notice.objects.using("owner").exists()


def test_copies_outside_are_kept_with_the_run_and_its_managers_told(
    place_where: Callable[..., Place],
) -> None:
    """P15: a copy that somebody took away does not go by itself."""
    held = place_where(much_is_held)
    manager = held.viewer("data_manager", "housing")
    downloaded(manager)
    held.deliver("housing", BEN)
    held.night()
    held.deliver("housing", BEN)
    held.night()
    set_now(1, agency="housing")
    assert run(held) == 1
    ran = RetentionRun.objects.get()
    line = Entry.objects.using("owner").get(act="copied")
    assert ran.copies == [str(line.pk)]
    told = Notice.objects.using("owner").get(kind="retention_ran")
    assert told.post_id == manager.post_id


def test_a_rule_of_another_agency_reaches_nobody_here(left: Place) -> None:
    """P15: whoever the agency is."""
    set_now(0, agency="housing")
    assert run(left) == 0
    assert len(records()) == 3


def test_whoever_took_a_copy_out_is_told_though_the_record_is_another_s(
    place_where: Callable[..., Place],
) -> None:
    """P15: they alone can destroy it."""
    held = place_where(much_is_held)
    person = Record.objects.using("owner").get(agency="housing", record_id="Z-1").person_id
    worker, theirs = held.viewer("practitioner", "gp"), held.viewer("data_manager", "gp")
    held.viewer("data_manager", "police")
    record_copy(
        by=worker.post_id, kind="plan", of="7", holder="gp", place="pdf", purpose=worker.purpose,
        at=timezone.now(), person_id=person,
    )  # fmt: skip
    Record.objects.using("owner").filter(record_id="Z-1").update(gone_on=held.day)
    set_now(1, agency="housing")
    assert run(held) == 1
    told = Notice.objects.using("owner").filter(kind="retention_ran")
    assert [each.post_id for each in told] == [theirs.post_id]
