"""Addresses of the story of a case, and of what is placed after a split."""

from django.urls import path

from joinedup.support.cases.views import placing, story

_STORY = "cases/<uuid:matter_id>/story/"

urlpatterns = [
    path(_STORY, story.story, name="case-story"),
    path(f"{_STORY}write/", story.write, name="case-story-write"),
    path(f"{_STORY}entries/<uuid:entry_id>/correct/", story.correct, name="case-story-correct"),
    path(f"{_STORY}pin/<slug:kind>/<uuid:key>/", story.pin, name="case-story-pin"),
    path(f"{_STORY}pins/<uuid:pin_id>/let-go/", story.unpin, name="case-story-unpin"),
    path(f"{_STORY}placing/", placing.placing, name="case-story-placing"),
]
