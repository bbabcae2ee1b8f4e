"""An answer to a subject request: read, marked, released; what is left out leaves no gap and no count."""

import uuid
from typing import Any

import pytest
from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.identity.sharing.models import (
    SubjectAnswer,
    SubjectPart,
    SubjectRedaction,
    SubjectRequest,
)
from joinedup.identity.sharing.operations.subject import CannotAnswerRequest
from joinedup.identity.sharing.operations.subject_release import (
    LeftOut,
    give_it,
    leave_out,
    prepare,
    release_answer,
)
from joinedup.single_view.queries.subject import decided_of, released_answer
from joinedup.single_view.queries.subject_held import Item, held_of, marked
from joinedup.single_view.subject_presenters import answer_of, pdf_of
from joinedup.support.cases.choices import Hidden, Topic
from joinedup.support.cases.models import StoryEntry
from tests.sharing import walled
from tests.tagged_pdf import faults_of
from tests.unit.cases.stories import a_case, a_lead, now, written

pytestmark = pytest.mark.django_db


def asked(lead: Viewer, person: uuid.UUID, of: str = "housing") -> SubjectPart:
    """That this person asked, and this agency has to answer."""
    with acting(walled.SYSTEM):
        request = SubjectRequest.objects.create(
            person_id=person, asked_at=now(-3), due_on=now(27).date()
        )
        return SubjectPart.objects.create(request=request, person_id=person, agency_id=of)


def items(part: SubjectPart) -> dict[str, Item]:
    """What is held, by what it is."""
    return {item.what: item for group in held_of(part) for item in group.items}


def given(viewer: Viewer, part: SubjectPart) -> dict[str, Any]:
    """The answer as it would be given now."""
    return answer_of(part, marked(held_of(part), decided_of(viewer, part)))


def a_world(*entries: tuple[str, str]) -> tuple[Viewer, SubjectPart]:
    """Somebody with these entries in their story, each hidden on a ground or not, who asked."""
    lead = a_lead()
    ada = walled.person("housing")
    case = a_case(lead, ada)
    for what, hidden in entries:
        why = {"hidden": Hidden(hidden), "hidden_because": "His ex-wife told us"} if hidden else {}
        written(lead, case, what, person_id=ada, **why)
    guardian = walled.viewer("housing", "duty_manager", team="Duty")
    return guardian, asked(lead, ada)


def test_what_is_left_out_is_decided_by_a_human_and_gives_the_same_answer_as_if_it_were_not() -> (
    None
):
    """P8: two worlds that differ in what is hidden alone are given the same document, byte by byte."""
    guardian, part = a_world(("Moved in", ""), ("A neighbour rang about him", "third_party"))
    hidden = items(part)[f"{Topic.HOME.label}: A neighbour rang about him"]
    assert hidden.ground is LeftOutBecause.THIRD_PARTY
    proposed = LeftOut(hidden.key, hidden.ground, hidden.because)
    prepare(by=guardian, part_id=part.pk, marked=[proposed], at=now())
    with pytest.raises(CannotAnswerRequest, match="not decided"):
        release_answer(by=guardian, part_id=part.pk, said=given(guardian, part), at=now())
    leave_out(by=guardian, part_id=part.pk, said=proposed, at=now())
    without = given(guardian, part)
    with acting(walled.SYSTEM), transaction.atomic():
        SubjectRedaction.objects.all().delete()
        StoryEntry.objects.filter(hidden="third_party").delete()
        never_there = given(guardian, part)
        transaction.set_rollback(True)
    assert without == never_there
    assert pdf_of(without) == pdf_of(never_there)
    assert faults_of(pdf_of(without)) == []
    release_answer(by=guardian, part_id=part.pk, said=given(guardian, part), at=now())
    kept = released_answer(guardian, part)
    assert kept is not None
    assert "neighbour" not in str(kept)
    with pytest.raises(CannotAnswerRequest, match="released already"):
        give_it(by=guardian, part_id=part.pk, item=hidden.key, at=now())


def test_something_is_given_in_other_words_or_after_all_as_it_stands() -> None:
    guardian, part = a_world(
        ("Rowed with his brother Tom", ""),
    )
    prepare(by=guardian, part_id=part.pk, marked=[], at=now())
    row = items(part)[f"{Topic.HOME.label}: Rowed with his brother Tom"]
    with pytest.raises(CannotAnswerRequest, match="Say why"):
        leave_out(
            by=guardian, part_id=part.pk, said=LeftOut(row.key, LeftOutBecause.THIRD_PARTY, " "), at=now()
        )  # fmt: skip
    reworded = LeftOut(
        row.key, LeftOutBecause.THIRD_PARTY, "Tom has not agreed", "There was a row."
    )
    leave_out(by=guardian, part_id=part.pk, said=reworded, at=now())
    said = str(given(guardian, part))
    assert "There was a row." in said
    assert "Tom" not in said
    give_it(by=guardian, part_id=part.pk, item=row.key, at=now())
    assert "Tom" in str(given(guardian, part))


def test_nobody_else_reads_what_was_left_out_and_the_person_reads_the_answer_alone() -> None:
    guardian, part = a_world(("Moved in", ""))
    prepare(by=guardian, part_id=part.pk, marked=[], at=now())
    [home] = [each for what, each in items(part).items() if "Moved in" in what]
    leave_out(
        by=guardian, part_id=part.pk, at=now(),
        said=LeftOut(home.key, LeftOutBecause.SERIOUS_HARM, "His doctor says so"),
    )  # fmt: skip
    release_answer(by=guardian, part_id=part.pk, said=given(guardian, part), at=now())
    walled.agency("police", "police")
    for stranger in (
        walled.viewer("police", "duty_manager", team="Duty"),
        walled.viewer("housing", "housing_officer", team="Tenancies"),
    ):
        with acting(stranger):
            assert not SubjectRedaction.objects.exists()
            assert not SubjectAnswer.objects.exists()
    police = walled.viewer("police", "duty_manager", team="Duty")
    with pytest.raises(SubjectPart.DoesNotExist):
        prepare(by=police, part_id=part.pk, marked=[], at=now())
