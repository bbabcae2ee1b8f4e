"""What killed test sessions left in memory is swept, and never what a live one uses."""

import os
from pathlib import Path

from tests import session_folder


def test_only_what_nobody_holds_is_swept(tmp_path: Path) -> None:
    alive, dead, beginning = (tmp_path / f"joinedup-test-{name}" for name in ("a", "d", "b"))
    for folder in (alive, dead, beginning):
        folder.mkdir()
    held = session_folder._locked(alive / "alive")
    os.close(session_folder._locked(dead / "alive"))
    session_folder.sweep(tmp_path)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == [
        "joinedup-test-a", "joinedup-test-b",
    ]  # fmt: skip
    os.close(held)
