"""Addresses of panels, a module for each part of the work."""

from joinedup.support.panels.urls import allocating, approach, checks, panel, practice

urlpatterns = [
    *allocating.urlpatterns,
    *approach.urlpatterns,
    *checks.urlpatterns,
    *panel.urlpatterns, *practice.urlpatterns,
]
