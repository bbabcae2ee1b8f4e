"""The first approach to somebody whom a panel considered before they knew: tries, outcome, what follows."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.choices import ApproachOutcome, ApproachState, CapacityView
from joinedup.support.panels.models.item import PanelItem
from joinedup.support.panels.models.named import NamedPerson


class Approach(models.Model):
    """A first approach (S0-88): a matter of its own, which the lead and their team work at.

    Until the person agrees nothing else is opened by it, on a basis other than consent that it names.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="approach"
    )
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="approaches")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="approaches")
    basis = models.TextField()
    who_shared_what = models.TextField()
    """What is told to the person of who shared what about them, and why (P30)."""
    state = coded(ApproachState, default=ApproachState.TO_DO)
    is_urgent = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = coded(ApproachOutcome, blank=True, default="")
    outcome_words = models.TextField(blank=True, default="")
    """What they said, in their own words."""
    wants = models.TextField(blank=True, default="")
    capacity = coded(CapacityView, blank=True, default="")
    capacity_because = models.TextField(blank=True, default="")
    concern = models.TextField(blank=True, default="")
    """What worries whoever approached, where somebody may be at risk of abuse, neglect or self-neglect."""
    duty_decision = models.TextField(blank=True, default="")
    """What was decided about a duty to assess all the same (Care Act s11(2)), where that is in question."""
    ended_at = models.DateTimeField(null=True, blank=True)
    way_back = models.TextField(blank=True, default="")
    """How they can come back to it, as they were told."""

    class Meta:
        constraints = (
            only("state", ApproachState, "approach_state_is_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(each.value for each in ApproachOutcome)]),
                name="approach_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=["", *(each.value for each in CapacityView)]),
                name="approach_capacity_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, outcome=""),
                name="approach_ended_with_an_outcome",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="approach_has_a_basis"),
        )

    def __str__(self) -> str:
        return f"approach {self.pk}"


class ApproachPerson(NamedPerson):
    """Whom a first approach is to: as much as whoever makes it needs, and no more of what the panel read."""

    approach = models.ForeignKey(Approach, on_delete=models.PROTECT, related_name="people")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("approach", "place"), name="approach_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.place} of {self.approach_id}"


class Decline(models.Model):
    """The minimal trace of a no: that somebody declined, on which day, how they can come back (S0-88).

    All else of the item is shut to everybody who sat at it from the same minute.
    """

    item = models.OneToOneField(
        PanelItem, on_delete=models.PROTECT, primary_key=True, related_name="decline"
    )
    reference = models.CharField(max_length=16)
    on = models.DateField()
    basis = models.TextField()
    """On which basis this trace is kept."""
    way_back = models.TextField()

    def __str__(self) -> str:
        return f"{self.reference} declined"


class ApproachTry(models.Model):
    """One try to reach somebody: the contact itself is recorded with all others (P32)."""

    id = models.BigAutoField(primary_key=True)
    approach = models.ForeignKey(Approach, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    how = models.CharField(max_length=40)
    reached = models.BooleanField(default=False)
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("approach", "at"), name="approach_tries"),)

    def __str__(self) -> str:
        return f"try of {self.approach_id}"
