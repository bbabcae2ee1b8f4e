"""A look that leaves no trace is told by decision of the agency that took it, and by nothing else (P14)."""

import datetime
import re
import uuid

import pytest
from django.test import Client

from joinedup.foundations.accounts.operations.staff import protect_staff
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import OwnAccess, Restriction, ToldLook
from joinedup.identity.sharing.operations.told_looks import (
    CannotTellLook,
    take_back_telling,
    tell_look,
)
from joinedup.identity.sharing.queries.told_looks import kept_looks
from joinedup.single_view.queries.looks import looks_at, name_behind
from tests.pages.test_every_page import well_made
from tests.sharing.walled import SYSTEM, agency, person, post, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]
NOW = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
WHY = "The enquiry is closed, and nobody is named."


@pytest.fixture(autouse=True)
def _agencies() -> None:
    agency("adult_care", "social_care")
    agency("police", "police")


@pytest.fixture
def worker() -> Post:
    return post("adult_care", "social_worker")


@pytest.fixture
def lead() -> Viewer:
    return viewer("adult_care", "safeguarding_lead")


@pytest.fixture
def her() -> uuid.UUID:
    return person("adult_care")


@pytest.fixture
def herself(her: uuid.UUID, worker: Post) -> Viewer:
    """The person on her own page."""
    with acting(SYSTEM):
        access = OwnAccess.objects.create(
            person_id=her, code_hash="x", agency_id="adult_care", handed_over_by=worker,
            handed_over_at=clock.now() - datetime.timedelta(days=1), asked_about_coercion=True,
        )  # fmt: skip
    return Viewer.of_person(access.pk)


def look(by: Post, whom: uuid.UUID, purpose: str = "safeguard_adult", minutes: int = 0) -> None:
    """A page's look, of two lines."""
    for holder, categories in (("", ()), ("police", ("domestic_abuse",))):
        record_look(
            at=NOW + datetime.timedelta(minutes=minutes), post_id=by.pk, subject_kind="person",
            subject_id=str(whom), purpose=purpose, agency=by.team.agency_id, role=by.role,
            holder=holder, categories=categories, traceless=purpose != "own_work",
        )  # fmt: skip


def kept(by: Viewer) -> uuid.UUID:
    [one] = kept_looks(by, most=5)
    return one.entry_id


@pytest.mark.parametrize(
    "purpose", ["safeguard_adult", "safeguard_child", "law_enforcement", "mappa", "marac", "iom"]
)
def test_it_is_hidden_until_told_and_hidden_again_without_a_gap(
    purpose: str, worker: Post, lead: Viewer, her: uuid.UUID, herself: Viewer
) -> None:
    """P14: by default no trace; told with agency, role and reason but no name; taken back no trace again."""
    for minutes in (-1, 1):
        look(worker, her, "own_work", minutes)
    before = looks_at(herself, [her])
    look(worker, her, purpose)
    assert looks_at(herself, [her]) == before
    tell_look(by=lead, entry_id=kept(lead), because=WHY, at=NOW)
    after = looks_at(herself, [her]).looks
    [told] = [each for each in after if each not in before.looks]
    assert (told.agency, told.role, told.at) == ("Adult_Care", "Social worker", NOW)
    assert told.categories == ()
    assert told.by_decision
    assert not told.may_ask_name
    with pytest.raises(NotPermitted):
        name_behind(herself, [her], told.entry_id, at=NOW)
    take_back_telling(by=lead, entry_id=told.entry_id, because="A new concern", at=NOW)
    assert looks_at(herself, [her]) == before


def test_only_the_leads_of_the_agency_that_looked_decide(
    worker: Post, lead: Viewer, her: uuid.UUID
) -> None:
    """P14: every role, of the agency that looked and of another: the two leads of the first, and nobody else."""
    look(worker, her)
    entry, decided = kept(lead), set()
    for role in (role.code for role in ROLES):
        for code in ("adult_care", "police"):
            try:
                told = tell_look(by=viewer(code, role), entry_id=entry, because=WHY, at=NOW)
            except (NotPermitted, CannotTellLook):
                continue
            decided.add((told.agency_id, role))
            take_back_telling(by=lead, entry_id=entry, because="Next role", at=NOW)
    assert decided == {("adult_care", "ig_lead"), ("adult_care", "safeguarding_lead")}


