"""Addresses of moves of many cases."""

from django.urls import path

from joinedup.support.panels.views import moving

urlpatterns = [
    path("cases/moves/", moving.moves, name="case-moves"),
    path("cases/moves/<uuid:move_id>/", moving.move, name="case-move"),
]
