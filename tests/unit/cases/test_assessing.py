"""An assessment in the database: signed section by section, corrected and never rewritten, seen by who works."""

import datetime

import pytest
from django.db import Error, transaction

from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import CapacityAssessment
from joinedup.support.cases.choices.assessment import (
    AssessmentKind,
    CapacityView,
    RefusalDecision,
    RiskGround,
    SectionState,
)
from joinedup.support.cases.choices.carer import CarerAnswer, CarerFoundBy
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.choices.finding import FindingKind, NeedCode
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.models import Assessment, AssessmentSection, Carer, EligibilityDecision
from joinedup.support.cases.operations import close_case
from joinedup.support.cases.operations.assessing import (
    CannotAssess,
    RefusalSaid,
    ask_section,
    finish_assessment,
    refuse_assessment,
)
from joinedup.support.cases.operations.carers import (
    CarerSaid,
    end_caring,
    identify_carer,
    offer_carer_assessment,
)
from joinedup.support.cases.operations.deciding_eligibility import sign_eligibility
from joinedup.support.cases.operations.findings import (
    FindingSaid,
    correct_finding,
    end_finding,
    link_findings,
    record_finding,
)
from joinedup.support.cases.operations.measuring import Taking, take_measure
from joinedup.support.cases.operations.sections import (
    Signing,
    correct_section,
    keep_section,
    settle_section,
    sign_section,
)
from joinedup.support.cases.queries import eligibility
from joinedup.support.cases.queries.assessment import (
    for_overview,
    how_many,
    one_assessment,
    section_page,
    unsigned_of_cases,
)
from joinedup.support.cases.queries.assessment_figures import figures
from joinedup.support.cases.queries.carers import carers_of
from joinedup.support.cases.queries.eligibility import overrides
from joinedup.support.cases.queries.findings import findings_of
from joinedup.support.cases.queries.measures import measures_of
from joinedup.support.handovers.operations import NoPart
from joinedup.support.questions.choices import How
from joinedup.support.questions.models import Answer
from tests.sharing import walled
from tests.unit.cases.assessed import HEALTH, SELF, SOCIAL, STRENGTHS, World, a_case, approve, ask
from tests.unit.handovers.sides import AT, later

pytestmark = pytest.mark.django_db
DAY = AT.date()
UNABLE = {"impairment": "yes", "wellbeing": "yes", "carer": "no"} | dict.fromkeys(
    ["nutrition", "hygiene"], "needs_help"
) | dict.fromkeys(
    ["toilet", "clothed", "home-safely", "habitable-home", "relationships", "work-learning",
     "community", "child"], "able",
)  # fmt: skip


@pytest.fixture
def world() -> World:
    ask(*(f"assessment-{code}" for code in ("strengths", "self", "social-care", "health")))
    return a_case()


def values_signed(world: World, viewer: Viewer, section: AssessmentSection) -> dict[str, object]:
    page = section_page(viewer, world.frame(viewer), section.pk, AT)
    return dict(page.signed.values) if page.signed else {}


def test_one_document_of_two_agencies_each_signing_its_own_part(world: World) -> None:
    """S4-10, S1-19, S4-4: sections by profession, each signed by its author, the nurse asked by a notice."""
    found = world.begin(SOCIAL, HEALTH)
    told = Notice.objects.filter(kind=NoticeKind.SECTION_ASKED).values_list("post_id", flat=True)
    assert list(told) == [world.nurse.post_id]
    health = world.section(found, HEALTH)
    assert health.asked_of_id == world.nurse.post_id
    with pytest.raises(CannotAssess, match="signed by"):
        world.sign(world.social, health, mind="well")
    world.sign(world.nurse, health, mind="low", substances="no")
    shown = one_assessment(world.social, world.frame(), found.pk)
    assert shown.sections[0].profession is STRENGTHS
    states = {line.profession: line.state for line in shown.sections}
    assert (states[HEALTH], states[SOCIAL]) == (SectionState.SIGNED, SectionState.NOT_BEGUN)
    assert "“Social care” is not signed." in shown.missing
    assert unsigned_of_cases(world.social, [world.case_id]) == {world.case_id: 3}
    overview = for_overview(world.social, world.frame(), AT)
    assert (overview.going_on, overview.mine_to_sign) == (1, 3)
    with pytest.raises(CannotAssess, match="not signed"):
        finish_assessment(by=world.social, assessment_id=found.pk, at=later(2))


