"""The site as production serves it: no personas, no banner of the demo, and a press proves nothing."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings
from django.urls import clear_url_caches


@contextmanager
def as_in_production() -> Iterator[None]:
    """Serve it so meanwhile."""
    templates = copy.deepcopy(settings.TEMPLATES)
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors[:] = [name for name in processors if "demo" not in name]
    with override_settings(
        ROOT_URLCONF="tests.pages.production_urls",
        TEMPLATES=templates,
        NOTHING_TO_PROVE_WITH=False,
    ):
        clear_url_caches()
        yield
    clear_url_caches()
