"""The trace of the requirements: every line is there, and no evidence points at nothing."""

import ast
import csv
import functools
import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, get_resolver

from tests.architecture.rooms import ROOT

_TRACE = ROOT / "docs" / "requirements.csv"
# How many each of the five reports has; the numbers are stable.
_REPORTS = {"S0": 104, "S1": 51, "S2": 44, "S3": 46, "S4": 59}


def _lines() -> list[dict[str, str]]:
    with open(_TRACE, newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_is_traced_once() -> None:
    wanted = [f"{report}-{n}" for report, last in _REPORTS.items() for n in range(1, last + 1)]
    assert [line["id"] for line in _lines()] == wanted


def test_a_status_is_one_of_three() -> None:
    assert set(Counter(line["status"] for line in _lines())) <= {"open", "part", "met"}


def test_what_is_claimed_has_evidence_and_what_is_open_has_none() -> None:
    wrong = [
        line["id"] for line in _lines() if bool(line["evidence"]) != (line["status"] != "open")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "evidence", sorted({one for line in _lines() for one in line["evidence"].split()})
)
def test_evidence_exists(evidence: str) -> None:
    if evidence.startswith("page:"):
        _page_exists(evidence.removeprefix("page:"))
    else:
        _test_exists(evidence)


def _page_exists(name: str) -> None:
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    if name not in names:
        raise NoReverseMatch(f"no page is called {name}")


def _test_exists(evidence: str) -> None:
    path, _, test = evidence.partition("::")
    assert re.fullmatch(r"tests/[\w/]+\.py", path), f"{evidence} is neither a test nor page:NAME"
    assert test in _tests_in(ROOT / path), f"{path} has no test {test}"


@functools.cache
def _tests_in(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")
    }
