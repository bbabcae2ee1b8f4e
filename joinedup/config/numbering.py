"""Beside the site: numbers the audit's lines as they come, and signs the head now and then."""

import datetime
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connections

from joinedup.foundations.audit.operations.heads import sign_head
from joinedup.foundations.audit.operations.sequence import sequence_all
from joinedup.foundations.core import clock

EVERY = 10
"""Seconds between two runs."""

HEAD_EVERY = datetime.timedelta(minutes=5)

_log = logging.getLogger(__name__)


class Numbering:
    """Runs one after another in a thread of its own, which no page ever waits for."""

    def __init__(self, data: Path, second_place: Path) -> None:
        self.data = data
        self.second_place = second_place
        self.signed_at: datetime.datetime | None = None

    def run(self, at: datetime.datetime) -> None:
        """Number what waits; sign the head where the last is some minutes old."""
        sequence_all()
        if self.signed_at is None or at - self.signed_at >= HEAD_EVERY:
            sign_head(data=self.data, second_place=self.second_place, at=at)
            self.signed_at = at


def keep_numbering(rest: Callable[[float], None] = time.sleep) -> None:
    """Number for as long as the process lives; trouble is logged, and tried again."""
    numbering = Numbering(settings.DATA, settings.AUDIT_HEADS)
    while True:
        rest(EVERY)
        try:
            numbering.run(clock.now())
        except Exception:
            _log.warning("the audit was not numbered", exc_info=True)
        finally:
            connections.close_all()


def start() -> None:
    """Begin, and return at once."""
    threading.Thread(target=keep_numbering, name="audit", daemon=True).start()
