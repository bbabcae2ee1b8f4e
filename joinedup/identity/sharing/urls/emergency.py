"""Addresses of emergency access, of requests for a restricted address, and of placing after a split."""

from django.urls import path

from joinedup.identity.sharing.views import address_release, emergency, held_placing

urlpatterns = [
    path("people/<uuid:person_id>/emergency/", emergency.open_access, name="emergency-open"),
    path("emergency/", emergency.queue, name="emergency-queue"),
    path("emergency/<uuid:access_id>/", emergency.review, name="emergency"),
    path("people/<uuid:person_id>/reach/", address_release.ask, name="address-ask"),
    path("people/<uuid:person_id>/placing/", held_placing.placing, name="held-placing"),
    path("address-releases/", address_release.queue, name="address-releases"),
    path("address-releases/<uuid:release_id>/", address_release.answer, name="address-release"),
]
