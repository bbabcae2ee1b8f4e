"""Addresses of what a person said."""

from django.urls import path

from joinedup.identity.sharing.views import consents

_OF = "people/<uuid:person_id>/consent/"

urlpatterns = [
    path(_OF, consents.said, name="consent"),
    path(f"{_OF}new/", consents.record, name="consent-record"),
    path(f"{_OF}service/", consents.service, name="consent-service"),
    path(f"{_OF}capacity/", consents.capacity, name="consent-capacity"),
    path(f"{_OF}<uuid:consent_id>/withdraw/", consents.withdraw, name="consent-withdraw"),
]
