"""Everybody may ask a professional lead; who asked and who is asked read it, and nobody else (S4-18)."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.partnership.workforce.models import ProfessionalAdvice
from joinedup.partnership.workforce.operations.advice import (
    CannotAskLead,
    answer_as_lead,
    ask_lead,
)
from joinedup.partnership.workforce.presenters.advice import log
from joinedup.partnership.workforce.queries.advice import asked, asked_of_me, leads, one_asked
from tests import audit_lines
from tests.sharing import walled

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC)


def test_whoever_is_supervised_asks_and_their_lead_answers_across_agencies() -> None:
    for code in ("trust", "care"):
        walled.agency(code)
    worker, lead = walled.viewer("care", "social_worker"), walled.viewer("trust")
    other, stranger = walled.viewer("trust", team="Other"), walled.viewer("care", team="Other")
    with pytest.raises(CannotAskLead, match="supervises"):
        _ask(worker, lead)
    Post.objects.filter(pk=worker.post_id).update(professional_supervisor=lead.post_id)
    Post.objects.filter(pk=stranger.post_id).update(professional_supervisor=other.post_id)
    assert leads(worker, AT.date())[0].pk == lead.post_id
    with pytest.raises(CannotAskLead, match="Write"):
        ask_lead(by=worker, to_post_id=lead.post_id, question=" ", at=AT)  # type: ignore[arg-type]
    made = _ask(worker, lead)
    assert Notice.objects.filter(post=lead.post_id, kind=NoticeKind.LEAD_ASKED).exists()
    assert [each.pk for each in asked_of_me(lead)] == [made.pk]
    for by in (other, stranger):
        assert asked(by) == []
        with acting(by):
            assert not ProfessionalAdvice.objects.exists()
        with pytest.raises(ProfessionalAdvice.DoesNotExist):
            answer_as_lead(by=by, advice_id=made.pk, advice="No", at=AT)
    with pytest.raises(NotPermitted):
        answer_as_lead(by=worker, advice_id=made.pk, advice="Myself", at=AT)
    answer_as_lead(by=lead, advice_id=made.pk, advice="Read the guidance of May.", at=AT)
    with pytest.raises(CannotAskLead, match="already"):
        answer_as_lead(by=lead, advice_id=made.pk, advice="Again", at=AT)
    assert one_asked(worker, made.pk).advice == "Read the guidance of May."
    assert asked_of_me(lead) == []
    assert "Answered" in str(log(asked(worker), worker.post_id))
    assert len(audit_lines.lines(act="advised as a professional lead")) == 1


def _ask(by: Viewer, lead: Viewer) -> ProfessionalAdvice:
    assert lead.post_id is not None
    return ask_lead(
        by=by, to_post_id=lead.post_id, question="When is it a safeguarding matter?", at=AT
    )
