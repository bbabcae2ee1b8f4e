"""Ask that one lead coordinates all of somebody's cases; the other leads say yes or no (S0-20, P27)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import Coordination, CoordinationVoice, Lead
from joinedup.support.cases.queries.alongside import cases_alongside
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at

WORKING = Viewer.system("keeping who coordinates somebody’s cases")


class CannotCoordinate(Exception):
    """A lead cannot coordinate so; says why."""


def ask_to_coordinate(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    person_id: uuid.UUID,
    because: str,
    at: datetime.datetime,
    other: uuid.UUID | None = None,
) -> Coordination:
    """Ask the leads of somebody's other cases that this case's lead coordinates, or that of `other`.

    Only cases that the asker may know of are asked. Raises CannotCoordinate, NoPart.
    """
    must_work_at(by, matter_id)
    if not because.strip() or by.post_id is None:
        raise CannotCoordinate("Say why this lead: the others read it.")
    found = cases_alongside(by, matter_id, at=at)
    for_them = [each for each in found.cases if person_id in each.persons]
    if not for_them:
        raise CannotCoordinate("No other case of theirs is open that you may know of.")
    if found.by_rule_of(person_id):
        raise CannotCoordinate("A statutory lead coordinates by rule; there is nothing to agree.")
    if other not in {None, matter_id, *(each.key for each in for_them)}:
        raise CannotCoordinate("Choose one of the cases that stand here.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        coordinates = other or matter_id
        Coordination.objects.filter(
            person=person_id, agreed_at__isnull=True, ends_at__isnull=True
        ).update(ends_at=at)
        made = Coordination.objects.create(
            person_id=person_id, case_id=coordinates, because=because.strip(),
            asked_by_id=by.post_id, asked_at=at,
        )  # fmt: skip
        CoordinationVoice.objects.create(
            coordination=made, case_id=matter_id, post_id=by.post_id, agrees=True, said_at=at
        )
        for each in for_them:
            CoordinationVoice.objects.create(coordination=made, case_id=each.key)
            _tell_lead(by, each.key, at)
        leave_a_line(by, matter_id, "asked who coordinates", at)
    return made


def answer_coordination(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    coordination_id: uuid.UUID,
    agrees: bool,
    at: datetime.datetime,
    words: str = "",
) -> Coordination:
    """Say yes or no for one's own case; with the last yes it is so. Raises CannotCoordinate, NoPart."""
    must_work_at(by, matter_id)
    if not agrees and not words.strip():
        raise CannotCoordinate("Say why not: the others read it.")
    with transaction.atomic(), acting(WORKING):
        found = Coordination.objects.select_for_update().get(pk=coordination_id)
        if found.ends_at is not None or found.agreed_at is not None:
            raise CannotCoordinate("This was settled meanwhile.")
        voice = found.voices.filter(case=matter_id).first()
        lead = Lead.objects.filter(case=matter_id, ends_at__isnull=True).first()
        if voice is None or lead is None:
            raise CannotCoordinate("This case was not asked.")
        if by.post_id != lead.post_id:
            raise CannotCoordinate("The lead of the case answers this.")
        voice.agrees, voice.words, voice.post_id, voice.said_at = (
            agrees, words.strip(), by.post_id, at
        )  # fmt: skip
        voice.save()
        _settle(by, found, at)
        leave_a_line(by, matter_id, "answered who coordinates", at, {"agrees": agrees})
    return found


def _settle(by: Viewer, found: Coordination, at: datetime.datetime) -> None:
    """With one no it is over; with every yes of cases still open it is so, and what was before is not."""
    voices = list(found.voices.filter(case__closed_at__isnull=True))
    if any(voice.agrees is False for voice in voices):
        found.ends_at = at
        found.save(update_fields=["ends_at"])
    elif all(voice.agrees for voice in voices):
        standing = Coordination.objects.filter(
            person=found.person_id, agreed_at__isnull=False, ends_at__isnull=True
        )
        standing.update(ends_at=at)
        found.agreed_at = at
        found.save(update_fields=["agreed_at"])
    else:
        return
    for voice in voices:
        _tell_lead(by, voice.case_id, at)


def _tell_lead(by: Viewer, case_id: uuid.UUID, at: datetime.datetime) -> None:
    leads = Lead.objects.filter(case=case_id, ends_at__isnull=True).exclude(post=by.post_id)
    tell(by=by.post_id, posts=leads.values_list("post_id", flat=True), kind=NoticeKind.COORDINATION,
         link=f"/cases/{case_id}/steps/alongside/", at=at)  # fmt: skip
