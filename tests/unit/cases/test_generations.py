"""Generations of a family: off until it is let, to safeguard a child alone, and nobody beyond whom one sees."""

import datetime
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Holding, Household, HouseholdMember
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.generations import ParentKind
from joinedup.support.cases.models import FamilyLink
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.generations import (
    CannotLink,
    LinkSaid,
    correct_link,
    link_family,
)
from joinedup.support.cases.presenters.generations import (
    links_table,
    people_table,
    picture,
    repeats,
)
from joinedup.support.cases.queries.frame import Frame, frame_of
from joinedup.support.cases.queries.generations import family_of, may_be_linked
from joinedup.support.cases.rules.generations import (
    in_generations,
    may_open,
    repeated,
    why_not_linked,
)
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, post_of

DAY = AT.date()
LET = datetime.date(2026, 1, 1)
SEEN = (Category.IDENTITY, Category.INVOLVEMENT, Category.ADDRESS)


def test_generations_stand_oldest_first_and_everybody_once() -> None:
    links = [("Gran", "Mum"), ("Mum", "Kit"), ("Dad", "Kit"), ("Mum", "Sam")]
    assert in_generations(["Kit"], links) == [["Gran"], ["Mum", "Dad"], ["Kit", "Sam"]]
    assert in_generations(["Kit", "Lone"], links[1:2]) == [["Mum"], ["Kit", "Lone"]]


@pytest.mark.parametrize(
    ("parent", "child", "words"),
    [
        ("Mum", "Mum", "own parent"),
        ("Mum", "Kit", "written down already"),
        ("Kit", "Gran", "other way round"),
        ("Kit", "Old", "younger than the child"),
        ("Dad", "Kit", ""),
    ],
)
def test_what_cannot_be_is_said(parent: str, child: str, words: str) -> None:
    born = {"Kit": datetime.date(2020, 1, 1), "Old": datetime.date(1950, 1, 1)}
    found = why_not_linked(parent, child, [("Gran", "Mum"), ("Mum", "Kit")], born)
    assert words in found
    assert bool(found) == bool(words)


def test_it_is_off_by_default_and_never_for_another_purpose() -> None:
    """P36: a gateway of its own, off until a day is set."""
    assert not may_open("safeguard_child", None, DAY)
    assert not may_open("safeguard_child", DAY + datetime.timedelta(days=1), DAY)
    assert not may_open("direct_care", LET, DAY)
    assert may_open("safeguard_child", LET, DAY)


def test_what_stands_in_one_generation_alone_does_not_repeat() -> None:
    assert repeated([["a", "b", "a"], [], ["a"]]) == [("a", 2)]


class Home:
    """A child whose social worker leads; a mother at home with it; a grandmother the police alone hold."""

    def __init__(self) -> None:
        for code, kind in (("care", "social_care"), ("police", "police")):
            walled.agency(code, kind)
        said = {"family_name": "Ashe"}
        self.mother = walled.person(
            "care", given_name="Eve", born_on=datetime.date(1995, 2, 1), **said
        )
        self.child = walled.person(
            "care", given_name="Kit", born_on=datetime.date(2020, 5, 1), **said
        )
        self.hidden = walled.person(
            "police", given_name="Ivy", born_on=datetime.date(1970, 1, 1), **said
        )
        worker = walled.viewer("care", "social_worker", team="Children")
        self.case_id = open_case(
            by=worker, person_ids=[self.child, self.mother], lead_post_id=post_of(worker),
            programme=Programme.CHILDRENS_SOCIAL_CARE, at=AT,
        ).pk  # fmt: skip
        self.other = worker
        self.worker = replace(worker, purpose=Purpose.SAFEGUARD_CHILD)
        with acting(walled.SYSTEM):
            home = Household.objects.create(address_key="one")
            for person in (self.mother, self.child):
                HouseholdMember.objects.create(
                    household=home, person_id=person, holder_id="care", starts_on=LET
                )

    def frame(self) -> Frame:
        return frame_of(self.worker, self.case_id, at=AT, page="a test")

    def said(self, parent: Any, child: Any, **more: Any) -> LinkSaid:
        plain = {"kind": ParentKind.BIRTH, "told_by": "The mother", "told_on": DAY}
        return LinkSaid(parent, child, **(plain | more))

    def link(self, parent: Any, child: Any, **more: Any) -> FamilyLink:
        return link_family(
            by=self.worker, frame=self.frame(), said=self.said(parent, child, **more), at=AT
        )

    def names(self) -> list[list[str]]:
        found = family_of(self.worker, self.frame(), AT)
        return [[each.name for each in some] for some in found.generations]


@pytest.fixture
def home(settings: Any) -> Home:
    settings.PARENT_KNOWN_AS_CHILD_FROM = LET
    return Home()


def holds(person: uuid.UUID, category: str, since: int, holder: str = "care") -> None:
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person, holder_id=holder, category=category, headline="Something",
            recorded_at=AT, starts_on=datetime.date(since, 3, 1),
        )  # fmt: skip


