"""Write down how a risk is lived with, review it, end it: the warning goes before every contact (S0-32)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.safeguarding.choices import Knows, ToldHow
from joinedup.support.safeguarding.models import RiskPlan

PLANNING = Viewer.system("keeping how a risk is lived with")
LONGEST_DAYS = 182
"""No plan goes half a year without somebody looking at it again."""


class CannotPlan(Exception):
    """Why the plan cannot be written so, fit for the page."""


@dataclass(frozen=True)
class PlanSaid:
    """What a plan says: the warning in a line, the risk, what is done, who knows, who was asked."""

    warning: str
    risk: str
    plan: str
    knows: Knows
    manager_consulted: str
    review_on: datetime.date
    why_not_told: str = ""
    told_how: ToldHow | None = None
    manager_id: uuid.UUID | None = None


def write_plan(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    said: PlanSaid,
    at: datetime.datetime,
    person_id: uuid.UUID | None = None,
    reviews: RiskPlan | None = None,
) -> RiskPlan:
    """Write a plan for living with a risk, about somebody of the matter or about all of it.

    `reviews` is the one before, where this is what came of its review. Raises CannotPlan, or NotPermitted.
    """
    post_id = _must_work(by, matter_id)
    manager = _manager(said.manager_id, post_id, at)
    consulted = f"{manager.user.name}, {manager.team.name}" if manager else said.manager_consulted
    why = _why_not(said, consulted, at)
    if why:
        raise CannotPlan(why)
    with transaction.atomic(), acting(PLANNING):
        about = MatterPerson.objects.filter(matter=matter_id, person=person_id)
        if person_id is not None and not about.exists():
            raise CannotPlan("The plan is about somebody whom this is about.")
        made = RiskPlan.objects.create(
            matter_id=matter_id, person_id=person_id, warning=said.warning.strip(),
            risk=said.risk.strip(), plan=said.plan.strip(), knows=said.knows,
            why_not_told=said.why_not_told.strip(), manager_consulted=consulted.strip()[:200],
            told_how=said.told_how or "", manager=manager, review_on=said.review_on, reviews=reviews,
            written_by_id=post_id, starts_at=at,
        )  # fmt: skip
        _leave_a_line(by, made, "wrote a risk plan", at)
    return made


def review_plan(
    *, by: Viewer, plan_id: uuid.UUID, said: PlanSaid, at: datetime.datetime
) -> RiskPlan:
    """Write a plan anew after its review; the one before stays on record.

    Raises CannotPlan, RiskPlan.DoesNotExist, or NotPermitted.
    """
    before = _found(by, plan_id)
    with transaction.atomic():
        end_plan(by=by, plan_id=plan_id, words="Reviewed; the next follows.", at=at)
        return write_plan(
            by=by, matter_id=before.matter_id, person_id=before.person_id, said=said, at=at,
            reviews=before,
        )  # fmt: skip


def end_plan(*, by: Viewer, plan_id: uuid.UUID, words: str, at: datetime.datetime) -> RiskPlan:
    """End a plan and its warning, and say why the risk is no more.

    Raises CannotPlan, RiskPlan.DoesNotExist, or NotPermitted.
    """
    _found(by, plan_id)
    if not words.strip():
        raise CannotPlan("Say why the warning is not needed any more.")
    with transaction.atomic(), acting(PLANNING):
        plan = RiskPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
        if plan.ends_at is not None:
            raise CannotPlan("This plan has ended already.")
        plan.ends_at, plan.ended_by_id, plan.end_words = at, by.post_id, words.strip()
        plan.save(update_fields=["ends_at", "ended_by", "end_words"])
        _leave_a_line(by, plan, "ended a risk plan", at)
    return plan


def tell_plans_to_review(*, at: datetime.datetime) -> int:
    """Tell of plans that are to be reviewed, and of those whose review is past; each once.

    On the day whoever wrote it and whoever answers for its matter hear of it; from the next day on the
    manager who was asked, and the managers of whoever answers, hear that it is overdue.
    """
    told, today = 0, day_of(at)
    with transaction.atomic(), acting(PLANNING):
        due = RiskPlan.objects.filter(ends_at__isnull=True, review_on__lte=today)
        for plan in due:
            posts = _who_reviews(plan, at, overdue=plan.review_on < today)
            told += tell(
                by=None, posts=sorted(posts), kind=NoticeKind.RISK_PLAN_TO_REVIEW, at=at,
                link=f"/matters/{plan.matter_id}/risk/", once=f"{plan.pk}",
            )  # fmt: skip
    return told


def _who_reviews(plan: RiskPlan, at: datetime.datetime, *, overdue: bool) -> set[uuid.UUID]:
    duties = Duty.objects.current().filter(matter=plan.matter_id).select_related("post")
    posts = {plan.written_by_id, *(duty.post_id for duty in duties)}
    if not overdue:
        return posts
    held = Post.objects.held_on(day_of(at)).filter(role__in=MANAGERS)
    teams = [duty.post.team_id for duty in duties]
    posts |= set(held.filter(team__in=teams).values_list("pk", flat=True))
    return posts | ({plan.manager_id} if plan.manager_id else set())


def _manager(post_id: uuid.UUID | None, asking: uuid.UUID, at: datetime.datetime) -> Post | None:
    """The manager who was asked, by their post; raises CannotPlan where nobody of that kind holds it."""
    if post_id is None:
        return None
    held = Post.objects.held_on(day_of(at)).filter(pk=post_id, role__in=MANAGERS)
    found = held.exclude(pk=asking).select_related("user", "team").first()
    if found is None:
        raise CannotPlan("Name a manager who holds a post today, and is somebody other than you.")
    return found


def _must_work(by: Viewer, matter_id: uuid.UUID) -> uuid.UUID:
    if by.post_id is None:
        raise NotPermitted("A plan is written by somebody, never by the system.")
    with acting(by):
        if part_of(by, matter_id) < PartLevel.WORK:
            raise NotPermitted("Your post does not work at this.")
    return by.post_id


def _found(by: Viewer, plan_id: uuid.UUID) -> RiskPlan:
    """The plan, where the viewer works at its matter or at another about the same person."""
    if by.post_id is None:
        raise NotPermitted("A plan is kept by somebody, never by the system.")
    with acting(by):
        return RiskPlan.objects.get(pk=plan_id)


def _why_not(said: PlanSaid, consulted: str, at: datetime.datetime) -> str:
    wanting = (
        (said.warning, "Write the warning in one line: what to know before making contact."),
        (said.risk, "Say what the risk is, to whom, and what makes it worse."),
        (said.plan, "Say what is done about it, and what to do when it goes wrong."),
        (consulted, "Name the manager you have spoken to about it."),
    )
    for text, why in wanting:
        if not text.strip():
            return why
    if said.knows is Knows.NOT_INFORMED and not said.why_not_told.strip():
        return "Say why the person has not been told of the plan."
    if said.knows in {Knows.AGREED, Knows.INFORMED} and said.told_how is None:
        return "Say how the person was told of it."
    today = day_of(at)
    if not today < said.review_on <= today + datetime.timedelta(days=LONGEST_DAYS):
        return "Review it within half a year, on a day to come."
    return ""


def _leave_a_line(by: Viewer, plan: RiskPlan, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="risk plan", subject_id=str(plan.pk),
        purpose=by.purpose, person_id=plan.person_id, agency=by.agency, role=by.role,
        categories=["live_warning"],
    )  # fmt: skip