def test_what_was_signed_is_never_rewritten(world: World) -> None:
    """The database refuses; an answer given afterwards to the same question changes nothing of it."""
    found = world.begin(HEALTH)
    signed = world.sign(world.nurse, world.section(found, HEALTH), mind="low", substances="no")
    with pytest.raises(CannotAssess, match="is signed"):
        world.sign(world.nurse, signed, mind="well")
    with acting(walled.SYSTEM):
        for change in ({"signed_at": None}, {"because": "x"}):
            with pytest.raises(Error, match="not changed"), transaction.atomic():
                AssessmentSection.objects.filter(pk=signed.pk).update(**change)
        with pytest.raises(Error, match="not changed"), transaction.atomic():
            AssessmentSection.objects.filter(pk=signed.pk).delete()
        Answer.objects.create(
            matter_id=world.case_id, version_id=signed.version_id, question_code="mind",
            value="well", how=How.ASKED, at=later(1),
        )  # fmt: skip
    assert values_signed(world, world.nurse, signed) == {"mind": "low", "substances": "no"}


def test_a_correction_stands_from_its_own_signature_and_takes_back_what_it_leaves_open(
    world: World,
) -> None:
    found = world.begin(HEALTH)
    first = world.sign(
        world.nurse, world.section(found, HEALTH), mind="low", substances="some", falls=3
    )
    with pytest.raises(CannotAssess, match="Say what is wrong"):
        correct_section(by=world.nurse, section_id=first.pk, because=" ", values={}, at=later(1))
    with pytest.raises(CannotAssess, match="signed by"):
        correct_section(by=world.social, section_id=first.pk, because="x", values={}, at=later(1))
    second = correct_section(
        by=world.nurse, section_id=first.pk, because="Typed for another person",
        values={"q-mind": ["low"]}, at=later(1),
    )  # fmt: skip
    line = next(
        s
        for s in one_assessment(world.nurse, world.frame(), found.pk).sections
        if s.profession is HEALTH
    )
    assert (line.section_id, line.correcting_id) == (first.pk, second.pk)
    with pytest.raises(CannotAssess, match="begun already"):
        correct_section(by=world.nurse, section_id=first.pk, because="x", values={}, at=later(1))
    world.sign(world.nurse, second, later(2), mind="well", substances="no")
    line = next(
        s
        for s in one_assessment(world.nurse, world.frame(), found.pk).sections
        if s.profession is HEALTH
    )
    assert (line.section_id, line.was_corrected) == (second.pk, True)
    assert values_signed(world, world.nurse, first) == {
        "mind": "low",
        "substances": "some",
        "falls": 3,
    }
    assert values_signed(world, world.nurse, second) == {"mind": "well", "substances": "no"}


def test_of_two_who_type_at_once_neither_loses_a_word(world: World) -> None:
    found = world.begin()
    section = world.section(found, STRENGTHS)

    def keep(by: Viewer, words: str, was: int) -> object:
        values = {"q-matters": [words]}
        return keep_section(by=by, section_id=section.pk, values=values, was=was, at=AT)

    assert keep(world.social, "Her garden", 1) == keep(world.social, "Her garden", 1)
    second = keep(world.nurse, "Her cats", 1)
    assert second.theirs == {"q-matters": ["Her garden"]}  # type: ignore[attr-defined]
    kept = AssessmentSection.objects.none()
    with acting(world.social):
        kept = AssessmentSection.objects.get(pk=section.pk)
    assert kept.draft["beside"] == [{"q-matters": ["Her cats"]}]
    with pytest.raises(CannotAssess, match="Choose between them"):
        world.sign(world.social, section, matters="Her garden")
    settle_section(
        by=world.nurse, section_id=section.pk, values={"q-matters": ["Her cats"]}, at=later(0.1)
    )
    world.sign(world.nurse, section, matters="Her cats and her garden")
    with acting(world.social):
        assert AssessmentSection.objects.get(pk=section.pk).draft == {}


