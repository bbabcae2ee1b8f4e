"""Addresses of the ways in."""

from django.urls import path

from joinedup.support.frontdoor.views import public, refer, send, sent, venues

urlpatterns = [
    path("refer/", refer.refer, name="refer"),
    path("refer/token/", refer.refer_token, name="refer-token"),
    path("refer/<uuid:draft_id>/", refer.refer_form, name="refer-form"),
    path("refer/<uuid:draft_id>/keep/", refer.refer_keep, name="refer-keep"),
    path("refer/<uuid:draft_id>/match/", refer.refer_match, name="refer-match"),
    path("refer/<uuid:draft_id>/two/", refer.refer_two, name="refer-two"),
    path("refer/<uuid:draft_id>/questions/", send.refer_questions, name="refer-questions"),
    path(
        "refer/<uuid:draft_id>/questions/keep/",
        send.refer_questions_keep,
        name="refer-questions-keep",
    ),
    path("sent/", sent.sent, name="sent"),
    path("referrals/<uuid:matter_id>/sent/", sent.one_sent, name="sent-referral"),
    path("files/<uuid:file_id>/", sent.file, name="referral-file"),
    path("help/", public.help_start, name="help"),
    path("help/me/", public.help_me, name="help-me"),
    path("help/someone/", public.help_someone, name="help-someone"),
    path("help/keep/", public.help_keep, name="help-keep"),
    path("help/back/", public.help_back, name="help-back"),
    path("help/sent/", public.help_sent, name="help-sent"),
    path("help/leave/", public.help_leave, name="help-leave"),
    path("card/<slug:code>/", public.card, name="card"),
    path("venues/", venues.venues, name="venues"),
    path("venues/<int:venue_id>/card/", venues.card_to_print, name="venue-card"),
]
