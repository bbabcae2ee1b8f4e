"""The site as production serves it: no personas, no banner of the demo, and a press proves nothing."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings
from django.urls import set_urlconf


@contextmanager
def as_in_production() -> Iterator[None]:
    """Serve it so meanwhile."""
    templates = copy.deepcopy(settings.TEMPLATES)
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors[:] = [name for name in processors if "demo" not in name]
    with (
        override_settings(TEMPLATES=templates, NOTHING_TO_PROVE_WITH=False),
        _addresses("tests.pages.production_urls"),
    ):
        yield


@contextmanager
def _addresses(module: str) -> Iterator[None]:
    """Answer at these; Django's own way forgets all addresses each time, and takes long to find them again."""
    usual = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = module
    set_urlconf(None)
    try:
        yield
    finally:
        settings.ROOT_URLCONF = usual
        set_urlconf(None)
