"""The pages that join the rooms, for Django."""

from django.apps import AppConfig


class SingleViewConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.single_view"
    label = "single_view"
