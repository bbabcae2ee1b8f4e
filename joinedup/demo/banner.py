"""Says on every page that nobody here is real, and leads to the demo's own clock."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def banner(request: HttpRequest) -> dict[str, Any]:
    """The context that puts the demo's banner under the masthead."""
    links = [{"text": "Move the clock", "href": reverse("demo-clock")}]
    return {"synthetic_people": True, "banner_links": links}
