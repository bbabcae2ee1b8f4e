"""Addresses of the pages of question sets, with a set that is really there."""

from typing import Any

from django.utils import timezone

from joinedup.demo.personas import PERSONAS
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.models import SetVersion
from joinedup.support.questions.operations.ship import ensure_shipped
from joinedup.support.questions.operations.writing import start_draft

NAMES = {
    "question", "question-compared", "question-draft", "question-move", "question-new",
    "question-publish", "question-remove", "question-retire", "question-section",
    "question-section-new", "question-set", "question-tested", "question-throw-away",
    "question-try", "question-variants", "question-version", "question-words",
}  # fmt: skip
OF_A_SET = {"question-set", "question-variants"}
PUBLISHED = {"question-retire", "question-tested", "question-draft"}
SET = "ons4"


def question_address(name: str) -> dict[str, Any]:
    """What an address of a question set wants: a shipped set, and a draft begun from it."""
    draft = _draft()
    if name in OF_A_SET:
        return {"code": SET}
    found: dict[str, Any] = {"version_id": draft.begun_from_id if name in PUBLISHED else draft.pk}
    if name == "question":
        found["question_id"] = draft.questions.earliest("place").pk
    if name in {"question-section", "question-new"}:
        found["section_id"] = draft.sections.earliest("place").pk
    if name == "question-compared":
        found["other_id"] = draft.begun_from_id
    return found


def _draft() -> SetVersion:
    there = SetVersion.objects.filter(question_set=SET, state="draft").first()
    if there is not None:
        return there
    writer = next(each for each in PERSONAS if each.code == "questions")
    post = Post.objects.select_related("team__agency", "user").get(pk=writer.post_id)
    at = timezone.now()
    ensure_shipped(at=at)
    shipped = SetVersion.objects.get(question_set=SET, number=1)
    return start_draft(by=Viewer.of_post(post), version_id=shipped.pk, at=at)
