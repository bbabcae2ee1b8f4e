"""Addresses of a referral's way: its page, routes, openings, thresholds, schools, overrides, step-downs."""

from django.urls import path

from joinedup.support.frontdoor.views import batches, high_risk, keeping, referral, settling

urlpatterns = [
    path("referrals/<uuid:matter_id>/", referral.referral, name="referral"),
    path("referrals/<uuid:matter_id>/who/<int:place>/", settling.who, name="who"),
    path("referrals/<uuid:matter_id>/who/<int:place>/find/", settling.find_who, name="who-find"),
    path("high-risk/", high_risk.high_risk, name="high-risk"),
    path("high-risk/<uuid:matter_id>/", high_risk.one_high_risk, name="one-high-risk"),
    path("routes/high-risk/", high_risk.inboxes, name="high-risk-inboxes"),
    path("routes/", keeping.routes, name="routes"),
    path("routes/new/", keeping.new_route, name="route-new"),
    path("routes/<int:route_id>/", keeping.route, name="route"),
    path("openings/", keeping.openings, name="openings"),
    path("openings/<int:opening_id>/", keeping.opening, name="opening"),
    path("thresholds/", keeping.thresholds, name="thresholds"),
    path("thresholds/<int:threshold_id>/", keeping.threshold, name="threshold"),
    path("schools/", keeping.schools, name="schools"),
    path("overrides/", keeping.overrides, name="overrides"),
    path("step-downs/", batches.step_downs, name="step-downs"),
    path("step-downs/<uuid:batch_id>/", batches.step_down, name="step-down"),
    path("step-downs/<uuid:batch_id>/returned/", batches.returned, name="step-down-returned"),
]
