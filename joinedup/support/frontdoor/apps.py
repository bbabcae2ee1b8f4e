"""The front-door app, for Django."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from joinedup.support.frontdoor.rules.flood import limits


class FrontdoorConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.frontdoor"
    label = "frontdoor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start with limits of the public pages that nobody can have meant."""
        try:
            limits(settings.PUBLIC_LIMITS)
        except ValueError as wrong:
            raise ImproperlyConfigured(f"JOINEDUP_PUBLIC_LIMITS: {wrong}") from wrong
