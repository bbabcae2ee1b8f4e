"""Reviews fall due and compare with last time; supervision and sign-off are apart; nothing ends silently."""

import dataclasses
import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.cases.choices import Footing, Programme
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.choices.plan import ActionState, GoalOutcome, InterventionKind
from joinedup.support.cases.choices.review import ClosingReason, LeastStep, SignedThing
from joinedup.support.cases.models import (
    CaseLevel,
    CaseReview,
    Closing,
    ClosingWord,
    Goal,
    Lead,
    PlanAction,
    SignOff,
)
from joinedup.support.cases.operations import CannotCloseCase, CannotOpenCase, close_case
from joinedup.support.cases.operations.editing import CannotPlan, ChangedMeanwhile
from joinedup.support.cases.operations.ending import ClosingSaid
from joinedup.support.cases.operations.levels import level_now
from joinedup.support.cases.operations.plan_actions import start_intervention
from joinedup.support.cases.operations.planning import put_down_version
from joinedup.support.cases.operations.reopening import reopen_case
from joinedup.support.cases.operations.reviews import (
    Held,
    LevelSaid,
    book_review,
    hold_review,
    tell_late_reviews,
)
from joinedup.support.cases.operations.signing import (
    CannotSign,
    answer_sign_off,
    ask_for_supervision,
    ask_to_sign_off,
    record_supervision,
)
from joinedup.support.cases.queries.reviews import (
    next_reviews_of_cases,
    plan_since,
    reviews_of_post,
    unsigned_of_cases,
)
from joinedup.support.cases.rules.reviewing import proposed_level
from joinedup.support.handovers.models import Step
from joinedup.support.handovers.operations import NoPart
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.unit.cases.planned import AT, Planned, planned
from tests.unit.handovers.sides import end_post, later, on_duty, post_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]
DAY = AT.date()
FIRST = datetime.date(2027, 1, 20)
CAME_TO = Held(
    held_on=DAY, present="Ada and me", person_words="It is quieter now", found="Sleeps at home",
    least_step=LeastStep.AS_IT_IS, why_not_less="The arrears are not agreed yet",
)  # fmt: skip


@pytest.fixture
def of() -> Planned:
    return planned()


def booked(of: Planned) -> CaseReview:
    with acting(of.lead):
        return CaseReview.objects.booked().get(case=of.case)


def with_a_plan(of: Planned) -> CaseReview:
    of.goal()
    put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    return booked(of)


def test_the_first_review_is_booked_by_rule_and_may_be_sooner_but_not_later(of: Planned) -> None:
    """P33: 42 working days, on the one clock of the case."""
    found = with_a_plan(of)
    assert found.due_on == FIRST
    sooner = DAY + datetime.timedelta(days=7)
    book_review(by=of.lead, matter_id=of.case.pk, due_on=sooner, at=AT)
    with pytest.raises(CannotPlan, match="due by 20 1 2027"):
        book_review(by=of.lead, matter_id=of.case.pk, due_on=FIRST + datetime.timedelta(1), at=AT)
    with acting(of.lead):
        assert next_reviews_of_cases([of.case.pk]) == {of.case.pk: sooner}
        assert Step.objects.running().get(
            kind="review"
        ).due_at.date() == sooner + datetime.timedelta(1)
        assert [each.pk for each in reviews_of_post(of.lead, DAY).reviews] == [found.pk]


def test_a_review_asks_whether_less_could_do_and_books_the_next(of: Planned) -> None:
    """S1-32."""
    found = with_a_plan(of)
    of.action(words="Ring the landlord")
    bare = Held(DAY, "Ada and me", "Fine", "", LeastStep.AS_IT_IS)
    with pytest.raises(CannotPlan, match="Could less do"):
        hold_review(
            by=of.lead, review_id=found.pk, held=bare, next_on=None, edited=found.edited, at=AT
        )
    held = hold_review(
        by=of.lead, review_id=found.pk, held=CAME_TO, next_on=None, edited=found.edited, at=later(1)
    )
    assert [(row.what, row.then) for row in plan_since(of.lead, held) if row.is_changed] == [
        ("Ring the landlord", "Not there yet")
    ]
    assert booked(of).due_on == FIRST
    with pytest.raises(ChangedMeanwhile):
        hold_review(
            by=of.manager, review_id=found.pk, held=CAME_TO, next_on=None, edited=found.edited,
            at=later(2),
        )  # fmt: skip


