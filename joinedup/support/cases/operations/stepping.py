"""A case steps up or down: sent, accepted, sent back, taken back; whoever must hear of it does."""

import datetime
import uuid
from dataclasses import dataclass, replace

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.rules import school_key
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations.involve import CannotInvolve
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.queries import may_do
from joinedup.support.cases.choices import Footing, MemberKind, Programme
from joinedup.support.cases.choices.level import LevelSource, NeedLevel, Telling
from joinedup.support.cases.models import (
    Case,
    CaseMember,
    CaseSchool,
    CaseStep,
    Lead,
    ReleaseSummary,
    SafeguardingGathered,
    StepTelling,
)
from joinedup.support.cases.operations.keeping import leads_from, take_over
from joinedup.support.cases.operations.levels import level_now, set_level
from joinedup.support.cases.operations.members import CannotJoin, Joining, join_case, leave_case
from joinedup.support.cases.operations.schools import (
    named_managers,
    tell_schools,
)
from joinedup.support.cases.rules.steps import StepFacts, why_no_step
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.choices import Force, HandoverState, ReturnReason
from joinedup.support.handovers.models import Duty, Handover
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at

WORKING = Viewer.system("taking cases up and down between levels and agencies")
_LEADS_UNDER = {
    Programme.CHILDRENS_SOCIAL_CARE: FunctionCode.CHILD_IN_NEED,
    Programme.SOCIAL_CARE: FunctionCode.CARE_ACT_ASSESSMENT,
}


class CannotStep(Exception):
    """A case cannot step so; says why."""


@dataclass(frozen=True)
class FamilyTold:
    """That the family was told: whom, on which day, in what words; or, not yet, why."""

    telling: Telling
    words: str
    whom: str = ""
    told_on: datetime.date | None = None


@dataclass(frozen=True)
class Stepping:
    """Where a case is to go, and what goes with it."""

    to_team_id: int
    to_programme: Programme
    to_level: NeedLevel
    reason: str
    evidence: str
    told: FamilyTold
    to_post_id: uuid.UUID | None = None
    is_protection: bool = False
    stays_beside: bool = False
    beside_does: str = ""
    school: str = ""
    release_for: str = ""
    release: str = ""


def step(
    *, by: Viewer, matter_id: uuid.UUID, stepping: Stepping, at: datetime.datetime
) -> CaseStep:
    """Send a case to another level or agency: nothing moves until the other side accepts.

    But for protection, which counts from this moment: the receiver leads at once, and whoever led stays
    beside it (P34). Raises CannotStep, NoPart.
    """
    must_work_at(by, matter_id)
    _check_telling(stepping.told, at)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.select_for_update().get(pk=matter_id)
        lead = case.leads.select_related("post__team").filter(ends_at__isnull=True).first()
        if case.closed_at is not None or lead is None:
            raise CannotStep("This case is closed. Open it again first.")
        facts = _facts(case, lead, stepping, at)
        wrong = why_no_step(facts)
        if wrong:
            raise CannotStep(wrong)
        made = _send(by, case, lead, stepping, facts, at)
        _goes_with(by, made, stepping, facts, at)
        if stepping.is_protection:
            _goes_over_at_once(by, made, case, at)
        leave_a_line(
            by, matter_id, "sent a step", at,
            {"direction": facts.direction, "protection": stepping.is_protection},
        )  # fmt: skip
    return made


def accept_step(
    *,
    by: Viewer,
    step_id: uuid.UUID,
    at: datetime.datetime,
    post_id: uuid.UUID | None = None,
) -> CaseStep:
    """Take a case on that stepped up or down: the receiver leads from this instant, the sender stays beside.

    `post_id` names the worker. Raises CannotStep, NoPart.
    """
    with transaction.atomic(), acting(WORKING):
        found = _locked(step_id)
        case = Case.objects.select_for_update().get(pk=found.case_id)
        _may_be_allocated(found, post_id or found.handover.to_post_id or by.post_id, at)
        beside = _beside(found)
        try:
            take_over(by=by, handover_id=found.handover_id, at=at, post_id=post_id)
        except handovers.CannotAccept as why:
            raise CannotStep(str(why)) from why
        case.refresh_from_db()
        if not found.is_protection:
            _is_now(found, case, at)
            tell_schools(by=by, case_id=case.pk, at=at)
        if found.stays_beside or beside is not None:
            _stays_beside(found, at)
        found.settled_at = at
        found.save(update_fields=["settled_at"])
        leave_a_line(by, found.case_id, "accepted a step", at, {"direction": found.direction})
    return found


