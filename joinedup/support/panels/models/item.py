"""An item of a panel: whom it is about, what is asked, what was written on it. Seen by who sits at it."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.meetings.models import AgendaItem
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.models import Case, CaseStep
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.models import Referral
from joinedup.support.panels.choices import Box, ItemSource, PanelItemState
from joinedup.support.panels.models.named import NamedPerson
from joinedup.support.panels.models.panel import Panel


class PanelItem(models.Model):
    """Somebody, a family or a household that a panel is to consider; a matter of its own.

    Members have a part in it from when the agenda is out until its minutes are approved, and never
    with an interest in it. What an agency holds, and what it answered, is not opened by that.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="panel_item"
    )
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="items")
    reference = models.CharField(max_length=16, unique=True)
    source = coded(ItemSource)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="panel_items"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="panel_items"
    )
    step = models.OneToOneField(
        CaseStep, on_delete=models.PROTECT, null=True, blank=True, related_name="panel_item"
    )
    for_whom = coded(ForWhom, default=ForWhom.PERSON)
    state = coded(PanelItemState, default=PanelItemState.QUEUED)
    agreement = coded(Agreement)
    """As P24 has it, brought along from the referral or the case."""
    basis = models.TextField(blank=True, default="")
    """On which basis other than agreement it is considered, where they have not agreed (P25)."""
    is_urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    agenda = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="panel_item"
    )
    """The item of the agenda that it stands on now, or was decided at."""
    deferred_at = models.DateTimeField(null=True, blank=True)
    """When it was put off; once only (P26)."""
    deferred_because = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("panel", "state", "queued_at"), name="panel_item_in_the_queue"),
        )
        constraints = (
            only("source", ItemSource, "panel_item_source_is_known"),
            only("for_whom", ForWhom, "panel_item_for_whom_is_known"),
            only("state", PanelItemState, "panel_item_state_is_known"),
            only("agreement", Agreement, "panel_item_agreement_is_known"),
            models.CheckConstraint(
                condition=Q(source="referral", referral__isnull=False)
                | Q(source="step_up", step__isnull=False, case__isnull=False)
                | Q(source__in=["nomination", "urgent"]),
                name="panel_item_comes_from_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(state="on_agenda") | Q(agenda__isnull=False),
                name="panel_item_stands_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=Q(deferred_at__isnull=True) ^ ~Q(deferred_because=""),
                name="panel_item_put_off_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=("referral",),
                condition=Q(state__in=["queued", "on_agenda"]),
                name="panel_item_of_a_referral_once",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class ItemPerson(NamedPerson):
    """Somebody an item is about, as whoever sits at it reads them."""

    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="people")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "place"), name="item_person_place_once"),
        )

    def __str__(self) -> str:
        return f"{self.place} of {self.item_id}"


class KeptApart(models.Model):
    """That two items are of people who must be kept apart: never together, never one worker (P28)."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="kept_apart")
    other = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="kept_apart_from")
    is_found = models.BooleanField(default=False)
    """Found by the product from an order or a record of harm; else said by the coordinator."""
    said_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "other"), name="kept_apart_once"),
            models.CheckConstraint(condition=~Q(item=F("other")), name="kept_apart_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} and {self.other_id}"


class ItemText(models.Model):
    """A box of an item as it stands now; two who write at once lose nothing (each version is kept)."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="texts")
    box = coded(Box)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            only("box", Box, "item_box_is_known"),
            models.UniqueConstraint(
                fields=("item", "box", "agency"), nulls_distinct=False, name="item_box_once"
            ),
            models.CheckConstraint(
                condition=Q(box="view") ^ Q(agency__isnull=True), name="item_view_is_an_agencys"
            ),
        )

    def __str__(self) -> str:
        return f"{self.box} of {self.item_id}"


class ItemTextVersion(models.Model):
    """Each version of a box, whoever wrote it: added to and never changed."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(ItemText, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    words = models.TextField(blank=True, default="")
    is_beside = models.BooleanField(default=False)
    """It met another's words at the same place: kept beside them, for whoever writes next to settle."""
    settled_at = models.DateTimeField(null=True, blank=True)
    """When somebody put what stood beside into the box, or left it out."""
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("text", "version"), name="item_text_versions"),)

    def __str__(self) -> str:
        return f"version {self.version} of {self.text_id}"
