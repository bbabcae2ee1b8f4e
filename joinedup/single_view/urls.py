"""Addresses of the start page, find and the person."""

from django.urls import path

from joinedup.single_view.views import (
    accounts,
    audit,
    find,
    front_door,
    my_work,
    own_page,
    own_second,
    own_writing,
    person,
    post,
    purpose,
    start,
    subject,
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
    path("my-page/consents/<uuid:consent_id>/yes/", own_page.give, name="own-give"),
    path("my-page/second/", own_second.second, name="own-page-second"),
    path("my-page/choose/", own_second.choose, name="own-page-choose"),
    path("my-page/words/<uuid:matter_id>/", own_writing.write, name="own-write"),
    path("my-page/actions/<uuid:action_id>/", own_writing.tick, name="own-tick"),
    path("my-page/everything/<uuid:part_id>/", own_writing.answer, name="own-answer"),
    path("my-page/everything/", own_writing.ask_for_all, name="own-ask"),
    path("subject-requests/", subject.requests, name="subject-requests"),
    path("subject-requests/<uuid:part_id>/", subject.one, name="subject-request"),
    path("subject-requests/<uuid:part_id>/export/", subject.export, name="subject-export"),
    path("subject-requests/<uuid:part_id>/begin/", subject.begin, name="subject-begin"),
    path("subject-requests/<uuid:part_id>/read/", subject.read, name="subject-read"),
    path("subject-requests/<uuid:part_id>/pdf/", subject.as_pdf, name="subject-pdf"),
    path("subject-requests/<uuid:part_id>/read/<str:item>/", subject.decide, name="subject-decide"),
    path(
        "subject-requests/<uuid:part_id>/read/<str:item>/give/", subject.give, name="subject-give"
    ),
    path("subject-requests/<uuid:part_id>/more-time/", subject.more_time, name="subject-extend"),
    path("my-page/leave/", own_page.leave, name="own-page-leave"),
    path("posts/<uuid:post_id>/code/", accounts.new_code, name="post-code"),
    path("posts/<uuid:post_id>/second-factors/", accounts.clear, name="post-clear"),
    path("your-purpose/", purpose.your_purpose, name="your-purpose"),
    path("your-post/", post.your_post, name="your-post"),
    path("audit/", audit.audit, name="audit"),
    path("audit/unusual/", audit.unusual, name="audit-unusual"),
    path("audit/unusual/<uuid:post_id>/<str:day>/", audit.day, name="audit-day"),
]
