"""The pages on which a controller reads an answer, decides what is left out, and releases it."""

import pytest

from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.models import SubjectAnswer
from tests import audit_lines
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.sharing.test_subject_answers import a_world, items

pytestmark = pytest.mark.django_db


def test_an_answer_is_read_decided_on_and_released_from_its_pages() -> None:
    guardian, part = a_world(("Moved in", ""), ("A neighbour rang about him", "third_party"))
    client, at = signed_in(guardian), f"/subject-requests/{part.pk}/"
    assert "Begin to read" in text(client.get(at))
    assert client.get(f"{at}read/").status_code == 404, "not before it is prepared"
    assert client.post(f"{at}begin/").status_code == 302
    page = text(client.get(f"{at}read/"))
    assert "1 thing was marked by whoever wrote it, and waits for your decision" in page
    assert "not decided on it yet" in text(client.post(at, {"read": "on"}))
    [key] = [item.key for what, item in items(part).items() if "neighbour" in what]
    asked = text(client.post(f"{at}read/{key}/", {"ground": "third_party"}))
    assert "A neighbour rang about him" in asked
    said = {"ground": "third_party", "because": "He has not agreed"}
    assert client.post(f"{at}read/{key}/", said).status_code == 302
    assert "Every mark is decided" in text(client.get(f"{at}read/"))
    given = client.post(f"{at}pdf/")
    assert given.content.startswith(b"%PDF")
    [copy] = audit_lines.lines(act="copied", subject_id=str(part.pk))
    assert (copy.person_id, copy.holder) == (part.person_id, part.agency_id), (
        "P15: found at a recall"
    )
    assert client.post(at, {"read": "on"}).status_code == 302
    assert "as it was given" in text(client.get(at))
    with acting(walled.SYSTEM):
        assert "neighbour" not in str(SubjectAnswer.objects.get().said)
    assert client.get(f"{at}read/none:1/").status_code == 404
