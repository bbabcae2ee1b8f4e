"""What an item needs of whoever leads it, who is proposed and why, and how many could."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.support.panels.choices import NeedKind
from joinedup.support.panels.models.item import PanelItem


class ItemNeed(models.Model):
    """What an item asks of whoever leads it, as the coordinator or the chair said (S4-11, P28)."""

    item = models.OneToOneField(
        PanelItem, on_delete=models.PROTECT, primary_key=True, related_name="need"
    )
    competences = ArrayField(models.CharField(max_length=40), default=list)
    function = coded(FunctionCode, blank=True, default="")
    """The function of the law that whoever leads carries out, where there is one."""
    language = models.CharField(max_length=60, blank=True, default="")
    worker_sex = coded(WorkerSex, blank=True, default="")
    """Whether the person asked for a woman or a man."""
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(competences__contained_by=[each.value for each in CompetenceCode]),
                name="item_need_competences_are_known",
            ),
            models.CheckConstraint(
                condition=Q(function__in=["", *(each.value for each in FunctionCode)]),
                name="item_need_function_is_known",
            ),
            models.CheckConstraint(
                condition=Q(worker_sex__in=["", *(each.value for each in WorkerSex)]),
                name="item_need_worker_sex_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"need of {self.item_id}"


class ProposedLead(models.Model):
    """Who is proposed to lead an item, and why: the product's word until the chair changes it."""

    item = models.OneToOneField(
        PanelItem, on_delete=models.PROTECT, primary_key=True, related_name="proposed_lead"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.TextField()
    """What counted, and with whom they were compared; or why nobody can."""
    is_changed = models.BooleanField(default=False)
    """The chair chose another than the product proposed."""
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="proposed_lead_says_why"),
            models.CheckConstraint(
                condition=Q(post__isnull=True) | Q(agency__isnull=False),
                name="proposed_lead_is_of_an_agency",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} for {self.item_id}"


class AbleToLead(models.Model):
    """How many agencies and posts could lead an item when it was last asked (S0-95)."""

    item = models.OneToOneField(
        PanelItem, on_delete=models.PROTECT, primary_key=True, related_name="able_to_lead"
    )
    kind = coded(NeedKind)
    agencies = models.PositiveSmallIntegerField()
    posts = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=("on", "kind"), name="able_to_lead_by_month"),)
        constraints = (
            only("kind", NeedKind, "able_to_lead_kind_is_known"),
            models.CheckConstraint(
                condition=Q(posts__gte=models.F("agencies")), name="able_to_lead_a_post_an_agency"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agencies} for {self.item_id}"
