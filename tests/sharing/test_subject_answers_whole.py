"""An answer to a subject request holds all of a case, answers, measures and money too; what is hidden leaves no gap."""

import datetime
from inspect import isclass

import pytest
from django.apps import apps
from django.db import models, transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.identity.sharing.models import MatterPerson, SubjectPart, SubjectRedaction
from joinedup.identity.sharing.operations.subject_release import give_it, prepare
from joinedup.partnership.funds.models import PointsTable
from joinedup.single_view.queries.subject_held import (
    Item,
    held_of,
    marked,
    of_agency,
    of_assessment,
    of_case,
    of_money,
)
from joinedup.single_view.subject_presenters import pdf_of
from joinedup.support.cases.choices.carer import CarerFoundBy
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.models import (
    BudgetLine,
    BudgetSpend,
    CaseReview,
    Goal,
    Milestone,
    PersonalBudget,
)
from joinedup.support.cases.operations.carers import CarerSaid, identify_carer
from joinedup.support.cases.operations.measuring import Taking, take_measure
from joinedup.support.safeguarding.models import RiskPlan
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.sharing.test_subject_answers import asked, given
from tests.unit.cases.assessed import STRENGTHS, World, a_case, ask
from tests.unit.cases.stories import now
from tests.unit.handovers.sides import AT, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]

DAY = AT.date()

IN_ANOTHER = {
    "assessmentsection", "assessmentrefusal", "ownsignature", "budgetline", "budgettaper", "budgetspend",
    "followup", "careroffer",
}  # fmt: skip
"""Tables of a case whose rows are given with the row they hang on."""

NOT_GIVEN = {
    "bedplaces": "How many places a house has.",
    "bedsite": "The name of a house or ward with places.",
    "caseinvolvement": "Given as who worked with them and why, in its own place.",
    "casemember": "It names who helps; given as who worked with them where they are of an agency.",
    "caseschool": "The school of a child, which its own record names.",
    "casesplit": "How two people were told apart: it names the other.",
    "casestep": "Given as the level it came to, with its reason.",
    "casesupervision": "It is about the work of a practitioner.",
    "closingword": "The words of the closing again, as the practice got them.",
    "combinedalert": "It repeats what is held, as it was put before a safeguarding lead.",
    "coordination": "Whose lead coordinates: it is about the work of practitioners.",
    "coordinationvoice": "What a practitioner said to that.",
    "disagreement": "Between practitioners about the level; given as the level it came to.",
    "disagreementword": "What a practitioner said to that.",
    "findinglink": "That two findings hang together, which are both given.",
    "functionused": "By which approval a practitioner acted.",
    "inreach": "A question between practitioners; its advice is written into the story.",
    "lead": "Given as who worked with them and why.",
    "pathway": "Which steps help of a kind goes through, for anybody.",
    "pathwaystep": "One of those steps, for anybody.",
    "placing": "How two people were told apart: it names the other.",
    "plancopy": "A copy of the plan, which they were given.",
    "planversion": "The plan as it stood, of which each part is given.",
    "releasesummary": "A summary of what is given, for the receiving team.",
    "savedview": "How a practitioner sorts their list.",
    "signoff": "What a manager signed: it is about the work of a practitioner.",
    "steptelling": "Which school was told of a step.",
    "storypin": "Which of the given lines stands first.",
    "storyreading": "When a post last read it, which who has looked tells.",
    "thresholddocument": "What levels mean for anybody.",
    "thresholdlevel": "What a level means for anybody.",
}
"""Tables of a case that an answer does not go through, and why; each was looked at."""


def test_no_table_of_a_case_is_forgotten_in_an_answer() -> None:
    read = {
        each._meta.model_name
        for module in (of_agency, of_case, of_assessment, of_money)
        for each in vars(module).values()
        if isclass(each) and issubclass(each, models.Model)
    }
    there = {model._meta.model_name for model in apps.get_app_config("cases").get_models()}
    assert there - read - IN_ANOTHER - set(NOT_GIVEN) == {"case"}
    assert not (IN_ANOTHER | set(NOT_GIVEN)) - there
    assert not read & set(NOT_GIVEN)


def things(part: SubjectPart) -> dict[str, Item]:
    """What is held, by what it is."""
    return {item.what: item for group in held_of(part) for item in group.items}


def whole(world: World) -> tuple[Viewer, SubjectPart]:
    """Somebody of whom a case holds answers, a measure, a budget and a warning, who asked for it all."""
    version = ask("assessment-strengths", "assessment-self", "ucla3")
    section = world.section(world.begin(STRENGTHS), STRENGTHS)
    world.sign(world.social, section, good_at="Mends every bicycle in the street")
    lonely = dict.fromkeys(["companionship", "left-out", "isolated"], "often")
    taking = Taking(MeasureCode.UCLA3, MeasurePoint.START, DAY, version, lonely, world.person)
    take_measure(by=world.social, case_id=world.case_id, taking=taking, at=later(hours=1))
    with acting(walled.SYSTEM):
        of = {"case_id": world.case_id, "person_id": world.person}
        table = PointsTable.objects.create(
            number=1, pence_a_point=200_00, source="Cabinet", starts_on=DAY,
            published_by_id=world.social.post_id, published_at=AT,
        )  # fmt: skip
        budget = PersonalBudget.objects.create(
            **of, table=table, indicative_pence=800_00, agreed_pence=800_00, contribution_pence=100_00,
            made_by_id=world.social.post_id, made_at=AT, starts_on=DAY,
            review_on=DAY + datetime.timedelta(days=90),
        )  # fmt: skip
        BudgetLine.objects.create(
            case_id=world.case_id, budget=budget, place=1, what="Swimming with a companion",
            route="direct_payment", pence=800_00,
        )  # fmt: skip
        BudgetSpend.objects.create(
            case_id=world.case_id, budget=budget, on=DAY, pence=12_50, words="Two swims",
            by_id=world.social.post_id, recorded_at=AT,
        )  # fmt: skip
    warned(world, "The dog bites", knows="informed")
    guardian = walled.viewer("care", "duty_manager", team="Duty")
    return guardian, asked(world.social, world.person, of="care")


