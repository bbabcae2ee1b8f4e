"""The notices app, for Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.foundations.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
