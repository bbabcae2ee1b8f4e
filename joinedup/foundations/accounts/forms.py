"""What signing in and keeping one's account ask for."""

from typing import Any

from django import forms

from joinedup.foundations.accounts.rules import LONGEST_PASSWORD

ASKED_PASSWORD = {"required": "Enter your password"}


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": False}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )


def _password(label: str, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **more,
    )


def _new_password() -> forms.CharField:
    return _password(
        "New password",
        "new-password",
        help_text="At least 12 characters of any kind. Three words that do not belong together are good.",
        error_messages={"required": "Enter a new password"},
    )


class SignInForm(forms.Form):
    """The first factor."""

    username = _email()
    password = _password("Password", "current-password", error_messages=ASKED_PASSWORD)


class InvitationForm(forms.Form):
    """A code that was handed over, and the password it is to set."""

    email = _email()
    code = forms.CharField(
        label="One-time code",
        max_length=60,
        help_text="The code you were handed, like abcd-efgh-jkmn-pqrs-tuvw-xyz2",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": False}),
        error_messages={"required": "Enter the code you were handed"},
    )
    password = _new_password()


class PasswordForm(forms.Form):
    """The present password and the new one."""

    present = _password("Present password", "current-password", error_messages=ASKED_PASSWORD)
    password = _new_password()


class ProofForm(forms.Form):
    """A second factor: a code, or what a passkey answered."""

    code = forms.CharField(
        label="Code from your app, or a recovery code",
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "spellcheck": False,
                "class": "govuk-input--width-20",
            }
        ),
    )
    passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)


class HomeForm(forms.Form):
    """One's own home; both left empty forget it."""

    address = forms.CharField(
        label="Number and street",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )
    postcode = forms.CharField(
        label="Postcode",
        required=False,
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": False, "class": "govuk-input--width-10"}
        ),
    )


class FirstCodeForm(forms.Form):
    """The first code of a new app, which proves that it was set up."""

    code = forms.CharField(
        label="The code the app shows now",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": False,
                "class": "govuk-input--width-5",
            }
        ),
        error_messages={"required": "Enter the code the app shows"},
    )  # fmt: skip


class PasskeyForm(forms.Form):
    """What the browser answered when it made a passkey, and what to call it."""

    name = forms.CharField(
        label="What to call it",
        required=False,
        max_length=60,
        help_text="Such as “key on my ring” or “work laptop”",
        widget=forms.TextInput(attrs={"spellcheck": False, "class": "govuk-input--width-20"}),
    )
    passkey = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={
            "required": "The browser made no passkey. Try again, or use an app’s codes."
        },
    )
