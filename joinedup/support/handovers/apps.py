"""The handovers app, for Django."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.handovers"
    label = "handovers"
    default_auto_field = "django.db.models.BigAutoField"
