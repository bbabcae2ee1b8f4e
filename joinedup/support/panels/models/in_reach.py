"""A service's sessions at a practice or another site: when, in which phase, whether on trial (S0-57, S2-27)."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.choices import Rhythm


class InReachClinic(models.Model):
    """That a team comes in to a host from a day on, in a rhythm, in one phase of its plan. About no person."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="clinics")
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="clinics"
    )
    site = models.CharField(max_length=200, blank=True, default="")
    """Where it is held, where that is no GP practice."""
    phase = models.PositiveSmallIntegerField(default=1)
    is_pilot = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True, default="")
    """What it is for; of a pilot what it is to show."""
    rhythm = coded(Rhythm, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField()
    """Monday is 0."""
    at_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    """How many people one session has time for."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            only("rhythm", Rhythm, "clinic_rhythm_is_known"),
            models.CheckConstraint(
                condition=Q(practice__isnull=False, site="")
                | (Q(practice__isnull=True) & ~Q(site="")),
                name="clinic_has_one_host",
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=4, phase__gte=1, minutes__gte=5, places__gte=1),
                name="clinic_can_be_held",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="clinic_ends_no_earlier",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id} at {self.practice_id or self.site}"


class ClinicChange(models.Model):
    """That one session is not held on its day, or on another instead, and why."""

    id = models.BigAutoField(primary_key=True)
    clinic = models.ForeignKey(InReachClinic, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField()
    moved_to = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("clinic", "on"), name="clinic_day_changed_once"),
            models.CheckConstraint(condition=~Q(because=""), name="clinic_change_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.clinic_id} on {self.on}"
