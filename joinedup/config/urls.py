"""Every address of the site: each room's own addresses, hung in one place."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

SIGN_IN = "joinedup.demo.urls" if settings.DEMO else "joinedup.foundations.accounts.urls.signing_in"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("joinedup.single_view.urls")),
    path("", include("joinedup.intelligence.linkage.urls")),
    path("", include("joinedup.identity.sharing.urls.emergency")),
    path("", include("joinedup.foundations.accounts.urls.account")),
    path("", include("joinedup.foundations.agencies.urls")),
    path("", include("joinedup.foundations.notices.urls")),
    path("", include("joinedup.identity.sharing.urls.agreements")),
    path("", include("joinedup.identity.sharing.urls.consents")),
    path("", include("joinedup.identity.accountability.urls")),
    path("", include("joinedup.partnership.workforce.urls")),
    path("", include("joinedup.partnership.funds.urls")),
    path("", include("joinedup.support.handovers.urls")),
    path("", include("joinedup.support.safeguarding.urls")),
    path("", include("joinedup.support.contacts.urls")),
    path("", include("joinedup.support.questions.urls")),
    path("", include("joinedup.support.cases.urls.case")),
    path("", include("joinedup.support.cases.urls.plan")),
    path("", include("joinedup.support.cases.urls.budget")),
    path("", include("joinedup.support.cases.urls.story")),
    path("", include("joinedup.support.cases.urls.steps")),
    path("", include("joinedup.support.cases.urls.pathways")),
    path("", include("joinedup.support.cases.urls.client_groups")),
    path("", include("joinedup.support.cases.urls.generations")),
    path("", include("joinedup.support.cases.urls.assessment")),
    path("", include("joinedup.support.frontdoor.urls.intake")),
    path("", include("joinedup.support.frontdoor.urls.triage")),
    path("", include("joinedup.support.frontdoor.urls.figures")),
    path("", include("joinedup.support.frontdoor.urls.queue")),
    path("", include("joinedup.support.panels.urls")),
    path("", include(SIGN_IN)),
]
