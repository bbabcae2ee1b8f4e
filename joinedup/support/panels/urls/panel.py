"""Addresses of panels, their members and their terms of reference."""

from django.urls import path

from joinedup.support.panels.views import panel

urlpatterns = [
    path("panels/", panel.registry, name="panels"),
    path("panels/new/<slug:template>/", panel.new, name="panel-new-of"),
    path("panels/of/<slug:code>/", panel.overview, name="panel"),
    path("panels/of/<slug:code>/change/", panel.change, name="panel-change"),
    path("panels/of/<slug:code>/members/", panel.members, name="panel-members"),
    path("panels/of/<slug:code>/members/<int:member_id>/", panel.member, name="panel-member"),
    path("panels/of/<slug:code>/terms/", panel.terms, name="panel-terms"),
]
