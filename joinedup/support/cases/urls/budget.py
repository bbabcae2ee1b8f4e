"""Addresses of the money of a case, and of who directs their own support."""

from django.urls import path

from joinedup.support.cases.views import budget

_ONE = "cases/<uuid:matter_id>/money/<uuid:budget_id>"

urlpatterns = [
    path("cases/<uuid:matter_id>/money/", budget.money, name="case-money"),
    path("cases/<uuid:matter_id>/money/ask/", budget.ask, name="case-money-ask"),
    path("cases/<uuid:matter_id>/money/new/", budget.new, name="case-money-new"),
    path(f"{_ONE}/plan/", budget.plan, name="case-money-plan"),
    path(f"{_ONE}/send/", budget.send, name="case-money-send"),
    path(f"{_ONE}/authorise/", budget.authorise, name="case-money-authorise"),
    path(f"{_ONE}/send-back/", budget.send_back, name="case-money-send-back"),
    path(f"{_ONE}/spend/", budget.spend, name="case-money-spend"),
    path(f"{_ONE}/taper/", budget.taper, name="case-money-taper"),
    path(f"{_ONE}/end/", budget.end, name="case-money-end"),
    path(f"{_ONE}/year-on/", budget.year_on, name="case-money-year-on"),
    path("self-directed/", budget.uptake, name="self-directed"),
]
