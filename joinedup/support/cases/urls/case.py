"""Addresses of the caseload, of one case, and of who helps with it."""

from django.urls import path

from joinedup.support.cases.views import case, caseload, own

urlpatterns = [
    path("cases/", caseload.caseload, name="caseload"),
    path("cases/give/", caseload.give, name="caseload-give"),
    path("cases/views/", caseload.keep_view, name="caseload-keep"),
    path("cases/views/<int:view_id>/forget/", caseload.forget_view, name="caseload-forget"),
    path("cases/<uuid:matter_id>/", case.case, name="case"),
    path("cases/<uuid:matter_id>/who-helps/", case.members, name="case-members"),
    path(
        "cases/<uuid:matter_id>/who-helps/<uuid:member_id>/leave/",
        case.leave,
        name="case-member-leave",
    ),
    path("cases/<uuid:matter_id>/own-words/", own.own_words, name="case-own-words"),
    path(
        "cases/<uuid:matter_id>/own-words/<uuid:words_id>/",
        own.own_words,
        name="case-own-words-answer",
    ),
]
