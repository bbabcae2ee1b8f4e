"""Addresses of what is counted at the front door."""

from django.urls import path

from joinedup.support.frontdoor.views import figures

urlpatterns = [
    path("access/", figures.access, name="access-figures"),
    path("fatigue/", figures.fatigue, name="fatigue"),
    path("fatigue/<uuid:alert_id>/", figures.answer_alert, name="fatigue-answer"),
]
