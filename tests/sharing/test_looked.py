"""A look leaves a line for each of whom it tells, with what was seen and why (issue 3, point 9; P14)."""

import datetime
import uuid

import pytest
from django.db import connection

from joinedup.foundations.audit.models import Entry
from joinedup.identity.sharing.access import Viewer, acting, looking
from joinedup.identity.sharing.choices import Category, MatterKind, PartLevel
from joinedup.identity.sharing.looked import A_PART, noting, told_of
from joinedup.identity.sharing.models import Matter, MatterPerson
from joinedup.identity.sharing.operations.matters import (
    give_part,
    leave_the_change,
    of_post,
    open_matter,
)
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.single_view.queries.looks import looks_at
from tests import audit_lines
from tests.sharing import walled
from tests.sharing.test_who_has_looked import themselves_of

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker")


def matter(
    *about: uuid.UUID, kind: MatterKind = MatterKind.REFERRAL, leaves_no_trace: bool = False
) -> Matter:
    return open_matter(
        by=walled.SYSTEM, kind=kind, at=AT, about=about, leaves_no_trace=leaves_no_trace
    )


def look(
    by: Viewer, *matters: Matter, people: tuple[uuid.UUID, ...] = (), minutes: int = 0
) -> None:
    at = AT + datetime.timedelta(minutes=minutes)
    with looking(by, at=at, subject_kind="a page", subject_id="a-page"):
        told_of(matters=[each.pk for each in matters], people=people)


def lines(by: Viewer) -> list[Entry]:
    return audit_lines.lines(post_id=by.post_id, act="looked")


def test_everybody_whom_a_matter_is_about_has_a_line_with_category_and_basis(
    worker: Viewer,
) -> None:
    ada, ben = walled.person("care"), walled.person("care")
    look(worker, matter(ada, ben))
    found = lines(worker)
    assert {each.person_id for each in found} == {ada, ben}
    for each in found:
        assert set(each.categories) == {Category.IDENTITY, Category.INVOLVEMENT}
        assert each.basis == A_PART
        assert (each.subject_kind, each.subject_id) == ("a page", "a-page")
        assert (each.agency, each.role, each.purpose) == ("care", worker.role, worker.purpose)


def test_a_part_too_small_to_know_whom_it_is_about_leaves_them_their_line(worker: Viewer) -> None:
    """S2-30: who only refers hears that it was received; whose data was looked at is told of the look."""
    ada = walled.person("care")
    sent = matter(ada)
    give_part(
        by=walled.SYSTEM, matter_id=sent.pk, recipient=of_post(worker.post_id or uuid.uuid4()),
        level=PartLevel.RECEIVED, because="sent it", at=AT,
    )  # fmt: skip
    with acting(worker):
        assert not MatterPerson.objects.exists()
    look(worker, sent)
    assert [each.person_id for each in lines(worker)] == [ada]


def test_whom_a_matter_is_about_goes_into_the_audit_and_to_nobody() -> None:
    """The database finds them past the wall: what it is asked by answers nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prorettype::regtype::text FROM pg_proc WHERE proname = 'wall_look'")
        assert cursor.fetchall() == [("void",)]


def test_who_is_told_of_twice_has_one_line_and_nobody_has_a_line_without_a_person(
    worker: Viewer,
) -> None:
    ada = walled.person("care")
    look(worker, matter(ada), matter(ada), people=(ada,))
    assert [each.person_id for each in lines(worker)] == [ada]
    look(worker, matter(), minutes=1)
    assert [each.person_id for each in lines(worker)] == [ada, None]


def test_a_name_that_is_read_within_a_look_is_a_look_at_who_bears_it(worker: Viewer) -> None:
    ada = walled.person("care")
    walled.let_see("care", "care", Category.IDENTITY, purpose=worker.purpose)
    with looking(worker, at=AT, subject_kind="a list"):
        assert names_of_people([ada, walled.person("care", given_name="")])
    assert ada in {each.person_id for each in lines(worker)}
    assert all(each.categories == [Category.IDENTITY] for each in lines(worker))


def test_a_look_within_a_page_leaves_the_page_no_second_line(worker: Viewer) -> None:
    ada, ben = walled.person("care"), walled.person("care")
    of_ada = matter(ada)
    with noting() as page:
        told_of(people=[ada])
        look(worker, of_ada, people=(ada,))
        assert not page.waits
        told_of(people=[ben])
        assert page.waits


@pytest.mark.parametrize(("kind", "said"), [(MatterKind.EXIT, False), (MatterKind.REFERRAL, True)])
def test_a_look_at_what_leaves_no_trace_is_told_to_nobody_it_is_about(
    kind: MatterKind, said: bool, worker: Viewer
) -> None:
    """P14: an exit, and what goes to MARAC, MAPPA or IOM, whatever the look was for; no gap either."""
    ada = walled.person("care")
    usual = matter(ada)
    for minutes in range(3):
        look(worker, usual, minutes=minutes)
    told = themselves_of(ada, worker)
    before = looks_at(told, [ada], most=2)
    assert len(before.looks) == 2
    kept = matter(ada, kind=kind, leaves_no_trace=said)
    look(worker, kept, people=(ada,), minutes=5)
    look(worker, usual, kept, minutes=6)
    with noting():
        look(worker, kept, minutes=7)
        told_of(people=[ada])
    assert looks_at(told, [ada], most=2) == before
    assert [each.traceless for each in lines(worker)] == [False] * 3 + [True] * 3


def test_a_change_in_a_matter_leaves_a_line_for_each_person_it_is_about(worker: Viewer) -> None:
    """Whoever does it need not see who they are; words that may name somebody stay where they can be erased."""
    ada, ben = walled.person("care"), walled.person("care")
    both, nobody = matter(ada, ben), matter()
    with acting(worker):
        leave_the_change(
            by=worker, matter_ids=[both.pk, nobody.pk], act="tried", at=AT, detail={"people": 2}
        )
        leave_the_change(
            by=worker, matter_ids=[both.pk], act="said", at=AT, detail={"why": "Ada rang"}
        )
    tried = audit_lines.lines(act="tried")
    assert {(each.subject_id, each.person_id) for each in tried} == {
        (str(both.pk), ada), (str(both.pk), ben), (str(nobody.pk), None),
    }  # fmt: skip
    assert {(each.outcome, each.basis, each.detail["people"]) for each in tried} == {
        ("done", A_PART, 2)
    }
    said = audit_lines.lines(act="said")
    assert {each.person_id for each in said} == {ada, ben, None}
    assert all("Ada" not in str(vars(each)) for each in said)
    assert [bool(each.words) for each in said if each.person_id is None] == [True]


@pytest.mark.parametrize("function", ["wall_look", "wall_change"])
def test_every_column_of_a_line_is_written_by_the_database_too(function: str) -> None:
    """A column more in the audit would be lost in looks at several people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [function])
        [(body,)] = cursor.fetchall()
    columns = {field.attname for field in Entry._meta.concrete_fields}
    assert {name for name in columns if name not in body} == set()
