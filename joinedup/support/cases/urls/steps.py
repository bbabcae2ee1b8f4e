"""Addresses of levels, steps, cases alongside, accountability, advice, beds and the threshold document."""

from django.urls import path

from joinedup.support.cases.views import beside, levels, steps

_STEPS = "cases/<uuid:matter_id>/steps"

urlpatterns = [
    path(f"{_STEPS}/", steps.level_and_steps, name="case-steps"),
    path(f"{_STEPS}/send/", steps.send, name="case-step-send"),
    path(f"{_STEPS}/gathered/", steps.gathered, name="case-gathered"),
    path(f"{_STEPS}/<uuid:step_id>/", steps.one, name="case-step"),
    path(f"{_STEPS}/<uuid:step_id>/<slug:what>/", steps.act, name="case-step-act"),
    path(f"{_STEPS}/alongside/", beside.alongside, name="case-alongside"),
    path(f"{_STEPS}/alongside/<uuid:coordination_id>/", beside.coordinate, name="case-coordinate"),
    path(f"{_STEPS}/line/", beside.line, name="case-line"),
    path(f"{_STEPS}/line/<uuid:used_id>/end/", beside.end_function, name="case-function-end"),
    path(f"{_STEPS}/advice/", beside.advice, name="case-advice"),
    path(f"{_STEPS}/advice/<uuid:in_reach_id>/back/", beside.advice_back, name="case-advice-back"),
    path(f"{_STEPS}/beds/", beside.beds, name="case-beds"),
    path(f"{_STEPS}/beds/<uuid:stay_id>/end/", beside.end_stay, name="case-stay-end"),
    path("advice/", beside.asked_of_us, name="advice-asked"),
    path("advice/<uuid:in_reach_id>/", beside.give_advice, name="advice-give"),
    path("beds/", beside.bed_sites, name="bed-sites"),
    path("levels-of-need/", levels.thresholds, name="levels-of-need"),
    path("levels-of-need/propose/", levels.propose, name="levels-propose"),
    path("levels-of-need/<int:version>/<slug:what>/", levels.decide, name="levels-decide"),
    path("programmes-together/", levels.programmes, name="programmes-together"),
]
