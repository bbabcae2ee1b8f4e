"""A way of looking at a list, which a post keeps under a name of its own; it holds no person."""

from django.db import models

from joinedup.foundations.agencies.models.post import Post


class SavedLook(models.Model):
    """What a list was narrowed to, as its address has it; each list that can be narrowed has its own."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title
