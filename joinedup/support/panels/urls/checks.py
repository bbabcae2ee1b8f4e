"""Addresses of agency checks."""

from django.urls import path

from joinedup.support.panels.views import checks

urlpatterns = [
    path("panels/checks/", checks.checks, name="panel-checks"),
    path("panels/checks/<uuid:check_id>/", checks.answer, name="check-answer"),
    path("panels/checks/<uuid:check_id>/nothing/", checks.nothing, name="check-nothing"),
    path("panels/checks/of/<uuid:meeting_id>/rest/", checks.rest, name="checks-rest"),
]
