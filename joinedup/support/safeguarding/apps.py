"""The safeguarding app, for Django."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.safeguarding"
    label = "safeguarding"
    default_auto_field = "django.db.models.BigAutoField"
