"""Addresses of the registers of the workforce: functions, approvals, who can lead what, courses."""

from django.urls import path

from joinedup.partnership.workforce.views import advice, approvals, register

urlpatterns = [
    path("functions/", approvals.functions, name="functions"),
    path("functions/<int:entry_id>/end/", approvals.end_function, name="function-end"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<int:approval_id>/withdraw/", approvals.withdraw, name="approval-withdraw"),
    path("my-approvals/", approvals.mine, name="my-approvals"),
    path("professional-advice/", advice.asked, name="professional-advice"),
    path("professional-advice/<uuid:advice_id>/", advice.one, name="professional-advice-one"),
    path("workforce/", register.register, name="workforce-register"),
    path("workforce/courses/", register.courses, name="workforce-courses"),
    path("workforce/people/<uuid:post_id>/", register.person, name="workforce-person"),
    path(
        "workforce/people/<uuid:post_id>/leave/<int:leave_id>/end/",
        register.leave_end,
        name="workforce-leave-end",
    ),
    path(
        "workforce/competences/<int:competence_id>/end/",
        register.competence_end,
        name="workforce-competence-end",
    ),
]
