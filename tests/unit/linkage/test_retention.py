"""Retention is set per controller, and runs by the clock (P15)."""

import datetime
import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.utils import timezone

from joinedup.config import due
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core.dates import months_on, start_of
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import NotPermitted
from joinedup.intelligence.linkage.models import RetentionRule, RetentionRun
from joinedup.intelligence.linkage.operations import run_retention as running
from joinedup.intelligence.linkage.operations.night_lock import hold_answers, let_answers_in
from joinedup.intelligence.linkage.operations.retention import (
    CannotSetRetention,
    end_retention,
    set_retention,
)
from joinedup.intelligence.linkage.operations.run_retention import (
    RetentionFailed,
    Where,
    run_retention,
)
from joinedup.intelligence.linkage.queries.retention import in_force
from tests import commands
from tests.pipeline.night_files import PRACTICE
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN, CAT
from tests.unit.linkage.test_recall import downloaded, much_is_held

OTHER = "Z99002"
CLAUSE = "Retention schedule 2026, line 14"
MIDNIGHT = datetime.time(0, 0, tzinfo=datetime.UTC)


def two_left_their_practices(place: Place) -> None:
    """Of three people of two practices two are no longer sent; gone on the second day."""
    place.deliver("gp", ANN, {**BEN, "gp_practice": OTHER}, CAT)
    place.night()
    place.deliver("gp", CAT)
    place.night()


@pytest.fixture
def left(place_where: Callable[..., Place]) -> Place:
    return place_where(two_left_their_practices)


def set_now(
    months: int, controller: str = "", agency: str = "gp", **given: object
) -> RetentionRule:
    said = {"by": SYSTEM, "reference": CLAUSE, "starts_on": _first(), "at": timezone.now(), **given}
    return set_retention(agency=agency, controller=controller, months=months, **said)  # type: ignore[arg-type]


def _today() -> datetime.date:
    return timezone.localdate()


def run(place: Place, day: datetime.date | None = None, hour: int = 1) -> int:
    at = start_of(day or _later(place)) + datetime.timedelta(hours=hour)
    return run_retention(where=Where(place.data, place.inbox), at=at)


def _first() -> datetime.date:
    """The first day that a rule can hold from."""
    return _today() + datetime.timedelta(days=1)


def _later(place: Place) -> datetime.date:
    """A day on which any rule set today holds, and all that went is more than a month gone."""
    return max(months_on(place.day, 2), _first())


def records() -> list[str]:
    held = Record.objects.using("owner").order_by("record_id")
    return list(held.values_list("record_id", flat=True))


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
        by=SYSTEM, agency="gp", controller=OTHER, starts_on=_today(), reference="As all do",
        at=timezone.now(), seen=own.pk,
    )  # fmt: skip
    assert run(left, _later(left) + datetime.timedelta(days=1)) == 1
    assert records() == ["3"]


def test_live_records_stay_though_nothing_is_kept_past_its_day(left: Place) -> None:
    """P15: with no months at all goes what is gone, and nobody who is there."""
    set_now(0)
    assert run(left) == 2
    assert records() == ["3"]
    assert run(left, _later(left) + datetime.timedelta(days=1)) == 0
    assert records() == ["3"]


def test_a_rule_runs_once_a_day_by_the_clock_of_london(left: Place) -> None:
    """P15: also in the night in which summer ends, whose day has twenty-five hours."""
    day = datetime.date(_later(left).year + 1, 10, 31)  # the last Sunday of October is not far
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


def test_what_waits_for_a_night_is_done_in_the_next_round(left: Place) -> None:
    """P15: not lost for a day because a night ran at its hour."""
    set_now(1)
    with connections["owner"].cursor() as cursor:
        hold_answers(cursor)
        assert run(left) == 0
        let_answers_in(cursor)
    assert (len(records()), RetentionRun.objects.count()) == (3, 0)
    assert run(left, hour=2) == 2


