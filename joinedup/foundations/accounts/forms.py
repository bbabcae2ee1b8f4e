"""Sign-in with a password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

WRONG = "The e-mail address or the password is wrong"


class SignInForm(AuthenticationForm):
    """Django's own check, in our words; it never says which of the two was wrong."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["username"], self.fields["password"]
        email.label = "E-mail address"
        email.widget = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": False})
        email.error_messages["required"] = "Enter your e-mail address"
        password.label = "Password"
        password.error_messages["required"] = "Enter your password"
