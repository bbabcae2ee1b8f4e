"""Addresses of the proposal of who leads, of what items need, and of the report of gaps."""

from django.urls import path

from joinedup.support.panels.views import proposing

urlpatterns = [
    path("panels/of/<slug:code>/leads/", proposing.proposal, name="panel-proposal"),
    path("panels/of/<slug:code>/leads/gaps/", proposing.gaps, name="panel-gaps"),
    path(
        "panels/of/<slug:code>/leads/<uuid:item_id>/",
        proposing.change,
        name="panel-proposal-change",
    ),
    path("panels/of/<slug:code>/leads/<uuid:item_id>/needs/", proposing.need, name="panel-need"),
]
