"""A post's own ways of looking at its cases."""

from django.db import models

from joinedup.foundations.agencies.models import SavedLook


class SavedView(SavedLook):
    """A way of looking at the caseload."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "title"), name="saved_view_title_once"),
        )
