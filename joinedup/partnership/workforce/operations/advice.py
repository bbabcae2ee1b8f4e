"""Ask a professional lead about practice, and answer (S4-18)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.partnership.workforce.models import ProfessionalAdvice
from joinedup.partnership.workforce.queries.advice import leads

WORKING = Viewer.system("asking a professional lead for advice about practice")
DAYS = datetime.timedelta(days=7)
"""For an answer (propose)."""


class CannotAskLead(Exception):
    """A lead cannot be asked, or cannot answer, so; says why."""


def ask_lead(
    *, by: Viewer, to_post_id: uuid.UUID, question: str, at: datetime.datetime
) -> ProfessionalAdvice:
    """Ask one's own professional supervisor, or another's, something about practice; they are told.

    Raises CannotAskLead, NotPermitted.
    """
    if by.post_id is None:
        raise NotPermitted("Only from a post.")
    if not question.strip():
        raise CannotAskLead("Write what you ask.")
    if to_post_id not in {each.pk for each in leads(by, day_of(at))}:
        raise CannotAskLead("Choose somebody who supervises professionally today.")
    with transaction.atomic(), acting(WORKING):
        made = ProfessionalAdvice.objects.create(
            from_post_id=by.post_id, to_post_id=to_post_id, question=question.strip(), asked_at=at,
            due_at=at + DAYS,
        )  # fmt: skip
        tell(
            by=by.post_id, posts=[to_post_id], kind=NoticeKind.LEAD_ASKED, at=at,
            link=f"/professional-advice/{made.pk}/",
        )  # fmt: skip
        _leave_a_line(by, made, "asked a professional lead", at)
    return made


def answer_as_lead(
    *, by: Viewer, advice_id: uuid.UUID, advice: str, at: datetime.datetime
) -> ProfessionalAdvice:
    """Answer what one was asked as a professional lead.

    Raises CannotAskLead, NotPermitted, ProfessionalAdvice.DoesNotExist.
    """
    if not advice.strip():
        raise CannotAskLead("Write your advice.")
    with acting(by):
        ProfessionalAdvice.objects.get(pk=advice_id)  # the wall: mine, or asked of me
    with transaction.atomic(), acting(WORKING):
        found = ProfessionalAdvice.objects.select_for_update().get(pk=advice_id)
        if found.to_post_id != by.post_id:
            raise NotPermitted("Whoever is asked answers.")
        if found.answered_at is not None:
            raise CannotAskLead("This was answered already. Nothing was changed.")
        found.advice, found.answered_at = advice.strip(), at
        found.save(update_fields=["advice", "answered_at"])
        tell(
            by=by.post_id, posts=[found.from_post_id], kind=NoticeKind.ADVICE_GIVEN, at=at,
            link=f"/professional-advice/{found.pk}/",
        )  # fmt: skip
        _leave_a_line(by, found, "advised as a professional lead", at)
    return found


def _leave_a_line(by: Viewer, of: ProfessionalAdvice, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="professional_advice",
        subject_id=str(of.pk), purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
