"""The pages of assessments as a practitioner meets them: kept as typed, signed, corrected, worked out."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices.assessment import AssessmentKind
from joinedup.support.cases.choices.carer import CarerFoundBy
from joinedup.support.cases.models import Assessment, AssessmentSection, Finding, Measurement
from joinedup.support.cases.operations.carers import CarerSaid, identify_carer
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled
from tests.unit.cases.assessed import (
    AT,
    HEALTH,
    SELF,
    SOCIAL,
    STRENGTHS,
    World,
    a_case,
    approve,
    ask,
)
from tests.unit.cases.test_assessing import UNABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    ask(*(f"assessment-{code}" for code in ("strengths", "self", "social-care", "health")))
    return a_case()


def at_work(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def words(response: HttpResponse) -> str:
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def section_address(world: World, section: AssessmentSection, name: str = "case-section") -> str:
    return reverse(name, args=[world.case_id, section.pk])


def test_an_assessment_from_its_beginning_to_its_end(world: World) -> None:
    """S3-16, S4-10: begun, written, signed section by section, worked out, finished."""
    social, nurse = at_work(world.social), at_work(world.nurse)
    page = reverse("case-assessment", args=[world.case_id])
    assert "Nobody of this case was assessed yet" in words(social.get(page))
    begin = reverse("case-assessment-begin", args=[world.case_id])
    assert "Choose whom it is about" in words(social.post(begin, {"because": ""}))
    went = social.post(
        begin, {"about": str(world.person), "because": "Falls", "professions": ["social_care"]}
    )
    with acting(walled.SYSTEM):
        found = Assessment.objects.get()
    shown = words(social.get(went["Location"]))
    assert "“Strengths” is not signed." in shown
    for profession, answers in (
        (STRENGTHS, {"matters": "Her garden"}), (SELF, {"own-want": "To sleep"}), (SOCIAL, UNABLE),
    ):  # fmt: skip
        address = section_address(world, world.section(found, profession))
        given = {f"q-{code}": value for code, value in answers.items()}
        signed = social.post(address, given | {"do": "sign", "version": "1"})
        assert signed.status_code == 302, words(signed)
        assert "What was signed stands" in words(nurse.get(address))
    one = reverse("case-assessment-one", args=[world.case_id, found.pk])
    assert "Eligible, by the answers; not signed yet" in words(social.get(one))
    decide = reverse("case-eligibility", args=[world.case_id, found.pk])
    assert "Not met" not in words(social.get(decide))
    approve(world.social)
    chosen = {"test": "care_act_adult", "care_act_adult-outcome": "not_eligible"}
    assert "Say why you decide otherwise" in words(social.post(decide, chosen))
    social.post(decide, chosen | {"care_act_adult-because": "Equipment meets it"})
    assert "Override" in words(social.get(decide))
    assert "Equipment meets it" in words(social.get(page))
    assert social.post(one).status_code == 302
    assert "Finished" in words(social.get(page))
    assert "Ada Ashe: 1 assessment" in words(social.get(page))


def test_what_is_typed_is_kept_and_of_two_tabs_neither_loses_a_word(world: World) -> None:
    """As typed; signed out nothing is written over; another tab is shown beside, and one is chosen."""
    section = world.section(world.begin(), STRENGTHS)
    keep = section_address(world, section, "case-section-keep")
    client = at_work(world.social)
    told = client.post(keep, {"version": "1", "q-matters": "Her gar"}).json()
    assert told["version"] == 2
    assert Client().post(keep, {"version": "2", "q-matters": "x"}).status_code in (302, 403)
    assert "Her gar" in client.get(section_address(world, section)).content.decode()
    other = at_work(world.nurse).post(keep, {"version": "1", "q-matters": "Her cats"})
    assert (other.status_code, other.json()) == (409, {"conflict": True})
    two = section_address(world, section, "case-section-two")
    beside = words(client.get(two))
    assert "Her cats" in beside
    assert "Her gar" in beside
    client.post(two, {"keep": "beside"})
    assert "Her cats" in client.get(section_address(world, section)).content.decode()


def test_an_unfinished_section_is_not_signed_and_keeps_what_was_typed(world: World) -> None:
    section = world.section(world.begin(SOCIAL), SOCIAL)
    typed = {"q-wants": "To get upstairs", "do": "sign", "version": "1"}
    page = at_work(world.social).post(section_address(world, section), typed)
    assert "Choose an answer" in words(page)
    assert "To get upstairs" in page.content.decode()
    with acting(walled.SYSTEM):
        kept = AssessmentSection.objects.get(pk=section.pk)
    assert kept.signed_at is None
    assert kept.draft["values"]["q-wants"] == ["To get upstairs"]


def test_an_answer_of_danger_goes_out_while_it_is_typed_and_once(world: World) -> None:
    """P19: the exit waits for no signature."""
    section = world.section(world.begin(HEALTH), HEALTH)
    assert "Sections of assessments to write and sign" in words(
        at_work(world.nurse).get(reverse("my-work"))
    )
    keep = section_address(world, section, "case-section-keep")
    client = at_work(world.nurse)
    first = client.post(keep, {"version": "1", "q-suicidal": "yes"}).json()
    with acting(walled.SYSTEM):
        (exit_,) = Exit.objects.all()
    assert str(exit_.pk) in first["leads_to"]
    again = client.post(
        keep, {"version": str(first["version"]), "q-suicidal": "yes", "q-conditions": "x"}
    ).json()
    assert "leads_to" not in again
    with acting(walled.SYSTEM):
        assert Exit.objects.count() == 1


def test_a_signed_section_is_corrected_by_another(world: World) -> None:
    found = world.begin()
    first = world.sign(world.social, world.section(found, STRENGTHS), matters="Her garden")
    client = at_work(world.social)
    went = client.post(section_address(world, first, "case-section-correct"), {"because": "Cats"})
    assert "Her garden" in client.get(went["Location"]).content.decode()
    assert "signed by" in words(at_work(world.nurse).get(section_address(world, first))).lower()


def test_strengths_needs_carers_and_measures_have_pages(world: World) -> None:
    ask("ucla3")
    client = at_work(world.social)
    findings = reverse("case-findings", args=[world.case_id])
    assert "None written down yet" in words(client.get(findings))
    said = {
        "kind": "need",
        "words": "I see nobody",
        "person": str(world.person),
        "code": "loneliness",
    }
    client.post(findings, said)
    with acting(walled.SYSTEM):
        need = Finding.objects.get()
    client.post(
        findings, said | {"kind": "strength", "words": "Ann looks in", "affects": [str(need.pk)]}
    )
    page = words(client.get(findings))
    assert "Affected by: Ann looks in" in page
    client.post(reverse("case-finding-over", args=[world.case_id, need.pk]))
    assert "I see nobody" not in words(client.get(findings)).split("Write one down")[0]
    take = reverse("case-measure-take", args=[world.case_id, "ucla3", world.person])
    assert client.get(take).status_code == 200
    answers = dict.fromkeys(["q-companionship", "q-left-out", "q-isolated"], "often")
    assert (
        client.post(take, answers | {"point": "start", "taken_on": "18 11 2026"}).status_code == 302
    )
    answers = dict.fromkeys(answers, "some_of_the_time")
    client.post(take, answers | {"point": "review", "taken_on": "20 11 2026"})
    measures = client.get(reverse("case-measures", args=[world.case_id]))
    assert "Better by 3" in words(measures)
    assert "<svg" in measures.content.decode()
    with acting(walled.SYSTEM):
        assert Measurement.objects.count() == 2
    carers = reverse("case-carers", args=[world.case_id])
    young = {
        "name": "Tom", "born_on": "1 5 2014", "cares_for": str(world.person), "found_by": "self",
        "identified_on": "18 11 2026",
    }  # fmt: skip
    assert client.post(carers, young).status_code == 302
    assert "Young carer" in words(client.get(carers))


def test_a_no_and_a_carers_assessment_are_asked_for_on_pages(world: World) -> None:
    """P30: the form says why an adult is assessed all the same."""
    ask("assessment-carer")
    client = at_work(world.social)
    found = world.begin()
    refuse = reverse("case-assessment-refuse", args=[world.case_id, found.pk])
    said = {
        "said_on": "18 11 2026", "words": "No", "capacity": "has_capacity", "decision": "respected",
        "because": "She is clear", "grounds": ["neglect"],
    }  # fmt: skip
    assert "s11(2)(b)" in words(client.post(refuse, said))
    assert client.post(refuse, said | {"grounds": []}).status_code == 302
    about = CarerSaid("Tom", world.person, CarerFoundBy.SELF, AT.date())
    carer = identify_carer(by=world.social, case_id=world.case_id, said=about, at=AT)
    offer = reverse("case-carer-offer", args=[world.case_id, carer.pk])
    assert "Say why they declined" in words(
        client.post(offer, {"offered_on": "18 11 2026", "answer": "declined"})
    )
    client.post(offer, {"offered_on": "18 11 2026", "answer": "accepted"})
    begin = reverse("case-assessment-begin", args=[world.case_id])
    client.post(begin, {"about": f"carer:{carer.pk}", "because": "He is tired"})
    with acting(walled.SYSTEM):
        assert Assessment.objects.filter(kind=AssessmentKind.CARER, carer=carer).exists()


def test_the_figures_and_the_overrides_have_pages(world: World) -> None:
    analyst = walled.viewer("care", "analyst")
    page = words(at_work(analyst).get(reverse("assessment-figures")))
    assert "7 or fewer, or withheld" in page
    assert "There is none" in words(at_work(world.social).get(reverse("assessment-overrides")))
