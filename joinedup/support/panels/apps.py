"""The panels app, for Django."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.panels"
    label = "panels"
    default_auto_field = "django.db.models.BigAutoField"
