"""What is committed is ours: nothing built, nothing of others, locks with hashes and no addresses."""

import json
import re
import subprocess

import pytest

from tests.architecture.rooms import ROOT

_LOCKS = ["requirements.lock", "setup/boot.txt", "setup/node.txt", "setup/spark.txt"]
_BUILT = re.compile(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|eot|map|pyc|so|whl|parquet|duckdb)$")


def _committed() -> list[str]:
    told = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.skip("not a git working tree")
    return told.stdout.splitlines()


def test_nothing_of_others_is_committed() -> None:
    assert [name for name in _committed() if _BUILT.search(name) or "node_modules" in name] == []


def test_nothing_large_is_committed() -> None:
    sizes = {name: (ROOT / name).stat().st_size for name in _committed() if (ROOT / name).exists()}
    assert {name: size for name, size in sizes.items() if size > 1_000_000} == {}


@pytest.mark.parametrize("name", _LOCKS)
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9][^\n]*==", text, re.M)
    assert pinned
    # Each entry is continued by its hashes.
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)
    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_the_package_lock_has_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    others = {name: package for name, package in packages.items() if name}
    assert others
    assert [name for name, package in others.items() if "resolved" in package] == []
    assert [name for name, package in others.items() if not package.get("integrity")] == []


def test_every_dependency_gives_its_reason() -> None:
    section = (ROOT / "pyproject.toml").read_text().split("dependencies = [", 1)[1]
    lines = [line for line in section.split("\n]", 1)[0].splitlines() if line.startswith('  "')]
    assert lines
    assert [line for line in lines if "#" not in line] == []
