"""The yardstick of a page that reads the database: a bare Django page of so many queries, and nothing else.

`BARE_QUERIES` says how many, `BARE_DATABASE` is the address of the database as Django's settings hold it. Each query
is by its key, of a table without row security; no sessions, no middleware, no template.
"""

import json
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

QUERIES = int(os.environ.get("BARE_QUERIES", "1"))


def page(request: HttpRequest) -> HttpResponse:
    """As little as Django can answer with so many queries in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for _ in range(max(QUERIES - 2, 1)):
            cursor.execute("SELECT code, name FROM agencies_agency WHERE code = %s", ["housing"])
            cursor.fetchall()
    return HttpResponse("<!doctype html><title>Bare</title><p>Read.</p>")


urlpatterns = [path("", page)]
if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY=os.urandom(16).hex(),
        DATABASES={"default": json.loads(os.environ["BARE_DATABASE"])}, USE_TZ=True,
    )  # fmt: skip
application = get_wsgi_application()
