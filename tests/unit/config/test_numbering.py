"""Beside the site: lines are numbered as they come, heads signed now and then, trouble is tried again."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from joinedup.config import numbering
from joinedup.config.numbering import HEAD_EVERY, Numbering, keep_numbering
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.audit.operations.heads import written
from joinedup.foundations.audit.queries.tree import size_of_tree
from tests.databases import PrivateDatabase


def look() -> None:
    record_look(
        at=timezone.now(), post_id=None, subject_kind="person", subject_id="", purpose="a test"
    )


def test_lines_are_numbered_each_time_and_heads_signed_now_and_then(
    private_database: PrivateDatabase, tmp_path: Path
) -> None:
    beside = Numbering(tmp_path / "data", tmp_path / "elsewhere")
    now = timezone.now()
    for minutes, size, heads in ((0, 1, 1), (1, 2, 1), (6, 3, 2)):
        look()
        beside.run(now + datetime.timedelta(minutes=minutes))
        assert (size_of_tree(), len(written(tmp_path / "elsewhere"))) == (size, heads)
    assert datetime.timedelta(minutes=6) > HEAD_EVERY


def test_trouble_is_told_and_tried_again(
    private_database: PrivateDatabase,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried = []

    def numbered() -> int:
        tried.append(1)
        raise OSError("the second place is gone")

    def rest(seconds: float) -> None:
        if len(tried) == 2:
            raise SystemExit

    monkeypatch.setattr(numbering, "sequence_all", numbered)
    with pytest.raises(SystemExit):
        keep_numbering(rest)
    assert len(tried) == 2
    assert "the audit was not numbered" in caplog.text
