"""The pages of what a person said: three separate things, each kept as typed until it can be written down."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import Consent
from tests.pages.test_agreement_pages import at_work, words
from tests.sharing import walled
from tests.sharing.test_consents import CHILD, Case, case

pytestmark = pytest.mark.django_db

YES = {
    "purpose": "homelessness", "holder": "care", "recipient": "housing", "state": "given",
    "who_spoke": "person", "method": "in_person",
}  # fmt: skip


def address(found: Case, name: str = "consent", *more: object) -> str:
    return reverse(name, args=[found.person, *more])


def test_nothing_said_is_not_asked_and_says_so() -> None:
    """Not asked and declined are states of their own."""
    found = case()
    shown = words(at_work(found.worker).get(address(found)))
    assert "Not asked is no no" in shown
    assert "Homelessness duty to refer Not asked" in shown
    assert "consent to refer, Housing Act 1996 s213B" in shown
    assert "No answer to a service is on record" in shown


def test_a_yes_is_written_down_shown_and_taken_back() -> None:
    found = case()
    client = at_work(found.worker)
    assert client.post(address(found, "consent-record"), YES).status_code == 302
    with acting(walled.SYSTEM):
        said = Consent.objects.get()
    shown = words(client.get(address(found)))
    assert "Care to Housing" in shown
    take_back = address(found, "consent-withdraw", said.pk)
    assert "What rested on it alone shuts at once" in words(client.get(take_back))
    assert client.post(take_back).status_code == 302
    assert "Taken back" in words(client.get(address(found)))
    assert "There is nothing to take back" in words(client.get(take_back))


def test_what_was_typed_stays_and_the_error_says_how_to_mend_it() -> None:
    """P12: a child's consent names competence or who holds parental responsibility."""
    found = case(CHILD)
    answer = at_work(found.worker).post(
        address(found, "consent-record"), {**YES, "evidence": "Form in the case file"}
    )
    assert "Under 16: say why the child is competent" in words(answer)
    html = answer.content.decode()
    assert 'value="Form in the case file"' in html
    assert re.search(r'value="homelessness"\s+checked', html)
    assert '<option value="housing" selected' in html


def test_a_service_and_capacity_are_pages_of_their_own() -> None:
    found = case()
    client = at_work(found.worker)
    service = {"service": "Floating support", "answer": "agreed", "method": "by_phone"}
    assert client.post(address(found, "consent-service"), service).status_code == 302
    lacks = {
        "decision": "Whether housing is told", "purpose": "homelessness", "outcome": "lacks_capacity",
        "assessed_on": "1 11 2026",
    }  # fmt: skip
    wrong = client.post(address(found, "consent-capacity"), lacks)
    assert "Say what is in the person’s best interests" in words(wrong)
    mended = {**lacks, "best_interests": "Told, agreed with the advocate"}
    assert client.post(address(found, "consent-capacity"), mended).status_code == 302
    shown = words(client.get(address(found)))
    assert "Floating support Agreed" in shown
    assert "Lacks capacity Told, agreed with the advocate" in shown


def test_nobody_reads_what_somebody_said_whom_they_may_not_see() -> None:
    found = case()
    walled.agency("fire", "fire")
    strangers: list[tuple[Viewer, int]] = [
        (walled.viewer("fire"), 404),
        (walled.viewer("care", "analyst"), 403),
    ]
    for viewer, status in strangers:
        client = Client()
        client.force_login(User.objects.get(pk=viewer.user_id))
        assert client.get(address(found)).status_code == status
