"""The questions app, for Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Registers the room under its own short label."""

    name = "joinedup.support.questions"
    label = "questions"
    default_auto_field = "django.db.models.BigAutoField"