def warned(world: World, warning: str, **said: str) -> RiskPlan:
    """A warning note about the person."""
    with acting(walled.SYSTEM):
        return RiskPlan.objects.create(
            matter_id=world.case_id, person_id=world.person, warning=warning, risk="It bit a nurse",
            plan="Ring first", manager_consulted="Sam Roe", review_on=DAY, starts_at=AT,
            written_by_id=world.social.post_id, **said,
        )  # fmt: skip


def test_answers_measures_money_and_warnings_are_in_the_answer() -> None:
    guardian, part = whole(a_case())
    said = given(guardian, part)
    words = str(said)
    for held in (
        "What are they good at, or proud of?", "Mends every bicycle in the street",
        "Loneliness (UCLA, three items), start", "Personal budget of £800 a year",
        "Swimming with a companion, £800, Direct payment", "You pay £100 a year", "Two swims", "£12.50",
        "The dog bites", "It bit a nurse", "Fell three times since May",
    ):  # fmt: skip
        assert held in words, held


def hidden_things(world: World) -> None:
    """What the person is not to read: of others, or what could do serious harm."""
    warned(world, "His brother hid a knife", knows="not_informed", why_not_told="He would find it")
    carer = CarerSaid(
        name="Tom Ashe",
        relation="Son",
        cares_for=world.person,
        found_by=CarerFoundBy.PROFESSIONAL,
        identified_on=DAY,
    )
    identify_carer(by=world.social, case_id=world.case_id, said=carer, at=AT)
    with acting(walled.SYSTEM):
        goal = Goal.objects.create(
            case_id=world.case_id, person_id=world.person, words="Away from Ben", set_on=DAY,
            recorded_at=AT, hidden_from_person="third_party",
        )  # fmt: skip
        Milestone.objects.create(
            case_id=world.case_id, goal=goal, words="A flat of her own", due_on=DAY,
            agreed_by="Ada", recorded_at=AT,
        )  # fmt: skip


def test_two_worlds_that_differ_in_what_is_hidden_alone_give_the_same_answer() -> None:
    """P8: byte by byte, before anybody has decided and after; a mark that came since the reading waits."""
    world = a_case()
    guardian, part = whole(world)
    never_there = given(guardian, part)
    prepare(by=guardian, part_id=part.pk, marked=[], at=now())
    hidden_things(world)
    groups = marked(held_of(part), [])
    waits = [each.item for _, items in groups for each in items if each.waits]
    assert {item.ground for item in waits} == {
        LeftOutBecause.THIRD_PARTY, LeftOutBecause.SERIOUS_HARM,
    }  # fmt: skip
    assert {item.what for item in waits} == {
        "His brother hid a knife", "Tom Ashe looks after you", "Away from Ben", "A flat of her own",
    }  # fmt: skip
    assert given(guardian, part) == never_there
    assert pdf_of(given(guardian, part)) == pdf_of(never_there)
    page = text(signed_in(guardian).post(f"/subject-requests/{part.pk}/", {"read": "on"}))
    assert "you have not decided on it yet" in page
    one = next(item for item in waits if item.what == "Away from Ben")
    give_it(by=guardian, part_id=part.pk, item=one.key, at=now(), ground=one.ground)
    assert "Away from Ben" in str(given(guardian, part))
    with acting(walled.SYSTEM):
        kept = SubjectRedaction.objects.get()
        assert kept.is_given
        assert not kept.is_proposed


def test_what_is_about_everybody_of_a_case_waits_where_there_is_somebody_else() -> None:
    """P35: of a case about one person it is theirs; of a family's somebody decides."""
    world = a_case()
    _, part = whole(world)
    with acting(walled.SYSTEM), transaction.atomic():
        CaseReview.objects.create(
            case_id=world.case_id, due_on=DAY, rule="Plan", held_on=DAY, found="All is well",
            least_step="less", recorded_at=AT,
        )  # fmt: skip
    [review] = [item for item in things(part).values() if item.key.startswith("review:")]
    assert review.ground is None
    other = walled.person("care", given_name="Ben")
    with acting(walled.SYSTEM):
        MatterPerson.objects.create(matter_id=world.case_id, person_id=other, since=AT)
    [review] = [item for item in things(part).values() if item.key.startswith("review:")]
    assert review.ground is LeftOutBecause.THIRD_PARTY
