"""The first approach (S0-88): given to the lead, tried, ended; sharing widens or shrinks in that minute."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, Method, PartLevel, ServiceAnswer
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.operations.consents import record_service_answer
from joinedup.identity.sharing.operations.matters import (
    close_matter,
    give_part,
    of_post,
    open_matter,
)
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.models import Case
from joinedup.support.cases.operations import CannotOpenCase, open_case
from joinedup.support.contacts.operations.recording import (
    ContactSaid,
    record_contact,
)
from joinedup.support.frontdoor.choices import Agreement, EntryRoute, Need
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations.progress import tell_progress
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.operations.duty import move_duty
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at
from joinedup.support.panels.choices import AllocationState, ApproachOutcome, ApproachState
from joinedup.support.panels.models import (
    Allocation,
    Approach,
    ApproachPerson,
    ApproachTry,
    ItemPerson,
    PanelItem,
)
from joinedup.support.panels.operations.trimming import leave_a_trace, trim
from joinedup.support.panels.queries.parted import is_to_be_placed
from joinedup.support.panels.rules.approach import (
    WAY_BACK,
    Ending,
    Shared,
    what_follows,
    who_shared_what,
    why_not_ended,
)
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.operations import raise_exit

APPROACHING = Viewer.system("making the first approach to somebody whom a panel considered")
MAKES_IT = "makes the first approach"
MANAGES_IT = "manages whoever makes the first approach"
_CHILD = 18


class CannotApproach(Exception):
    """A first approach cannot be begun, tried or ended so; says why."""


@dataclass(frozen=True)
class TrySaid:
    """One try: the contact as all contacts are recorded (P32), and whether it reached the person."""

    contact: ContactSaid
    reached: bool


def begin_approach(*, by: Viewer, allocation_id: uuid.UUID, at: datetime.datetime) -> Approach:
    """Give the first approach to whoever the agency's manager named; once for an allocation.

    It opens nothing else: whoever makes it reads whom to approach, how it is safe, and what to say of
    who shared what. Raises CannotApproach.
    """
    with transaction.atomic(), acting(APPROACHING):
        allocation = Allocation.objects.select_related("item__panel", "lead_post").get(
            pk=allocation_id
        )
        item = PanelItem.objects.select_for_update().get(pk=allocation.item_id)
        running = Approach.objects.filter(item=item).exclude(state=ApproachState.ENDED).first()
        if running is not None:
            return running
        if allocation.state != AllocationState.ACCEPTED or allocation.lead_post is None:
            raise CannotApproach("The agency names who leads first; they make the approach.")
        if is_to_be_placed(item.pk):
            raise CannotApproach(
                "Their records turned out to be two people’s. Let the panel say whom it is about first."
            )
        basis = item.basis or allocation.item.panel.before_agreement_basis
        if not basis:
            raise CannotApproach(
                "Nothing says on which basis somebody is approached who has not agreed. "
                "Let the panel's terms name it (P25)."
            )
        made = _open(by, allocation, item, basis, at)
        leave_a_line(by, made.pk, "gave a first approach", at, {"urgent": item.is_urgent})
    return made


def record_try(
    *, by: Viewer, approach_id: uuid.UUID, said: TrySaid, at: datetime.datetime
) -> ApproachTry:
    """Record a try to reach them; the safe-contact profile rules it as any contact (P30, P32).

    Raises CannotApproach, CannotRecordContact (NotSafe where a way is forbidden), NoPart.
    """
    must_work_at(by, approach_id)
    if by.post_id is None:
        raise NotPermitted("A first approach is somebody’s, never the system’s.")
    record_contact(by=by, matter_id=approach_id, said=said.contact, at=at)
    with transaction.atomic(), acting(APPROACHING):
        approach = _running(approach_id)
        if said.contact.at < approach.given_at:
            raise CannotApproach("That was before the approach was asked for. Correct the time.")
        made = ApproachTry.objects.create(
            approach=approach, at=said.contact.at, how=str(said.contact.how),
            reached=said.reached, words=said.contact.words.strip(), by_post_id=by.post_id,
            recorded_at=at,
        )  # fmt: skip
        if approach.state == ApproachState.TO_DO:
            approach.state = ApproachState.TRYING
            approach.save(update_fields=["state"])
        leave_a_line(by, approach_id, "tried a first approach", at, {"reached": said.reached})
    return made


def end_approach(
    *,
    by: Viewer,
    approach_id: uuid.UUID,
    ending: Ending,
    method: Method,
    at: datetime.datetime,
) -> Approach:
    """Say how it ended. A yes opens the case with its lead; a no trims sharing back in this minute.

    A no that may not be enough goes to safeguarding with the capacity view and what was decided about
    the duty to assess (P30, Care Act section 11(2)). Raises CannotApproach, NoPart.
    """
    must_work_at(by, approach_id)
    with transaction.atomic(), acting(APPROACHING):
        approach = _running(approach_id)
        tries = list(approach.tries.all())
        wrong = why_not_ended(
            ending, [day_of(each.at) for each in tries], any(each.reached for each in tries)
        )
        if wrong:
            raise CannotApproach(wrong)
        _write_end(approach, ending, at)
        item = PanelItem.objects.select_for_update().get(pk=approach.item_id)
        follows = what_follows(ending)
        if follows.opens_case:
            _agreed(by, approach, item, method, at)
        if follows.raises_exit:
            _exit(by, approach, ending, at)
        if follows.trims:
            _declined(by, approach, item, at)
        if follows.goes_back:
            _back(by, approach, item, ending, at)
        handovers.finish_step(by=APPROACHING, matter_id=approach_id, kind=StepKind.APPROACH, at=at)
        close_matter(by=by, matter_id=approach_id, at=at)
        handovers.end_duty(by=APPROACHING, matter_id=approach_id, at=at)
        tell(
            by=by.post_id, posts=[item.panel.coordinator_id], kind=NoticeKind.APPROACH_ENDED,
            link=f"/panels/of/{item.panel.code}/approaches/", at=at,
        )  # fmt: skip
        leave_a_line(
            by, approach_id, "ended a first approach", at, {"outcome": str(ending.outcome)}
        )
    return approach


def _open(
    by: Viewer, allocation: Allocation, item: PanelItem, basis: str, at: datetime.datetime
) -> Approach:
    lead = allocation.lead_post
    assert lead is not None
    about = MatterPerson.objects.filter(matter=item.pk).values_list("person", flat=True)
    matter = open_matter(by=by, kind=MatterKind.APPROACH, at=at, about=list(about))
    parts = {lead.pk: MAKES_IT}
    if lead.operational_manager_id is not None:
        parts.setdefault(lead.operational_manager_id, MANAGES_IT)
    for post_id, because in parts.items():
        give_part(
            by=by, matter_id=matter.pk, recipient=of_post(post_id), level=PartLevel.WORK,
            because=because, at=at,
        )  # fmt: skip
    handovers.take_duty(
        by=APPROACHING, matter_id=matter.pk, post_id=lead.pk, because=MAKES_IT, at=at
    )
    step = handovers.start_step(
        by=APPROACHING, matter_id=matter.pk, kind=StepKind.APPROACH, at=at, urgent=item.is_urgent
    )
    made = Approach.objects.create(
        matter=matter, item=item, post=lead, basis=basis, is_urgent=item.is_urgent, given_at=at,
        who_shared_what=who_shared_what(_shared(item), item.panel.name), due_at=step.due_at,
        way_back=WAY_BACK,
    )  # fmt: skip
    ApproachPerson.objects.bulk_create(
        ApproachPerson(
            approach=made, person_id=each.person_id, name=each.name, born_on=each.born_on,
            age=each.age, address=each.address, relation=each.relation, place=each.place,
        )
        for each in ItemPerson.objects.filter(item=item).order_by("place")
    )  # fmt: skip
    tell(
        by=by.post_id, posts=[lead.pk], kind=NoticeKind.APPROACH_YOURS,
        link=f"/panels/approaches/{made.pk}/", at=at,
    )  # fmt: skip
    return made


def _shared(item: PanelItem) -> list[Shared]:
    """Who is named: whoever referred, unless it was somebody of the public or its very name tells (P8)."""
    referral = Referral.objects.filter(pk=item.referral_id).select_related("by_agency").first()
    if referral is None:
        return []
    needs = ", ".join(Need(need).label.casefold() for need in referral.needs)
    agency = referral.by_agency
    named = (
        agency is not None and not agency.name_reveals and not EntryRoute(referral.entry).is_public
    )
    return [
        Shared(
            agency.name if named and agency is not None else "",
            f"that you may want help with {needs}" if needs else "that you may want help",
        )
    ]


def _running(approach_id: uuid.UUID) -> Approach:
    locked(approach_id)
    approach = Approach.objects.select_for_update().get(pk=approach_id)
    if approach.state == ApproachState.ENDED:
        raise CannotApproach("This approach has ended already. Nothing was changed by you.")
    return approach


def _write_end(approach: Approach, ending: Ending, at: datetime.datetime) -> None:
    approach.state, approach.outcome, approach.ended_at = ApproachState.ENDED, ending.outcome, at
    approach.outcome_words, approach.wants = ending.words.strip(), ending.wants.strip()
    approach.capacity = ending.capacity or ""
    approach.capacity_because = ending.capacity_because.strip()
    approach.concern, approach.duty_decision = ending.concern.strip(), ending.duty_decision.strip()
    approach.save()


def _agreed(
    by: Viewer,
    approach: Approach,
    item: PanelItem,
    method: Method,
    at: datetime.datetime,
) -> None:
    """The case opens with its lead, the yes to the service is on record, and the referrer hears of contact."""
    about = MatterPerson.objects.filter(matter=item.pk).values_list("person", flat=True)
    lead = Post.objects.select_related("team").get(pk=approach.post_id)
    if not about:
        raise CannotApproach(
            "Nobody on the spine is named here. Let the front door say who it is about first."
        )
    try:
        case = open_case(
            by=APPROACHING, person_ids=list(about), programme=_programme(item),
            lead_post_id=lead.pk, for_whom=ForWhom(item.for_whom), at=at,
        )  # fmt: skip
    except CannotOpenCase as why:
        raise CannotApproach(str(why)) from why
    Allocation.objects.filter(item=item, state=AllocationState.ACCEPTED).update(case=case)
    item.agreement = Agreement.AGREED
    item.save(update_fields=["agreement"])
    if item.referral_id is not None:
        Referral.objects.filter(pk=item.referral_id).update(agreement=Agreement.AGREED)
        tell_progress(
            by=by, matter_id=item.referral_id, at=at,
            words="First contact was made, and they agree to being helped.",
        )  # fmt: skip
    _say_yes_to_the_service(by, case, item.panel.name, method, at)


def _say_yes_to_the_service(
    by: Viewer, case: Case, service: str, method: Method, at: datetime.datetime
) -> None:
    for person in MatterPerson.objects.filter(matter=case.pk):
        try:
            record_service_answer(
                by=by, person_id=person.person_id, service=service, answer=ServiceAnswer.AGREED,
                method=method, at=at,
            )  # fmt: skip
        except Person.DoesNotExist:
            # The wall shows whoever leads nothing of them yet: the yes stands in the approach itself.
            continue


def _programme(item: PanelItem) -> Programme:
    if item.step is not None:
        return Programme(item.step.to_programme)
    return Programme.TRANSFORMING_LIVES


def _exit(by: Viewer, approach: Approach, ending: Ending, at: datetime.datetime) -> None:
    people = list(ApproachPerson.objects.filter(approach=approach).order_by("place"))
    young = [each for each in people if each.age is not None and each.age < _CHILD]
    words = "\n".join(
        part
        for part in (
            "They said no to help, and that may not be enough.",
            ending.concern and f"What worries me: {ending.concern}",
            ending.capacity and f"Capacity to decide this: {ending.capacity.label}",
            ending.capacity_because,
            f"Decided about the duty to assess: {ending.duty_decision}",
        )
        if part
    )
    raise_exit(
        by=by, door=Door.SAFEGUARDING, words=words, at=at, from_matter=approach.pk,
        audience=Audience.CHILD if young and len(young) == len(people) else Audience.ADULT,
        person_ids=[each.person_id for each in people if each.person_id is not None],
    )  # fmt: skip


def _declined(by: Viewer, approach: Approach, item: PanelItem, at: datetime.datetime) -> None:
    Allocation.objects.filter(item=item, state=AllocationState.ACCEPTED).update(
        state=AllocationState.WITHDRAWN, answered_at=at
    )
    item.agreement = Agreement.INFORMED_NOT_AGREED
    item.save(update_fields=["agreement"])
    trim(by=by, item=item, keeps=approach.post_id, at=at)
    leave_a_trace(by=by, item=item, basis=approach.basis, way_back=approach.way_back, at=at)


def _back(
    by: Viewer, approach: Approach, item: PanelItem, ending: Ending, at: datetime.datetime
) -> None:
    """The coordinator answers for it again, reads what they want, and finds another way."""
    Allocation.objects.filter(item=item, state=AllocationState.ACCEPTED).update(
        state=AllocationState.WITHDRAWN, answered_at=at
    )
    coordinator = Post.objects.select_related("team__agency").get(pk=item.panel.coordinator_id)
    found = item.referral_id or item.pk
    move_duty(by, found, coordinator, "the first approach came back", at)
    if item.referral_id is not None:
        words = (
            "They were reached, and want something else."
            if ending.outcome is ApproachOutcome.WANTS_ELSE
            else "Nobody could reach them yet."
        )
        tell_progress(by=by, matter_id=item.referral_id, words=words, at=at)
