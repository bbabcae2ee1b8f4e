"""Addresses of a panel's meetings and their agendas."""

from django.urls import path

from joinedup.support.panels.views import agenda

urlpatterns = [
    path("panels/of/<slug:code>/meetings/", agenda.agenda, name="panel-agenda"),
    path("panels/of/<slug:code>/meetings/build/", agenda.build, name="panel-build"),
    path("panels/meetings/<uuid:meeting_id>/agenda/", agenda.one, name="meeting-agenda"),
    path(
        "panels/meetings/<uuid:meeting_id>/agenda/<slug:what>/",
        agenda.change,
        name="agenda-change",
    ),
]
