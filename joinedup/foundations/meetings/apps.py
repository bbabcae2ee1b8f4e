"""The meetings app, for Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.foundations.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
