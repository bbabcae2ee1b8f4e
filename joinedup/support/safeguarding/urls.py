"""Addresses of somebody in danger, of the lines, and of plans for living with a risk."""

from django.urls import path

from joinedup.support.safeguarding.views import danger, exits, lines, plans

urlpatterns = [
    path("danger/", danger.danger, name="danger"),
    path("danger/received/", danger.sent, name="danger-sent"),
    path("danger/leave/", danger.leave, name="danger-leave"),
    path("exits/", exits.exits, name="exits"),
    path("exits/<uuid:exit_id>/", exits.one, name="exit"),
    path("exits/<uuid:exit_id>/state/", exits.state, name="exit-state"),
    path("exits/<uuid:exit_id>/has-it/", exits.has_it, name="exit-has-it"),
    path("exits/<uuid:exit_id>/more/", exits.more, name="exit-more"),
    path("exits/<uuid:exit_id>/decision/", exits.decision, name="exit-decision"),
    path("exits/<uuid:exit_id>/elsewhere/", exits.elsewhere, name="exit-elsewhere"),
    path("exits/<uuid:exit_id>/record/", exits.record, name="exit-record"),
    path("door-lines/", lines.lines, name="door-lines"),
    path("door-lines/set/", lines.set_one, name="door-line-set"),
    path("matters/<uuid:matter_id>/risk/", plans.plans, name="risk-plans"),
    path("matters/<uuid:matter_id>/risk/write/", plans.write, name="risk-plan-write"),
    path(
        "matters/<uuid:matter_id>/risk/<uuid:plan_id>/review/", plans.review,
        name="risk-plan-review",
    ),
    path("matters/<uuid:matter_id>/risk/<uuid:plan_id>/end/", plans.end, name="risk-plan-end"),
]  # fmt: skip
