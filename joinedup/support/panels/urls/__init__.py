"""Addresses of panels, a module for each part of the work."""

from joinedup.support.panels.urls import panel

urlpatterns = [*panel.urlpatterns]
