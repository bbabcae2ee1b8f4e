"""What falls due by the clock is done in one place, each thing once, whatever fails beside it."""

import datetime
import json

import pytest

from joinedup.config import due, outcomes
from joinedup.config.commands.due import _say
from joinedup.config.due import Done, Thing, do_what_is_due, rounds
from tests.unit.handovers.sides import AT, later, on_duty, told, two_sides

DANGER_FIRST, MAIL_LAST = "ring-on", "e-mails"


@pytest.mark.django_db
def test_a_round_does_each_thing_and_a_second_does_nothing_more() -> None:
    sides = two_sides()
    sides.offer()
    first = do_what_is_due(later(2), daily=True)
    assert first.counts["silence"] == 1
    assert first.counts["late-steps"] == 1
    assert first.failed == []
    assert list(first.counts) == [thing.name for thing in due.THINGS]
    again = do_what_is_due(later(2, minutes=1), daily=True)
    assert set(again.counts.values()) == {0}
    assert told(sides.manager).count("handover_silent") == 1
    assert on_duty(sides.matter_id) == sides.sender.post_id


def test_danger_comes_first_and_e_mails_last() -> None:
    """P19: what rings is not kept waiting by anything else."""
    names = [thing.name for thing in due.THINGS]
    assert (names[0], names[-1]) == (DANGER_FIRST, MAIL_LAST)
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_one_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(at: datetime.datetime) -> int:
        raise RuntimeError("somebody's name")

    things = (Thing("one", "fails", fails), Thing("two", "counts", lambda at: 3))
    monkeypatch.setattr(due, "THINGS", things)
    done = do_what_is_due(AT, daily=False)
    assert (done.counts, done.failed) == ({"two": 3}, ["one"])


@pytest.mark.django_db
def test_what_is_daily_is_done_in_the_first_round_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "THINGS", (Thing("daily", "once", lambda at: 1, daily=True),))
    times = iter([later(0), later(0.1), later(1), later(1.1)])
    goes_on = iter([True, True, True, False])
    done = rounds(lambda: next(times), lambda: next(goes_on))
    assert [each.counts for each in done] == [{"daily": 1}, {}, {"daily": 1}, {}]


@pytest.mark.parametrize(
    ("done", "ends", "out", "err"),
    [
        (Done({"silence": 0}, [], 0), outcomes.FINE, "Done: nothing was due.", ""),
        (Done({"silence": 2}, [], 0), outcomes.FINE, "Done: silence 2.", ""),
        (Done({}, ["e-mails"], 0), outcomes.TROUBLE, "Done: nothing was due.", "Failed: e-mails"),
        (Done({}, [], 1), outcomes.WRONG_DATA, "Done: nothing was due.", "Nobody answers for 1"),
    ],
)
def test_a_script_hears_what_was_done(
    done: Done, ends: int, out: str, err: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _say(done, as_json=False) == ends
    said = capsys.readouterr()
    assert said.out.strip() == out
    assert said.err.startswith(err)
    assert _say(done, as_json=True) == ends
    assert json.loads(capsys.readouterr().out) == {
        "done": done.counts, "failed": done.failed, "unanswered": done.unanswered,
    }  # fmt: skip
