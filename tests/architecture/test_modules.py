"""Every module says what it is, and there are no drawers."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.rooms import CODE

_DRAWERS = {
    "utils", "util", "helpers", "helper", "misc", "common", "exceptions", "lib", "services",
    "actions", "selectors", "managers", "signals", "base", "dtos", "tasks",
}  # fmt: skip


def _modules() -> list[Path]:
    return sorted(path for path in CODE.glob("**/*.py") if "migrations" not in path.parts)


def test_every_module_has_a_caption() -> None:
    bare = [str(path) for path in _modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert bare == []


def test_a_caption_is_a_sentence_of_one_line() -> None:
    long = [
        str(path)
        for path in _modules()
        if not (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n")[0].endswith(".")
    ]
    assert long == []


def test_no_drawers() -> None:
    named = [str(path) for path in CODE.glob("**/*") if path.stem in _DRAWERS]
    assert named == []


def test_every_folder_of_code_is_a_package() -> None:
    loose = {
        str(path.parent)
        for path in CODE.glob("**/*.py")
        if not (path.parent / "__init__.py").exists()
    }
    assert loose == set()


@pytest.mark.parametrize("kind", ["rules", "choices"])
def test_no_room_keeps_what_another_folder_is_for(kind: str) -> None:
    """A folder of rules is split by thing; it is never beside a module of the same name."""
    both = [path for path in CODE.glob(f"**/{kind}.py") if path.with_suffix("").is_dir()]
    assert both == []


def test_every_model_has_its_word_in_the_glossary() -> None:
    glossary = (CODE.parent / "GLOSSARY.md").read_text()
    models = [
        model.__name__ for model in apps.get_models() if model.__module__.startswith("joinedup.")
    ]
    assert [name for name in models if name not in glossary] == []
