"""Addresses of moves of many cases."""

from django.urls import path

from joinedup.support.panels.views import moving

urlpatterns = [
    path("cases/moves/", moving.moves, name="case-moves"),
    path(
        "cases/moves/together/<uuid:joint_id>/", moving.moves_together, name="case-moves-together"
    ),
    path("cases/moves/<uuid:move_id>/", moving.move, name="case-move"),
]
