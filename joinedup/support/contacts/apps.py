"""The contacts app, for Django."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
