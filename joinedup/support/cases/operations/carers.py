"""Say who cares for somebody of a case, offer them an assessment of their own, say when caring ends."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Max

from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Relationship
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.consents import born_on
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.carer import CarerAnswer, CarerFoundBy
from joinedup.support.cases.models import Carer, CarerOffer
from joinedup.support.cases.operations.assessing import CannotAssess, assessing_in
from joinedup.support.cases.rules.carers import CARES
from joinedup.support.handovers.operations.grounds import leave_a_line


@dataclass(frozen=True)
class CarerSaid:
    """Who cares, for whom, and how that came to be known."""

    name: str
    cares_for: uuid.UUID
    found_by: CarerFoundBy
    identified_on: datetime.date
    relation: str = ""
    born_on: datetime.date | None = None
    relationship_id: int | None = None
    """The tie in an agency's records that says so, where one does."""


def identify_carer(
    *, by: Viewer, case_id: uuid.UUID, said: CarerSaid, at: datetime.datetime
) -> Carer:
    """Write down that somebody cares for a person of the case; raises CannotAssess, NoPart."""
    if not said.name.strip():
        raise CannotAssess("Say who cares: a name, or “her sister”, will do.")
    if said.identified_on > day_of(at):
        raise CannotAssess("The day is in the future.")
    if said.born_on is not None and said.born_on > day_of(at):
        raise CannotAssess("The birth date is in the future.")
    person_id = _tied(by, said)
    with assessing_in(by, case_id) as case:
        about = MatterPerson.objects.filter(
            matter=case.pk, person__in=identifiers_of(said.cares_for)
        )
        if not about.exists():
            raise CannotAssess("Say for whom of this case they care.")
        there = Carer.objects.filter(case=case, cares_for=said.cares_for, ends_on__isnull=True)
        if person_id and there.filter(person__in=identifiers_of(person_id)).exists():
            raise CannotAssess("They are among the carers already.")
        last = Carer.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
        made = Carer.objects.create(
            case=case, number=last + 1, person_id=person_id, name=said.name.strip(),
            relation=said.relation.strip(), cares_for_id=said.cares_for, found_by=said.found_by,
            born_on=said.born_on or (born_on(identifiers_of(person_id)) if person_id else None),
            identified_on=said.identified_on, by_post_id=by.post_id, recorded_at=at,
        )  # fmt: skip
        leave_a_line(by, case_id, "wrote down a carer", at, {"found_by": said.found_by})
    return made


def offer_carer_assessment(
    *,
    by: Viewer,
    carer_id: uuid.UUID,
    offered_on: datetime.date,
    answer: CarerAnswer,
    because: str,
    at: datetime.datetime,
) -> CarerOffer:
    """Write down that a carer was offered an assessment of their own, and what they said.

    Raises CannotAssess, Carer.DoesNotExist, NoPart.
    """
    if offered_on > day_of(at):
        raise CannotAssess("The day of the offer is in the future.")
    if answer is CarerAnswer.DECLINED and not because.strip():
        raise CannotAssess("Say why they declined, in their words, or that they gave no reason.")
    found = _carer(by, carer_id)
    with assessing_in(by, found.case_id):
        made = CarerOffer.objects.create(
            case_id=found.case_id, carer=found, offered_on=offered_on, answer=answer,
            because=because.strip(), by_post_id=by.post_id, recorded_at=at,
        )  # fmt: skip
        leave_a_line(by, found.case_id, "offered a carer’s assessment", at, {"answer": answer})
    return made


def end_caring(
    *, by: Viewer, carer_id: uuid.UUID, ends_on: datetime.date, at: datetime.datetime
) -> Carer:
    """Say that somebody cares no longer; what was written stays. Raises as offer_carer_assessment."""
    found = _carer(by, carer_id)
    with assessing_in(by, found.case_id):
        if found.ends_on is None:
            found.ends_on = ends_on
            found.save(update_fields=["ends_on"])
            leave_a_line(by, found.case_id, "ended that somebody cares", at)
    return found


def _carer(by: Viewer, carer_id: uuid.UUID) -> Carer:
    with acting(by):
        return Carer.objects.get(pk=carer_id)


def _tied(by: Viewer, said: CarerSaid) -> uuid.UUID | None:
    """Who of the spine the carer is, by a tie that the actor may see and no other way."""
    if said.relationship_id is None:
        return None
    with acting(by):
        tie = Relationship.objects.filter(
            pk=said.relationship_id, kind__in=CARES, other__in=identifiers_of(said.cares_for)
        ).first()
    if tie is None:
        raise CannotAssess("What said that they care is not there any more. Open the page again.")
    return tie.person_id
