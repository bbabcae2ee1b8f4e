"""The workforce app, for Django."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.partnership.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"
