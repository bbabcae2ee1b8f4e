"""The yardstick of the front door: one bare Django page, without sessions, middleware or a database."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    """As little as Django can answer."""
    return HttpResponse("<!doctype html><title>Bare</title><p>Sent.</p>")


urlpatterns = [path("", page)]
if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY=os.urandom(16).hex()
    )
application = get_wsgi_application()
