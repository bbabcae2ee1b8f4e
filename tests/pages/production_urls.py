"""The addresses of production: the site's own, with signing in by two factors instead of personas."""

from django.urls import URLPattern, URLResolver, include, path

from joinedup.config import urls
from joinedup.foundations.accounts.urls import signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    *(
        entry
        for entry in urls.urlpatterns
        if getattr(entry, "urlconf_name", None) is None
        or entry.urlconf_name.__name__ != urls.SIGN_IN  # type: ignore[union-attr]
    ),
    path("", include(signing_in)),
]
