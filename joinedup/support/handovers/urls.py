"""Addresses of hand-overs, of where something is, of what is late and of cover."""

from django.urls import path

from joinedup.support.handovers.views import cover, handovers, limits, where

urlpatterns = [
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/<uuid:handover_id>/", handovers.handover, name="handover"),
    path("handovers/<uuid:handover_id>/<slug:what>/", handovers.act, name="handover-act"),
    path("matters/<uuid:matter_id>/where/", where.whereabouts, name="whereabouts"),
    path("breaches/", where.breaches, name="breaches"),
    path("breaches/limits/", limits.limits, name="clock-limits"),
    path("cover/", cover.cover, name="cover"),
    path("cover/<int:cover_id>/end/", cover.end, name="cover-end"),
]