def test_a_run_that_was_killed_is_resumed(left: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """P15: it has taken back all, with the row that says so, or nothing."""
    set_now(1)

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(running, "_say_it_ran", killed)
    with pytest.raises(Killed):
        run(left)
    assert (len(records()), RetentionRun.objects.count()) == (3, 0)
    monkeypatch.undo()
    assert run(left, hour=2) == 2


def test_one_rule_that_fails_stops_no_other_and_is_told(
    left: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15: its own managers hear of it once, and it is tried again tomorrow."""
    manager = left.viewer("data_manager")
    left.viewer("data_manager", "housing")
    set_now(1, PRACTICE)
    set_now(1, OTHER)
    real = running.forget_deleted

    def one_fails(**given: object) -> object:
        if given["controller"] == PRACTICE:
            raise RuntimeError("Ann Someone")
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "forget_deleted", one_fails)
    with pytest.raises(RetentionFailed):
        run(left)
    assert records() == ["1", "3"]
    failed = RetentionRun.objects.get(rule__controller=PRACTICE)
    assert failed.trouble == running.IN_THE_LOG, "no word of whoever it stumbled on"
    assert run(left, hour=2) == 0
    told = Notice.objects.using("owner").filter(kind="retention_ran")
    assert [each.post_id for each in told] == [manager.post_id]
    monkeypatch.undo()
    assert run(left, _later(left) + datetime.timedelta(days=1)) == 1


def test_trouble_with_the_machine_is_told_in_its_words(
    left: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15: somebody can mend what they are told of; till then nothing is told as gone."""
    folder = left.data / "cache" / "left"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "people.txt").write_text("Ann")
    remove = os.unlink

    def not_that(path: object, **given: int | None) -> None:
        if str(path).endswith("people.txt"):
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        remove(path, **given)  # type: ignore[arg-type]

    set_now(1)
    monkeypatch.setattr(os, "unlink", not_that)
    with pytest.raises(RetentionFailed):
        run(left)
    assert "could not be removed" in RetentionRun.objects.get().trouble
    assert len(records()) == 3


def test_a_database_that_is_away_for_a_moment_costs_no_day(
    left: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_now(1)

    def away(**_: object) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(running, "forget_deleted", away)
    with pytest.raises(RetentionFailed):
        run(left)
    assert not RetentionRun.objects.exists()
    monkeypatch.undo()
    assert run(left) == 2


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


def test_what_the_clock_does_takes_back(left: Place, settings: object, tmp_path: Path) -> None:
    """P15: nobody has to remember it."""
    settings.DATA, settings.INBOX = left.data, left.inbox  # type: ignore[attr-defined]
    set_now(1)
    [thing] = [each for each in due.THINGS if each.name == "retention"]
    assert not thing.daily, "looked for in each round, so that what waited is not left for tomorrow"
    assert thing.does(start_of(_later(left))) == 2


def test_another_agency_s_manager_sets_nothing_nor_does_another_role(place: Place) -> None:
    """P15: an agency’s retention is its own."""
    for by in (place.viewer("data_manager", "housing"), place.viewer("practitioner", "gp")):
        with pytest.raises(NotPermitted):
            set_now(6, by=by)
        with pytest.raises(NotPermitted):
            end_retention(
                by=by, agency="gp", starts_on=_today(), reference="Why", at=timezone.now()
            )
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
            by=SYSTEM, agency="gp", starts_on=_today(), reference="Why", at=timezone.now(),
            seen=first.pk,
        )  # fmt: skip
    assert [each.months for each in in_force(_first())] == [12]
    assert RetentionRule.objects.count() == 2, "what was set before is kept"


def test_what_was_set_of_a_controller_is_one_line_without_a_fork(place: Place) -> None:
    first = set_now(6)
    for before in (None, first):
        with pytest.raises(IntegrityError), transaction.atomic():
            RetentionRule.objects.create(
                agency_id="gp", controller="", months=1, starts_on=_today(), reference="x",
                set_at=timezone.now(), before=before,
            )  # fmt: skip
        set_now(12, seen=first.pk) if before is None else None


def test_a_rule_that_is_yet_to_begin_leaves_the_one_before_it_in_force(place: Place) -> None:
    """P15: and what is set last wins over what was set before for a later day."""
    first = _first()
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


def test_a_rule_of_another_agency_reaches_nobody_here(left: Place) -> None:
    """P15: whoever the agency is."""
    set_now(0, agency="housing")
    assert run(left) == 0
    assert len(records()) == 3


def test_two_rounds_at_once_run_a_rule_once(left: Place) -> None:
    """P15: whoever comes second passes it over and does not wait."""
    rule = set_now(1)
    with transaction.atomic(using="owner"):
        RetentionRule.objects.using("owner").select_for_update().get(pk=rule.pk)
        assert run(left) == 0
    assert (len(records()), RetentionRun.objects.count()) == (3, 0)
    assert run(left, hour=2) == 2
    assert RetentionRun.objects.count() == 1


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


def test_the_command_that_the_machine_runs_takes_back(left: Place) -> None:
    """P15: in a process of its own, from the product's own folders; what it does not take is whoever is sent."""
    Record.objects.using("owner").filter(gone_on__isnull=False).update(
        received_on=datetime.date(2020, 1, 1),
        changed_on=datetime.date(2020, 1, 1),
        gone_on=datetime.date(2020, 1, 2),
    )
    rule = set_now(1)
    RetentionRule.objects.using("owner").filter(pk=rule.pk).update(starts_on=_today())
    environment = {**left.database.environment, "JOINEDUP_DATA": str(left.data)}
    said = commands.run("due", environment=environment)
    assert "retention 2" in said.stdout, said
    assert "retention" not in commands.run("due", environment=environment).stdout
    assert records() == ["3"]


def test_what_is_more_than_a_round_takes_goes_on_in_the_next(
    left: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15, P19: ten years of what was deleted do not keep danger from being rung."""
    monkeypatch.setattr(running, "MOST_IN_A_ROUND", 1)
    set_now(1)
    assert run(left) == 1
    ran = RetentionRun.objects.get()
    assert (ran.records, ran.ended_at) == (1, None)
    assert run(left, hour=2) == 1
    ran.refresh_from_db()
    assert (ran.records, ran.ended_at is None) == (2, False)
    assert run(left, hour=3) == 0
    assert records() == ["3"]


def test_a_rule_waits_its_turn_and_is_not_left_out(
    left: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_IN_A_ROUND", 1)
    set_now(1, PRACTICE)
    set_now(1, OTHER)
    assert [run(left, hour=hour) for hour in (1, 2, 3)] == [1, 1, 0]
    assert [each.records for each in RetentionRun.objects.all()] == [1, 1]


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
