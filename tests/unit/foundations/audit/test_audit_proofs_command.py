"""`joinedup audit prove` and `erase`: what somebody else can check, and what may be taken out (RFC 6962; P15)."""

import json
import uuid
from typing import Any

import pytest
from django.utils import timezone

from joinedup.config import command
from joinedup.foundations.audit.models import KeptApart
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.audit.rules.merkle import is_consistent, is_included
from tests.unit.foundations.audit.chain import Chain


@pytest.fixture
def asked(chain: Chain, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command, as it is typed: how it ended and what it printed."""
    for name, place in (("DATA", chain.data), ("AUDIT_HEADS", chain.second_place)):
        monkeypatch.setattr(f"django.conf.settings.{name}", place, raising=False)
    monkeypatch.setattr("joinedup.config.start.start", lambda: None)

    def ask(*words: str) -> tuple[int, str]:
        ended = command.main(["audit", *words])
        return ended, capsys.readouterr().out

    return ask


def in_bytes(said: dict[str, Any], *names: str) -> list[bytes]:
    return [bytes.fromhex(said[name]) for name in names]


def test_who_keeps_a_head_can_check_a_line_and_that_nothing_before_was_changed(
    chain: Chain, asked: Any
) -> None:
    chain.look(5)
    asked("sequence")
    entry = chain.entry(3)
    ended, told = asked("prove", str(entry))
    said = json.loads(told)
    leaf, root = in_bytes(said, "leaf", "root")
    path = [bytes.fromhex(each) for each in said["path"]]
    assert (ended, said["entry"], said["number"]) == (0, str(entry), 3)
    assert is_included(leaf, 3, said["size"], path, root)
    assert not is_included(leaf, 2, said["size"], path, root)
    ended, told = asked("prove", "--from", "4", "--size", str(said["size"]))
    said = json.loads(told)
    first, root = in_bytes(said, "first_root", "root")
    assert ended == 0
    assert is_consistent(
        4, said["size"], first, root, [bytes.fromhex(each) for each in said["path"]]
    )


@pytest.mark.parametrize(
    "words", [("no-such-line",), (str(uuid.uuid4()),), ("--from", "9999"), ("--from", "0")]
)
def test_what_cannot_be_proved_is_said(chain: Chain, asked: Any, words: tuple[str, ...]) -> None:
    chain.look(1)
    asked("sequence")
    ended, told = asked("prove", *words)
    assert ended == 1
    assert "nothing to prove" in told
    assert asked("prove")[0] == 2, "neither a line nor a head was named"


def test_words_are_erased_and_all_stays_intact(chain: Chain, asked: Any) -> None:
    """P15: the line keeps the fingerprint alone, and the tree is whole."""
    entry = record_look(
        at=timezone.now(), post_id=None, subject_kind="person", subject_id="x", purpose="own_work",
        detail={"why": "Ada Ashe rang"},
    )  # fmt: skip
    asked("sequence")
    assert KeptApart.objects.using("owner").filter(pk=entry).exists()
    assert asked("erase", str(entry)) == (0, "Erased.\n")
    assert not KeptApart.objects.using("owner").filter(pk=entry).exists()
    ended, told = asked("erase", str(entry))
    assert (ended, "nothing was erased" in told) == (1, True)
    assert asked("erase", "no-such-line")[0] == 1
    asked("sequence")
    assert asked("verify")[0] == 0
