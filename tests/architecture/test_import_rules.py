"""The import rules hold on this tree, and catch each kind of breach when one is planted."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rooms import CODE, ROOT, contracts

_LINT = Path(sys.executable).with_name("lint-imports")

# Where the breach is planted, what it says, and the rule that must break.
_BREACHES = {
    "a lower wing imports an upper one": (
        "foundations/agencies/planted.py",
        "import joinedup.support.cases",
        "Wings import downwards",
    ),
    "neighbouring wings import each other": (
        "partnership/funds/planted.py",
        "import joinedup.intelligence.linkage",
        "Wings import downwards",
    ),
    "a lower room imports an upper one": (
        "identity/people/planted.py",
        "import joinedup.identity.sharing.access",
        "Rooms of identity import downwards",
    ),
    "neighbouring rooms import each other": (
        "support/visits/planted.py",
        "import joinedup.support.panels",
        "Rooms of support import downwards",
    ),
    "an import hides inside a function": (
        "foundations/core/planted.py",
        "def f():\n    from joinedup.foundations import audit\n    return audit",
        "Rooms of foundations import downwards",
    ),
    "the pipeline imports Django": (
        "pipeline/standardise/planted.py",
        "import django.db",
        "The pipeline knows no Django and no database",
    ),
    "the pipeline imports a room": (
        "pipeline/planted.py",
        "import joinedup.foundations.places",
        "Wings import downwards",
    ),
    "rules import Django by way of models": (
        "intelligence/stratification/rules.py",
        "import joinedup.intelligence.linkage.models",
        "Rules and choices know no Django",
    ),
    "every page waits for Splink": (
        "intelligence/linkage/queries/planted.py",
        "import joinedup.pipeline.linkage.training",
        "Splink is imported only to train a model or to link on a cluster",
    ),
    "a page reaches into a stage of the pipeline": (
        "single_view/planted.py",
        "import joinedup.pipeline.linkage",
        "The pipeline's stages are touched only by those who run or measure it",
    ),
}

_UNNAMED = {
    "a wing": (
        "newwing/__init__.py",
        '"""A wing without a place in the order."""',
        "Wings import downwards",
    ),
    "a room": (
        "support/newroom/__init__.py",
        '"""A room without a place in the order."""',
        "Rooms of support import downwards",
    ),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_LINT, "--no-logo", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def _copy_tree(folder: Path) -> Path:
    shutil.copytree(
        CODE,
        folder / "joinedup",
        ignore=lambda folder, names: [
            name for name in names if "." in name and not name.endswith(".py")
        ],
    )
    return folder


def _plant(tree: Path, path: str, code: str) -> None:
    planted = tree / "joinedup" / path
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(code + "\n")


@pytest.fixture(scope="module")
def told_of_breaches(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is told of a tree with every breach in it at once."""
    tree = _copy_tree(tmp_path_factory.mktemp("breached"))
    for path, code, _ in _BREACHES.values():
        _plant(tree, path, code)
    told = _lint(tree)
    assert told.returncode == 1, told.stdout + told.stderr
    return told.stdout


def test_the_tree_keeps_the_rules() -> None:
    told = _lint(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("breach", _BREACHES)
def test_a_planted_breach_is_caught(breach: str, told_of_breaches: str) -> None:
    """By the rule it breaks, which names the module it is in."""
    path, _, rule = _BREACHES[breach]
    module = "joinedup." + path.removesuffix(".py").replace("/", ".")
    assert f"{rule} BROKEN" in told_of_breaches
    sections = re.split(r"\n\n\n(?=[^\n]+\n-+\n)", told_of_breaches)
    assert [f"{module} ->" in told for told in sections if f"\n{rule}\n---" in f"\n{told}"] == [
        True
    ]


@pytest.mark.parametrize("place", _UNNAMED)
def test_a_wing_or_room_that_no_rule_names_is_caught(place: str, tmp_path: Path) -> None:
    tree = _copy_tree(tmp_path)
    path, code, rule = _UNNAMED[place]
    _plant(tree, path, code)
    told = _lint(tree)
    assert told.returncode == 1, told.stdout + told.stderr
    assert f"{rule} BROKEN" in told.stdout or "missing layers" in told.stdout.lower(), told.stdout


def test_every_stage_of_the_pipeline_is_protected() -> None:
    stages = {
        f"joinedup.pipeline.{found.stem}"
        for found in (CODE / "pipeline").iterdir()
        if found.suffix == ".py" or (found / "__init__.py").exists()
    }
    open_to_all = {
        "joinedup.pipeline.__init__",
        "joinedup.pipeline.standardise",
        "joinedup.pipeline.disclosure",
    }
    assert stages - open_to_all == set(contracts()["pipeline-stages"]["protected_modules"])
