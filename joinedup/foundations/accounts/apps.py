"""The accounts app, for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.foundations.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
