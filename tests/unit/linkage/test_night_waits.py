"""The night's transaction waits while links are found, on a server that ends whoever waits too long."""

import datetime
from pathlib import Path

import pytest
from django.db import connection

from joinedup.intelligence.linkage.operations import commit_records
from joinedup.intelligence.linkage.operations.commit import write_what_changed
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
