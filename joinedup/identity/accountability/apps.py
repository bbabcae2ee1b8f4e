"""The accountability app, for Django."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.identity.accountability"
    label = "accountability"
    default_auto_field = "django.db.models.BigAutoField"
