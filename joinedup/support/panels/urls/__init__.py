"""Addresses of panels, a module for each part of the work."""

from joinedup.support.panels.urls import (
    after,
    agenda,
    allocating,
    approach,
    approving,
    checks,
    in_reach,
    minutes,
    moving,
    panel,
    practice,
    proposing,
    queue,
    room,
)

urlpatterns = [
    *after.urlpatterns,
    *agenda.urlpatterns,
    *allocating.urlpatterns,
    *approach.urlpatterns,
    *approving.urlpatterns,
    *checks.urlpatterns,
    *in_reach.urlpatterns,
    *minutes.urlpatterns,
    *moving.urlpatterns,
    *panel.urlpatterns,
    *practice.urlpatterns,
    *proposing.urlpatterns,
    *queue.urlpatterns,
    *room.urlpatterns,
]
