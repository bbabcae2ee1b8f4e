"""The pipeline's files between nights: used where they are of the last committed night, else rebuilt."""

import shutil
from pathlib import Path
from typing import Any

import duckdb

from joinedup.identity.sharing.access import must_act_as_system
from joinedup.intelligence.linkage.models import Night, SpineEvent
from joinedup.intelligence.linkage.operations.commit_records import DATES, TEXTS
from joinedup.pipeline.kept import forget, share_file
from joinedup.pipeline.night_folder import NightFolder
from joinedup.pipeline.run import Base

BLOCK = 1 << 20


OF_PEOPLE = ("cache", "scratch")
"""The folders of the data folder in which a night writes who everybody is."""


def folder_of(data: Path, night: Night) -> NightFolder:
    """Where a night keeps its files."""
    return NightFolder(data / "cache" / str(night.stamp))


def shut(data: Path) -> None:
    """Let nobody but whoever runs the night into the folders that hold people's details.

    No policy of the database reaches a file: what reaches it is the machine's own right to open a folder.
    Raises OSError where the folder is somebody else's.
    """
    for name in OF_PEOPLE:
        folder = data / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def last_folder(data: Path, last: Night | None) -> NightFolder | None:
    """The files of the last committed night, or None where they are not whole and its own."""
    if last is None:
        return None
    folder = folder_of(data, last)
    if not folder.is_of(str(last.stamp)):
        return None
    folder.wipe()
    return folder


def forget_others(data: Path, kept: NightFolder) -> None:
    """Remove every other night's files: they are of no use, and hold people's details. Raises OSError."""
    for other in (data / "cache").iterdir():
        if other != kept.path:
            shutil.rmtree(other)
    kept.keep_for_the_next()


def clear_rubble(data: Path, last: Night | None) -> None:
    """Remove all that nights left which were killed; call it while no other night can run.

    It holds people's details, and no seal would ever reach it (P2): what cannot be removed stops the
    night with an OSError.
    """
    kept = folder_of(data, last).path if last else None
    for left in (each for name in OF_PEOPLE for each in _in(data / name)):
        if left == kept:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def rebuild(cursor: Any, scratch: Path) -> Base:
    """Write records, links and former persons out of the database, for a night that links anew."""
    must_act_as_system()
    linked = scratch / "base"
    linked.mkdir(parents=True, exist_ok=True)
    texts = ", ".join(f"r.{name}" for name in (*TEXTS, *DATES))
    records = _export(
        cursor,
        f"""SELECT r.agency_id AS agency, r.record_id, r.controller, {texts}, false AS sealed,
              r.population
            FROM people_record r WHERE r.gone_on IS NULL""",
        scratch / "base_records.parquet",
        {**dict.fromkeys(DATES, "DATE"), "sealed": "BOOLEAN"},
    )
    write_links(cursor, linked)
    return Base(records, linked)


def write_links(cursor: Any, folder: Path) -> None:
    """Write who is whose person, who is none any more, and whose the withdrawn records were."""
    must_act_as_system()
    _export(
        cursor,
        """SELECT r.agency_id AS agency, r.record_id, r.person_id AS person, r.tier, r.weight,
             r.because FROM people_record r WHERE r.gone_on IS NULL""",
        folder / "links.parquet",
        {"weight": "FLOAT"},
    )
    _export(
        cursor,
        """SELECT p.id AS person, p.merged_into_id AS merged_into FROM people_person p
           WHERE NOT EXISTS (SELECT FROM people_record r
                             WHERE r.person_id = p.id AND r.gone_on IS NULL)""",
        folder / "retired.parquet",
        {},
    )
    _export(cursor, _DEPARTED, folder / "departed.parquet", {})


# A person emptied by a seal is retired without an event: nothing may come back to it (P2).
_DEPARTED = """
WITH RECURSIVE led AS (
  SELECT DISTINCT person_id AS was, person_id AS person FROM people_record WHERE gone_on IS NOT NULL
  UNION
  SELECT l.was, p.merged_into_id FROM led l JOIN people_person p ON p.id = l.person
  WHERE p.merged_into_id IS NOT NULL
)
SELECT r.agency_id AS agency, r.record_id, l.person FROM people_record r
JOIN led l ON l.was = r.person_id JOIN people_person p ON p.id = l.person
WHERE r.gone_on IS NOT NULL AND p.merged_into_id IS NULL
  AND (p.retired_on IS NULL
       OR EXISTS (SELECT FROM linkage_spineevent e
                  WHERE e.person_id = p.id AND e.kind = 'retired'))"""


def links_as_reviewed(cursor: Any, before: NightFolder, last: Night, scratch: Path) -> Path | None:
    """Last night's links with what reviewers have changed since; None where they changed nothing.

    All else of that folder is shared with it by hard links. What they changed while that night ran
    counts as since: it had read their answers before.
    """
    if not SpineEvent.objects.filter(by__isnull=False, at__gte=last.started_at).exists():
        return None
    copy = scratch / "linked_before"
    shutil.copytree(before.linked, copy, copy_function=share_file)
    for name in ("links", "retired", "departed"):
        forget(copy, name)
    write_links(cursor, copy)
    return copy


def _export(cursor: Any, query: str, path: Path, types: dict[str, str]) -> Path:
    """Stream a query to Parquet by COPY; text that is empty becomes null."""
    lines = path.with_suffix(".csv")
    with (
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy,
        lines.open("wb") as file,
    ):
        for block in copy:
            file.write(block)
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(path.parent)}) as db:
        # Names are read from the heading alone: a sniffed type would turn 007 into 7.
        db.execute(
            f"""COPY (SELECT * FROM read_csv('{lines}', header = true, all_varchar = false,
                  auto_detect = false, delim = ',', quote = '"', escape = '"',
                  columns = {_columns(lines, types)}))
                TO '{path}' (FORMAT parquet, COMPRESSION zstd)"""
        )
    lines.unlink()
    return path


def _columns(lines: Path, types: dict[str, str]) -> str:
    with lines.open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    return "{" + ", ".join(f"'{name}': '{types.get(name, 'VARCHAR')}'" for name in names) + "}"