def give_back_step(
    *, by: Viewer, step_id: uuid.UUID, reason: ReturnReason, words: str, at: datetime.datetime
) -> CaseStep:
    """Send a step back with a reason; the sender has led all along. Raises CannotStep, NoPart.

    A protection step is not sent back: a manager's refusal is a disagreement (`disagree`), and the
    receiver leads until that is settled (P34, P40).
    """
    with transaction.atomic(), acting(WORKING):
        found = _locked(step_id)
        if found.is_protection and not by.is_system:
            raise CannotStep(
                "This is to protect somebody and counted from when it was sent. A manager of your team "
                "can disagree with it; you lead until that is settled."
            )
        try:
            handovers.give_back(
                by=by, handover_id=found.handover_id, reason=reason, words=words, at=at
            )
        except handovers.CannotGiveBack as why:
            raise CannotStep(str(why)) from why
        found.settled_at = at
        found.save(update_fields=["settled_at"])
        leave_a_line(by, found.case_id, "sent a step back", at, {"reason": str(reason)})
    return found


def withdraw_step(*, by: Viewer, step_id: uuid.UUID, words: str, at: datetime.datetime) -> CaseStep:
    """Take a step back that nobody has answered; after protection the sender leads again.

    Raises CannotStep, NoPart.
    """
    with transaction.atomic(), acting(WORKING):
        found = _locked(step_id)
        if found.disagreements.filter(settled_at__isnull=True).exists():
            raise CannotStep("It is disagreed about. Settle that first.")
        try:
            handovers.withdraw(by=by, handover_id=found.handover_id, reason=words, at=at)
        except handovers.CannotWithdraw as why:
            raise CannotStep(str(why)) from why
        if found.is_protection:
            back_to_sender(by, found, f"Taken back: {words}", at)
        found.settled_at = at
        found.save(update_fields=["settled_at"])
        leave_a_line(by, found.case_id, "took a step back", at)
    return found


def tell_family(
    *, by: Viewer, step_id: uuid.UUID, told: FamilyTold, at: datetime.datetime
) -> StepTelling:
    """Record that the family was told of a step, or why still not. Raises CannotStep, NoPart."""
    with acting(by):
        found = CaseStep.objects.get(pk=step_id)
    must_work_at(by, found.case_id)
    _check_telling(told, at)
    with transaction.atomic(), acting(WORKING):
        locked(found.case_id)
        made = _telling(by, found, told, at)
        leave_a_line(by, found.case_id, "told a family of a step", at, {"told": told.telling})
    return made


