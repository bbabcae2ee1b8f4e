"""The `joinedup` command: help a newcomer understands, and exit codes a script can trust."""

import json
import subprocess
import sys
import types
from collections.abc import Callable

import pytest
from django.db import OperationalError

from joinedup.config import command, outcomes
from joinedup.config.command import main
from joinedup.foundations.core.trouble import Trouble

VERBS = command._verbs()


def test_help_names_every_verb_and_says_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == outcomes.FINE
    said = capsys.readouterr().out
    assert "joinedup demo" in said
    for verb in VERBS:
        assert f"\n    {verb}" in said


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == outcomes.FINE
    assert f"joinedup {verb}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["nonsense"], ["database"], ["backup"], ["restore", "a", "b"]])
def test_wrong_usage_is_told_and_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == outcomes.WRONG_USAGE
    assert "usage: joinedup" in capsys.readouterr().err


def _verb_that_raises(error: BaseException) -> types.ModuleType:
    module = types.ModuleType("planted")

    def run(asked: object) -> int:
        raise error

    module.add = lambda verbs: verbs.add_parser("migrate").add_argument(  # type: ignore[attr-defined]
        "--json", action="store_true"
    )
    module.run = run  # type: ignore[attr-defined]
    return module


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    return lambda error: monkeypatch.setattr(
        command, "_module", lambda verb: _verb_that_raises(error)
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Trouble("The folder is locked."), "The folder is locked.\n"),
        (OSError(28, "No space left on device", "/data/x"), "No space left on device: /data/x\n"),
        (OperationalError("server closed"), "The database cannot be used: server closed\n"),
    ],
)
def test_trouble_with_the_machine_is_a_sentence_and_3(
    error: Exception, told: str, raising: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    raising(error)
    assert main(["migrate"]) == outcomes.TROUBLE
    assert capsys.readouterr().err == told


def test_trouble_is_json_for_a_script(
    raising: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    raising(Trouble("The folder is locked."))
    assert main(["migrate", "--json"]) == outcomes.TROUBLE
    assert json.loads(capsys.readouterr().out) == {"trouble": "The folder is locked."}


def test_a_fault_of_our_own_is_not_hidden(raising: Callable[..., None]) -> None:
    raising(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        main(["migrate"])


def test_ctrl_c_ends_quietly(raising: Callable[..., None]) -> None:
    raising(KeyboardInterrupt())
    assert main(["migrate"]) == 130


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from joinedup.config.command import main; main(['--help'])\n"
        "heavy = {'django', 'duckdb', 'splink', 'pyarrow', 'numpy', 'psycopg', 'rich'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
