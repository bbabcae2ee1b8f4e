"""Addresses of the groups that services are for."""

from django.urls import path

from joinedup.support.cases.views import client_groups

_CASE = "cases/<uuid:matter_id>/assessment/groups/"

urlpatterns = [
    path(_CASE, client_groups.groups, name="case-groups"),
    path(f"{_CASE}add/", client_groups.tag, name="case-group-tag"),
    path(f"{_CASE}<uuid:tag_id>/end/", client_groups.end, name="case-group-end"),
    path("client-groups/figures/", client_groups.figures, name="group-figures"),
]
