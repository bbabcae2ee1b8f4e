"""A seat that an agency has on a panel: it nominates who sits there, and is vacant until then (S2-32)."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.models.panel import Panel


class PanelSeat(models.Model):
    """That an agency is asked to send somebody of a discipline; filled by a member, and vacant without one."""

    id = models.BigAutoField(primary_key=True)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="panel_seats")
    discipline = coded(Discipline)
    as_what = models.CharField(max_length=120, blank=True, default="")
    """Which role the partners want there, such as a clinical director."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            only("discipline", Discipline, "panel_seat_discipline_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="panel_seat_ends_no_earlier",
            ),
        )

    def __str__(self) -> str:
        return f"seat of {self.agency_id} on {self.panel_id}"

    @property
    def of(self) -> str:
        """Of which discipline and in which role somebody is asked for."""
        return ", ".join(part for part in (Discipline(self.discipline).label, self.as_what) if part)
