"""Ask a specialist team for advice, give it, take the question back; nothing is handed over."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Team
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.models import Case, InReach
from joinedup.support.handovers.operations.grounds import (
    fit,
    leave_a_line,
    locked,
    must_work_at,
    posts_of,
)
from joinedup.support.handovers.rules.working_days import end_of_working_day

WORKING = Viewer.system("asking for advice without handing anything over")
WORKING_DAYS = 5
"""For an answer (propose)."""


class CannotAskForAdvice(Exception):
    """Advice cannot be asked for so; says why."""


class CannotAdvise(Exception):
    """Advice cannot be given so; says why."""


def ask_for_advice(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    to_team_id: int,
    question: str,
    sent: str,
    footing: Footing,
    at: datetime.datetime,
    because: str = "",
) -> InReach:
    """Ask a specialist team something; it reads the question and what is sent with it, nothing more.

    The lead stays. Raises CannotAskForAdvice, NoPart.
    """
    must_work_at(by, matter_id)
    if not question.strip() or not sent.strip() or by.post_id is None:
        raise CannotAskForAdvice("Write what you ask, and what the specialist has to know for it.")
    if footing.needs_reason and not because.strip():
        raise CannotAskForAdvice("Say why without the person’s agreement: it is a disclosure.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        if Case.objects.get(pk=matter_id).closed_at is not None:
            raise CannotAskForAdvice("This case is closed. Open it again first.")
        team = Team.objects.select_related("agency").filter(pk=to_team_id).first()
        takers = fit(posts_of(team, at), matter_id, at) if team else []
        if team is None or team.pk == by.team_id or not takers:
            raise CannotAskForAdvice("Nobody in this team can answer today. Choose another team.")
        made = InReach.objects.create(
            case_id=matter_id, from_post_id=by.post_id, to_team=team, question=question.strip(),
            sent=sent.strip(), footing=footing, because=because.strip(), asked_at=at,
            due_at=end_of_working_day(WORKING_DAYS, at),
        )  # fmt: skip
        tell(by=by.post_id, posts=[post.pk for post in takers], kind=NoticeKind.ADVICE_ASKED,
             link=f"/advice/{made.pk}/", at=at)  # fmt: skip
        leave_a_line(
            by, matter_id, "asked for advice", at, {"team": team.pk, "footing": str(footing)}
        )
    return made


def give_advice(
    *, by: Viewer, in_reach_id: uuid.UUID, advice: str, at: datetime.datetime
) -> InReach:
    """Answer what one's team was asked. Raises CannotAdvise, InReach.DoesNotExist."""
    by.must(Permission.TAKE_HANDOVERS)
    if not advice.strip():
        raise CannotAdvise("Write your advice.")
    with acting(by):
        InReach.objects.get(pk=in_reach_id)  # the wall: asked of us, or ours
    with transaction.atomic(), acting(WORKING):
        found = InReach.objects.select_for_update().get(pk=in_reach_id)
        if by.team_id != found.to_team_id or by.post_id is None:
            raise CannotAdvise("This was asked of another team.")
        if found.withdrawn_at is not None or found.answered_at is not None:
            raise CannotAdvise(
                "This does not wait for an answer any more. Nothing was changed by you."
            )
        found.advice, found.answered_by_id, found.answered_at = advice.strip(), by.post_id, at
        found.save(update_fields=["advice", "answered_by", "answered_at"])
        tell(by=by.post_id, posts=[found.from_post_id], kind=NoticeKind.ADVICE_GIVEN,
             link=f"/cases/{found.case_id}/steps/advice/", at=at)  # fmt: skip
        leave_a_line(by, found.case_id, "gave advice", at)
    return found


def withdraw_question(*, by: Viewer, in_reach_id: uuid.UUID, at: datetime.datetime) -> InReach:
    """Take a question back that nobody has answered; the team no longer reads it.

    Raises CannotAskForAdvice, NoPart, InReach.DoesNotExist.
    """
    with acting(by):
        matter_id = InReach.objects.values_list("case_id", flat=True).get(pk=in_reach_id)
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        found = InReach.objects.select_for_update().get(pk=in_reach_id)
        if found.answered_at is not None or found.withdrawn_at is not None:
            raise CannotAskForAdvice("It has been answered or taken back already.")
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        leave_a_line(by, matter_id, "took a question back", at)
    return found
