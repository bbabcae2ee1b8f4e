"""What anybody may read of what is shared and why: the agreements in force, in plain words, and no person (S1-28)."""

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.core import clock
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.presenters.public import WHAT, WHY, from_and_to
from joinedup.identity.sharing.queries.public import in_force
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, parties, signed, written


def test_each_reason_and_each_kind_of_information_has_plain_words() -> None:
    assert set(WHY) == set(Purpose)
    assert set(WHAT) == set(Category)


def test_who_tells_whom_is_said_in_as_few_sentences_as_it_takes() -> None:
    all_of_three = [(one, other) for one in "ABC" for other in "ABC" if one != other]
    assert from_and_to(all_of_three) == ["A, B and C tell each other"]
    with_one = [*all_of_three, *((one, "D") for one in "ABC")]
    assert from_and_to(with_one) == ["A, B and C tell each other, and D"]
    assert from_and_to([("A", "C"), ("B", "C"), ("C", "A")]) == ["A and B to C", "C to A"]


@pytest.mark.django_db
def test_only_what_is_in_force_is_on_the_public_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a draft, nor what is over; and nobody's name, whoever signed."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    by = parties()
    walled.person("police", given_name="Zebedee")
    page = reverse("what-is-shared")
    empty = Client().get(page)
    assert empty.status_code == 200
    assert "No agreement is in force today" in empty.content.decode()
    written(by)
    assert in_force(AT) == []


@pytest.mark.django_db
def test_the_public_page_says_who_tells_whom_what_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    by = parties()
    signed(by)
    walled.person("police", given_name="Zebedee")
    shown = Client().get(reverse("what-is-shared")).content.decode()
    for said in ("Safer streets", "police to housing", "Your name and date of birth and where you live",
                 "To stop behaviour that harms neighbours", "Retention and deletion, in words"):  # fmt: skip
        assert said.casefold() in shown.casefold(), said
    for kept in ("Zebedee", by.police.name, by.lead.name):
        assert kept not in shown
    assert in_force(AT + 500 * DAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize("joint", [True, False])
def test_what_joint_controllers_have_arranged_is_anybody_s_to_read(
    monkeypatch: pytest.MonkeyPatch, *, joint: bool
) -> None:
    """P15, UK GDPR 26: an arrangement between them is on record, and its essence is open."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    signed(parties(), joint_controllers=joint, joint_controller_arrangement="Ask either of us")
    shown = Client().get(reverse("what-is-shared")).content.decode()
    assert ("Ask either of us" in shown) == joint
