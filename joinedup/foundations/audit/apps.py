"""The audit app, for Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.foundations.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
