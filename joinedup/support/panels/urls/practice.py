"""Addresses of a practice's care team meeting, and of the roll-out across practices."""

from django.urls import path

from joinedup.support.panels.views import practice

urlpatterns = [
    path("panels/roll-out/", practice.rollout, name="rollout"),
    path("panels/roll-out/<slug:ods_code>/", practice.stage, name="rollout-stage"),
    path("panels/of/<slug:code>/nominate/", practice.nominating, name="panel-nominate"),
    path("panels/of/<slug:code>/care-roles/", practice.care_roles, name="panel-care-roles"),
    path(
        "panels/of/<slug:code>/care-roles/of/<uuid:item_id>/",
        practice.care_role,
        name="panel-care-role",
    ),
    path(
        "panels/of/<slug:code>/care-roles/<int:role_id>/end/",
        practice.end_care_role,
        name="panel-care-role-end",
    ),
]
