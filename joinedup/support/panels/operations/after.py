"""Find what became of each decision after 6 and 26 weeks, and let the coordinator say more of it."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import ActionState
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import Case, Goal, Lead, PlanVersion
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.models import ActionWords, Allocation, Decision, FollowUp
from joinedup.support.panels.queries.after import one_follow_up
from joinedup.support.panels.queries.panel import standing
from joinedup.support.panels.rules.after import AFTER_WEEKS, due_on

WORKING = Viewer.system("finding what became of what a panel decided")


class CannotFollow(Exception):
    """Nothing can be written of a follow-up so; says why."""


def follow_up_decisions(*, at: datetime.datetime) -> int:
    """Write down what the records say of each decision that is 6 or 26 weeks old; return how many.

    Codes and dates alone. A decision that a later one corrects is not followed: the later one is.
    """
    made = 0
    today = day_of(at)
    with acting(WORKING):
        for weeks in AFTER_WEEKS:
            old = (
                Decision.objects.in_force()
                .filter(at__lte=at - datetime.timedelta(weeks=weeks), corrected_by__isnull=True)
                .exclude(pk__in=FollowUp.objects.filter(weeks=weeks).values("decision"))
            )
            for each in old.select_related("item__panel").order_by("at", "pk"):
                with transaction.atomic():
                    FollowUp.objects.create(
                        item=each.item, decision=each, weeks=weeks, found=_found(each, today),
                        due_on=due_on(day_of(each.at), weeks),
                    )  # fmt: skip
                    tell(
                        by=None, posts=[each.item.panel.coordinator_id], at=at,
                        kind=NoticeKind.DECISION_FOLLOWED, once=f"{each.pk}:{weeks}",
                        link=f"/panels/of/{each.item.panel.code}/after/",
                    )  # fmt: skip
                made += 1
    return made


def say_what_became(
    *, by: Viewer, follow_up_id: int, words: str, at: datetime.datetime
) -> FollowUp:
    """Say in words what became of a decision, beside what the records say.

    Raises CannotFollow, FollowUp.DoesNotExist.
    """
    shown = one_follow_up(by, follow_up_id)
    if not standing(by, shown.row.item.panel, day_of(at)).keeps:
        raise CannotFollow("Only whoever coordinates or chairs the panel says what became of it.")
    if not words.strip():
        raise CannotFollow("Say what became of it.")
    with transaction.atomic(), acting(WORKING):
        row = FollowUp.objects.select_for_update().get(pk=follow_up_id)
        row.words, row.by_post_id, row.seen_at = words.strip(), by.post_id, at
        row.save(update_fields=["words", "by_post", "seen_at"])
        leave_a_line(by, row.item_id, "said what became of a decision", at, {"weeks": row.weeks})
    return row


def _found(decision: Decision, today: datetime.date) -> dict[str, Any]:
    """What the records say on the day: who leads, plan, goals, actions; codes and dates alone."""
    allocation = Allocation.objects.filter(decision=decision).first()
    actions = list(
        ActionWords.objects.filter(item=decision.item_id, action__out_at__isnull=False).values_list(
            "action__state", flat=True
        )
    )
    found: dict[str, Any] = {
        "on": today.isoformat(),
        "allocation": allocation.state if allocation else "",
        "actions": len(actions),
        "actions_open": actions.count(ActionState.OPEN),
    }
    case = _case_of(decision, allocation)
    return found | (_of_case(case) if case else {"case": ""})


def _case_of(decision: Decision, allocation: Allocation | None) -> Case | None:
    if allocation is not None and allocation.case_id is not None:
        return allocation.case
    return decision.item.case


def _of_case(case: Case) -> dict[str, Any]:
    lead = Lead.objects.filter(case=case, ends_at__isnull=True).select_related("post__team").first()
    goals = list(Goal.objects.filter(case=case).values_list("outcome", flat=True))
    planned = PlanVersion.objects.filter(case=case).aggregate(last=Max("recorded_at"))["last"]
    return {
        "case": "closed" if case.closed_at else "open",
        "closed_on": day_of(case.closed_at).isoformat() if case.closed_at else "",
        "lead_agency": lead.post.team.agency_id if lead else "",
        "lead_since": day_of(lead.starts_at).isoformat() if lead else "",
        "plan_on": day_of(planned).isoformat() if planned else "",
        "goals": len(goals),
        "goals_reached": sum(bool(each) and each != "declined" for each in goals),
    }
