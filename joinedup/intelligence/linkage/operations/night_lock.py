"""Reviewers' answers wait while a night runs: it would commit over what they change."""

from typing import Any

from django.db import connection

ANSWERS = 0x414E5357
"""The advisory lock that a night holds alone, and that those who answer share."""

WAIT = "A night is running and would overwrite this. Answer again when it has ended."


def hold_answers(cursor: Any) -> None:
    """Let answers that are being given end, and no new one begin; for the session."""
    cursor.execute("SELECT pg_advisory_lock(%s)", [ANSWERS])


def let_answers_in(cursor: Any) -> None:
    """End what `hold_answers` began."""
    cursor.execute("SELECT pg_advisory_unlock(%s)", [ANSWERS])


def may_answer() -> bool:
    """Whether no night runs, nor can begin until the caller's transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [ANSWERS])
        return bool(cursor.fetchone()[0])
