"""The front-door app, for Django."""

from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.frontdoor"
    label = "frontdoor"
    default_auto_field = "django.db.models.BigAutoField"
