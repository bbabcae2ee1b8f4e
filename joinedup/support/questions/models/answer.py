"""What was answered, in which version, how it came about, and where it was known from."""

from django.db import models

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.questions.choices import How
from joinedup.support.questions.models.question_set import SetVersion


class Answer(models.Model):
    """One answer, in the matter it was given in and the version it was asked in; only added to.

    The latest of a matter, version, subject and question counts. `subject` is the place of whom it
    is about where a matter is about several. An empty value takes back the one before.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="answers")
    subject = models.PositiveSmallIntegerField(default=1)
    question_code = models.SlugField(max_length=60, db_index=False)
    value = models.JSONField(null=True)
    how = coded(How)
    source = models.CharField(max_length=300, blank=True, default="")
    source_on = models.DateField(null=True, blank=True)
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=("matter", "version", "subject", "question_code", "-id"),
                name="answer_of_matter",
            ),
        )
        constraints = (only("how", How, "answer_how_is_known"),)

    def __str__(self) -> str:
        return f"{self.question_code} of {self.matter_id}"
