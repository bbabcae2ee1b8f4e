"""How a risk is lived with: a warning before every contact, a review, a manager who was asked (S0-32)."""

import datetime
import uuid
from typing import Any

import pytest

from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_team, open_matter
from joinedup.support.safeguarding.choices import Knows, ToldHow
from joinedup.support.safeguarding.models import RiskPlan
from joinedup.support.safeguarding.operations import (
    CannotPlan,
    PlanSaid,
    end_plan,
    review_plan,
    tell_plans_to_review,
    write_plan,
)
from joinedup.support.safeguarding.queries.plans import plans_of, warnings_of
from tests.sharing import walled
from tests.unit.safeguarding.ringing import AT, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "social_worker", team="Adults north")


def matter(worker: Viewer, *about: uuid.UUID) -> uuid.UUID:
    made = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT, about=about)
    give_part(
        by=walled.SYSTEM, matter_id=made.pk, recipient=of_team(worker.team_id or 0),
        level=PartLevel.WORK, because="works at it", at=AT,
    )  # fmt: skip
    return made.pk


def said(**more: Any) -> PlanSaid:
    plan = {
        "warning": "Two visit together: her brother has a dog", "risk": "He has threatened staff",
        "plan": "Ring before going; leave if he is there", "knows": Knows.AGREED,
        "manager_consulted": "Helen Marsh", "told_how": ToldHow.IN_PERSON, "review_on": later(days=28).date(),
    }  # fmt: skip
    return PlanSaid(**{**plan, **more})


def test_a_warning_goes_before_contact_in_every_matter_about_the_person(worker: Viewer) -> None:
    """S0-32."""
    person = walled.person("care")
    first, second = matter(worker, person), matter(worker, person)
    write_plan(by=worker, matter_id=first, said=said(), at=AT, person_id=person)
    assert warnings_of(worker, second) == ["Two visit together: her brother has a dog"]
    other = walled.viewer("care", "social_worker", team="Another")
    with acting(other):
        assert not RiskPlan.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"warning": " "}, "in one line"),
        ({"risk": ""}, "what the risk is"),
        ({"plan": ""}, "what is done about it"),
        ({"manager_consulted": ""}, "Name the manager"),
        ({"manager_id": uuid.uuid4()}, "a manager who holds a post today"),
        ({"told_how": None}, "how the person was told"),
        ({"knows": Knows.NOT_INFORMED}, "why the person has not been told"),
        ({"review_on": AT.date()}, "a day to come"),
        ({"review_on": AT.date() + datetime.timedelta(days=183)}, "half a year"),
    ],
)
def test_a_plan_without_what_makes_it_safe_is_refused(
    worker: Viewer, more: dict[str, Any], why: str
) -> None:
    with pytest.raises(CannotPlan, match=why):
        write_plan(by=worker, matter_id=matter(worker), said=said(**more), at=AT)


def test_a_plan_is_reviewed_in_time_and_every_version_stays(worker: Viewer) -> None:
    at = matter(worker)
    first = write_plan(by=worker, matter_id=at, said=said(), at=AT)
    assert tell_plans_to_review(at=later(days=27)) == 0
    assert tell_plans_to_review(at=later(days=28)) == 1
    assert tell_plans_to_review(at=later(days=29)) == 0
    with acting(walled.SYSTEM):
        assert Notice.objects.get().link == f"/matters/{at}/risk/"
    again = review_plan(
        by=worker, plan_id=first.pk, said=said(review_on=later(days=60).date()), at=later(days=28)
    )  # fmt: skip
    assert [shown.plan.pk for shown in plans_of(worker, at)] == [again.pk]
    assert len(plans_of(worker, at, ended=True)) == 2
    with acting(walled.SYSTEM):
        assert RiskPlan.objects.get(pk=again.pk).reviews_id == first.pk
    with pytest.raises(CannotPlan, match="why the warning"):
        end_plan(by=worker, plan_id=again.pk, words=" ", at=later(days=30))
    end_plan(by=worker, plan_id=again.pk, words="The brother has moved", at=later(days=30))
    assert warnings_of(worker, at) == []
    with pytest.raises(CannotPlan, match="ended already"):
        end_plan(by=worker, plan_id=again.pk, words="Again", at=later(days=31))


def test_a_plan_is_written_by_those_who_work_at_it(worker: Viewer) -> None:
    at = matter(worker)
    for nobody in (walled.viewer("care", "social_worker", team="Another"), walled.SYSTEM):
        with pytest.raises(NotPermitted):
            write_plan(by=nobody, matter_id=at, said=said(), at=AT)
    with pytest.raises(CannotPlan, match="whom this is about"):
        write_plan(
            by=worker, matter_id=at, said=said(), at=AT, person_id=walled.person("care")
        )  # fmt: skip


def test_an_overdue_review_goes_to_whoever_answers_and_to_the_manager_who_was_asked(
    worker: Viewer,
) -> None:
    """S0-32: on the day the writer hears of it; from the next day on the manager as well, and each once."""
    manager = walled.viewer("care", "team_manager", team="Another")
    made = write_plan(
        by=worker, matter_id=matter(worker), said=said(manager_id=manager.post_id), at=AT
    )  # fmt: skip
    assert made.manager_consulted == f"{manager.name}, Another"
    tell_plans_to_review(at=later(days=28))
    assert set(Notice.objects.values_list("post", flat=True)) == {worker.post_id}
    assert tell_plans_to_review(at=later(days=29)) == 1
    assert set(Notice.objects.values_list("post", flat=True)) == {worker.post_id, manager.post_id}
    assert tell_plans_to_review(at=later(days=30)) == 0
