"""Addresses of the start page, find and the person."""

from django.urls import path

from joinedup.single_view.views import audit, find, person, post, start

urlpatterns = [
    path("", start.start, name="start"),
    path("find/", find.find, name="find"),
    path("people/<uuid:person_id>/", person.person, name="person"),
    path("people/<uuid:person_id>/evidence/", person.evidence, name="evidence"),
    path("people/<uuid:person_id>/correction/", person.correction, name="correction"),
    path("your-post/", post.your_post, name="your-post"),
    path("audit/", audit.audit, name="audit"),
    path("audit/unusual/", audit.unusual, name="audit-unusual"),
    path("audit/unusual/<uuid:post_id>/<str:day>/", audit.day, name="audit-day"),
]
