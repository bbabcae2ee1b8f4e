"""What the server runs."""

import contextlib
import gc
import os
import threading

from django.core.wsgi import get_wsgi_application
from django.db import Error
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings")
application = get_wsgi_application()

# Models want Django set up before they are imported.
from joinedup.config import numbering, site  # noqa: E402
from joinedup.foundations.core.database.warming import warm  # noqa: E402

numbering.start()


def _warm() -> None:
    # Where there is no database yet the first page says so; nothing is lost by being cold.
    with contextlib.suppress(Error, threading.BrokenBarrierError):
        warm(site.THREADS)


threading.Thread(target=_warm, daemon=True).start()

# All that is loaded lives as long as the server: looked through again and again it would cost a page
# a fifth of its time. The first page finds every address loaded as well.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
