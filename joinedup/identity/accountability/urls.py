"""Addresses of breaches; those of complaints stand with the person’s page."""

from django.urls import path

from joinedup.identity.accountability import views

_ONE = "data-breaches/<uuid:breach_id>/"

urlpatterns = [
    path("data-breaches/", views.breaches, name="data-breaches"),
    path("data-breaches/new/", views.new, name="data-breach-new"),
    path(_ONE, views.breach, name="data-breach"),
    path(f"{_ONE}<slug:code>/", views.step, name="data-breach-step"),
]
