"""The links from one page of a long list to the next, keeping what was searched for."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page


def pagination(page: Page[Any], **kept: str) -> dict[str, Any] | None:
    """What the pagination component wants; none for one page."""
    if page.paginator.num_pages == 1:
        return None
    links: dict[str, Any] = {}
    if page.has_previous():
        links["previous"] = {"href": _to(page.previous_page_number(), kept)}
    if page.has_next():
        links["next"] = {"href": _to(page.next_page_number(), kept)}
    return links


def _to(number: int, kept: dict[str, str]) -> str:
    return "?" + urlencode(
        {**{name: value for name, value in kept.items() if value}, "page": number}
    )
