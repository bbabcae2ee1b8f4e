"""The places app, for Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.foundations.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
