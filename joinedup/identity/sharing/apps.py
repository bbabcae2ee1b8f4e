"""The sharing app, for Django."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.identity.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
