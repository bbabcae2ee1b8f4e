"""Who has looked, when and why: for the person, and for those who read the audit (P14)."""

import datetime
import uuid
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.foundations.accounts.operations.staff import protect_staff
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations import record_look, record_looks
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, marks
from joinedup.identity.sharing.models import OwnAccess
from joinedup.single_view.queries.looks import Looks, looks_at, name_behind
from tests.sharing.walled import SYSTEM, agency, person, post, viewer

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)


def at(minutes: int) -> datetime.datetime:
    return NOW + datetime.timedelta(minutes=minutes)


@pytest.fixture
def gp() -> Post:
    agency("gp")
    return post("gp", "general_practitioner")


@pytest.fixture
def police() -> Post:
    agency("police", "police")
    return post("police", "police_liaison")


@pytest.fixture
def somebody(gp: Post) -> uuid.UUID:
    return person("gp")


@pytest.fixture
def themselves(gp: Post, somebody: uuid.UUID) -> Viewer:
    """The person on their own page."""
    return themselves_of(somebody, Viewer.of_post(gp))


def themselves_of(person_id: uuid.UUID, by: Viewer) -> Viewer:
    """A person on their own page, by a code that this post handed over."""
    with acting(SYSTEM):
        access = OwnAccess.objects.create(
            person_id=person_id, code_hash="x", agency_id=by.agency, handed_over_by_id=by.post_id,
            handed_over_at=timezone.now() - datetime.timedelta(days=1), asked_about_coercion=True,
        )  # fmt: skip
    return Viewer.of_person(access.pk)


def look(
    by: Post, whom: uuid.UUID, minutes: int, purpose: str = "direct_care", **more: object
) -> None:
    record_look(
        at=at(minutes),
        post_id=by.pk,
        subject_kind="person",
        subject_id=str(whom),
        purpose=purpose,
        **more,
    )  # type: ignore[arg-type]


