"""Who can lead what, by name and day; courses and who lacks them; leave; the balance of managers."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.partnership.workforce.choices import CompetenceCode, WorkerSex
from joinedup.partnership.workforce.models import (
    Attended,
    Capacity,
    Competence,
    Leave,
    WorksAs,
)
from joinedup.partnership.workforce.operations.capacity import CannotSayCapacity, say_capacity
from joinedup.partnership.workforce.operations.keeping_register import (
    CannotKeepRegister,
    end_competence,
    enter_competence,
    say_languages,
    say_works_as,
)
from joinedup.partnership.workforce.operations.leave import (
    CannotEnterLeave,
    end_leave,
    enter_leave,
)
from joinedup.partnership.workforce.operations.training import (
    keep_course,
    record_attended,
    warn_of_training,
)
from joinedup.partnership.workforce.queries.capacity import percent_on
from joinedup.partnership.workforce.queries.competence import (
    lines,
    posts_kept,
    practitioner,
    staff,
)
from joinedup.partnership.workforce.rules.training import (
    Balance,
    Required,
    Staff,
    coverage,
    holds_until,
    matrix,
)
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, post_of

C = CompetenceCode
DAY = AT.date()


def test_a_course_holds_to_the_day_of_its_month() -> None:
    assert holds_until(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
    assert holds_until(datetime.date(2026, 11, 18), 24) == datetime.date(2028, 11, 18)
    assert holds_until(DAY, None) is None


STAFF = [
    Staff("care", "social_worker", frozenset({C.LEADS_ADULTS}), frozenset({1})),
    Staff("care", "social_worker"),
    Staff("trust", "practitioner", frozenset({C.MIXED_NEED})),
]
COURSES = [Required(1, "Leading", frozenset({"social_worker"}), C.LEADS_ADULTS)]


def test_coverage_counts_those_who_must_and_those_who_have() -> None:
    """S0-96: by agency; nobody counts who need not have it."""
    (found,) = coverage(COURSES, STAFF)
    assert (found.agency, found.must, found.have, found.gap) == ("care", 2, 1, 1)


def test_the_matrix_shows_what_each_staff_group_lacks() -> None:
    """S4-46."""
    practitioners, workers = matrix(COURSES, STAFF)
    assert workers.gap(C.LEADS_ADULTS) == 1
    assert practitioners.gap(C.LEADS_ADULTS) is None, "not required of them"
    assert practitioners.held[C.MIXED_NEED] == 1


@pytest.mark.parametrize(
    ("health", "social", "met"),
    [(0, 0, False), (2, 1, True), (1, 1, True), (1, 3, False), (20, 11, True), (5, 5, False)],
)
def test_two_thirds_of_front_line_managers_are_from_health(
    health: int, social: int, met: bool
) -> None:
    """S4-14: as near as so few can come."""
    assert Balance(health, social).is_met is met


@pytest.fixture
def keeper() -> Viewer:
    walled.agency("partners", "partnership")
    walled.agency("care", "social_care")
    return walled.viewer("partners", "partnership_administrator", team="Office")


@pytest.fixture
def worker(keeper: Viewer) -> Viewer:
    return walled.viewer("care", "social_worker", team="Adults")


def user_of(viewer: Viewer) -> object:
    return Post.objects.get(pk=viewer.post_id).user_id


@pytest.mark.django_db
def test_a_manager_keeps_their_own_staffs_register_and_nobody_their_own(
    keeper: Viewer, worker: Viewer
) -> None:
    """S0-95: the administrator and team managers; not a colleague, not oneself, not another team's."""
    manager = walled.viewer("care", "team_manager", team="Adults")
    other = walled.viewer("care", "team_manager", team="Hospital")
    said = {"holder_id": user_of(worker), "code": C.LEADS_ADULTS, "evidence": "Seen at work",
            "starts_on": DAY, "at": AT}  # fmt: skip
    for by in (worker, other, walled.viewer("care", "social_worker", team="Adults")):
        with pytest.raises(NotPermitted):
            enter_competence(by=by, **said)  # type: ignore[arg-type]
    with pytest.raises(CannotKeepRegister, match="rests on"):
        enter_competence(by=manager, **{**said, "evidence": " "})  # type: ignore[arg-type]
    first = enter_competence(by=manager, **said)  # type: ignore[arg-type]
    again = enter_competence(by=keeper, **{**said, "evidence": "Course"})  # type: ignore[arg-type]
    first.refresh_from_db()
    assert first.ends_on == DAY, "what stood before ends on that day"
    assert {post.pk for post in posts_kept(manager, AT)} >= {worker.post_id}
    assert manager.post_id not in {post.pk for post in posts_kept(manager, AT)}
    end_competence(by=manager, competence_id=again.pk, ends_on=DAY, at=AT)
    assert not Competence.objects.on(DAY).exists()
    with pytest.raises(Post.DoesNotExist):
        practitioner(other, post_of(worker), AT)
    assert practitioner(worker, post_of(worker), AT).is_self