def test_the_wall_shows_the_line_to_the_person_while_the_decision_stands(
    worker: Post, lead: Viewer, her: uuid.UUID, herself: Viewer
) -> None:
    """P14: the database itself, whichever page asks; and another person never."""
    look(worker, her)
    other = person("adult_care")
    with acting(SYSTEM):
        access = OwnAccess.objects.create(
            person_id=other, code_hash="y", agency_id="adult_care", handed_over_by=worker,
            handed_over_at=clock.now() - datetime.timedelta(days=1), asked_about_coercion=True,
        )  # fmt: skip

    def lines(of: Viewer) -> int:
        with acting(of):
            return Entry.objects.count() + ToldLook.objects.count()

    assert lines(herself) == 0
    entry = kept(lead)
    tell_look(by=lead, entry_id=entry, because=WHY, at=NOW)
    assert lines(herself) == 2 + 1
    assert lines(Viewer.of_person(access.pk)) == 0
    with acting(viewer("adult_care", "social_worker")):
        assert ToldLook.objects.count() == 0
    take_back_telling(by=lead, entry_id=entry, because="A new concern", at=NOW)
    assert lines(herself) == 0


def test_a_decision_says_why_and_stands_once_and_is_on_record(
    worker: Post, lead: Viewer, her: uuid.UUID
) -> None:
    look(worker, her)
    entry = kept(lead)
    with pytest.raises(CannotTellLook, match="Say why"):
        tell_look(by=lead, entry_id=entry, because=" ", at=NOW)
    with pytest.raises(CannotTellLook, match="not told of this look"):
        take_back_telling(by=lead, entry_id=entry, because="x", at=NOW)
    tell_look(by=lead, entry_id=entry, because=WHY, at=NOW)
    with pytest.raises(CannotTellLook, match="meanwhile"):
        tell_look(by=lead, entry_id=entry, because=WHY, at=NOW)
    take_back_telling(by=lead, entry_id=entry, because="A new concern", at=NOW)
    tell_look(by=lead, entry_id=entry, because=WHY, at=NOW)
    with acting(SYSTEM):
        acts = Entry.objects.filter(subject_id=str(entry), person_id=her).order_by("act")
        assert [each.act for each in acts] == ["told of a look"] * 2 + [
            "took back telling of a look"
        ]
        assert all(each.traceless for each in acts)


def test_looks_of_protected_staff_and_of_a_refuge_are_told_by_nobody(
    worker: Post, lead: Viewer, her: uuid.UUID
) -> None:
    """P14, P39: harm to staff, and an agency whose very name tells something."""
    look(worker, her)
    entry = kept(lead)
    protect_staff(by=None, user=worker.user, protected=True, at=NOW)
    assert kept_looks(lead, most=5) == []
    with pytest.raises(CannotTellLook, match="no such look"):
        tell_look(by=lead, entry_id=entry, because=WHY, at=NOW)
    agency("haven", "voluntary", name_reveals=True)
    theirs = viewer("haven", "safeguarding_lead")
    look(post("haven"), her)
    with pytest.raises(CannotTellLook, match="P39"):
        tell_look(by=theirs, entry_id=kept(theirs), because=WHY, at=NOW)


def test_who_is_barred_from_the_person_decides_nothing(
    worker: Post, lead: Viewer, her: uuid.UUID
) -> None:
    look(worker, her)
    entry = kept(lead)
    with acting(SYSTEM):
        Restriction.objects.create(
            person_id=her, kind=RestrictionKind.BARRED_POST, holder_id="adult_care",
            barred_id=lead.post_id, because="a neighbour", starts_at=NOW,
        )  # fmt: skip
    assert kept_looks(lead, most=5) == []
    with pytest.raises(CannotTellLook):
        tell_look(by=lead, entry_id=entry, because=WHY, at=clock.now())


def test_on_the_page_a_look_is_read_told_and_kept_back_again(
    worker: Post, lead: Viewer, her: uuid.UUID
) -> None:
    client = Client()
    held = Post.objects.select_related("user").get(pk=lead.post_id)
    client.force_login(held.user)
    session = client.session
    session["post"] = str(held.pk)
    session.save()
    assert "has taken none" in client.get("/looks/").content.decode()
    look(worker, her)
    for path in ("/looks/", f"/looks/?person={her}"):
        page = client.get(path)
        well_made(page)
        assert "Not told" in page.content.decode()
    [link] = set(re.findall(r'href="(/looks/[0-9a-f-]{36}/)"', page.content.decode()))
    well_made(client.get(link))
    wrong = client.post(link, {"because": ""})
    assert "Say why they may be told" in wrong.content.decode()
    assert client.post(link, {"because": WHY}).status_code == 302
    shown = client.get(link).content.decode()
    assert "Keep it back again" in shown
    assert WHY in shown
    assert client.post(link, {"because": "A new concern"}).status_code == 302
    assert "Keep it back again" not in client.get(link).content.decode()
    assert client.get(f"/looks/{uuid.uuid4()}/").status_code == 404
    assert client.get("/looks/?person=nobody").status_code == 404