def gather(
    *, by: Viewer, matter_id: uuid.UUID, source: str, words: str, at: datetime.datetime
) -> SafeguardingGathered:
    """Write down what was gathered for safeguarding: one's own team reads it, and it follows no step (P11).

    Raises CannotStep, NoPart.
    """
    must_work_at(by, matter_id)
    if not source.strip() or not words.strip():
        raise CannotStep("Say where it comes from and what it is.")
    if by.team_id is None or by.post_id is None:
        raise CannotStep("A team gathers for safeguarding.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        if Case.objects.get(pk=matter_id).closed_at is not None:
            raise CannotStep("This case is closed. Open it again first.")
        made = SafeguardingGathered.objects.create(
            case_id=matter_id, team_id=by.team_id, source=source.strip(), words=words.strip(),
            by_post_id=by.post_id, recorded_at=at,
        )  # fmt: skip
        leave_a_line(by, matter_id, "gathered for safeguarding", at)
    return made


def back_to_sender(by: Viewer, found: CaseStep, because: str, at: datetime.datetime) -> None:
    """After protection whoever led before leads again, at the level and in the programme of before."""
    case = Case.objects.select_for_update().get(pk=found.case_id)
    case.agency_id, case.programme = found.from_agency_id, found.from_programme
    case.save(update_fields=["agency", "programme"])
    duty = Duty.objects.current().select_related("post__team__agency").get(matter=case.pk)
    leads_from(by, case, duty.post, at)
    for member in CaseMember.objects.now().filter(case=case, post=duty.post_id):
        leave_case(by=WORKING, member_id=member.pk, at=at)
    set_level(
        by=WORKING, matter_id=case.pk, level=NeedLevel(found.from_level), because=because, at=at,
        source=LevelSource.STEP,
    )  # fmt: skip


def send_again(by: Viewer, found: CaseStep, words: str, at: datetime.datetime) -> CaseStep:
    """Send a step that came back once more, with what settled it; no evidence is asked for twice."""
    case = Case.objects.select_for_update().get(pk=found.case_id)
    lead = case.leads.select_related("post__team").get(ends_at__isnull=True)
    last = found.tellings.order_by("-pk").first()
    told = FamilyTold(Telling.NOT_YET, "They are told when it is accepted.")
    if last is not None and last.telling == Telling.TOLD:
        told = FamilyTold(Telling.TOLD, last.words, last.whom, last.told_on)
    team = found.handover.to_team_id
    if team is None:
        raise CannotStep("There is no team that it went to. Send it anew.")
    stepping = Stepping(
        to_team_id=team, to_programme=Programme(found.to_programme),
        to_level=NeedLevel(found.to_level), reason=f"{found.reason}\n\nSettled: {words}",
        evidence=found.evidence, told=told, stays_beside=found.stays_beside,
        beside_does=found.beside_does,
    )  # fmt: skip
    facts = replace(
        _facts(case, lead, stepping, at),
        from_level=NeedLevel(found.from_level),
        release="as before",
    )
    made = _send(WORKING, case, lead, stepping, facts, at)
    _telling(by, made, told, at)
    return made


def _facts(case: Case, lead: Lead, stepping: Stepping, at: datetime.datetime) -> StepFacts:
    return StepFacts(
        from_programme=Programme(case.programme),
        to_programme=stepping.to_programme,
        from_level=level_now(case, at),
        to_level=stepping.to_level,
        reason=stepping.reason,
        evidence=stepping.evidence,
        is_protection=stepping.is_protection,
        same_team=lead.post.team_id == stepping.to_team_id,
        has_gathered=SafeguardingGathered.objects.filter(case=case).exists(),
        release=stepping.release,
        release_for=stepping.release_for,
        stays_beside=stepping.stays_beside,
        beside_does=stepping.beside_does,
    )


def _send(
    by: Viewer, case: Case, lead: Lead, stepping: Stepping, facts: StepFacts, at: datetime.datetime
) -> CaseStep:
    key = uuid.uuid4()
    force = Force.PROTECTION if stepping.is_protection else Force.ORDINARY
    if force is Force.ORDINARY and stepping.to_programme.is_statutory:
        force = Force.STATUTORY
    try:
        offered = handovers.offer(
            by=by,
            matter_id=case.pk,
            from_team_id=lead.post.team_id,
            to_team_id=stepping.to_team_id,
            to_post_id=stepping.to_post_id,
            words=stepping.reason,
            at=at,
            force=force,
            link=f"/cases/{case.pk}/steps/{key}/",
        )
    except handovers.CannotOffer as why:
        raise CannotStep(str(why)) from why
    return CaseStep.objects.create(
        pk=key,
        case=case,
        handover=offered,
        direction=facts.direction,
        is_protection=stepping.is_protection,
        from_programme=facts.from_programme,
        to_programme=facts.to_programme,
        from_level=facts.from_level,
        to_level=facts.to_level,
        from_agency_id=case.agency_id,
        from_post_id=lead.post_id,
        reason=stepping.reason.strip(),
        evidence=stepping.evidence.strip(),
        stays_beside=stepping.stays_beside or stepping.is_protection,
        beside_does=stepping.beside_does.strip(),
        sent_at=at,
    )


def _goes_with(
    by: Viewer, made: CaseStep, stepping: Stepping, facts: StepFacts, at: datetime.datetime
) -> None:
    _telling(by, made, stepping.told, at)
    if stepping.release.strip() and by.post_id is not None:
        ReleaseSummary.objects.create(
            case_id=made.case_id, step=made, for_purpose=stepping.release_for.strip(),
            words=stepping.release.strip(), by_post_id=by.post_id, written_at=at,
        )  # fmt: skip
    key = school_key(stepping.school)
    if key:
        CaseSchool.objects.get_or_create(
            case_id=made.case_id, school_key=key,
            defaults={"school": " ".join(stepping.school.split()), "set_by_id": by.post_id,
                      "recorded_at": at},
        )  # fmt: skip


def _goes_over_at_once(by: Viewer, made: CaseStep, case: Case, at: datetime.datetime) -> None:
    duty = Duty.objects.current().select_related("post__team__agency").get(matter=case.pk)
    if duty.post_id in named_managers(case.pk, at):
        raise CannotStep(
            "The school’s named social work manager is told, and another is the worker. Name somebody "
            "else of the team."
        )
    case.agency_id = duty.post.team.agency_id
    case.save(update_fields=["agency"])
    try:
        leads_from(by, case, duty.post, at)
    except CannotInvolve as why:
        raise CannotStep(str(why)) from why
    _is_now(made, case, at)
    _stays_beside(made, at)
    tell_schools(by=by, case_id=case.pk, at=at)


def _is_now(made: CaseStep, case: Case, at: datetime.datetime) -> None:
    """The level first: what it was until now is read by the programme it was under."""
    set_level(
        by=WORKING,
        matter_id=case.pk,
        level=NeedLevel(made.to_level),
        because=made.reason,
        at=at,
        source=LevelSource.STEP,
    )
    case.programme = made.to_programme
    case.save(update_fields=["programme"])


def _beside(found: CaseStep) -> CaseMember | None:
    return CaseMember.objects.now().filter(case=found.case_id, post=found.from_post_id).first()


def _stays_beside(found: CaseStep, at: datetime.datetime) -> None:
    """Whoever led helps beside the new lead; once, and not where the post has ended meanwhile."""
    if _beside(found) is not None:
        return
    last = found.tellings.order_by("-pk").first()
    told = last is not None and last.telling == Telling.TOLD
    joining = Joining(
        kind=MemberKind.PRACTITIONER,
        does=found.beside_does or "Helps on as before",
        footing=Footing.INFORMED if told else Footing.NOT_INFORMED,
        because="Stays beside the new lead, as the step says."
        if told
        else f"Not told yet: {last.words if last else ''}",
        post_id=found.from_post_id,
    )
    try:
        with transaction.atomic():
            join_case(by=WORKING, matter_id=found.case_id, joining=joining, at=at)
    except CannotJoin as why:
        if found.is_protection and found.settled_at is None and found.sent_at == at:
            raise CannotStep(
                f"Whoever leads stays beside what is to protect somebody: {why}"
            ) from why


def _may_be_allocated(found: CaseStep, post_id: uuid.UUID | None, at: datetime.datetime) -> None:
    if post_id is None:
        return
    if post_id in named_managers(found.case_id, at):
        raise CannotStep(
            "This is the school’s named social work manager, who is told; the allocated worker is "
            "somebody else. Name another of the team."
        )
    function = _LEADS_UNDER.get(Programme(found.to_programme))
    if function is not None and Post.objects.filter(pk=post_id).exists():
        answer = may_do(post_id, function, at)
        if answer.lapsed_on is not None:
            raise CannotStep(answer.why)


def _telling(by: Viewer, made: CaseStep, told: FamilyTold, at: datetime.datetime) -> StepTelling:
    return StepTelling.objects.create(
        case_id=made.case_id, step=made, telling=told.telling, whom=told.whom.strip(),
        told_on=told.told_on if told.telling is Telling.TOLD else None, words=told.words.strip(),
        by_post_id=by.post_id, recorded_at=at,
    )  # fmt: skip


def _check_telling(told: FamilyTold, at: datetime.datetime) -> None:
    if told.telling is Telling.NOT_YET:
        if not told.words.strip():
            raise CannotStep("Say why the family is not told yet.")
        return
    if not (told.whom.strip() and told.told_on and told.words.strip()):
        raise CannotStep("Say who was told, on which day, and in what words.")
    if told.told_on > at.date():
        raise CannotStep("They cannot have been told on a day to come.")


def _locked(step_id: uuid.UUID) -> CaseStep:
    locked(CaseStep.objects.values_list("case_id", flat=True).get(pk=step_id))
    return CaseStep.objects.select_related("handover").get(pk=step_id)


def is_waiting(found: CaseStep) -> bool:
    """Whether the other side has still to answer."""
    return Handover.objects.filter(
        pk=found.handover_id, state__in=[HandoverState.OPEN, HandoverState.ASKED]
    ).exists()
