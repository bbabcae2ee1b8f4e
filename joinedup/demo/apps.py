"""The demo, for Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.demo"
    label = "demo"
