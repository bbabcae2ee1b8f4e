"""The cases app, for Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
