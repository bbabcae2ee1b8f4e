"""Addresses of the generations of a family."""

from django.urls import path

from joinedup.support.cases.views import generations

_CASE = "cases/<uuid:matter_id>/assessment/family/"

urlpatterns = [
    path(_CASE, generations.family, name="case-family"),
    path(f"{_CASE}add/", generations.link, name="case-family-link"),
    path(f"{_CASE}<uuid:link_id>/correct/", generations.correct, name="case-family-correct"),
]
