"""Addresses of the start page, find and the person."""

from django.urls import path

from joinedup.single_view.views import (
    accounts,
    audit,
    find,
    front_door,
    my_work,
    own_page,
    person,
    post,
    purpose,
    start,
)

urlpatterns = [
    path("", start.start, name="start"),
    path("my-work/", my_work.my_work, name="my-work"),
    path("front-door/", front_door.front_door, name="front-door"),
    path("find/", find.find, name="find"),
    path("people/<uuid:person_id>/", person.person, name="person"),
    path("people/<uuid:person_id>/evidence/", person.evidence, name="evidence"),
    path("people/<uuid:person_id>/correction/", person.correction, name="correction"),
    path("people/<uuid:person_id>/own-page/", own_page.hand_over, name="hand-over"),
    path("my-page/", own_page.own_page, name="own-page"),
    path("my-page/open/", own_page.open_page, name="own-page-open"),
    path("my-page/consents/<uuid:consent_id>/", own_page.withdraw, name="own-withdraw"),
    path("my-page/leave/", own_page.leave, name="own-page-leave"),
    path("posts/<uuid:post_id>/code/", accounts.new_code, name="post-code"),
    path("posts/<uuid:post_id>/second-factors/", accounts.clear, name="post-clear"),
    path("your-purpose/", purpose.your_purpose, name="your-purpose"),
    path("your-post/", post.your_post, name="your-post"),
    path("audit/", audit.audit, name="audit"),
    path("audit/unusual/", audit.unusual, name="audit-unusual"),
    path("audit/unusual/<uuid:post_id>/<str:day>/", audit.day, name="audit-day"),
]
