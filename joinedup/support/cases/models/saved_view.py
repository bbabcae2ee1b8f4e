"""A post's own ways of looking at its cases."""

from django.db import models

from joinedup.foundations.agencies.models import Post


class SavedView(models.Model):
    """A way of looking at the caseload, under a name of the post's own; it holds no person."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "title"), name="saved_view_title_once"),
        )

    def __str__(self) -> str:
        return self.title
