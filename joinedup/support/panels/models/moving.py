"""A move of many cases to another team in one act, and what became of each."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post, Team
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.models import Case
from joinedup.support.handovers.models import Handover
from joinedup.support.panels.choices import MovedState


class CaseMove(models.Model):
    """That the cases of a team, all or of one programme, go to another team (S0-97); about nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases_moved_from")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases_moved_to")
    programme = models.CharField(max_length=40, blank=True, default="")
    reason = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    """When every case had been moved, offered, or said why not."""

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="case_move_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(from_team=models.F("to_team")), name="case_move_goes_elsewhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_team_id} to {self.to_team_id}"


class MovedCase(models.Model):
    """One case of a move: who led it, who is to, and how it stands; run again it is done once."""

    id = models.BigAutoField(primary_key=True)
    move = models.ForeignKey(CaseMove, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = coded(MovedState, default=MovedState.WAITING)
    why = models.CharField(max_length=500, blank=True, default="")
    """Why it stays where it is."""
    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, null=True, blank=True, related_name="moved_case"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("move", "case"), name="case_moved_once_in_a_move"),
            only("state", MovedState, "moved_case_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="not_moved") ^ Q(why=""), name="moved_case_stays_for_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} in {self.move_id}"


class JointMove(models.Model):
    """That the cases of several teams go to one team, each as its own manager agrees (S0-97); about nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=40, blank=True, default="")
    reason = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="joint_move_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"several teams to {self.to_team_id}"


class JointMoveTeam(models.Model):
    """One team of a joint move: asked, moving by a move of its own, or staying for a reason."""

    id = models.BigAutoField(primary_key=True)
    joint = models.ForeignKey(JointMove, on_delete=models.PROTECT, related_name="teams")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="joint_moves")
    move = models.OneToOneField(
        CaseMove, on_delete=models.PROTECT, null=True, blank=True, related_name="of_joint"
    )
    stays_because = models.CharField(max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("joint", "team"), name="joint_move_of_a_team_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, move__isnull=True, stays_because="")
                | Q(answered_at__isnull=False, move__isnull=False, stays_because="")
                | Q(answered_at__isnull=False, move__isnull=True) & ~Q(stays_because=""),
                name="joint_move_answered_one_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id} of {self.joint_id}"
