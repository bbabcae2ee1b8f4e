"""The agencies app, for Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.foundations.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
