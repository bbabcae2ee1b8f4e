"""What comes before a referral: drafts, files, venues and their cards, questions of matching."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import EntryRoute, MatchAnswer


class Draft(models.Model):
    """A referral as it is being typed: saved as typed, read by its own post alone.

    `version` goes up with each save, so that another tab learns that it is behind. One of the public
    has no post and holds the key alone; only its hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key_hash = models.CharField(max_length=64, blank=True, default="")
    draft = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_as = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ ~Q(key_hash=""), name="draft_is_somebody_s"
            ),
            models.UniqueConstraint(
                fields=("key_hash",), condition=~Q(key_hash=""), name="draft_key_once"
            ),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Attachment(models.Model):
    """A letter or a photo of a draft, then of the referral: kept as bytes, a download, never run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    """While it is not sent yet; then the matter alone."""
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=20 * 1024 * 1024), name="attachment_up_to_20_mb"
            ),
            models.CheckConstraint(
                condition=Q(matter__isnull=False) ^ Q(draft__isnull=False),
                name="attachment_of_a_draft_or_a_matter",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Arrival(models.Model):
    """What somebody of the public sent, kept the moment it came; then taken in as a referral.

    Written by a function that only inserts, read by the system alone. Once it was taken in, what was
    typed stands in the referral and no more here.
    """

    submission_key = models.UUIDField(primary_key=True, editable=False)
    entry = coded(EntryRoute)
    card = models.CharField(max_length=12, blank=True, default="")
    draft = models.JSONField(default=dict)
    arrived_at = models.DateTimeField()
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("arrived_at",), condition=Q(matter__isnull=True), name="arrival_to_take_in"
            ),
        )
        constraints = (only("entry", EntryRoute, "arrival_entry_is_known"),)

    def __str__(self) -> str:
        return str(self.pk)


class Venue(models.Model):
    """A pub, a bookmaker or the like that hands out cards (S2-30, P18)."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class VenueCard(models.Model):
    """The code printed on a venue's cards: it tags a self-referral and opens nothing."""

    id = models.BigAutoField(primary_key=True)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="cards")
    code = models.CharField(max_length=12, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class MatchQuestion(models.Model):
    """That a post asked whether somebody is known: counted, so that asking has a limit (P17)."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    draft = models.UUIDField(null=True, blank=True)
    """The draft it was asked in; no key, for a draft that is thrown away takes no question back."""
    purpose = models.CharField(max_length=40)
    answer = coded(MatchAnswer)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("post", "at"), name="match_question_by_post"),)
        constraints = (only("answer", MatchAnswer, "match_question_answer_is_known"),)

    def __str__(self) -> str:
        return f"{self.answer} to {self.post_id}"
