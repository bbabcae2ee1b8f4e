"""Addresses of panels, a module for each part of the work."""

from joinedup.support.panels.urls import (
    agenda,
    allocating,
    approach,
    checks,
    minutes,
    panel,
    practice,
    proposing,
    queue,
    room,
)

urlpatterns = [
    *agenda.urlpatterns,
    *allocating.urlpatterns,
    *approach.urlpatterns,
    *checks.urlpatterns,
    *minutes.urlpatterns,
    *panel.urlpatterns,
    *practice.urlpatterns,
    *proposing.urlpatterns,
    *queue.urlpatterns,
    *room.urlpatterns,
]