def test_agency_role_reason_categories_and_time_are_told_and_no_name(
    gp: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    look(gp, somebody, 0, categories=("identity", "care_plan"), holder="gp", agency="gp")
    [told] = looks_at(themselves, [somebody]).looks
    assert (told.agency, told.role, told.reason, told.at) == ("Gp", "GP", "Direct care", at(0))
    assert told.categories == ("Care plan", "Name, date of birth and address")
    assert gp.user.name not in str(told)


def test_the_lines_of_one_look_are_one(gp: Post, somebody: uuid.UUID, themselves: Viewer) -> None:
    look(gp, somebody, 0, categories=("identity",), holder="gp")
    look(gp, somebody, 0, categories=("housing",), holder="housing")
    look(gp, somebody, 1)
    found = looks_at(themselves, [somebody]).looks
    assert [(one.at, len(one.categories)) for one in found] == [(at(1), 0), (at(0), 2)]


def test_what_is_no_look_at_this_person_is_not_told(
    gp: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    look(gp, person("gp"), 0)
    look(gp, somebody, 1, outcome="refused")
    record_looks(at=at(2), post_id=gp.pk, subject_kind="spine", subject_ids=[""], purpose="x")
    assert looks_at(themselves, [somebody]).looks == ()


@pytest.mark.parametrize(
    "purpose",
    ["law_enforcement", "mappa", "marac", "iom", "safeguard_child", "safeguard_adult"],
)
def test_a_look_that_may_endanger_leaves_neither_trace_nor_gap(
    purpose: str, gp: Post, police: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    """P14: police, MAPPA, MARAC, IOM and safeguarding; also by a line older than that rule."""
    for minutes in range(3):
        look(gp, somebody, minutes)
    before = looks_at(themselves, [somebody], most=2)
    at_work = Viewer.of_post(police, purpose=purpose)
    assert marks(at_work)["traceless"]
    look(police, somebody, 1, purpose, traceless=True)
    look(police, somebody, 3, purpose, traceless=False)
    assert looks_at(themselves, [somebody], most=2) == before
    with acting(SYSTEM):
        older = Entry.objects.get(purpose=purpose, traceless=False)
    with pytest.raises(NotPermitted):
        name_behind(themselves, [somebody], older.pk, at=at(5))


def test_a_look_of_protected_staff_leaves_neither_trace_nor_gap(
    gp: Post, police: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    """P14: neither the looks they take from now on, nor those they took before."""
    look(gp, somebody, 0)
    before = looks_at(themselves, [somebody])
    look(police, somebody, 1, "crime_disorder")
    assert len(looks_at(themselves, [somebody]).looks) == 2
    protect_staff(by=None, user=police.user, protected=True, at=NOW)
    assert looks_at(themselves, [somebody]) == before
    held = Post.objects.select_related("team__agency", "user").get(pk=police.pk)
    assert marks(Viewer.of_post(held))["traceless"]
    with acting(SYSTEM):
        assert Entry.objects.filter(act="protected", subject_id=str(police.user_id)).count() == 1


def test_a_name_is_told_on_request_and_the_asking_is_on_record(
    gp: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    look(gp, somebody, 0)
    [told] = looks_at(themselves, [somebody]).looks
    assert told.may_ask_name
    assert name_behind(themselves, [somebody], told.entry_id, at=at(5)) == gp.user.name
    with acting(SYSTEM):
        assert Entry.objects.get(act="asked who looked").subject_id == str(told.entry_id)


def test_the_name_behind_a_look_without_trace_is_refused_as_if_there_were_none(
    police: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    """P14: the refusal is the very one for a look that never was."""
    look(police, somebody, 0, "law_enforcement", traceless=True)
    with acting(SYSTEM):
        entry = Entry.objects.get(person_id=somebody).pk
    told = []
    for asked in (entry, uuid.uuid4()):
        with pytest.raises(NotPermitted) as refused, transaction.atomic():
            name_behind(themselves, [somebody], asked, at=at(5))
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_nobody_asks_the_name_behind_a_look_at_another(gp: Post, themselves: Viewer) -> None:
    other = person("gp")
    look(gp, other, 0)
    with acting(SYSTEM):
        entry = Entry.objects.get(person_id=other).pk
    with pytest.raises(NotPermitted):
        name_behind(themselves, [other], entry, at=at(5))
    assert looks_at(themselves, [other]).looks == ()


def test_a_practitioner_does_not_read_who_else_looked(gp: Post, somebody: uuid.UUID) -> None:
    with pytest.raises(NotPermitted):
        looks_at(Viewer.of_post(gp), [somebody])


def test_who_reads_the_audit_sees_the_same_list(gp: Post, somebody: uuid.UUID) -> None:
    agency("icb", "commissioner")
    look(gp, somebody, 0)
    assert len(looks_at(viewer("icb", "ig_lead"), [somebody]).looks) == 1


def test_our_own_work_and_one_s_own_visit_are_told_as_such(
    somebody: uuid.UUID, themselves: Viewer
) -> None:
    for minutes, by in enumerate((SYSTEM, themselves)):
        record_look(
            at=at(minutes),
            post_id=None,
            subject_kind="person",
            subject_id=str(somebody),
            purpose=by.purpose,
        )
    told = looks_at(themselves, [somebody]).looks
    assert [(one.agency, one.may_ask_name) for one in told] == [
        ("You", False), ("Joined Up itself; nobody read it", False),
    ]  # fmt: skip


def all_pages(who: Viewer, whom: uuid.UUID, most: int) -> list[Looks]:
    pages = [looks_at(who, [whom], most=most)]
    while pages[-1].earlier:
        pages.append(looks_at(who, [whom], most=most, before=pages[-1].earlier))
    return pages


def test_every_look_is_on_one_page_and_on_one_alone(
    gp: Post, police: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    for minutes in range(7):
        look(gp, somebody, minutes)
        look(police, somebody, minutes, "crime_disorder")
    told = [one.entry_id for page in all_pages(themselves, somebody, 3) for one in page.looks]
    assert len(told) == len(set(told)) == 14


@dataclass(frozen=True)
class Taken:
    """One look of an invented past."""

    minutes: int
    by: int
    purpose: str
    traceless: bool


_PAST = st.lists(
    st.builds(
        Taken,
        minutes=st.integers(0, 6),
        by=st.integers(0, 1),
        purpose=st.sampled_from(["direct_care", "law_enforcement", "own_work"]),
        traceless=st.booleans(),
    ),
    max_size=14,
)


def test_two_worlds_that_differ_in_looks_without_trace_are_told_alike(
    gp: Post, police: Post, somebody: uuid.UUID, themselves: Viewer
) -> None:
    """P14: in all that is told, on every page, in their number and where each ends."""
    posts = (gp, police)
    worlds = 0

    def world(past: list[Taken], ids: dict[int, uuid.UUID], most: int) -> str:
        with transaction.atomic():
            for place, one in enumerate(past):
                if place not in ids:
                    continue
                with connection.cursor() as cursor:
                    cursor.execute(
                        """INSERT INTO audit_entry (id, at, post_id, person_id, act, subject_kind, purpose,
                             traceless) VALUES (%s, %s, %s, %s, 'looked', 'person', %s, %s)""",
                        [ids[place], at(one.minutes), posts[one.by].pk, somebody, one.purpose, one.traceless],
                    )  # fmt: skip
            told = repr(all_pages(themselves, somebody, most))
            transaction.set_rollback(True)
        return told

    @settings(max_examples=40, deadline=None)
    @given(past=_PAST, most=st.integers(1, 4))
    def alike(past: list[Taken], most: int) -> None:
        nonlocal worlds
        everything = {place: uuid.uuid4() for place in range(len(past))}
        open_only = {place: ids for place, ids in everything.items() if not past[place].traceless}
        assert world(past, everything, most) == world(past, open_only, most)
        worlds += 2

    alike()
    assert worlds >= 40


def test_refusing_is_as_it_would_be_without_the_look(
    somebody: uuid.UUID, themselves: Viewer
) -> None:
    with pytest.raises(NotPermitted, match="no such look"):
        name_behind(themselves, [somebody], uuid.uuid4(), at=at(1))
