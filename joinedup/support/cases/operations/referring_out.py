"""Ask a service for help from a plan: handed over as a matter of its own, or the way shown; hear what became."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import (
    close_matter,
    give_part,
    of_team,
    open_matter,
)
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.plan import ActionState
from joinedup.support.cases.models import Case, Lead, PlanAction, ReferredOut
from joinedup.support.cases.operations.editing import (
    WORKING,
    CannotPlan,
    at_work_on,
    case_of,
    must_be_of_the_case,
)
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations.grounds import leave_a_line, must_work_at

REFERS = "referred from a plan"


@dataclass(frozen=True)
class Asking:
    """What is asked of whom, for whom, and whether they know."""

    person_id: uuid.UUID
    words: str
    footing: Footing
    because: str = ""
    to_team_id: int | None = None
    service: str = ""
    """A service by its name, where it is no team of the partnership: the way is shown."""


def refer_out(
    *, by: Viewer, action_id: uuid.UUID, asking: Asking, at: datetime.datetime
) -> ReferredOut:
    """Ask a team to take on what an action needs, or show the way to a service by name.

    The team reads the words and whom they are about, and nothing of the case; until it accepts, the
    lead answers for it. The action is being done from now on.
    Raises CannotPlan, NoPart, PlanAction.DoesNotExist.
    """
    matter_id = case_of(by, PlanAction, action_id)
    if bool(asking.to_team_id) == bool(asking.service.strip()):
        raise CannotPlan("Choose a team, or write the name of a service.")
    if not asking.words.strip():
        raise CannotPlan("Say what is needed, in words they can act on.")
    if asking.footing.needs_reason and not asking.because.strip():
        raise CannotPlan("Say why without the person’s agreement: it is a disclosure.")
    with at_work_on(by, matter_id) as case:
        must_be_of_the_case(case, asking.person_id)
        action = PlanAction.objects.get(pk=action_id)
        if not ActionState(action.state).is_open:
            raise CannotPlan("This action has ended. Write a new one first.")
        try:
            made = (
                _handed(by, case, asking, at) if asking.to_team_id else _shown(by, case, asking, at)
            )
        except (handovers.CannotOffer, handovers.CannotTakeDuty) as why:
            raise CannotPlan(str(why)) from why
        made.plan_action = action
        made.save()
        if action.state == ActionState.TO_DO:
            PlanAction.objects.filter(pk=action_id).update(state=ActionState.DOING)
        leave_a_line(by, matter_id, "referred out from a plan", at, {"footing": asking.footing})
    return made


def hear_result(
    *, by: Viewer, referred_id: uuid.UUID, words: str, at: datetime.datetime
) -> ReferredOut:
    """Write down what became of it where the way was shown; a team says so itself.

    Raises CannotPlan, NoPart, ReferredOut.DoesNotExist.
    """
    if not words.strip():
        raise CannotPlan("Say what became of it.")
    matter_id = case_of(by, ReferredOut, referred_id)
    with at_work_on(by, matter_id):
        found = ReferredOut.objects.get(pk=referred_id)
        if found.matter_id is not None:
            raise CannotPlan("Whoever was asked says what became of it.")
        found.result, found.ended_at = words.strip(), at
        found.save(update_fields=["result", "ended_at"])
        leave_a_line(by, matter_id, "heard what became of a referral out", at)
    return found


def answer_referral(
    *, by: Viewer, referred_id: uuid.UUID, words: str, at: datetime.datetime
) -> ReferredOut:
    """Say, as the team that took it on, what became of it: whoever asked reads this, and it is closed.

    Raises CannotPlan, NoPart, ReferredOut.DoesNotExist.
    """
    if not words.strip():
        raise CannotPlan("Say what became of it: whoever asked reads this.")
    with acting(by):
        found = ReferredOut.objects.get(pk=referred_id)
    if found.matter_id is None:
        raise CannotPlan("The way was shown only: there is nothing to answer.")
    must_work_at(by, found.matter_id)
    with acting(WORKING):
        found = ReferredOut.objects.select_for_update(of=("self",)).get(pk=referred_id)
        handover = Handover.objects.get(pk=found.handover_id)
        if found.ended_at is not None:
            raise CannotPlan("It has been said already what became of it.")
        if handover.state_word.waits:
            raise CannotPlan("Accept it first, or send it back.")
        _close(by, found, words, at)
    return found


def end_referrals(by: Viewer, action: PlanAction, words: str, at: datetime.datetime) -> None:
    """End what was asked for an action that has ended: take back what waits, close the rest.

    What another team has taken on stays theirs. As the system, the case held.
    """
    for found in action.referred_out.filter(ended_at__isnull=True):
        if found.matter_id is None:
            found.result, found.ended_at = words, at
            found.save(update_fields=["result", "ended_at"])
            continue
        handover = Handover.objects.get(pk=found.handover_id)
        if handover.state_word.waits:
            handovers.withdraw(by=WORKING, handover_id=handover.pk, reason=words, at=at)
        if handover.answered_at is None or handover.state != "accepted":
            _close(by, found, words, at)


def _close(by: Viewer, found: ReferredOut, words: str, at: datetime.datetime) -> None:
    assert found.matter_id is not None
    handovers.say_what_became(
        by=by if not by.is_system else WORKING, matter_id=found.matter_id, words=words, at=at
    )
    close_matter(by=by, matter_id=found.matter_id, at=at)
    handovers.end_duty(by=WORKING, matter_id=found.matter_id, at=at)
    found.result, found.ended_at = words.strip(), at
    found.save(update_fields=["result", "ended_at"])


def _handed(by: Viewer, case: Case, asking: Asking, at: datetime.datetime) -> ReferredOut:
    """A matter of its own, which the lead answers for until the other team accepts."""
    lead = Lead.objects.select_related("post__user", "post__team__agency").get(
        case=case, ends_at__isnull=True
    )
    team = Team.objects.select_related("agency").filter(pk__in=[asking.to_team_id]).first()
    if team is None:
        raise CannotPlan("There is no such team. Choose another.")
    matter = open_matter(by=by, kind=MatterKind.REFERRAL, at=at, about=[asking.person_id])
    give_part(
        by=by, matter_id=matter.pk, recipient=of_team(lead.post.team_id), level=PartLevel.WORK,
        because=REFERS, at=at,
    )  # fmt: skip
    handovers.take_duty(
        by=WORKING, matter_id=matter.pk, post_id=lead.post_id, because=REFERS, at=at
    )
    made = ReferredOut(
        case=case, matter=matter, person_id=asking.person_id, service=f"{team.name}, {team.agency.name}",
        words=_named(by, asking), footing=asking.footing, because=asking.because.strip(), sent_at=at,
    )  # fmt: skip
    made.handover = handovers.offer(
        by=_sender(by, lead),
        matter_id=matter.pk,
        from_team_id=lead.post.team_id,
        to_team_id=team.pk,
        words=made.words,
        at=at,
        link=f"/referred/{made.pk}/",
    )
    return made


def _sender(by: Viewer, lead: Lead) -> Viewer:
    """Who asks in the lead team's name: whoever does, where they are of it; else the lead."""
    return by if by.team_id == lead.post.team_id else Viewer.of_post(lead.post)


def _named(by: Viewer, asking: Asking) -> str:
    """The words with whom they are about, as whoever asks sees them: the other side may know no name."""
    with acting(by):
        name = names_of_people({asking.person_id}).get(asking.person_id, "")
    return f"{name}: {asking.words.strip()}" if name else asking.words.strip()


def _shown(by: Viewer, case: Case, asking: Asking, at: datetime.datetime) -> ReferredOut:
    lead = Lead.objects.select_related("post__user", "post__team__agency").get(
        case=case, ends_at__isnull=True
    )
    handover = handovers.signpost(
        by=WORKING, matter_id=case.pk, from_team_id=lead.post.team_id, to_place=asking.service,
        words=asking.words, at=at,
    )  # fmt: skip
    return ReferredOut(
        case=case, handover=handover, person_id=asking.person_id, service=asking.service.strip(),
        words=asking.words.strip(), footing=asking.footing, because=asking.because.strip(), sent_at=at,
    )  # fmt: skip
