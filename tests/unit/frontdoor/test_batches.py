"""A batch of approved step-downs: good rows taken, faulty ones returned, danger never merely returned (P22)."""

import csv
import io
from typing import Any

import pytest

from joinedup.identity.sharing.access import NotPermitted, acting
from joinedup.support.frontdoor.choices import Agreement, BatchRowState, Source
from joinedup.support.frontdoor.models import Batch, BatchRow, Referral
from joinedup.support.frontdoor.operations import batches
from joinedup.support.frontdoor.operations.batches import (
    CannotTakeBatch,
    take_batch,
    take_rows,
    take_waiting_rows,
)
from joinedup.support.frontdoor.rules.batch_rows import (
    COLUMNS,
    CannotReadBatch,
    read_rows,
    rows_of,
)
from joinedup.support.safeguarding.choices import Door, Trigger
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT, TODAY

GOOD = {
    "given_name": "Ada", "family_name": "Ashe", "born_on": "3 2 1984", "going_on": "Steps down.",
    "agreement": "agreed", "needs": "loneliness; money", "agencies_needed": "housing;health",
}  # fmt: skip


def row(number: int = 0, **more: str) -> dict[str, str]:
    return {
        **GOOD,
        "family_name": f"Ashe{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number // 26 * 'x'}",
        **more,
    }


def as_csv(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(**more: str) -> tuple[tuple[str, ...], Trigger | None, bool]:
    (found,) = read_rows([row(**more)], TODAY)
    assert (found.typed is None) is bool(found.reasons)
    return found.reasons, found.trigger, found.tells_of_danger


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"born_on": "31/02/1984"}, "born_on"),
        ({"born_on": ""}, "date of birth"),
        ({"born_on": "1 1 1850"}, "over 120"),
        ({"given_name": "", "family_name": " "}, "Write the name"),
        ({"going_on": "  "}, "what is going on"),
        ({"agreement": ""}, "each row states it"),
        ({"agreement": "not informed"}, "has not been told"),
        ({"needs": "a pony"}, "a_pony"),
        ({"agencies_needed": "the moon"}, "the_moon"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"beyond_14": "left over"}, "more cells"),
    ],
)
def test_a_faulty_row_says_what_is_wrong(wrong: dict[str, str], why: str) -> None:
    reasons, _, danger = read(**wrong)
    assert any(why in reason for reason in reasons)
    assert not danger


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(read(born_on="soon", agreement="perhaps", needs="a pony")[0]) == 3


@pytest.mark.parametrize("column", ["danger", "wanted", "agreement_because", "beyond_14"])
@pytest.mark.parametrize("words", ["suicide_plan", "Has a plan or the means to end their life"])
def test_a_trigger_is_found_in_whichever_column_it_stands(column: str, words: str) -> None:
    """P22: a shifted column does not hide danger."""
    _, trigger, danger = read(born_on="soon", **{column: words})
    assert (trigger, danger) == (Trigger.SUICIDE_PLAN, True)


@pytest.mark.parametrize(
    ("said", "danger"), [("no", False), ("None", False), ("he has a knife", True)]
)
def test_whatever_is_written_under_danger_but_no_is_danger(said: str, danger: bool) -> None:
    assert read(danger=said)[2] is danger


def test_informed_or_agreed_is_kept_as_it_was_said() -> None:
    """P24."""
    rows = read_rows([row(1), row(2, agreement="Informed")], TODAY)
    said = [each.typed.agreement for each in rows if each.typed]
    assert said == [Agreement.AGREED, Agreement.INFORMED_NOT_AGREED]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no rows"),
        (b"given_name,family_name\nAda,Ashe", "born_on"),
        (b"\x00\x01\x02", "not a CSV"),
        (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
        (as_csv(*(row(n) for n in range(501))), "up to 500"),
    ],
)
def test_a_file_that_is_no_batch_is_refused_whole(content: bytes, why: str) -> None:
    with pytest.raises(CannotReadBatch, match=why):
        rows_of(content)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_spreadsheets_of_either_kind_are_read(encoding: str) -> None:
    text = "Given Name;family_name;Born_on;going_on;agreement\r\nZoë;Ashe;3.2.1984;Ça va;agreed\r\n"
    (found,) = read_rows(rows_of(text.encode(encoding)), TODAY)
    assert found.typed is not None
    assert found.typed.subjects[0].given_name == "Zoë"


def test_the_same_person_twice_is_taken_once() -> None:
    first, again = read_rows([row(1), row(1, going_on="Again")], TODAY)
    assert first.typed is not None
    assert again.reasons == ("The same person stands in row 1.",)


# ---------------------------------------------------------------- taken in


_WRONG = (
    {"born_on": "31/02/1984"},
    {"agreement": ""},
    {"going_on": ""},
    {"born_on": "soon", "danger": "suicide_plan"},
)


