"""Addresses of the start page, find and the person."""

from django.urls import path

from joinedup.single_view.views import find, person, post, start

urlpatterns = [
    path("", start.start, name="start"),
    path("find/", find.find, name="find"),
    path("people/<uuid:person_id>/", person.person, name="person"),
    path("people/<uuid:person_id>/evidence/", person.evidence, name="evidence"),
    path("people/<uuid:person_id>/correction/", person.correction, name="correction"),
    path("your-post/", post.your_post, name="your-post"),
]
