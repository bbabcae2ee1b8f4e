"""The people app, for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.identity.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
