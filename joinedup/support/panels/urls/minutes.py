"""Addresses of the end of a meeting, its minutes, their corrections and copies, and its actions."""

from django.urls import path

from joinedup.support.panels.views import meeting_actions, minutes

urlpatterns = [
    path("panels/meetings/<uuid:meeting_id>/end/", minutes.end, name="meeting-end"),
    path("panels/meetings/<uuid:meeting_id>/minutes/", minutes.minutes, name="meeting-minutes"),
    path(
        "panels/meetings/<uuid:meeting_id>/minutes/approve/", minutes.approve,
        name="minutes-approve",
    ),
    path(
        "panels/meetings/<uuid:meeting_id>/minutes/correct/<uuid:item_id>/", minutes.correct,
        name="minutes-correct",
    ),
    path(
        "panels/meetings/<uuid:meeting_id>/minutes/copy/<str:form>/<int:volume>/", minutes.copy,
        name="minutes-copy",
    ),
    path(
        "panels/minutes/corrections/<int:correction_id>/", minutes.correction,
        name="minutes-correction",
    ),
    path("panels/of/<slug:code>/minutes/", minutes.register, name="panel-minutes"),
    path("panels/of/<slug:code>/actions/", meeting_actions.actions, name="panel-actions"),
    path("panels/actions/<uuid:action_id>/", meeting_actions.action, name="meeting-action"),
]  # fmt: skip
