"""Disagree about a step, say something, go up a rung, settle it; the safer position holds meanwhile (P40)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_post
from joinedup.support.cases.choices.level import LevelSource, NeedLevel, Rung, RungSaid, Settled
from joinedup.support.cases.models import Case, CaseStep, Disagreement, DisagreementWord, Lead
from joinedup.support.cases.operations.levels import level_now, set_level
from joinedup.support.cases.operations.stepping import (
    CannotStep,
    accept_step,
    back_to_sender,
    send_again,
)
from joinedup.support.cases.rules.ladder import PARTNERS, above, due, why_not_settled_by
from joinedup.support.cases.rules.steps import safer
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.choices import HandoverState, ReturnReason
from joinedup.support.handovers.operations.grounds import (
    NO_PART,
    NoPart,
    leave_a_line,
    locked,
    must_work_at,
    posts_of,
)
from joinedup.support.handovers.operations.silence import managers_of
from joinedup.support.handovers.rules.roles import MANAGERS

WORKING = Viewer.system("taking a disagreement about a step up its ladder")
SETTLES_IT = "settles a disagreement"


class CannotDisagree(Exception):
    """It cannot be disagreed about so; says why."""


class CannotSettle(Exception):
    """A disagreement cannot be settled so; says why."""


def disagree(
    *, by: Viewer, step_id: uuid.UUID, because: str, at: datetime.datetime
) -> Disagreement:
    """Disagree about a step: a manager of the receiver refuses protection, or the sender a return.

    Nothing is taken from anybody by it: of the two positions the safer one holds until it is settled.
    Raises CannotDisagree, NoPart.
    """
    with acting(by):
        matter_id = CaseStep.objects.values_list("case_id", flat=True).get(pk=step_id)
    must_work_at(by, matter_id)
    if not because.strip() or by.post_id is None:
        raise CannotDisagree("Say why you disagree: everybody on the ladder reads this.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        step = CaseStep.objects.select_related("handover").get(pk=step_id)
        rung = _first_rung(by, step)
        made = Disagreement.objects.create(
            case_id=matter_id, step=step, because=because.strip(), opened_by_id=by.post_id,
            opened_at=at, rung=rung, due_at=due(rung, at),
        )  # fmt: skip
        _hold_the_safer(step, at)
        _say(made, RungSaid.OPENED, because, by, at)
        _ask_them(by, made, step, at)
        leave_a_line(by, matter_id, "disagreed about a step", at, {"rung": str(rung)})
    return made


def say_of_it(
    *, by: Viewer, disagreement_id: uuid.UUID, words: str, at: datetime.datetime
) -> DisagreementWord:
    """Say something for the others on this rung to read. Raises CannotSettle, NoPart."""
    if not words.strip():
        raise CannotSettle("Write what you have to say.")
    with transaction.atomic(), acting(WORKING):
        found = _open(by, disagreement_id)
        return _say(found, RungSaid.SAID, words, by, at)


def go_up(
    *, by: Viewer, disagreement_id: uuid.UUID, words: str, at: datetime.datetime
) -> Disagreement:
    """Take it up a rung before its time. Raises CannotSettle, NoPart."""
    with transaction.atomic(), acting(WORKING):
        found = _open(by, disagreement_id)
        if above(Rung(found.rung)) is None:
            raise CannotSettle("It is with the safeguarding partners; there is nobody above them.")
        _climb(by, found, words, at)
    return found


def climb_disagreements(*, at: datetime.datetime) -> int:
    """Take every disagreement up whose rung has run out of time; return how many went up (P40)."""
    climbed = 0
    with acting(WORKING):
        late = Disagreement.objects.filter(settled_at__isnull=True, due_at__lte=at)
        for key in list(late.values_list("pk", flat=True).order_by("due_at", "pk")):
            with transaction.atomic():
                one = late.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
                if one is not None:
                    _climb(WORKING, one, "", at)
                    climbed += 1
    return climbed


def settle_disagreement(
    *,
    by: Viewer,
    disagreement_id: uuid.UUID,
    settled: Settled,
    words: str,
    at: datetime.datetime,
) -> Disagreement:
    """Settle it, on the rung where it is: the step goes ahead, or comes back. Raises CannotSettle, NoPart."""
    if not words.strip():
        raise CannotSettle("Say what was agreed and why: it stands in the case.")
    with transaction.atomic(), acting(WORKING):
        found = _open(by, disagreement_id)
        why_not = why_not_settled_by(
            Rung(found.rung), by.role, opened_it=by.post_id == found.opened_by_id,
            was_asked=by.post_id in _posts(found, found.step, at),
        )  # fmt: skip
        if why_not and not by.is_system:
            raise CannotSettle(why_not)
        found.settled, found.settled_by_id, found.settled_at = settled, by.post_id, at
        found.save(update_fields=["settled", "settled_by", "settled_at"])
        _say(found, RungSaid.SETTLED, words, by, at)
        try:
            _carry_out(by, found.step, settled, words, at)
        except (CannotStep, handovers.CannotGiveBack) as why:
            raise CannotSettle(str(why)) from why
        _let_go(by, found, at)
        leave_a_line(by, found.case_id, "settled a disagreement", at, {"settled": str(settled)})
    return found


def _first_rung(by: Viewer, step: CaseStep) -> Rung:
    """Where it begins; raises CannotDisagree where there is nothing to disagree about."""
    state = HandoverState(step.handover.state)
    if step.disagreements.filter(settled_at__isnull=True).exists():
        raise CannotDisagree("It is disagreed about already. Say what you have to say there.")
    if state.waits and step.is_protection and by.team_id == step.handover.to_team_id:
        if by.role not in MANAGERS:
            raise CannotDisagree(
                "Only a manager of your team can refuse what is to protect somebody. Ask one now."
            )
        return Rung.MANAGER
    if state is HandoverState.RETURNED and by.team_id == step.handover.from_team_id:
        last = CaseStep.objects.filter(case=step.case_id).order_by("-sent_at", "pk").first()
        if last is not None and last.pk == step.pk:
            return Rung.WORKER
    if state.waits:
        raise CannotDisagree("It waits for an answer still. Accept it, ask, or send it back.")
    raise CannotDisagree("This step is settled. Send another where it is needed.")


def _hold_the_safer(step: CaseStep, at: datetime.datetime) -> None:
    now = level_now(Case.objects.get(pk=step.case_id), at)
    holds = safer(now, safer(step.from_level, step.to_level))
    if holds != now:
        set_level(
            by=WORKING, matter_id=step.case_id, level=holds, at=at, source=LevelSource.DISAGREEMENT,
            because="The step is disagreed about: the safer position holds until that is settled.",
        )  # fmt: skip


def _carry_out(
    by: Viewer, step: CaseStep, settled: Settled, words: str, at: datetime.datetime
) -> None:
    waits = HandoverState(step.handover.state).waits
    if settled is Settled.GOES_AHEAD:
        if waits:
            lead = Lead.objects.get(case=step.case_id, ends_at__isnull=True)
            accept_step(by=WORKING, step_id=step.pk, post_id=lead.post_id, at=at)
        else:
            send_again(by, step, words, at)
        return
    if waits:
        handovers.give_back(
            by=WORKING, handover_id=step.handover_id, reason=ReturnReason.OTHER, words=words, at=at
        )
        step.settled_at = at
        step.save(update_fields=["settled_at"])
        back_to_sender(by, step, f"Settled: {words}", at)
        return
    level = NeedLevel(step.from_level)
    set_level(
        by=WORKING, matter_id=step.case_id, level=level, because=f"Settled: {words}", at=at,
        source=LevelSource.DISAGREEMENT,
    )  # fmt: skip


def _climb(by: Viewer, found: Disagreement, words: str, at: datetime.datetime) -> None:
    higher = above(Rung(found.rung))
    if higher is None:
        return
    found.rung, found.due_at = higher, due(higher, at)
    found.save(update_fields=["rung", "due_at"])
    _say(found, RungSaid.WENT_UP, words, by, at)
    _ask_them(by, found, found.step, at)
    leave_a_line(by, found.case_id, "took a disagreement up", at, {"rung": str(higher)})


def _posts(found: Disagreement, step: CaseStep, at: datetime.datetime) -> list[uuid.UUID]:
    """Who is asked on the rung where it is."""
    sides = [step.handover.from_team, step.handover.to_team]
    managers = [post for team in sides for post in managers_of(team, at)]
    if Rung(found.rung) is Rung.WORKER:
        named = [step.handover.to_post_id] if step.handover.to_post_id else []
        team = step.handover.to_team
        asked = named or ([post.pk for post in posts_of(team, at)] if team else [])
        return [step.from_post_id, *asked]
    if Rung(found.rung) is Rung.MANAGER:
        return managers
    held = Post.objects.held_on(day_of(at)).filter(user__is_active=True)
    if Rung(found.rung) is Rung.PARTNERS:
        return list(held.filter(role__in=PARTNERS).order_by("pk").values_list("pk", flat=True))
    above_them = held.filter(manages__in=managers).distinct()
    heads = list(above_them.order_by("pk").values_list("pk", flat=True))
    agencies = [team.agency_id for team in sides if team]
    duty = held.filter(role="duty_manager", team__agency__in=agencies).order_by("pk")
    return heads or list(duty.values_list("pk", flat=True)) or managers


def _ask_them(by: Viewer, found: Disagreement, step: CaseStep, at: datetime.datetime) -> None:
    """Whoever is on the rung reads the case until it is settled, and is told."""
    posts = list(dict.fromkeys(_posts(found, step, at)))
    for post in posts:
        give_part(
            by=by, matter_id=found.case_id, recipient=of_post(post), level=PartLevel.WORK,
            because=SETTLES_IT, at=at,
        )  # fmt: skip
    tell(
        by=by.post_id, posts=[post for post in posts if post != by.post_id],
        kind=NoticeKind.STEP_DISAGREED, link=f"/cases/{found.case_id}/steps/{step.pk}/", at=at,
    )  # fmt: skip


def _let_go(by: Viewer, found: Disagreement, at: datetime.datetime) -> None:
    parts = found.case.matter.parts.filter(because=SETTLES_IT, ends_at__isnull=True)
    for recipient in list(parts.values_list("recipient", flat=True)):
        end_part(by=by, matter_id=found.case_id, recipient=recipient, at=at, because=SETTLES_IT)


def _open(by: Viewer, disagreement_id: uuid.UUID) -> Disagreement:
    matter_id = Disagreement.objects.values_list("case_id", flat=True).get(pk=disagreement_id)
    must_work_at(by, matter_id)
    locked(matter_id)
    found = Disagreement.objects.select_related(
        "step__handover__from_team", "step__handover__to_team", "case__matter"
    ).get(pk=disagreement_id)
    if found.settled_at is not None:
        raise CannotSettle("This is settled already. Nothing was changed by you.")
    if by.post_id is None and not by.is_system:
        raise NoPart(NO_PART)
    return found


def _say(
    found: Disagreement, said: RungSaid, words: str, by: Viewer, at: datetime.datetime
) -> DisagreementWord:
    return DisagreementWord.objects.create(
        case_id=found.case_id, disagreement=found, rung=found.rung, said=said, words=words.strip(),
        by_post_id=by.post_id, at=at,
    )  # fmt: skip