def with_four_wrong(rows: int, every: int) -> bytes:
    """So many rows, of which four are wrong, the last of them with a trigger."""
    return as_csv(
        *(
            row(n, **(_WRONG[n // every] if n % every == every - 1 and n // every < 4 else {}))
            for n in range(rows)
        )
    )


def test_of_fifty_with_four_wrong_46_can_be_taken_and_each_of_the_four_says_why() -> None:
    """P22."""
    rows = read_rows(rows_of(with_four_wrong(50, 12)), TODAY)
    assert sum(each.typed is not None for each in rows) == 46
    wrong = [each for each in rows if each.typed is None]
    assert [each.number for each in wrong] == [12, 24, 36, 48]
    assert all(each.reasons for each in wrong)
    assert [each.tells_of_danger for each in wrong] == [False, False, False, True]


@pytest.mark.django_db
def test_good_rows_are_referrals_faulty_ones_go_back_and_danger_is_with_a_person_at_once() -> None:
    """P22: and the same file twice is the same batch."""
    door = referred.door()
    lead = walled.viewer("care", "safeguarding_lead", team="MASH")
    asked = {
        "by": lead, "name": "November", "content": with_four_wrong(50, 12),
        "approval": "MASH meeting, 20 November", "source": Source.MASH_STEP_DOWN, "at": AT,
    }  # fmt: skip
    batch = take_batch(**asked)
    with acting(walled.SYSTEM):
        assert Exit.objects.count() == 1, "rung before any row is taken"
        assert not Referral.objects.exists()
    assert take_batch(**asked).pk == batch.pk
    assert take_rows(batch_id=batch.pk, at=AT) == 50
    with acting(lead):
        rows = list(BatchRow.objects.filter(batch=batch).order_by("number"))
    states = [each.state for each in rows]
    assert states.count(BatchRowState.TAKEN) == 46
    back = [each for each in rows if each.state == BatchRowState.RETURNED]
    assert [each.number for each in back] == [12, 24, 36]
    assert all(each.reasons and each.raw and each.matter_id is None for each in back)
    assert not any(each.raw for each in rows if each.state == BatchRowState.TAKEN)
    (person,) = [each for each in rows if each.state == BatchRowState.WITH_A_PERSON]
    with acting(walled.SYSTEM):
        raised = Exit.objects.get()
        assert Referral.objects.count() == 46
        assert Batch.objects.get().waiting == {}
    assert (raised.pk, raised.door) == (person.matter_id, Door.SUICIDE)
    with acting(door.sender):
        assert not Batch.objects.exists()


@pytest.mark.django_db
def test_a_good_row_that_tells_of_danger_is_taken_and_rung_about() -> None:
    """P22: each row passes the exit's rules."""
    door = referred.door()
    batch = take_batch(
        by=door.worker, name="One", content=as_csv(row(danger="child_alone_now")),
        approval="Manager, today", source=Source.EARLY_HELP_PANEL, at=AT,
    )  # fmt: skip
    take_rows(batch_id=batch.pk, at=AT)
    with acting(walled.SYSTEM):
        assert (Exit.objects.get().door, Referral.objects.get().is_urgent) == (Door.IMMEDIATE, True)


@pytest.mark.django_db
def test_a_batch_is_for_approved_step_downs_only() -> None:
    door = referred.door()
    asked = {"name": "x", "content": as_csv(row()), "at": AT}
    with pytest.raises(CannotTakeBatch, match="approved step-downs only"):
        take_batch(by=door.worker, approval="Yes", source=Source.SCHOOL, **asked)
    with pytest.raises(CannotTakeBatch, match="who approved"):
        take_batch(by=door.worker, approval=" ", source=Source.MASH_STEP_DOWN, **asked)
    with pytest.raises(NotPermitted):
        take_batch(by=door.sender, approval="Yes", source=Source.MASH_STEP_DOWN, **asked)


@pytest.mark.django_db
def test_what_fails_among_the_rows_undoes_no_exit_and_is_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """P19, P22: the exits are committed before the first row is taken, whatever becomes of the rows."""
    door = referred.door()
    content = as_csv(row(1), row(2), row(3, danger="suicide_plan"), row(4, born_on="soon"))
    taken_in = batches.submit
    fails = {"now": True}

    def breaks(**how: Any) -> Referral:
        if fails["now"] and how["typed"].subjects[0].family_name.endswith("c"):
            raise RuntimeError("the machine was pulled from the wall")
        return taken_in(**how)

    monkeypatch.setattr(batches, "submit", breaks)
    with django_capture_on_commit_callbacks() as after:
        batch = take_batch(
            by=door.worker, name="Cut off", content=content, approval="Manager, today",
            source=Source.MASH_STEP_DOWN, at=AT,
        )  # fmt: skip
    assert len(after) == 1, "the rows come after the commit"

    def stands() -> tuple[int, int, int]:
        with acting(walled.SYSTEM):
            rows = BatchRow.objects.filter(batch=batch).count()
            return Exit.objects.count(), Referral.objects.count(), rows

    assert stands() == (1, 0, 0)
    after[0]()
    assert stands() == (1, 2, 3)
    assert take_waiting_rows(at=AT) == 0
    fails["now"] = False
    assert take_waiting_rows(at=AT) == 1
    assert stands() == (1, 3, 4)
    assert take_waiting_rows(at=AT) == 0
