"""What a person does on their own page: write in their own words, tick what they promised; and the answer."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import OWN_PAGE_PURPOSE, NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.choices.own import OwnKind
from joinedup.support.cases.choices.plan import OPEN, ActionState, OwnerKind
from joinedup.support.cases.models import Case, Lead, OwnWords, PlanAction
from joinedup.support.handovers.operations.grounds import leave_a_line, must_work_at

WRITING = Viewer.system("keeping what people write on their own page")
LONGEST = 4000
_A_DAY = 20
"""So many in a day are enough for anybody, and few for a machine (propose)."""


class CannotWrite(Exception):
    """Why their words were not taken; plain enough for anybody."""


class CannotAnswer(Exception):
    """Why an answer was not taken; says how to mend it."""


def write_own_words(
    *, by: Viewer, case_id: uuid.UUID, kind: OwnKind, words: str, at: datetime.datetime
) -> OwnWords:
    """Write to those who help with one's case; whoever leads it is told.

    Raises CannotWrite, Case.DoesNotExist, NotPermitted.
    """
    said = words.strip()
    if not said:
        raise CannotWrite("Write a few words first.")
    if len(said) > LONGEST:
        raise CannotWrite(f"That is too long. Write up to {LONGEST:,} letters.")
    person_id = _me(by, case_id)
    with transaction.atomic(), acting(WRITING):
        lately = OwnWords.objects.filter(
            case=case_id, person=person_id, at__gt=at - datetime.timedelta(days=1)
        )
        if lately.count() >= _A_DAY:
            raise CannotWrite("You have written a lot today. Ring the person who helps you.")
        if Case.objects.filter(pk=case_id, closed_at__isnull=False).exists():
            raise CannotWrite(
                "Nobody works on this any more. Ring the person who gave you the code."
            )
        made = OwnWords.objects.create(
            case_id=case_id, person_id=person_id, kind=kind, words=said, at=at
        )
        _leave_a_line(by, made.case_id, person_id, "wrote on their own page", at)
        _tell_the_lead(case_id, at)
    return made


def tick_own_action(
    *, by: Viewer, action_id: uuid.UUID, words: str, at: datetime.datetime
) -> PlanAction:
    """Say that something one promised oneself is done; done already it stays as it is.

    Raises PlanAction.DoesNotExist where it is not one's own, NotPermitted.
    """
    with acting(by):
        seen = PlanAction.objects.get(pk=action_id, owner=OwnerKind.PERSON)
        person_id = _me(by, seen.case_id)
        ids = _ids_of(by, seen.case_id)
        if seen.owner_person_id not in ids:
            raise PlanAction.DoesNotExist
    with transaction.atomic(), acting(WRITING):
        action = PlanAction.objects.select_for_update(of=("self",)).get(pk=action_id)
        if ActionState(action.state) in OPEN:
            action.state, action.ended_at = ActionState.DONE, at
            action.became = words.strip()[:LONGEST] or "Ticked by the person themselves."
            action.edited += 1
            action.save()
            _leave_a_line(by, action.case_id, person_id, "ticked an action on their own page", at)
    return action


def answer_own_words(
    *, by: Viewer, words_id: uuid.UUID, answer: str, at: datetime.datetime
) -> OwnWords:
    """Say what was done about what somebody wrote; they read it on their own page.

    Raises CannotAnswer, NoPart, OwnWords.DoesNotExist.
    """
    if not answer.strip():
        raise CannotAnswer("Say what you did about it: the person reads this.")
    with acting(by):
        matter_id = OwnWords.objects.get(pk=words_id).case_id
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WRITING):
        found = OwnWords.objects.select_for_update(of=("self",)).get(pk=words_id)
        if found.answered_at is not None:
            raise CannotAnswer("It has been answered already.")
        found.answer, found.answered_by_id, found.answered_at = answer.strip(), by.post_id, at
        found.save()
        leave_a_line(by, matter_id, "answered what somebody wrote on their own page", at)
    return found


def _me(by: Viewer, case_id: uuid.UUID) -> uuid.UUID:
    """The identifier under which the case knows whoever looks at their own page."""
    if by.own_access_id is None:
        raise NotPermitted("This is done on somebody’s own page.")
    with acting(by):
        Case.objects.get(pk=case_id)
    return next(iter(_ids_of(by, case_id)))


def _ids_of(by: Viewer, case_id: uuid.UUID) -> list[uuid.UUID]:
    with acting(by):
        mine = set(Person.objects.values_list("pk", flat=True))
    with acting(WRITING):
        about = MatterPerson.objects.filter(matter=case_id, person__in=mine)
        return list(about.order_by("pk").values_list("person", flat=True))


def _tell_the_lead(case_id: uuid.UUID, at: datetime.datetime) -> None:
    leads = Lead.objects.filter(case=case_id, ends_at__isnull=True)
    tell(
        by=None,
        posts=list(leads.values_list("post_id", flat=True)),
        kind=NoticeKind.OWN_WORDS,
        link=f"/cases/{case_id}/own-words/",
        at=at,
    )


def _leave_a_line(
    by: Viewer, case_id: uuid.UUID, person_id: uuid.UUID, act: str, at: datetime.datetime
) -> None:
    record_change(
        at=at,
        post_id=None,
        act=act,
        subject_kind="matter",
        subject_id=str(case_id),
        purpose=OWN_PAGE_PURPOSE,
        person_id=person_id,
    )