def test_nobody_reads_or_writes_who_does_not_work_at_the_case(world: World) -> None:
    found = world.begin(HEALTH)
    section = world.section(found, HEALTH)
    stranger = walled.viewer("nhs", "practitioner", team="Others")
    with acting(stranger):
        assert not Assessment.objects.exists()
        assert not AssessmentSection.objects.exists()
    with pytest.raises(AssessmentSection.DoesNotExist):
        keep_section(by=stranger, section_id=section.pk, values={}, was=1, at=AT)
    with pytest.raises(NoPart):
        world.begin(by=stranger)


def test_a_second_of_the_same_is_refused_while_one_goes_on_and_none_in_a_closed_case(
    world: World,
) -> None:
    found = world.begin()
    with pytest.raises(CannotAssess, match="going on already"):
        world.begin()
    with pytest.raises(CannotAssess, match="asked already"):
        ask_section(by=world.social, assessment_id=found.pk, profession=STRENGTHS, at=AT)
    with pytest.raises(CannotAssess, match="what the assessment is for"):
        world.begin(because=" ")
    close_case(by=world.social, matter_id=world.case_id, words="Moved away", at=later(1))
    with pytest.raises((CannotAssess, NoPart)):
        ask_section(by=world.social, assessment_id=found.pk, profession=HEALTH, at=later(2))


def test_the_next_assessment_knows_what_the_last_was_told_and_shows_it_with_its_day(
    world: World,
) -> None:
    """S4-9: nobody retells their story; what was answered is confirmed, and stands beside with its day."""
    first = world.begin(SOCIAL)
    world.sign(world.social, world.section(first, SOCIAL), **_py(UNABLE))
    world.sign(world.social, world.section(first, STRENGTHS), matters="Her garden")
    world.sign(world.social, world.section(first, SELF), own_want="To sleep")
    finish_assessment(by=world.social, assessment_id=first.pk, at=later(1))
    second = world.begin(SOCIAL, at=later(40))
    page = section_page(world.social, world.frame(), world.section(second, SOCIAL).pk, later(40))
    assert page.known["nutrition"].value == "needs_help"
    assert page.known["nutrition"].on == DAY
    (before,) = page.earlier["nutrition"]
    assert (before.words, before.on) == ("Not without help", DAY)
    signed = sign_section(
        by=world.social, section_id=world.section(second, SOCIAL).pk, at=later(40),
        signing=Signing(UNABLE | {"nutrition": "able"}, {"hygiene"}, page.known),
    )  # fmt: skip
    with acting(world.social):
        how = dict(
            Answer.objects.filter(id__gte=signed.first_answer).values_list("question_code", "how")
        )
    assert (how["hygiene"], how["nutrition"]) == (How.CONFIRMED, How.CHANGED)
    assert how_many(world.social, [world.person]) == {world.person: 2}


def _py(answers: dict[str, str]) -> dict[str, str]:
    return {code.replace("-", "_"): value for code, value in answers.items()}


def test_eligibility_is_worked_out_and_signed_only_by_whoever_is_approved(world: World) -> None:
    """S4-19, standards 2.10: computed, signed off, overridden with a reason that stands in a list."""
    found = world.begin(SOCIAL)

    def sign(by: Viewer, outcome: Outcome, because: str = "") -> EligibilityDecision:
        return sign_eligibility(
            by=by, assessment_id=found.pk, test=Test.CARE_ACT_ADULT, outcome=outcome,
            because=because, at=later(1),
        )  # fmt: skip

    with pytest.raises(CannotAssess, match=r"register|approved"):
        sign(world.social, Outcome.ELIGIBLE)
    approve(world.social)
    with pytest.raises(CannotAssess, match="Sign the section first"):
        sign(world.social, Outcome.ELIGIBLE)
    world.sign(world.social, world.section(found, SOCIAL), **_py(UNABLE))
    with pytest.raises(CannotAssess):
        sign(world.nurse, Outcome.ELIGIBLE)
    with pytest.raises(CannotAssess, match="Say why"):
        sign(world.social, Outcome.NOT_ELIGIBLE)
    sign(world.social, Outcome.ELIGIBLE)
    assert overrides(world.social, [world.case_id]) == []
    made = sign(world.social, Outcome.NOT_ELIGIBLE, "Her need is met by equipment")
    (override,) = overrides(world.social)
    assert (override.worked_out, override.signed) == (Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE)
    (test,) = eligibility.tests_of(world.social, found)
    assert test.standing == made
    assert made.framework == "care-act-adult@2015-04-01"
    assert "2 of 10" in made.line
    with acting(walled.SYSTEM), pytest.raises(Error, match="not changed"), transaction.atomic():
        EligibilityDecision.objects.filter(pk=made.pk).update(signed=Outcome.ELIGIBLE)


