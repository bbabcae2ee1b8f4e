"""Addresses of the registers of functions and approvals."""

from django.urls import path

from joinedup.partnership.workforce.views import approvals as views

urlpatterns = [
    path("functions/", views.functions, name="functions"),
    path("functions/<int:entry_id>/end/", views.end_function, name="function-end"),
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/<int:approval_id>/withdraw/", views.withdraw, name="approval-withdraw"),
    path("my-approvals/", views.mine, name="my-approvals"),
]
