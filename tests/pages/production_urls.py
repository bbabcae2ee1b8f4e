"""The addresses of production: sign-in with a password instead of personas."""

from django.urls import include, path

urlpatterns = [
    path("", include("joinedup.single_view.urls")),
    path("", include("joinedup.intelligence.linkage.urls")),
    path("", include("joinedup.foundations.accounts.urls.account")),
    path("", include("joinedup.foundations.agencies.urls")),
    path("", include("joinedup.foundations.notices.urls")),
    path("", include("joinedup.foundations.accounts.urls.signing_in")),
]
