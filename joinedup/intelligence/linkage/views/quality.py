"""How good the linkage is: the latest night, by group, and night by night."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.intelligence.linkage.presenters import quality as words
from joinedup.intelligence.linkage.queries import quality as queries


@for_posts_that_may(Permission.SEE_QUALITY)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Precision, recall, wrong merges and whom linkage misses."""
    viewer = request.viewer  # type: ignore[attr-defined]
    latest = queries.latest(viewer)
    nights = words.history(
        *(queries.history(viewer, name) for name in ("precision", "recall", "wrong_merges"))
    )
    shown = {
        "night": latest[0].night if latest else None,
        "sections": words.sections(latest),
        "groups": words.missed_by_group(latest),
        "history": nights,
    }
    return render(request, "linkage/quality.html", shown)
