"""The migrated template, kept from run to run as a backup named by all that it was made from."""

import ast
import hashlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
from django.db import connections

from joinedup.config import start
from joinedup.foundations.core.database import backup, cluster, roles, tools
from joinedup.identity.sharing.role_reach import write_role_reach

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".cache" / "tests"
MADE_BY = (__file__, start.__file__, cluster.__file__, roles.__file__)
_LONG_IMPORTED = time.time() - 10
"""What was written since may be in memory as it was before."""


def lay_out() -> None:
    """Fill the database Django is pointed at: from the backup where there is one, else by migrating."""
    here = tools.place(connections["owner"].settings_dict)
    kept = FOLDER / f"template-{fingerprint(here)}"
    try:
        backup.restore(here, kept, replace=True)
    except (FileNotFoundError, backup.CannotRestore):
        start.migrate()
        _keep(here, kept)
    else:
        write_role_reach()  # by the roles of today: a migration ends with that


def _keep(here: tools.Place, kept: Path) -> None:
    """Keep this one alone, unless somebody writes at what it is made from; another session may keep one too."""
    if any(path.stat().st_mtime > _LONG_IMPORTED for path in sources()):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for older in FOLDER.glob("template-*"):
        older.unlink(missing_ok=True)
    aside = FOLDER / secrets.token_hex(8)
    backup.back_up(here, aside)
    aside.replace(kept)


def fingerprint(here: tools.Place) -> str:
    """Stand for every file the tables are made by, and for Django's and PostgreSQL's versions."""
    with here.connect() as there:
        told = [django.__version__, psycopg.__version__, str(there.info.server_version)]
    whole = hashlib.sha256("\n".join(told).encode())
    for path in sources():
        whole.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return whole.hexdigest()[:20]


def sources() -> list[Path]:
    """Every file that the tables are made by."""
    return sorted({*made_from(), *map(Path, MADE_BY)})


def made_from() -> set[Path]:
    """The migrations, and every module of ours that they import, however far down."""
    waiting = [*ROOT.glob("joinedup/**/migrations/*.py")]
    known: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in known:
            known.add(path)
            waiting += _imported_by(path)
    return known


def _imported_by(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            yield from _files_of(name)


def _files_of(module: str) -> Iterator[Path]:
    """The file of a module of ours, and those of the packages it is in."""
    parts = module.split(".")
    if parts[0] != "joinedup":
        return
    for many in range(1, len(parts) + 1):
        place = ROOT.joinpath(*parts[:many])
        yield from (
            file for file in (place / "__init__.py", place.with_suffix(".py")) if file.exists()
        )
