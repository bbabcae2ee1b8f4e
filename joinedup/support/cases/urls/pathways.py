"""Addresses of pathways: their versions, what a case makes of its own, how many kept the limits."""

from django.urls import path

from joinedup.support.cases.views import following, pathways

_CASE = "cases/<uuid:matter_id>/steps/pathways/"
_ONE = f"{_CASE}<uuid:followed_id>/"

urlpatterns = [
    path(_CASE, following.on_pathways, name="case-pathways"),
    path(f"{_CASE}begin/", following.begin, name="case-pathway-begin"),
    path(f"{_ONE}end/", following.end, name="case-pathway-end"),
    path(f"{_ONE}<int:step_id>/", following.mark, name="case-pathway-step"),
    path("pathways/", pathways.pathways, name="pathways"),
    path("pathways/propose/", pathways.propose, name="pathway-propose"),
    path("pathways/figures/", pathways.figures, name="pathway-figures"),
    path("pathways/<int:pathway_id>/<slug:what>/", pathways.decide, name="pathway-decide"),
]
