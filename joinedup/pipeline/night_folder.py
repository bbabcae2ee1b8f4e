"""The folder one night leaves: what is in it, and the manifest that says it is whole."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.pipeline.kept import wipe

FORM = 3
"""Raised when what a night leaves changes; a folder of another form is rebuilt."""


@dataclass(frozen=True)
class NightFolder:
    """Files of one night. Without its manifest it is the rubble of a night that never ended."""

    path: Path

    @property
    def checked(self) -> frozenset[str]:
        """The fingerprints of sealed identities that all that is held was held against."""
        path = self.path / "checked.parquet"
        if not path.exists():
            return frozenset()
        return frozenset(pq.read_table(path)["fingerprint"].to_pylist())

    def write_checked(self, fingerprints: Iterable[str]) -> None:
        """Write them down."""
        prints = pa.array(sorted(fingerprints), pa.string())
        pq.write_table(pa.table({"fingerprint": prints}), self.path / "checked.parquet")

    @property
    def changes(self) -> Path:
        """Records that are new or changed (changes.CHANGES)."""
        return self.path / "changes.parquet"

    @property
    def gone(self) -> Path:
        """Records that are held no more (permitted.WITHDRAWN)."""
        return self.path / "gone.parquet"

    @property
    def absent(self) -> Path:
        """Records that stay although the last full delivery lacked them (changes.ABSENT)."""
        return self.path / "absent.parquet"

    @property
    def addresses(self) -> Path:
        """The standard address of each new or changed record."""
        return self.path / "addresses.parquet"

    @property
    def standard(self) -> Path:
        """The records that were linked tonight, in standard form."""
        return self.path / "standard.parquet"

    @property
    def linked(self) -> Path:
        """What linkage left, and its own cache."""
        return self.path / "linked"

    @property
    def scratch(self) -> Path:
        """Room for work that is thrown away."""
        return self.path / "scratch"

    @property
    def manifest(self) -> dict[str, Any] | None:
        """What the night wrote of itself when it was whole; None where it never was."""
        try:
            said: dict[str, Any] = json.loads((self.path / "manifest.json").read_text())
        except (OSError, ValueError):
            return None
        return said

    def is_of(self, stamp: str) -> bool:
        """Whether this is the whole folder of the night with that stamp, readable by this version."""
        said = self.manifest or {}
        return (said.get("stamp"), said.get("form"), said.get("duckdb")) == (
            stamp,
            FORM,
            duckdb.__version__,
        )

    def close(self, said: Mapping[str, Any]) -> None:
        """Say that the folder is whole; last of all, and safely on disk before anyone relies on it."""
        whole = {**said, "form": FORM, "duckdb": duckdb.__version__}
        aside = self.path / "manifest.json.aside"
        with aside.open("w") as file:
            json.dump(whole, file, indent=1, default=str)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path / "manifest.json")

    def keep_for_the_next(self) -> None:
        """Remove what is in the database by now: details of people are not kept twice without need."""
        links = self.linked / "links.parquet"
        for done_with in (self.changes, self.gone, self.addresses, self.standard, links):
            done_with.unlink(missing_ok=True)
        self.wipe()

    def wipe(self) -> None:
        """Overwrite what has left the tables kept; again, where the night was killed before it was done."""
        wiped = self.path / "wiped"
        if not wiped.exists():
            for folder in (self.path, self.linked):
                wipe(folder)
            wiped.touch()