@pytest.mark.django_db
def test_a_course_gives_what_it_gives_for_as_long_as_it_holds(
    keeper: Viewer, worker: Viewer
) -> None:
    """S0-96, S4-11: attended, it stands in the register; whoever it concerns is told before it ends."""
    manager = walled.viewer("care", "team_manager", team="Adults")
    Post.objects.filter(pk=worker.post_id).update(operational_manager=manager.post_id)
    course = keep_course(
        by=keeper, name="Self-directed  support", gives=C.SELF_DIRECTED_SUPPORT, months=12,
        required_of=["social_worker"], at=AT,
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        keep_course(by=manager, name="Another", at=AT)
    on = DAY - datetime.timedelta(days=340)
    with pytest.raises(CannotKeepRegister, match="not attended it yet"):
        record_attended(
            by=manager, course_id=course.pk, holder_id=user_of(worker),  # type: ignore[arg-type]
            on=DAY + datetime.timedelta(days=1), at=AT,
        )  # fmt: skip
    for _ in range(2):
        record_attended(
            by=manager, course_id=course.pk, holder_id=user_of(worker), on=on, at=AT  # type: ignore[arg-type]
        )  # fmt: skip
    assert Attended.objects.count() == 1
    held = Competence.objects.on(DAY).get(code=C.SELF_DIRECTED_SUPPORT)
    assert held.ends_on == datetime.date(2026, 12, 13)
    (one,) = [each for each in staff(keeper, AT) if each.group == "social_worker"]
    assert course.pk in one.in_date
    assert warn_of_training(at=AT) == 1
    assert warn_of_training(at=AT) == 0
    told = set(Notice.objects.filter(kind="training_ends").values_list("post_id", flat=True))
    assert told == {worker.post_id, manager.post_id}
    record_attended(
        by=manager, course_id=course.pk, holder_id=user_of(worker), on=DAY, at=AT  # type: ignore[arg-type]
    )  # fmt: skip
    assert warn_of_training(at=later(20)) == 0, "renewed"


@pytest.mark.django_db
def test_leave_is_entered_by_oneself_or_ones_manager_and_never_why(
    keeper: Viewer, worker: Viewer
) -> None:
    stranger = walled.viewer("care", "social_worker", team="Hospital")
    week = {"starts_on": DAY, "ends_on": DAY + datetime.timedelta(days=5), "at": AT}
    with pytest.raises(NotPermitted):
        enter_leave(by=stranger, post_id=post_of(worker), **week)  # type: ignore[arg-type]
    first = enter_leave(by=worker, post_id=post_of(worker), **week)  # type: ignore[arg-type]
    assert first.ends_on == week["ends_on"]
    more = {**week, "starts_on": week["ends_on"], "ends_on": DAY + datetime.timedelta(days=9)}
    joined = enter_leave(by=keeper, post_id=post_of(worker), **more)  # type: ignore[arg-type]
    assert (joined.starts_on, Leave.objects.count()) == (DAY, 1), "days that touch are one time"
    with pytest.raises(CannotEnterLeave, match="past"):
        enter_leave(
            by=worker, post_id=post_of(worker), starts_on=DAY - datetime.timedelta(days=9),
            ends_on=DAY, at=AT,
        )  # fmt: skip
    end_leave(by=worker, leave_id=joined.pk, at=later(2))
    joined.refresh_from_db()
    assert joined.ends_on == DAY + datetime.timedelta(days=2)


@pytest.mark.django_db
def test_languages_and_as_whom_one_works(keeper: Viewer, worker: Viewer) -> None:
    """P28: said by themself, and taken back by saying nothing."""
    holder = user_of(worker)
    assert say_languages(
        by=worker, holder_id=holder, names=["urdu", "", "Polish "], at=AT  # type: ignore[arg-type]
    ) == ["Polish", "Urdu"]  # fmt: skip
    say_works_as(by=worker, sex=WorkerSex.WOMAN, at=AT)
    assert WorksAs.objects.get(holder=holder).as_sex == WorkerSex.WOMAN
    say_works_as(by=worker, sex=None, at=AT)
    assert not WorksAs.objects.exists()


@pytest.mark.django_db
def test_a_share_of_a_week_is_said_by_who_manages_from_a_day_on_and_its_days_are_kept(
    keeper: Viewer, worker: Viewer
) -> None:
    manager = walled.viewer("care", "team_manager", team="Adults")
    post, week = post_of(worker), datetime.timedelta(days=7)

    def say(percent: int, on: datetime.date, by: Viewer = manager) -> Capacity:
        return say_capacity(by=by, post_id=post, percent=percent, starts_on=on, at=AT)

    assert percent_on([post], DAY) == {}, "nothing said is a full week"
    with pytest.raises(NotPermitted):
        say(50, DAY, by=worker)
    with pytest.raises(CannotSayCapacity, match="is past"):
        say(50, DAY - week)
    for wrong in (0, 4, 101):
        with pytest.raises(CannotSayCapacity, match="between 5 and 100"):
            say(wrong, DAY)
    say(60, DAY)
    say(50, DAY + week)
    say(80, DAY + week)
    kept = practitioner(manager, post, AT).capacity
    assert [(each.percent, each.ends_on) for each in kept] == [(80, None), (60, DAY + week)]
    assert percent_on([post], DAY) == {post: 60}
    assert percent_on([post], DAY + week) == {post: 80}
    assert percent_on([post], DAY - week) == {}
    (line,) = [one for one in lines(posts_kept(manager, AT), AT) if one.post.pk == post]
    assert line.percent == 60
