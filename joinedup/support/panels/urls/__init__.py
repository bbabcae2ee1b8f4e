"""Addresses of panels, a module for each part of the work."""

from joinedup.support.panels.urls import agenda, allocating, approach, checks, panel, practice, queue, room

urlpatterns = [
    *agenda.urlpatterns,
    *allocating.urlpatterns,
    *approach.urlpatterns,
    *checks.urlpatterns,
    *panel.urlpatterns, *practice.urlpatterns,
    *queue.urlpatterns,
    *room.urlpatterns,
]
