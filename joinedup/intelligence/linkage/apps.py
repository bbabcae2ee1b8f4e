"""The linkage app, for Django."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.intelligence.linkage"
    label = "linkage"
    default_auto_field = "django.db.models.BigAutoField"
