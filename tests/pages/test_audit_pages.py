"""The record of looks on its pages: how the tree stands, what is unusual, what became of it."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Inquiry, TreeCheck, TreeHead
from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.audit.operations.sequence import sequence_leaves
from joinedup.identity.sharing.access import acting
from tests.pages.test_every_page import well_made
from tests.sharing.walled import SYSTEM, agency, post

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def reader() -> Client:
    """An information governance lead, signed in."""
    agency("icb", "commissioner")
    return signed_in(post("icb", "ig_lead"))


@pytest.fixture
def practitioner() -> Post:
    agency("gp")
    return post("gp", "general_practitioner")


def signed_in(held: Post) -> Client:
    client = Client()
    client.force_login(held.user)
    session = client.session
    session["post"] = str(held.pk)
    session.save()
    return client


def look(by: Post, people: int = 1, **marks: bool) -> None:
    record_looks(
        at=timezone.now(), post_id=by.pk, subject_kind="person", purpose="direct_care", holder="gp",
        subject_ids=[str(uuid.uuid4()) for _ in range(people)], categories=("identity",), **marks,
    )  # fmt: skip


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    well_made(response)
    return response.content.decode()


def test_before_anything_happened_the_pages_say_so(reader: Client) -> None:
    page = text(reader, "/audit/")
    assert "Not checked yet" in page
    assert "No head was signed yet" in page
    assert "Nothing is unusual." in text(reader, "/audit/unusual/")


def test_the_state_of_the_tree_is_told(reader: Client, practitioner: Post) -> None:
    look(practitioner, 3)
    sequence_leaves()
    TreeHead.objects.create(
        size=3, root="ab" * 32, at=timezone.now(), key="c" * 16, signature="d" * 128
    )
    page = text(reader, "/audit/")
    assert "abababababababab" in page
    assert 'summary-list__value">3<' in page


@pytest.mark.parametrize(("intact", "told"), [(True, "Intact"), (False, "Line 4 was altered")])
def test_the_last_check_is_told(
    reader: Client, intact: bool, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = TreeCheck(
        at=timezone.now(), intact=intact, size=9, root="ab" * 32, sentence="Line 4 was altered: x."
    )
    monkeypatch.setattr(
        "joinedup.foundations.audit.queries.state.TreeCheck.objects.order_by",
        lambda *_: type("Last", (), {"first": staticmethod(lambda: check)}),
    )
    assert told in text(reader, "/audit/")


def test_what_is_unusual_is_looked_into(reader: Client, practitioner: Post) -> None:
    look(practitioner, 2, same_name=True)
    page = text(reader, "/audit/unusual/")
    assert practitioner.user.name in page
    assert "Same surname (2)" in page
    assert "Not yet" in page
    day = f"/audit/unusual/{practitioner.pk}/{timezone.localdate().isoformat()}/"
    assert "Not looked into yet" in text(reader, day)
    assert "Same surname" in text(reader, day)
    assert "Choose what became of it" in reader.post(day, {"conclusion": ""}).content.decode()
    response = reader.post(day, {"conclusion": "taken_further"}, follow=True)
    assert "The conclusion is kept." in response.content.decode()
    assert "Taken further" in text(reader, "/audit/unusual/")
    with acting(SYSTEM):
        assert Inquiry.objects.get().conclusion == "taken_further"


def test_nobody_concludes_about_themselves(practitioner: Post) -> None:
    agency("icb", "commissioner")
    lead = post("icb", "ig_lead")
    look(lead, same_address=True)
    day = f"/audit/unusual/{lead.pk}/{timezone.localdate().isoformat()}/"
    response = signed_in(lead).post(day, {"conclusion": "justified"})
    assert "Nobody looks into their own looks" in response.content.decode()
    with acting(SYSTEM):
        assert not Inquiry.objects.exists()


def test_no_person_is_named_to_whoever_reads_the_audit(reader: Client, practitioner: Post) -> None:
    look(practitioner, no_involvement=True)
    day = f"/audit/unusual/{practitioner.pk}/{timezone.localdate().isoformat()}/"
    assert "/people/" not in text(reader, day)


@pytest.mark.parametrize("path", ["/audit/", "/audit/unusual/"])
def test_a_practitioner_is_refused(practitioner: Post, path: str) -> None:
    assert signed_in(practitioner).get(path).status_code == 403


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday"])
def test_a_day_that_is_none_is_no_page(reader: Client, practitioner: Post, day: str) -> None:
    assert reader.get(f"/audit/unusual/{practitioner.pk}/{day}/").status_code == 404
    assert reader.get(f"/audit/unusual/{uuid.uuid4()}/2026-11-20/").status_code == 404


def test_a_day_without_looks_asks_for_no_conclusion(reader: Client, practitioner: Post) -> None:
    quiet = timezone.localdate() - datetime.timedelta(days=30)
    page = text(reader, f"/audit/unusual/{practitioner.pk}/{quiet.isoformat()}/")
    assert "looked at nobody on that day" in page
    assert "Keep the conclusion" not in page
