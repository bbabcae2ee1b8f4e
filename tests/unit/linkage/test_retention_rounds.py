"""Retention runs by the clock, whatever waits, fails or is killed (P15)."""

import datetime
import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from joinedup.config import due
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import start_of
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Record
from joinedup.intelligence.linkage.models import RetentionRule, RetentionRun
from joinedup.intelligence.linkage.operations import run_retention as running
from joinedup.intelligence.linkage.operations.night_lock import hold_answers, let_answers_in
from joinedup.intelligence.linkage.operations.retention import (
    end_retention,
)
from joinedup.intelligence.linkage.operations.run_retention import (
    RetentionFailed,
)
from joinedup.intelligence.linkage.queries import retention as queries
from tests import commands
from tests.pipeline.night_files import PRACTICE
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.retained import (
    OTHER,
    later,
    records,
    run,
    set_now,
    today,
    two_left_their_practices,
)


@pytest.fixture
def left(place_where: Callable[..., Place]) -> Place:
    return place_where(two_left_their_practices)


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
    assert run(left, later(left) + datetime.timedelta(days=1)) == 1


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


def test_what_the_clock_does_takes_back(left: Place, settings: object, tmp_path: Path) -> None:
    """P15: nobody has to remember it."""
    settings.DATA, settings.INBOX = left.data, left.inbox  # type: ignore[attr-defined]
    set_now(1)
    [thing] = [each for each in due.THINGS if each.name == "retention"]
    assert not thing.daily, "looked for in each round, so that what waited is not left for tomorrow"
    assert thing.does(start_of(later(left))) == 2


def test_two_rounds_at_once_run_a_rule_once(left: Place) -> None:
    """P15: whoever comes second passes it over and does not wait."""
    rule = set_now(1)
    with transaction.atomic(using="owner"):
        RetentionRule.objects.using("owner").select_for_update().get(pk=rule.pk)
        assert run(left) == 0
    assert (len(records()), RetentionRun.objects.count()) == (3, 0)
    assert run(left, hour=2) == 2
    assert RetentionRun.objects.count() == 1


def long_gone_by_a_rule_of_today(left: Place) -> dict[str, str]:
    """Set so that the machine's own clock finds it due; the environment of a command."""
    Record.objects.using("owner").filter(gone_on__isnull=False).update(
        received_on=datetime.date(2020, 1, 1),
        changed_on=datetime.date(2020, 1, 1),
        gone_on=datetime.date(2020, 1, 2),
    )
    rule = set_now(1)
    RetentionRule.objects.using("owner").filter(pk=rule.pk).update(starts_on=today())
    return {**left.database.environment, "JOINEDUP_DATA": str(left.data)}


def test_the_command_that_the_machine_runs_takes_back(left: Place) -> None:
    """P15: in a process of its own, from the product's own folders."""
    environment = long_gone_by_a_rule_of_today(left)
    said = commands.run("due", environment=environment)
    assert "retention 2" in said.stdout, said
    assert "retention" not in commands.run("due", environment=environment).stdout
    assert records() == ["3"]


def test_a_command_killed_half_way_leaves_all_and_the_next_does_it(left: Place) -> None:
    """P15: kill -9 while it deletes; nothing is half gone, and the day is not lost."""
    environment = long_gone_by_a_rule_of_today(left)
    with transaction.atomic(using="owner"):
        Record.objects.using("owner").select_for_update().get(record_id="1")
        command = commands.Command("due", environment=environment)
        until(lambda: sessions("wait_event_type = 'Lock'") == 1)
        command.kill()
        command.end()
    until(lambda: sessions("true") == 0)
    assert (len(records()), RetentionRun.objects.count()) == (3, 0)
    assert not Entry.objects.using("owner").filter(act="took back").exists()
    assert "retention 2" in commands.run("due", environment=environment).stdout


def sessions(which: str) -> int:
    """How many other sessions of the application stand so."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                AND usename = current_user AND pid <> pg_backend_pid() AND {which}"""
        )
        return int(cursor.fetchone()[0])


def until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < ends, "it has not come to that"
        time.sleep(0.05)


def test_a_rule_ended_while_a_round_goes_on_takes_nothing(
    left: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15: what a court asks to keep is not lost to a list that was read a moment before."""
    rule = set_now(1)
    day = later(left)
    real, asked = queries.still_to_run, []

    def ended_meanwhile(on: datetime.date) -> list[RetentionRule]:
        found = real(on)
        if not asked:
            asked.append(on)
            end_retention(
                by=SYSTEM, agency="gp", starts_on=today(), reference="A court asks to keep all",
                at=timezone.now(), seen=rule.pk,
            )  # fmt: skip
        return found

    monkeypatch.setattr(queries, "still_to_run", ended_meanwhile)
    assert run(left, day) == 0
    assert (len(records()), RetentionRun.objects.count()) == (3, 0)


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
