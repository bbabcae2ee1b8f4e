"""Addresses of a post's notices and of e-mails that could not be delivered."""

from django.urls import path

from joinedup.foundations.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.all_read, name="notices-read"),
    path("notices/how/", views.preferences, name="notices-how"),
    path("notices/undelivered/", views.undelivered, name="notices-undelivered"),
    path("notices/undelivered/<uuid:message_id>/", views.send_again, name="notices-send-again"),
    path("notices/<uuid:notice_id>/", views.notice, name="notice"),
]
