"""How many questions a referral asks of the database, press by press, so that they do not creep back.

Beside what a press asks for its own sake each costs a dozen: its transaction, its session, its viewer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.demo.personas import make_personas
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import acting
from joinedup.support.frontdoor.models import MatchQuestion
from joinedup.support.questions.operations.ship import ensure_shipped
from tests.pages.signing_in import signed_in
from tests.pages.test_intake_pages import ANSWERS, WHO, text, version
from tests.sharing.walled import SYSTEM


@contextmanager
def at_most(many: int, ways_back: int) -> Iterator[None]:
    """So many questions inside, of which so many keep a way back or give it up."""
    with CaptureQueriesContext(connection) as asked:
        yield
    kept = sum("SAVEPOINT" in each["sql"] for each in asked)
    told = "\n".join(each["sql"][:100] for each in asked)
    assert len(asked) <= many, f"{len(asked)} questions:\n{told}"
    assert kept <= ways_back, f"{kept} ways back:\n{told}"


@pytest.fixture
def known(linked: Path) -> dict[str, object]:
    """Somebody whom the spine is sure of, as they are typed."""
    make_personas()
    ensure_shipped(at=timezone.now())
    with acting(SYSTEM):
        held = Record.objects.filter(agency="police", gone_on=None, born_on__isnull=False)
        one = held.exclude(postcode="").exclude(family_name="").earliest("pk")
    return {
        **WHO, "p1_given_name": one.given_name, "p1_family_name": one.family_name, "p1_age": "",
        "p1_born_on": f"{one.born_on:%d/%m/%Y}", "p1_postcode": one.postcode,
    }  # fmt: skip


def test_a_referral_asks_no_more_of_the_database_than_it_needs(known: dict[str, object]) -> None:
    client = signed_in("police")
    path = str(client.post("/refer/").headers["Location"])
    typed = {**known, "version": version(client, path)}
    client.post(f"{path}match/", typed)
    with at_most(40, ways_back=16):
        assert "One of ours" in text(client.post(f"{path}match/", typed))
    with at_most(22, ways_back=8):
        assert client.post(f"{path}keep/", typed).status_code == 200
    answers = {**ANSWERS, "version": version(client, path)}
    client.get(f"{path}questions/")
    with acting(SYSTEM):
        before = MatchQuestion.objects.count()
    with at_most(26, ways_back=8):
        kept = client.post(f"{path}questions/keep/", answers)
    with acting(SYSTEM):
        assert MatchQuestion.objects.count() == before, "nobody is looked up to keep an answer"
    with at_most(150, ways_back=24):
        sent = client.post(
            f"{path}questions/", {**answers, "version": kept.json()["version"], "do": "send"}
        )
    assert sent.status_code == 302, text(sent)
    with at_most(26, ways_back=8):
        assert client.get(sent["Location"]).status_code == 200