def test_a_no_is_written_down_with_capacity_and_what_was_decided(world: World) -> None:
    """P30, P12: the capacity view is kept where every room finds it; respected, nothing more is written."""
    found = world.begin(SOCIAL)

    def refuse(**more: object) -> None:
        said: dict[str, object] = {
            "said_on": DAY, "words": "Leave me be", "capacity": CapacityView.HAS_CAPACITY,
            "decision": RefusalDecision.RESPECTED, "because": "Clear and steady",
        }  # fmt: skip
        refuse_assessment(
            by=world.social,
            assessment_id=found.pk,
            said=RefusalSaid(**(said | more)),
            at=later(0.1),  # type: ignore[arg-type]
        )

    with pytest.raises(CannotAssess, match="s11"):
        refuse(grounds=(RiskGround.SELF_NEGLECT,))
    with pytest.raises(CannotAssess, match="future"):
        refuse(said_on=DAY + datetime.timedelta(days=3))
    refuse(capacity=CapacityView.LACKS_CAPACITY, best_interests="Her sister was asked")
    with acting(walled.SYSTEM):
        assert CapacityAssessment.objects.get().person_id == world.person
    with pytest.raises(CannotAssess, match="declined"):
        world.sign(world.social, world.section(found, SOCIAL), impairment="yes")
    assert unsigned_of_cases(world.social, [world.case_id]) == {}
    world.begin(at=later(3))


def test_needs_and_strengths_in_their_own_words_hang_together(world: World) -> None:
    """S3-16, S4-55: strengths first, codes optional, a need affects a need; corrected and never rewritten."""

    def find(kind: FindingKind, words: str, **more: object):  # type: ignore[no-untyped-def]
        said = FindingSaid(kind, words, **more)  # type: ignore[arg-type]
        return record_finding(by=world.social, case_id=world.case_id, said=said, at=AT)

    fear = find(FindingKind.NEED, "I am afraid of falling", person_id=world.person)
    alone = find(FindingKind.NEED, "I see nobody", code=NeedCode.LONELINESS)
    find(FindingKind.STRENGTH, "My neighbour looks in", affects=(alone.pk,))
    link_findings(by=world.nurse, finding_id=fear.pk, affects_id=alone.pk, words="", at=AT)
    with pytest.raises(CannotAssess, match="another"):
        link_findings(by=world.social, finding_id=fear.pk, affects_id=fear.pk, words="", at=AT)
    with pytest.raises(CannotAssess, match="of this case"):
        find(FindingKind.NEED, "x", person_id=walled.person("care"))
    said = FindingSaid(FindingKind.NEED, "I am afraid of the stairs", person_id=world.person)
    stairs = correct_finding(by=world.social, finding_id=fear.pk, said=said, at=later(1))
    shown = findings_of(world.social, world.frame())
    assert [each.finding.words for each in shown.strengths] == ["My neighbour looks in"]
    lonely = next(each for each in shown.needs if each.finding.pk == alone.pk)
    assert lonely.affected_by == ("My neighbour looks in", "I am afraid of the stairs")
    end_finding(by=world.social, finding_id=stairs.pk, at=later(2))
    assert len(findings_of(world.social, world.frame()).needs) == 1


