"""Addresses of signing in with a password, and out."""

from django.urls import path

from joinedup.foundations.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
