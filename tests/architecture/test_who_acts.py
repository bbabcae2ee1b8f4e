"""Nothing is done by nobody: every command, and every act of the system, names who acts or what for."""

import ast
import functools
from pathlib import Path

import pytest

from joinedup.config import command
from tests.architecture.rooms import CODE

VERBS = {
    "agreements": "reads agreements between bodies; whoever is warned is a post",
    "appoint": "keeping agencies, teams and posts",
    "audit": "numbers, signs and checks lines; reads no person",
    "backup": "the owner, who copies every table whole",
    "check-setup": "looks at the machine, the roles and the migrations",
    "database": "starts, stops and opens the server",
    "deliveries": "checks a file before it is sent; asks no database",
    "demo": "made-up people; its first start acts as the demo",
    "due": "each thing by an operation that names its purpose",
    "migrate": "the owner, who changes tables; question sets are about nobody",
    "night": "the night",
    "notices": "sends what is due; a message holds no person's data",
    "place": "setting up the place",
    "cases": "bringing cases over, by an operation that names its purpose",
    "recall": "a source's recall, by an operation that names its purpose",
    "restore": "the owner; seals are put back as keeping seals",
    "serve": "each request acts as its own viewer",
    "synthetic": "writes files of invented people; asks no database",
    "train": "learns from files; asks no database",
    "wall": "compares what is seen with the facts, by an operation that names its purpose",
}
"""Every verb, and in whose name or for which named purpose it works; each was looked at."""


@functools.cache
def _trees() -> list[tuple[Path, ast.Module]]:
    return [
        (path, ast.parse(path.read_text()))
        for path in sorted(CODE.glob("**/*.py"))
        if "migrations" not in path.parts
    ]


def test_every_verb_was_looked_at() -> None:
    assert sorted(VERBS) == sorted(command._verbs())


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_command_reads_no_table_by_itself(verb: str) -> None:
    module = CODE / "config" / "commands" / f"{verb.replace('-', '_')}.py"
    found = [
        node.attr
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert found == []


def test_the_system_acts_for_a_purpose_that_is_written_down() -> None:
    """A purpose that is put together as it goes could be anything; a sentence can be looked up."""
    loose = []
    for path, tree in _trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "Viewer.system"):
                continue
            purpose = node.args[0] if node.args else None
            written = isinstance(purpose, ast.Constant) and len(str(purpose.value).split()) >= 2
            named = isinstance(purpose, ast.Name) and purpose.id.isupper()
            if not (written or named):
                loose.append(f"{path.relative_to(CODE)}:{node.lineno}")
    assert loose == []


def test_only_the_door_enters_the_wall() -> None:
    """Entering by hand would leave the product and the database of two minds about who acts."""
    words = ("wall_enter", "wall_leave", "set_config('joinedup")
    found = {
        str(path.relative_to(CODE))
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(word in node.value for word in words)
    }
    assert found == {"identity/sharing/access.py"}