def test_a_review_sets_the_level_it_comes_to_in_the_same_act(of: Planned) -> None:
    """S0-72: the level and what shows it stand with the review, or neither does."""
    found = with_a_plan(of)
    less = dataclasses.replace(CAME_TO, least_step=LeastStep.LESS, why_not_less="")
    more = {"by": of.lead, "review_id": found.pk, "held": less, "next_on": None, "at": later(1)}
    before = level_now(of.case, AT)
    proposed = proposed_level(before, LeastStep.LESS)
    with pytest.raises(CannotPlan, match="what shows"):
        hold_review(**more, edited=found.edited, level=LevelSaid(proposed, " "))
    assert booked(of).pk == found.pk
    assert level_now(of.case, AT) is before
    hold_review(**more, edited=found.edited, level=LevelSaid(proposed, "Sleeps through"))
    with acting(of.lead):
        standing = CaseLevel.objects.get(case=of.case, ends_at__isnull=True)
        assert (standing.level, standing.source) == (proposed, "review")
        assert standing.because == "Sleeps through"


def test_a_review_proposes_one_level_more_or_less_within_the_continuum() -> None:
    moved = [
        [int(proposed_level(level, step)) for level in NeedLevel]
        for step in (LeastStep.LESS, LeastStep.AS_IT_IS, LeastStep.MORE, LeastStep.ENDS)
    ]
    assert moved == [[1, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 4], [1, 2, 3, 4]]


def test_a_late_review_is_told_to_lead_and_manager_once(of: Planned) -> None:
    with_a_plan(of)
    late = datetime.datetime(2027, 1, 21, 9, tzinfo=datetime.UTC)
    assert tell_late_reviews(at=datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC)) == 0
    assert tell_late_reviews(at=late) == 2
    assert tell_late_reviews(at=late) == 0
    assert told(of.lead) == ["case_review_late"]
    assert told(of.manager) == ["case_review_late"]


def test_a_sign_off_is_the_managers_and_never_the_authors_own(of: Planned) -> None:
    of.goal()
    version = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    asked = ask_to_sign_off(
        by=of.lead, matter_id=of.case.pk, thing=SignedThing.PLAN, version_id=version.pk, at=AT
    )
    assert told(of.manager) == ["sign_off_asked"]
    with acting(of.lead):
        assert unsigned_of_cases([of.case.pk]) == {of.case.pk: 1}
    with pytest.raises(CannotSign, match="their own work"):
        answer_sign_off(by=of.lead, sign_off_id=asked.pk, sign=True, words="", at=AT)
    with pytest.raises(CannotSign, match="what is to be mended"):
        answer_sign_off(by=of.manager, sign_off_id=asked.pk, sign=False, words=" ", at=AT)
    with pytest.raises(SignOff.DoesNotExist):
        answer_sign_off(by=of.other, sign_off_id=asked.pk, sign=True, words="", at=AT)
    done = answer_sign_off(by=of.manager, sign_off_id=asked.pk, sign=True, words="", at=later(1))
    assert (done.is_signed, done.author_had_left) == (True, False)
    with pytest.raises(CannotSign, match="already"):
        answer_sign_off(by=of.manager, sign_off_id=asked.pk, sign=True, words="", at=later(1))


def test_what_was_signed_off_is_not_asked_again(of: Planned) -> None:
    of.goal()
    version = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    asked = ask_to_sign_off(
        by=of.lead, matter_id=of.case.pk, thing=SignedThing.PLAN, version_id=version.pk, at=AT
    )
    page = f"/cases/{of.case.pk}/reviews/signs/{asked.pk}/"
    manager = signed_in(of.manager)
    assert "I sign it off" in manager.get(page).content.decode()
    answer_sign_off(by=of.manager, sign_off_id=asked.pk, sign=True, words="", at=later(1))
    told_so = manager.get(page, follow=True).content.decode()
    assert "It is answered already" in told_so
    assert "I sign it off" not in told_so


