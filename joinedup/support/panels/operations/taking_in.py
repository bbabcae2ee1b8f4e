"""Take into a panel's queue what was offered to its team, or asks to step up to it (P25, P34)."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import MatterPerson, Restriction
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.models import CaseStep
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.models import Referral, Subject
from joinedup.support.frontdoor.operations.outcomes import CannotAnswerReferral, accept_referral
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations import start_step
from joinedup.support.panels.choices import Box, ItemSource
from joinedup.support.panels.models import Panel, PanelItem
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.queue import (
    CannotQueue,
    ComingIn,
    PersonIn,
    must_keep,
    put_in_queue,
)


def take_referral(
    *, by: Viewer, panel_id: int, matter_id: uuid.UUID, at: datetime.datetime
) -> PanelItem:
    """Take a referral that was offered to the panel's team into its queue; the team answers for it now.

    Raises CannotQueue, NotPermitted.
    """
    panel = Panel.objects.select_related("team", "coordinator").get(pk=panel_id)
    must_keep(by, panel, at)
    with transaction.atomic():
        with acting(WORKING):
            waits = Handover.objects.waiting().filter(matter=matter_id, to_team=panel.team_id)
            handover = waits.first()
            if handover is None:
                raise CannotQueue("This is not offered to the panel any more.")
            referral = Referral.objects.get(pk=matter_id)
            asked = handover.messages.order_by("at", "pk").first()
        try:
            accept_referral(by=by, matter_id=matter_id, lead_post_id=_answers(panel, by, at), at=at)
        except CannotAnswerReferral as why:
            raise CannotQueue(str(why)) from why
        with acting(WORKING):
            people = _typed(referral, at)
            start_step(
                by=WORKING, matter_id=matter_id, kind=StepKind.PANEL, at=at,
                urgent=referral.is_urgent,
            )  # fmt: skip
        words = asked.words if asked and asked.words != referral.going_on else ""
        return put_in_queue(
            by=by, panel=panel, at=at,
            coming=ComingIn(
                ItemSource.REFERRAL, people, Agreement(referral.agreement),
                ForWhom(referral.for_whom), referral.is_urgent, referral_id=matter_id,
            ),
            texts={Box.GOING_ON: referral.going_on, Box.OWN_WORDS: referral.wanted, Box.ASKED: words},
        )  # fmt: skip


def take_step(*, by: Viewer, panel_id: int, step_id: uuid.UUID, at: datetime.datetime) -> PanelItem:
    """Take a case that asks to step up into the queue: panels pull them, and the sender leads meanwhile (P34).

    Raises CannotQueue, NotPermitted.
    """
    panel = Panel.objects.select_related("team", "coordinator").get(pk=panel_id)
    must_keep(by, panel, at)
    with transaction.atomic(), acting(WORKING):
        found = CaseStep.objects.select_related("handover", "case", "from_post").filter(pk=step_id)
        step = found.first()
        if step is None or step.handover.to_team_id != panel.team_id:
            raise CannotQueue("This case does not ask to step up to the panel.")
        if not step.handover.state_word.waits or PanelItem.objects.filter(step=step).exists():
            raise CannotQueue("Somebody has answered this already. Nothing was changed by you.")
        people = _of_case(by, step, at)
        made = put_in_queue(
            by=by, panel=panel, at=at,
            coming=ComingIn(
                ItemSource.STEP_UP, people, Agreement.AGREED, ForWhom(step.case.for_whom),
                case_id=step.case_id, step_id=step.pk,
            ),
            texts={Box.GOING_ON: step.evidence, Box.ASKED: step.reason},
        )  # fmt: skip
    return made


def _answers(panel: Panel, by: Viewer, at: datetime.datetime) -> uuid.UUID | None:
    """Who answers for it from now on: the coordinator while they hold that post, else who takes it in (P33)."""
    held = Post.objects.held_on(day_of(at)).filter(pk=panel.coordinator_id, team=panel.team_id)
    return panel.coordinator_id if held.exists() else by.post_id


def _typed(referral: Referral, at: datetime.datetime) -> list[PersonIn]:
    """Whom a referral is for, as typed, with who that is where it is known."""
    found = Subject.objects.filter(matter=referral.pk).select_related("match").order_by("place")
    people = []
    for each in found:
        match = getattr(each, "match", None)
        person = match.person_id if match else None
        home = "No fixed address" if each.no_fixed_address else f"{each.address} {each.postcode}"
        people.append(
            PersonIn(
                name=f"{each.given_name} {each.family_name}".strip() or "Name not known",
                person_id=person, born_on=each.born_on,
                age=age(each.born_on, day_of(at)) if each.born_on else each.age,
                address="" if _is_kept_secret(person, at) else home.strip(), relation=each.relation,
            )
        )  # fmt: skip
    return people


def _of_case(by: Viewer, step: CaseStep, at: datetime.datetime) -> list[PersonIn]:
    """Whom a case is about, by such names as whoever sent the step may see themselves."""
    persons = list(
        MatterPerson.objects.filter(matter=step.case_id)
        .order_by("pk")
        .values_list("person", flat=True)
    )
    sender = Post.objects.select_related("user", "team__agency").get(pk=step.from_post_id)
    held = Post.objects.held_on(day_of(at)).filter(pk=sender.pk, user__is_active=True).exists()
    with acting(Viewer.of_post(sender) if held else by):
        records = Record.objects.filter(person__in=persons, gone_on=None).order_by("pk")
        known: dict[uuid.UUID, Record] = {}
        for record in records:
            known.setdefault(record.person_id, record)
    people = []
    for place, person in enumerate(persons, start=1):
        record_of = known.get(person)
        name = f"{record_of.given_name} {record_of.family_name}".strip() if record_of else ""
        born = record_of.born_on if record_of else None
        years = age(born, day_of(at)) if born else None
        people.append(PersonIn(name or f"Person {place}", person, born, years))
    return people


def _is_kept_secret(person_id: uuid.UUID | None, at: datetime.datetime) -> bool:
    if person_id is None:
        return False
    held = Restriction.objects.filter(kind=RestrictionKind.SAFETY_ADDRESS, starts_at__lte=at)
    return held.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), person=person_id).exists()
