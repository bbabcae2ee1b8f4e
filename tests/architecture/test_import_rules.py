"""The import rules hold on this tree, and catch each kind of breach when one is planted."""

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
    "a wing that no rule names": (
        "newwing/__init__.py",
        '"""A wing without a place in the order."""',
        "Wings import downwards",
    ),
    "a room that no rule names": (
        "support/newroom/__init__.py",
        '"""A room without a place in the order."""',
        "Rooms of support import downwards",
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
    "a page reaches into a stage of the pipeline": (
        "single_view/planted.py",
        "import joinedup.pipeline.linkage",
        "The pipeline's stages are touched only by those who run or measure it",
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


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    shutil.copytree(
        CODE,
        tmp_path / "joinedup",
        ignore=lambda folder, names: [
            name for name in names if "." in name and not name.endswith(".py")
        ],
    )
    return tmp_path


def test_the_tree_keeps_the_rules() -> None:
    told = _lint(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("breach", _BREACHES)
def test_a_planted_breach_is_caught(breach: str, copied_tree: Path) -> None:
    path, code, rule = _BREACHES[breach]
    planted = copied_tree / "joinedup" / path
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(code + "\n")
    told = _lint(copied_tree)
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
