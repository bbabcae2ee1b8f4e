"""Addresses of signing in, and out."""

from django.urls import path

from joinedup.foundations.accounts.views import signing_in, single_sign_on

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/second/", signing_in.second_factor, name="second-factor"),
    path("sign-in/set-up/", signing_in.set_up_second_factor, name="set-up-second-factor"),
    path("sign-in/first/", signing_in.first_password, name="first-password"),
    path("sign-in/with/<slug:code>/", single_sign_on.sign_in_with, name="sign-in-with"),
    path("sign-in/back/", single_sign_on.sign_in_back, name="sign-in-back"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
]
