"""Says on every page that nobody here is real."""

from django.http import HttpRequest


def banner(request: HttpRequest) -> dict[str, bool]:
    """The context that puts the demo's banner under the masthead."""
    return {"synthetic_people": True}
