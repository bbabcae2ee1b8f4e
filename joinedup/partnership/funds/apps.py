"""The funds app, for Django."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.partnership.funds"
    label = "funds"
    default_auto_field = "django.db.models.BigAutoField"
