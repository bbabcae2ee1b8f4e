"""The night's transaction waits while links are found, on a server that ends whoever waits too long."""

import datetime
from pathlib import Path

import pytest
from django.db import connection

from joinedup.intelligence.linkage.operations import commit_records
from joinedup.intelligence.linkage.operations.commit import _read_once, write_what_changed
from joinedup.pipeline.night_folder import NightFolder


@pytest.mark.django_db
def test_the_night_s_transaction_is_not_ended_while_it_waits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(commit_records, "stage", lambda cursor, folder: None)
    monkeypatch.setattr(commit_records, "write", lambda cursor, on: {})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '1s'")
        write_what_changed(cursor, NightFolder(tmp_path), on=datetime.date(2026, 11, 20))
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
def test_what_records_said_before_is_found_by_number_though_the_server_takes_it_for_nothing() -> (
    None
):
    """After a night was taken back its statistics say that nobody ever said anything else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE touched ON COMMIT DROP AS SELECT gen_random_uuid() AS person"
        )
        records = _read_once(cursor)
        cursor.execute(
            f"INSERT INTO {records} (id, person_id) SELECT n, gen_random_uuid() FROM generate_series(1, 50000) n"
        )
        cursor.execute(f"ANALYZE {records}")
        cursor.execute("CREATE TEMPORARY TABLE said_before (record_id bigint) ON COMMIT DROP")
        cursor.execute(
            f"EXPLAIN SELECT FROM said_before v JOIN {records} r ON r.id = v.record_id LIMIT 1"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert f"on {records} r" in plan
    assert "Index" in plan
