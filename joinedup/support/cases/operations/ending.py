"""What a closing settles: each goal's outcome, each action ended or handed on, words to whoever may hear them."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.plan import ActionState, GoalOutcome
from joinedup.support.cases.choices.review import ClosingReason
from joinedup.support.cases.models import (
    Case,
    CaseReview,
    Closing,
    ClosingWord,
    Goal,
    Intervention,
    PlanAction,
    of_its_people,
)
from joinedup.support.cases.operations import goals, plan_actions
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.referring_out import end_referrals
from joinedup.support.handovers.queries.answering import barred_posts

KEEPS_NO_OUTCOME = frozenset({ClosingReason.DIED, ClosingReason.OPENED_IN_ERROR})
"""Of a case that ends so, goals are left as they stand: nothing became of them."""


@dataclass(frozen=True)
class ClosingSaid:
    """Why a case closes, what became of each goal and action, what stays, and what the practice is told."""

    reason: ClosingReason = ClosingReason.OTHER
    what_stays: str = ""
    goals: Mapping[uuid.UUID, tuple[GoalOutcome, str]] = field(default_factory=dict)
    actions: Mapping[uuid.UUID, tuple[ActionState, str]] = field(default_factory=dict)
    practice_words: str = ""
    practice_footing: Footing = Footing.AGREED
    practice_because: str = ""


def settle(by: Viewer, case: Case, said: ClosingSaid, words: str, at: datetime.datetime) -> Closing:
    """Leave nothing open silently; as the system, the case held. Raises CannotPlan."""
    tells = bool(said.practice_words.strip())
    if tells and said.practice_footing.needs_reason and not said.practice_because.strip():
        raise CannotPlan("Say why the practice is told without the person’s agreement.")
    _end_goals(case, said, at)
    _end_actions(by, case, said, at)
    if (
        Intervention.objects.live().filter(of_its_people(), case=case).exists()
        and not said.what_stays.strip()
    ):
        raise CannotPlan(
            "Help goes on: say what stays and why, and whom to ring, or stop it first."
        )
    CaseReview.objects.booked().filter(case=case).delete()
    closing = Closing.objects.create(
        case=case, reason=said.reason, words=words.strip(), what_stays=said.what_stays.strip(),
        closed_at=max(at, case.opened_at), closed_by_id=by.post_id,
    )  # fmt: skip
    if tells:
        _tell_the_practices(by, case, closing, said, at)
    return closing


def _end_goals(case: Case, said: ClosingSaid, at: datetime.datetime) -> None:
    if said.reason in KEEPS_NO_OUTCOME:
        return
    for goal in Goal.objects.open().filter(of_its_people(), case=case):
        outcome, words = said.goals.get(goal.pk, (None, ""))
        if outcome is None or not words.strip():
            raise CannotPlan(
                "Say of each goal whether it improved, was maintained, was prevented or declined, in words."
            )
        goals.ended(goal, outcome, words, at)


def _end_actions(by: Viewer, case: Case, said: ClosingSaid, at: datetime.datetime) -> None:
    for action in PlanAction.objects.open().filter(of_its_people(), case=case):
        state, became = said.actions.get(action.pk, (ActionState.TO_DO, ""))
        if state.is_open or (state.needs_reason and not became.strip()):
            raise CannotPlan(
                "Say of each open action that it is done, why it is dropped, or who has it now."
            )
        plan_actions.ended(action, state, became, at)
    for action in PlanAction.objects.filter(
        case=case, referred_out__ended_at__isnull=True
    ).distinct():
        end_referrals(by, action, "The case has closed.", at)


def _tell_the_practices(
    by: Viewer, case: Case, closing: Closing, said: ClosingSaid, at: datetime.datetime
) -> None:
    """Each GP practice that holds somebody of the case reads these words and nothing else of it."""
    barred = barred_posts(case.pk, at)
    for person_id in MatterPerson.objects.filter(matter=case.pk).values_list(
        "person_id", flat=True
    ):
        holders = Record.objects.filter(person__in=identifiers_of(person_id), gone_on=None)
        posts = Post.objects.held_on(day_of(at)).filter(
            role="general_practitioner", user__is_active=True,
            team__agency__in=holders.values("agency"),
        )  # fmt: skip
        by_agency: dict[str, list[uuid.UUID]] = {}
        for post in posts.exclude(pk__in=barred).select_related("team"):
            by_agency.setdefault(post.team.agency_id, []).append(post.pk)
        for agency, told in sorted(by_agency.items()):
            word = ClosingWord.objects.create(
                case=case, closing=closing, person_id=person_id, to_agency_id=agency,
                from_agency_id=case.agency_id, words=said.practice_words.strip(),
                footing=said.practice_footing, because=said.practice_because.strip(), sent_at=at,
            )  # fmt: skip
            tell(
                by=by.post_id, posts=told, kind=NoticeKind.CLOSING_WORD,
                link=f"/closing-words/{word.pk}/", at=at,
            )  # fmt: skip