def test_work_is_signed_off_after_its_author_left_and_says_so(of: Planned) -> None:
    of.goal()
    version = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    end_post(of.lead, later(1).date())
    asked = ask_to_sign_off(
        by=of.manager, matter_id=of.case.pk, thing=SignedThing.PLAN, version_id=version.pk,
        at=later(2),
    )  # fmt: skip
    done = answer_sign_off(by=of.manager, sign_off_id=asked.pk, sign=True, words="", at=later(2))
    assert done.author_had_left


def seconded(of: Planned, supervisor: Post) -> None:
    walled.agency("wellbeing", "voluntary")
    Post.objects.filter(pk=of.lead.post_id).update(
        home_agency="wellbeing", professional_supervisor=supervisor
    )


def test_a_supervisor_elsewhere_reads_while_asked_and_signs_nothing_off(of: Planned) -> None:
    """P37: employer is not host, so supervision and sign-off are by two people."""
    supervisor = walled.post("care", "social_worker", team="Practice")
    seconded(of, supervisor)
    viewer = walled.Viewer.of_post(Post.objects.get(pk=supervisor.pk))
    asked = ask_for_supervision(by=of.lead, matter_id=of.case.pk, at=AT)
    assert told(viewer) == ["supervision_asked"]
    with acting(viewer):
        assert part_of(viewer, of.case.pk) is PartLevel.WORK
    with pytest.raises(CannotSign, match="Only the supervisor"):
        record_supervision(
            by=of.manager, supervision_id=asked.pk, held_on=DAY, words="x", agreed="", at=AT
        )
    record_supervision(
        by=viewer, supervision_id=asked.pk, held_on=DAY, words="What the silence is about",
        agreed="Visit with a colleague", at=AT,
    )  # fmt: skip
    with acting(viewer):
        assert part_of(viewer, of.case.pk) is PartLevel.NOTHING


def test_where_the_two_are_kept_apart_a_supervising_manager_does_not_sign(of: Planned) -> None:
    """P37."""
    seconded(of, Post.objects.get(pk=of.manager.post_id))
    of.goal()
    version = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    asked = ask_to_sign_off(
        by=of.lead, matter_id=of.case.pk, thing=SignedThing.PLAN, version_id=version.pk, at=AT
    )
    with pytest.raises(CannotSign, match="separate hands"):
        answer_sign_off(by=of.manager, sign_off_id=asked.pk, sign=True, words="", at=AT)


def close(of: Planned, said: ClosingSaid | None = None, days: float = 9) -> None:
    close_case(by=of.lead, matter_id=of.case.pk, words="Arrears agreed", said=said, at=later(days))


def test_a_case_does_not_close_over_what_is_open(of: Planned) -> None:
    found, act = of.goal(), of.action()
    with pytest.raises(CannotCloseCase, match="each goal"):
        close(of)
    outcome = {found.pk: (GoalOutcome.PREVENTED, "She kept her tenancy")}
    with pytest.raises(CannotCloseCase, match="each open action"):
        close(of, ClosingSaid(goals=outcome))
    start_intervention(
        by=of.lead, matter_id=of.case.pk, kind=InterventionKind.BEFRIENDING, starts_on=DAY,
        provider="Lunch club", at=AT,
    )  # fmt: skip
    ended = {act.pk: (ActionState.HANDED_ON, "Ama goes on")}
    with pytest.raises(CannotCloseCase, match="Help goes on"):
        close(of, ClosingSaid(goals=outcome, actions=ended))
    close(
        of,
        ClosingSaid(
            ClosingReason.GOALS_REACHED, "The lunch club, ring Ama", goals=outcome, actions=ended
        ),
    )
    with acting(of.lead):
        assert Goal.objects.get().outcome == GoalOutcome.PREVENTED
        assert PlanAction.objects.get().became == "Ama goes on"
        assert Closing.objects.get().what_stays == "The lunch club, ring Ama"
        assert not CaseReview.objects.booked().exists()
        assert part_of(of.lead, of.case.pk) is PartLevel.WORK
    with pytest.raises(CannotPlan, match="Open it again first"):
        of.goal(at=later(10))


