"""Signing in with a password, and out."""

from django.contrib.auth.views import LoginView, LogoutView

from joinedup.foundations.accounts.forms import SignInForm
from joinedup.foundations.core.pages import for_anybody

sign_in = for_anybody(
    LoginView.as_view(template_name="accounts/sign_in.html", authentication_form=SignInForm)
)
sign_out = for_anybody(LogoutView.as_view())
