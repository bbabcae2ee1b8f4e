"""What is unusual: who is near to whom they looked at, how many, and at what hour."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from joinedup.foundations.audit.choices import Conclusion, Sign
from joinedup.foundations.audit.models import Entry, Inquiry
from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.audit.operations.inquire import CannotConclude, conclude
from joinedup.foundations.audit.queries.inquiries import conclusions
from joinedup.foundations.audit.queries.lines import post_days
from joinedup.foundations.audit.rules.unusual import PostDay, is_far, modified_z, unusual_days

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
FIRST = datetime.date(2026, 11, 2)


def days(post: uuid.UUID, counts: list[int], **more: int) -> list[PostDay]:
    return [
        PostDay(post, FIRST + datetime.timedelta(days=n), "gp", "practitioner", count, **more)
        for n, count in enumerate(counts)
    ]


def signs(found: list[PostDay]) -> list[set[Sign]]:
    return [set(one.signs) for one in unusual_days(found, {}, since=FIRST)]


@pytest.mark.parametrize(
    ("value", "usual", "z"),
    [
        (30, [10, 10, 10, 10], None),
        (13, [10, 10, 10, 10, 10], 3.0),
        (10, [8, 9, 10, 11, 12], 0.0),
        (20, [8, 9, 10, 11, 12], 10 / 1.4826),
        (20, [10, 10, 10, 10, 15], 10 / 1.2533),
    ],
)
def test_far_is_by_median_and_median_deviation(
    value: int, usual: list[int], z: float | None
) -> None:
    assert modified_z(value, usual) == (z if z is None else pytest.approx(z))


def test_a_few_looks_are_never_far() -> None:
    assert not is_far(9, [1, 1, 1, 1, 1])
    assert is_far(10, [1, 1, 1, 1, 1])


def test_one_wild_day_does_not_hide_another() -> None:
    assert is_far(60, [10, 11, 12, 10, 200, 11])


def test_many_more_than_usual_for_the_post() -> None:
    assert signs(days(ONE, [10, 12, 11, 10, 12, 60])) == [{Sign.VOLUME}]


def test_many_more_than_usual_for_the_role_from_the_first_day() -> None:
    usual = days(OTHER, [10, 12, 11, 10, 12, 11])
    found = unusual_days([*usual, *days(ONE, [60])], {}, since=FIRST)
    assert [one.day.post_id for one in found] == [ONE]
    assert (found[0].usual_of_post, found[0].usual_of_role) == (None, 11)


def test_roles_are_not_held_against_each_other() -> None:
    usual = days(OTHER, [10, 12, 11, 10, 12, 11])
    roles = {OTHER: "practitioner", ONE: "link_reviewer"}
    assert unusual_days([*usual, *days(ONE, [60])], roles, since=FIRST) == []


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign is not Sign.VOLUME])
def test_a_sign_on_one_look_is_enough(sign: Sign) -> None:
    assert signs(days(ONE, [1], **{sign.value: 1})) == [{sign}]


def test_the_gravest_come_first_and_older_days_are_left_out() -> None:
    found = [
        *days(ONE, [2], out_of_hours=2),
        *days(OTHER, [1], same_address=1),
    ]
    judged = unusual_days(found, {}, since=FIRST)
    assert [one.day.post_id for one in judged] == [OTHER, ONE]
    assert unusual_days(found, {}, since=FIRST + datetime.timedelta(days=1)) == []


def look(post: uuid.UUID, at: str, people: int = 1, **marks: bool) -> None:
    record_looks(
        at=datetime.datetime.fromisoformat(at), post_id=post, subject_kind="person", purpose="own_work",
        subject_ids=[str(uuid.uuid4()) for _ in range(people)], **marks,
    )  # fmt: skip


@pytest.mark.django_db
def test_days_and_hours_are_those_of_the_place() -> None:
    """Half past eleven at night in July is another day in Greenwich."""
    look(ONE, "2026-07-06T22:30:00+00:00")
    look(ONE, "2026-07-07T06:30:00+00:00", 2, same_name=True)
    look(ONE, "2026-07-11T12:00:00+00:00", no_involvement=True)
    since = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
    found = {day.on.day: day for day in post_days(since, since + datetime.timedelta(days=30))}
    assert {on: day.out_of_hours for on, day in found.items()} == {6: 1, 7: 0, 11: 1}
    assert (found[7].people, found[7].same_name, found[11].no_involvement) == (2, 2, 1)


@pytest.mark.django_db
def test_a_person_looked_at_often_is_one_person() -> None:
    person = uuid.uuid4()
    now = timezone.now()
    record_looks(
        at=now, post_id=ONE, subject_kind="person", purpose="x", subject_ids=[str(person)] * 5
    )
    [day] = post_days(now - datetime.timedelta(hours=1), now + datetime.timedelta(hours=1))
    assert day.people == 1


@pytest.mark.django_db
def test_a_conclusion_is_kept_and_audited_and_an_earlier_one_stays() -> None:
    for conclusion in (Conclusion.JUSTIFIED, Conclusion.TAKEN_FURTHER):
        conclude(by=OTHER, post_id=ONE, on=FIRST, conclusion=conclusion, at=timezone.now())
    assert Inquiry.objects.count() == 2
    assert conclusions([(ONE, FIRST)])[ONE, FIRST].conclusion == "taken_further"
    assert [line.detail["outcome"] for line in Entry.objects.filter(act="concluded").order_by("at")] == [
        "justified", "taken_further",
    ]  # fmt: skip


@pytest.mark.django_db
def test_nobody_judges_their_own_looks() -> None:
    with pytest.raises(CannotConclude, match="their own"):
        conclude(by=ONE, post_id=ONE, on=FIRST, conclusion=Conclusion.JUSTIFIED, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audit_inquiry (id, post_id, "on", conclusion, by_post_id, at)
               VALUES (gen_random_uuid(), %s, now(), 'justified', %s, now())""",
            [ONE, ONE],
        )