def test_measures_are_taken_in_order_and_a_small_change_is_not_told(world: World) -> None:
    """S3-7, S1-49: of the person and of the carer, each apart."""
    version = ask("ucla3")
    carer = identify_carer(by=world.social, case_id=world.case_id, said=_carer(world), at=AT)

    def take(point: MeasurePoint, answer: str, days: int = 0, **whose: object) -> None:
        values = dict.fromkeys(["companionship", "left-out", "isolated"], answer)
        whom = whose or {"person_id": world.person}
        on = DAY + datetime.timedelta(days=days)
        taking = Taking(MeasureCode.UCLA3, point, on, version, values, **whom)  # type: ignore[arg-type]
        take_measure(by=world.social, case_id=world.case_id, taking=taking, at=later(days, hours=1))

    with pytest.raises(CannotAssess, match="nothing stands to compare"):
        take(MeasurePoint.REVIEW, "often")
    take(MeasurePoint.START, "often")
    take(MeasurePoint.START, "hardly_ever", carer_id=carer.pk)
    with pytest.raises(CannotAssess, match="already"):
        take(MeasurePoint.START, "often")
    take(MeasurePoint.END, "hardly_ever", days=90)
    hers, his = measures_of(world.social, world.frame())
    assert (hers.whose, his.whose) == ("Ada Ashe", "Tom Ashe")
    change = hers.scales[0].change
    assert change is not None
    assert (change.before, change.after, change.can_be_told) == (9, 3, True)
    assert his.scales[0].change is None


def _carer(world: World, **more: object) -> CarerSaid:
    said: dict[str, object] = {
        "name": "Tom Ashe", "cares_for": world.person, "found_by": CarerFoundBy.SELF,
        "identified_on": DAY, "born_on": datetime.date(2011, 5, 1), "relation": "Her grandson",
    }  # fmt: skip
    return CarerSaid(**(said | more))  # type: ignore[arg-type]


def test_a_carer_is_offered_an_assessment_of_their_own(world: World) -> None:
    """S0-49: identified, offered with its day, declined with its reason; under 18 flagged as young."""
    ask("assessment-carer")
    carer = identify_carer(by=world.social, case_id=world.case_id, said=_carer(world), at=AT)
    other = _carer(world, cares_for=walled.person("care"))
    with pytest.raises(CannotAssess, match="Say for whom"):
        identify_carer(by=world.social, case_id=world.case_id, said=other, at=AT)
    (shown,) = carers_of(world.nurse, world.frame(), AT)
    assert (shown.is_young, shown.is_offered) == (True, False)

    def offer(answer: CarerAnswer, because: str = "") -> None:
        offer_carer_assessment(
            by=world.nurse, carer_id=carer.pk, offered_on=DAY, answer=answer, because=because, at=AT
        )

    with pytest.raises(CannotAssess, match="why they declined"):
        offer(CarerAnswer.DECLINED)
    offer(CarerAnswer.DECLINED, "Not while school is on")
    offer(CarerAnswer.ACCEPTED)
    (shown,) = carers_of(world.nurse, world.frame(), AT)
    assert shown.wants_one
    made = world.begin(kind=AssessmentKind.CARER, person_id=None, carer_id=carer.pk)
    assert (made.subject, made.person_id) == (51, None)
    end_caring(by=world.social, carer_id=carer.pk, ends_on=DAY, at=AT)
    stranger = walled.viewer("nhs", "practitioner", team="Others")
    with acting(stranger):
        assert not Carer.objects.exists()


def test_the_figures_show_nobody(world: World) -> None:
    """S4-4, P44: of few people nothing is told."""
    found = world.begin(HEALTH)
    world.sign(world.nurse, world.section(found, HEALTH), mind="well", substances="no")
    identify_carer(by=world.social, case_id=world.case_id, said=_carer(world), at=AT)
    analyst = walled.viewer("care", "analyst")
    shown = figures(analyst, since=later(-365), at=DAY)
    assert set(shown.people.values()) == set(shown.carers.values()) == {None}
    assert (shown.people_in_all, shown.young_carers, shown.decisions) == (None, None, None)
