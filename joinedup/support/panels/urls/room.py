"""Addresses of the room."""

from django.urls import path

from joinedup.support.panels.views import room, room_live

urlpatterns = [
    path("panels/meetings/<uuid:meeting_id>/", room.room, name="meeting-room"),
    path(
        "panels/meetings/<uuid:meeting_id>/items/<int:agenda_id>/", room.room, name="meeting-item"
    ),
    path("panels/meetings/<uuid:meeting_id>/live/", room_live.live, name="meeting-live"),
    path("panels/meetings/<uuid:meeting_id>/write/", room.write, name="meeting-write"),
    path("panels/meetings/<uuid:meeting_id>/do/<slug:what>/", room.act, name="meeting-act"),
]