@pytest.mark.django_db
def test_links_are_written_with_their_source_and_drawn_by_generation(home: Home) -> None:
    """S0-19: three generations, the grandmother by name; what is held of two of them is pointed out."""
    home.link(home.mother, home.child)
    home.link("Rose Ashe", home.mother, kind=ParentKind.BROUGHT_UP_BY)
    holds(home.mother, "childrens_social_care", 2003)
    holds(home.child, "domestic_abuse", 2025)
    holds(home.mother, "domestic_abuse", 2024)
    assert home.names() == [["Rose Ashe"], ["Eve Ashe"], ["Kit Ashe"]]
    found = family_of(home.worker, home.frame(), AT)
    held = {row[0].text: row[3].text for row in people_table(found).rows}
    assert held["Eve Ashe"].startswith(
        "Known to children’s social care when they were a child themselves"
    )
    assert held["Rose Ashe"] == "Nothing shown"
    assert repeats(found) == ["Domestic abuse: shown in 2 generations"]
    rows = links_table(found, home.case_id, is_open=True).rows
    assert (rows[0][0].text, rows[0][1].text) == ("Eve Ashe, of Kit Ashe", "The mother")
    drawn = str(picture(found))
    assert 'aria-label="3 generations, 3 people. The tables say the same."' in drawn
    assert "Rose Ashe" in drawn


@pytest.mark.django_db
def test_whom_the_viewer_does_not_see_leaves_no_gap(home: Home) -> None:
    """P8: the pages of two worlds that differ in a hidden grandmother alone are byte for byte the same."""
    home.link(home.mother, home.child)
    client = Client()
    client.force_login(User.objects.get(pk=home.worker.user_id))

    def pages() -> tuple[object, ...]:
        found = family_of(home.worker, home.frame(), AT)
        known = may_be_linked(home.worker, home.frame(), AT)
        return (
            str(picture(found)), people_table(found), links_table(found, home.case_id, is_open=True).rows[0],
            len(found.links), known, repeats(found),
        )  # fmt: skip

    before = pages()
    with acting(walled.SYSTEM):
        FamilyLink.objects.create(
            case_id=home.case_id, holder_id="care", parent_id=home.hidden, child_id=home.mother,
            kind="birth", told_by="The police", told_on=DAY, recorded_at=AT,
        )  # fmt: skip
        holds(home.hidden, "domestic_abuse", 2001, "police")
    assert pages() == before
    with pytest.raises(CannotLink, match="Choose people of this case"):
        home.link(home.hidden, home.mother)


@pytest.mark.django_db
def test_for_another_purpose_and_where_it_is_not_let_there_is_nothing(
    home: Home, settings: Any
) -> None:
    """P36: neither rows nor page; the page itself is not there where the place has not let it."""
    home.link(home.mother, home.child)
    with acting(home.other):
        assert not FamilyLink.objects.exists()
    stranger = walled.viewer("police", "police_liaison", "safeguard_child")
    with acting(stranger):
        assert not FamilyLink.objects.exists()
    with pytest.raises(CannotLink, match="to safeguard a child alone"):
        link_family(by=home.other, frame=home.frame(), said=home.said("Rose", home.child), at=AT)
    client = Client()
    client.force_login(User.objects.get(pk=home.worker.user_id))
    page = reverse("case-family", args=[home.case_id])
    assert "Generations are shown to safeguard a child" in client.get(page).content.decode()
    assert client.get(reverse("case-family-link", args=[home.case_id])).status_code == 404
    settings.PARENT_KNOWN_AS_CHILD_FROM = None
    assert client.get(page).status_code == 404
    measures = client.get(reverse("case-measures", args=[home.case_id])).content.decode()
    assert page not in measures


@pytest.mark.django_db
def test_a_line_is_put_right_by_another_and_both_are_kept(home: Home) -> None:
    wrong = home.link("Rose Ashe", home.child)
    put = {"by": home.worker, "frame": home.frame(), "link_id": wrong.pk, "at": later(1)}
    right = correct_link(
        said=home.said("Rose Ashe", home.mother), because="She is the grandmother", **put
    )
    assert home.names() == [["Rose Ashe"], ["Kit Ashe", "Eve Ashe"]]
    with pytest.raises(CannotLink, match="already"):
        correct_link(said=None, because="Again", **put)
    correct_link(said=None, because="It was a neighbour", **(put | {"link_id": right.pk}))
    assert home.names() == [["Kit Ashe", "Eve Ashe"]]
    with acting(walled.SYSTEM):
        kept = FamilyLink.objects.order_by("recorded_at").values_list("because", flat=True)
        assert sorted(kept) == ["", "It was a neighbour", "She is the grandmother"]


@pytest.mark.django_db
def test_a_look_at_somebody_beyond_the_case_is_written_down(home: Home) -> None:
    aunt = walled.person("care", given_name="Una")
    with acting(walled.SYSTEM):
        at_home = Household.objects.get()
        HouseholdMember.objects.create(
            household=at_home, person_id=aunt, holder_id="care", starts_on=LET
        )
    walled.let_see_person(
        f"post:{home.worker.post_id}", aunt, "care", *SEEN, purpose="safeguard_child"
    )
    assert "Una Ashe" in may_be_linked(home.worker, home.frame(), AT).values()
    with acting(walled.SYSTEM):
        assert Entry.objects.filter(subject_kind="generations", person_id=aunt).exists()
    home.link(aunt, home.child, kind=ParentKind.STEP)
    assert home.names()[0] == ["Una Ashe"]
