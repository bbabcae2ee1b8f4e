"""The drill: back up, destroy, restore, and hold every table, role and grant against what was."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from joinedup.config import outcomes
from joinedup.config.command import main
from joinedup.foundations.core.database import backup, roles, tools
from joinedup.foundations.core.database.backup import CannotRestore, RestoredOtherwise
from joinedup.foundations.core.database.cluster import OWNER
from joinedup.foundations.core.database.tally import tally
from joinedup.foundations.places.models import Locality, Lsoa, Postcode
from tests import databases
from tests.databases import PrivateDatabase, Server

# Who owns each table, what each role may do with it, and what it may do with those to come.
# Nothing written down means the same as what goes without saying: a restore writes it down no more.
_GRANTS = """
    SELECT 'table ' || relname, relowner::regrole::text,
           coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))::text
      FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'function ' || proname, proowner::regrole::text,
           coalesce(proacl, acldefault('f', proowner))::text
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'to come', defaclrole::regrole::text, defaclacl::text FROM pg_default_acl
    UNION ALL SELECT 'schema', nspowner::regrole::text, nspacl::text FROM pg_namespace
     WHERE nspname = 'public'
    ORDER BY 1, 2, 3
"""


def _here() -> tools.Place:
    return tools.place(connections["owner"].settings_dict)


def _state() -> tuple[dict[str, str], list[tuple[object, ...]]]:
    with _here().connect() as there:
        return tally(there), there.execute(_GRANTS).fetchall()


def _fill() -> None:
    locality = Locality.objects.create(code="NORTH", name="Nôrth ‘Moor’", starts_on="2026-04-01")
    lsoa = Lsoa.objects.create(
        code="X01",
        name="Moor 1",
        locality=locality,
        population=1700,
        imd_decile=3,
        imd_release="2025",
    )
    Postcode.objects.bulk_create(Postcode(postcode=f"ZZ{n} 1AA", lsoa=lsoa) for n in range(99))
    connection.close()


def _destroy(database: PrivateDatabase) -> None:
    connections.close_all()
    databases.drop(database.server, database.name)
    with database.server.connect() as admin:
        roles.create_database(admin, database.name)


def _kept(folder: Path) -> Path:
    file = folder / "kept.joinedup"
    backup.back_up(_here(), file)
    return file


@pytest.fixture
def few_tables(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker, worker_name: str
) -> Iterator[PrivateDatabase]:
    """A database with two tables alone: what becomes of all of them, the drill shows."""
    name = f"{test_server.template}_{worker_name}_few"
    with django_db_blocker.unblock():
        with test_server.connect() as admin:
            roles.create_database(admin, name)
        with test_server.connect(name) as inside:
            roles.grant(inside)
            inside.execute(_FEW)
        with databases.django_on(test_server, name):
            yield PrivateDatabase(name, test_server)
        databases.drop(test_server, name)


_FEW = f"""
    SET ROLE {OWNER};
    CREATE TABLE town (code text PRIMARY KEY, name text NOT NULL);
    CREATE TABLE postcode (postcode text PRIMARY KEY, town text NOT NULL REFERENCES town);
    INSERT INTO town VALUES ('NORTH', 'Nôrth ‘Moor’');
    INSERT INTO postcode SELECT 'ZZ' || n || ' 1AA', 'NORTH' FROM generate_series(1, 99) n;
"""


@pytest.fixture
def kept(few_tables: PrivateDatabase, tmp_path: Path) -> Path:
    return _kept(tmp_path)


def _later() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO town VALUES ('LATER', 'Later')")


def test_drill_brings_back_every_table_role_and_grant(
    private_database: PrivateDatabase, tmp_path: Path
) -> None:
    _fill()
    kept = _kept(tmp_path)
    before = _state()
    _destroy(private_database)
    assert _state()[0] == {}
    backup.restore(_here(), kept, replace=False)
    assert _state() == before
    assert Postcode.objects.count() == 99


def test_a_backup_is_for_its_owner_alone(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_a_database_that_holds_something_is_not_overwritten(
    kept: Path,
) -> None:
    _later()
    before = _state()
    with pytest.raises(CannotRestore, match="not empty"):
        backup.restore(_here(), kept, replace=False)
    assert _state() == before


def test_replacing_loses_what_came_later(kept: Path) -> None:
    before = _state()
    _later()
    assert _state() != before
    connections.close_all()
    backup.restore(_here(), kept, replace=True)
    assert _state() == before


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_a_damaged_backup_changes_nothing(kept: Path, where: float) -> None:
    before = _state()
    content = bytearray(kept.read_bytes())
    content[int(len(content) * where)] ^= 0xFF
    kept.write_bytes(content)
    with pytest.raises(CannotRestore):
        backup.restore(_here(), kept, replace=True)
    assert _state() == before


def test_a_dump_that_ends_early_changes_nothing(
    private_database: PrivateDatabase, tmp_path: Path
) -> None:
    """The file is a whole zip, but pg_restore stops in the middle of the dump within."""
    _fill()
    kept = _kept(tmp_path)
    before = _state()
    with zipfile.ZipFile(kept) as whole:
        dump, manifest = whole.read("database.dump"), whole.read("manifest.json")
    with zipfile.ZipFile(kept, "w") as cut:
        cut.writestr("database.dump", dump[: len(dump) * 2 // 3])
        cut.writestr("manifest.json", manifest)
    with pytest.raises(CannotRestore, match="Nothing was changed"):
        backup.restore(_here(), kept, replace=True)
    assert _state() == before


def test_a_file_that_is_no_backup_is_refused(few_tables: PrivateDatabase, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("given_name,family_name\n")
    with pytest.raises(CannotRestore, match="not a backup"):
        backup.restore(_here(), other, replace=True)


def test_a_tally_that_differs_is_told(kept: Path) -> None:
    with zipfile.ZipFile(kept) as whole:
        dump, manifest = whole.read("database.dump"), whole.read("manifest.json")
    with zipfile.ZipFile(kept, "w") as changed:
        changed.writestr("database.dump", dump)
        changed.writestr("manifest.json", manifest.replace(b'"99:', b'"98:'))
    with pytest.raises(RestoredOtherwise, match="postcode"):
        backup.restore(_here(), kept, replace=True)


def test_a_failed_backup_leaves_the_last_one(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.read_bytes()
    monkeypatch.setattr(tools, "_candidates", lambda name: iter(()))
    with pytest.raises(backup.Trouble, match="no pg_dump"):
        backup.back_up(_here(), kept)
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]


def test_trouble_on_the_disk_is_told_in_a_sentence(
    few_tables: PrivateDatabase,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", few_tables.app_url)
    assert main(["backup", "/dev/full/backup"]) == outcomes.TROUBLE
    assert "Not a directory" in capsys.readouterr().err
