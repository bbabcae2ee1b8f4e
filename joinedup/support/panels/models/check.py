"""What each agency knows of whom an item is about, from its own records; released by it to named members."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.choices import CheckState, Known
from joinedup.support.panels.models.item import PanelItem


class AgencyCheck(models.Model):
    """One agency's answer about one item: a matter of its own, which the agency opens to whom it names (P28)."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="agency_check"
    )
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="checks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="panel_checks")
    state = coded(CheckState, default=CheckState.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    chased_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    known = coded(Known, blank=True, default="")
    since_on = models.DateField(null=True, blank=True)
    lead = models.CharField(max_length=200, blank=True, default="")
    """Who of the agency works with them, and how that person is reached."""
    helps = models.TextField(blank=True, default="")
    risks = models.TextField(blank=True, default="")
    view = models.TextField(blank=True, default="")
    filled_from = models.JSONField(default=list)
    """Which boxes were begun from the agency's own deliveries, with source and date."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("agency", "state", "due_at"), name="check_of_agency"),)
        constraints = (
            models.UniqueConstraint(fields=("item", "agency"), name="check_of_an_agency_once"),
            only("state", CheckState, "check_state_is_known"),
            models.CheckConstraint(
                condition=Q(known__in=["", *(each.value for each in Known)]),
                name="check_known_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(known="")
                | ~Q(state="answered") & Q(answered_at__isnull=True),
                name="check_answered_says_whether_known",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="check_due_after_it_was_asked"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} on {self.item_id}"


class CheckRelease(models.Model):
    """That the agency opened its answer to one member by name, and when it shut it again."""

    id = models.BigAutoField(primary_key=True)
    check_of = models.ForeignKey(AgencyCheck, on_delete=models.PROTECT, related_name="releases")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("check_of", "post"),
                condition=Q(ended_at__isnull=True),
                name="check_released_to_a_member_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.check_of_id} to {self.post_id}"
