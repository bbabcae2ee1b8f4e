"""Whether every page of the site was laid before axe in a whole run, whichever test was given it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

LEAD_ON = {"danger-leave", "help-leave", "notice", "own-page-leave", "review-next"}
FILES = {
    "case-plan-pdf",
    "exit-state",
    "meeting-live",
    "referral-file",
    "step-down-returned",
    "to-mend",
}
"""Addresses that have no page of their own: what leads on to another, and what gives a file or a part of a page."""


def patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    """Every pattern of the site, whichever room hung it up."""
    found: list[URLPattern] = []
    for entry in (resolver or get_resolver()).url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def faults(looked_at: Path) -> list[str]:
    """What is to mend after a whole run of all tests.

    `looked_at` holds a file named for each page that was found clean (`barriers.barriers_of`).
    """
    met = {mark.name.removesuffix(" told") for mark in looked_at.iterdir()}
    wanted = {str(each.name) for each in patterns() if not takes_presses_alone(each.callback)}
    return [
        *(
            f"{name} was never laid before axe: no test was given it"
            for name in sorted(wanted - met - LEAD_ON - FILES)
        ),
        *(f"{name} has a page after all" for name in sorted((LEAD_ON | FILES) & met)),
    ]


def takes_presses_alone(view: Any) -> bool:
    """Whether it answers to a POST and nothing else: what it says to a mistaken one is the form's page."""
    return any(methods == ["POST"] for methods in _methods(view))


def _methods(view: Any) -> Iterator[list[str]]:
    """What `require_http_methods` keeps to itself, through whatever else a view is wrapped in."""
    while view is not None:
        for cell in view.__closure__ or ():
            if isinstance(cell.cell_contents, list):
                yield cell.cell_contents
        view = getattr(view, "__wrapped__", None)
