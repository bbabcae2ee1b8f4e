"""Addresses of what became of decisions."""

from django.urls import path

from joinedup.support.panels.views import after

urlpatterns = [
    path("panels/of/<slug:code>/after/", after.after, name="panel-after"),
    path("panels/follow-ups/<int:follow_up_id>/", after.follow_up, name="follow-up"),
]
