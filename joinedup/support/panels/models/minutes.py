"""What minutes say and leave open, what agencies asked to be corrected, each copy that left (P29)."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.meetings.models import AgendaItem, Minutes
from joinedup.support.panels.models.item import PanelItem


class MinutesCorrection(models.Model):
    """That an agency asks for a correction of what the minutes say of an item, and the chair's answer."""

    id = models.BigAutoField(primary_key=True)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrections")
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="corrections")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    is_taken = models.BooleanField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="correction_says_what"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ Q(is_taken__isnull=False),
                name="correction_answered_yes_or_no",
            ),
        )

    def __str__(self) -> str:
        return f"correction of {self.minutes_id}"


class ItemLeft(models.Model):
    """That a meeting put an item off, or ended before it: its minutes say so, and it opens the next agenda.

    Whoever sat at the item reads this much of it, though the item itself is shut to them until it
    stands on an agenda again.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="left")
    line = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="left")
    reference = models.CharField(max_length=16)
    names = models.TextField()
    """Whom it was about, as they were called on that day."""
    because = models.TextField(blank=True, default="")
    """Why it was put off; of what was not reached nothing."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} left at {self.line_id}"


class MinutesPage(models.Model):
    """What approved minutes say of one item to one agency: as it stood then, and never changed.

    Composed as the agency's own members see the item; whoever of them sat at it reads it afterwards,
    when nothing else of the item is open to them any more (P29).
    """

    id = models.BigAutoField(primary_key=True)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="pages")
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="minuted")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    volume = models.PositiveSmallIntegerField(default=1)
    """Items of people who must be kept apart stand in minutes of their own (P28)."""
    place = models.PositiveSmallIntegerField()
    said = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("minutes", "item", "agency"), name="minutes_page_of_an_agency_once"
            ),
            models.CheckConstraint(condition=Q(volume__gte=1), name="minutes_page_in_a_volume"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} in {self.minutes_id} for {self.agency_id}"


class MinutesCopy(models.Model):
    """That a copy of minutes was made for an agency: of which items, in which form, by whom."""

    id = models.UUIDField(primary_key=True, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="copies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10)
    items = models.PositiveSmallIntegerField()
    """How many items stand in it."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the file, in hexadecimal: whether a copy is ours can be told, and its words cannot."""
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(form__in=["pdf", "docx"]), name="minutes_copy_form_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.form} of {self.minutes_id} for {self.agency_id}"
