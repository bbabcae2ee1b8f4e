"""What is done once a night holds: where it fails that is told, and the next night makes up for it."""

from collections.abc import Callable
from pathlib import Path

import psycopg
from django.db import connection
from django.db.utils import Error

from joinedup.intelligence.linkage.models import Night
from joinedup.intelligence.linkage.operations import cache, find_lately, seal_ledger
from joinedup.pipeline.night_folder import NightFolder

_TROUBLE = (OSError, Error, psycopg.Error)


def finish(
    night: Night, data: Path, folder: NightFolder, *, files_over: Callable[[], object]
) -> tuple[str, ...]:
    """Write down what was sealed, remove files of earlier nights, bring the find index together.

    `files_over` removes delivered files whose days are over (P15).

    All rows are committed: no trouble of these may be told as a night that failed. Returns a sentence for
    each that is left, which stands at the night as well where the database can be told.
    """
    left = tuple(
        f"The night holds, but {what} ({failed}). The next night does it."
        for what, do in (
            (
                "what was sealed is not in the file beside the database yet",
                lambda: seal_ledger.write_down(data),
            ),
            (
                "files of earlier nights, with people’s details, are still there",
                lambda: cache.forget_others(data, folder),
            ),
            ("delivered files whose days are over are still in the inbox", files_over),
            (
                "what changed in the find index still waits beside it, where searches look as well",
                find_lately.bring_in,
            ),
        )
        if (failed := _failed(do))
    )
    if left:
        night.sentence = " ".join(filter(None, (night.sentence, *left)))
        _failed(lambda: Night.objects.filter(pk=night.pk).update(sentence=night.sentence))
    return left


def _failed(do: Callable[[], object]) -> str:
    """The kind of trouble alone: its words may bear what a row says of somebody."""
    try:
        do()
    except _TROUBLE as trouble:
        connection.close_if_unusable_or_obsolete()
        return type(trouble).__name__
    return ""
