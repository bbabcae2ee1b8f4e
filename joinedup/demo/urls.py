"""Addresses of the demo: its own sign-in, and signing out."""

from django.urls import path

from joinedup.demo import views
from joinedup.foundations.accounts.views import sign_out

urlpatterns = [
    path("sign-in/", views.choose, name="sign-in"),
    path("demo-clock/", views.move_clock, name="demo-clock"),
    path("sign-out/", sign_out, name="sign-out"),
]
