"""Addresses of the points table and the delegated limits."""

from django.urls import path

from joinedup.partnership.funds import views

urlpatterns = [
    path("funds/", views.funds, name="funds"),
    path("funds/points/", views.new_table, name="funds-points"),
    path("funds/limits/", views.new_limit, name="funds-limits"),
]