def test_of_somebody_who_died_no_outcome_is_asked(of: Planned) -> None:
    of.goal()
    close(of, ClosingSaid(ClosingReason.DIED))
    with acting(of.lead):
        assert Goal.objects.get().outcome == ""


def test_the_practice_reads_the_word_of_a_closing_and_nothing_else(of: Planned) -> None:
    walled.agency("practice", "health")
    gp = walled.viewer("practice", "general_practitioner")
    walled.record(of.ada, "practice")
    with pytest.raises(CannotCloseCase, match="without the person"):
        close(of, ClosingSaid(practice_words="Debt agreed", practice_footing=Footing.INFORMED))
    close(of, ClosingSaid(practice_words="Debt agreed; sleeps at home"))
    assert told(gp) == ["closing_word"]
    with acting(gp):
        word = ClosingWord.objects.get()
        assert word.words == "Debt agreed; sleeps at home"
        assert not Closing.objects.exists()
        assert part_of(gp, of.case.pk) is PartLevel.NOTHING
    with acting(of.other):
        assert not ClosingWord.objects.exists()
    path = f"/closing-words/{word.pk}/"
    page = signed_in(gp).get(path)
    well_made(page)
    assert "Debt agreed; sleeps at home" in text(page)
    assert "The person agrees that you are told this." in text(page)
    assert [line.person_id for line in lines(post_id=gp.post_id, act="looked")] == [of.ada]
    assert signed_in(of.other).get(path).status_code == 404


def test_a_case_opens_again_as_the_same_matter_with_a_lead_at_once(of: Planned) -> None:
    """P33: nobody is without somebody who answers."""
    with_a_plan(of)
    close(of, ClosingSaid(ClosingReason.OPENED_IN_ERROR))
    assert on_duty(of.case.pk) is None
    with pytest.raises(CannotOpenCase, match="Say why"):
        reopen_case(
            by=of.lead,
            matter_id=of.case.pk,
            because=" ",
            lead_post_id=post_of(of.lead),
            at=later(20),
        )
    with pytest.raises(CannotOpenCase, match="Only an agency itself"):
        reopen_case(
            by=of.lead, matter_id=of.case.pk, because="Arrears again",
            lead_post_id=post_of(of.other), at=later(20),
        )  # fmt: skip
    with pytest.raises(NoPart):
        reopen_case(
            by=of.other, matter_id=of.case.pk, because="Mine", lead_post_id=post_of(of.other),
            at=later(20),
        )  # fmt: skip
    reopen_case(
        by=of.lead, matter_id=of.case.pk, because="Arrears again", lead_post_id=post_of(of.manager),
        at=later(20),
    )  # fmt: skip
    assert on_duty(of.case.pk) == of.manager.post_id
    with acting(of.lead):
        lead = Lead.objects.get(ends_at__isnull=True)
        assert (lead.post_id, lead.starts_at) == (of.manager.post_id, later(20))
        assert Closing.objects.get().reopened_because == "Arrears again"
        assert CaseReview.objects.booked().count() == 1
    with pytest.raises(CannotOpenCase, match="open already"):
        reopen_case(
            by=of.lead, matter_id=of.case.pk, because="Again", lead_post_id=post_of(of.lead),
            at=later(21),
        )  # fmt: skip


def test_a_closing_is_signed_off_after_it() -> None:
    of = planned(Programme.EARLY_HELP)
    with pytest.raises(CannotSign, match="Close the case first"):
        ask_to_sign_off(by=of.lead, matter_id=of.case.pk, thing=SignedThing.CLOSING, at=AT)
    close(of)
    asked = ask_to_sign_off(
        by=of.lead, matter_id=of.case.pk, thing=SignedThing.CLOSING, at=later(10)
    )
    assert answer_sign_off(
        by=of.manager, sign_off_id=asked.pk, sign=True, words="", at=later(11)
    ).is_signed
