"""What a person is told when a form cannot be taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinedup.foundations.core.pages import for_anybody


@for_anybody
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page shown when a form comes back without the token it was sent with."""
    return render(request, "core/form_expired.html", status=403)
