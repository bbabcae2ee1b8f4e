"""Answers in the database: who may give and read them, what is known from where, what stays as it was."""

import datetime
import uuid

import pytest
from django.db import Error, transaction

from joinedup.foundations.places.models import Locality
from joinedup.identity.people.models import Holding, Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, MatterKind, PartLevel, Purpose
from joinedup.identity.sharing.models import Involvement, Matter
from joinedup.identity.sharing.operations.matters import (
    add_person,
    give_part,
    of_post,
    of_team,
    open_matter,
)
from joinedup.support.questions.choices import How, KnownFrom, QuestionKind
from joinedup.support.questions.models import Answer, Question, SetVersion
from joinedup.support.questions.operations.answering import CannotAnswer, record_answers
from joinedup.support.questions.operations.ship import ensure_shipped
from joinedup.support.questions.queries.answers import answers_of, not_asked_again, sets_answered
from joinedup.support.questions.queries.asking import as_asked, version_for
from joinedup.support.questions.queries.known import known_answers
from joinedup.support.questions.rules.asked import Asked, Choice
from joinedup.support.questions.rules.known import Known
from joinedup.support.questions.shipped import SHIPPED
from tests.audit_lines import lines
from tests.sharing import walled
from tests.unit.questions.asking import AT, DAY, draft, in_force, yes_or_no

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(days=1)
FIRST, SECOND = yes_or_no("first"), yes_or_no("second", if_yes_to="first")


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", Purpose.EARLY_HELP, team="Front door")


@pytest.fixture
def version() -> SetVersion:
    return in_force(FIRST, SECOND)


def referral(works: Viewer, *about: uuid.UUID) -> Matter:
    matter = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT, about=about)
    give_part(by=walled.SYSTEM, matter_id=matter.pk, recipient=of_team(works.team_id or 0),
              level=PartLevel.WORK, because="works at it", at=AT)  # fmt: skip
    return matter


def referrer(matter: Matter) -> Viewer:
    walled.agency("pub", "licensed_premises")
    sends = walled.viewer("pub", "referrer")
    give_part(by=walled.SYSTEM, matter_id=matter.pk, recipient=of_post(sends.post_id or matter.pk),
              level=PartLevel.RECEIVED, because="sent it", at=AT)  # fmt: skip
    return sends


def answer(by: Viewer, matter: Matter, version: SetVersion, **more: object) -> list[Answer]:
    values = more.pop("values", {"first": "yes"})
    given = {"by": by, "matter_id": matter.pk, "version_id": version.pk, "values": values,
             "at": AT, **more}  # fmt: skip
    return record_answers(**given)  # type: ignore[arg-type]


def words(viewer: Viewer, matter: Matter) -> dict[str, str]:
    with acting(viewer):
        return {each.question.code: each.words for each in answers_of(viewer, matter.pk)}


def test_the_latest_answer_counts_and_none_is_overwritten(
    worker: Viewer, version: SetVersion
) -> None:
    matter = referral(worker)
    answer(worker, matter, version, values={"first": "yes", "second": "no"})
    answer(worker, matter, version, values={"second": "yes"}, at=LATER)
    assert words(worker, matter) == {"first": "Yes", "second": "Yes"}
    answer(worker, matter, version, values={"second": None}, at=LATER)
    assert words(worker, matter) == {"first": "Yes"}
    with acting(worker):
        assert Answer.objects.count() == 4
    with (
        acting(walled.SYSTEM),
        pytest.raises(Error, match="permission denied"),
        transaction.atomic(),
    ):
        Answer.objects.update(value="no")


def test_an_answer_that_no_longer_comes_up_counts_no_more(
    worker: Viewer, version: SetVersion
) -> None:
    matter = referral(worker)
    answer(worker, matter, version, values={"first": "yes", "second": "yes"})
    answer(worker, matter, version, values={"first": "no"}, at=LATER)
    assert words(worker, matter) == {"first": "No"}
    answer(worker, matter, version, values={"second": "no"}, at=LATER)
    assert words(worker, matter) == {"first": "No"}


def test_answering_leaves_a_line_of_the_person_and_no_answer_in_it(
    worker: Viewer, version: SetVersion
) -> None:
    person = walled.person("care")
    answer(worker, referral(worker, person), version)
    (line,) = lines(act="answered questions")
    assert line.person_id == person
    assert (line.detail["answers"], line.detail["not_asked_again"]) == (1, 0)
    assert "yes" not in str(line.detail)


def test_nobody_reads_answers_without_a_part_but_who_gave_them(
    worker: Viewer, version: SetVersion
) -> None:
    """P18: a refer-only partner reads what it typed itself, and nothing that was added."""
    matter = referral(worker)
    sends, stranger = referrer(matter), walled.viewer("care", "practitioner")
    answer(sends, matter, version)
    answer(worker, matter, version, values={"first": "no"})
    assert words(stranger, matter) == {}
    assert words(sends, matter) == {"first": "Yes"}
    assert words(worker, matter) == {"first": "No"}


def test_who_sends_a_matter_answers_once_and_who_has_no_part_never(
    worker: Viewer, version: SetVersion
) -> None:
    matter = referral(worker)
    sends = referrer(matter)
    answer(sends, matter, version)
    with pytest.raises(CannotAnswer, match="answered when it was sent"):
        answer(sends, matter, version, values={"first": "no"})
    with pytest.raises(CannotAnswer, match="no part"):
        answer(walled.viewer("care", "practitioner"), matter, version)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"first": "perhaps"}, "First\\? Choose one of these answers"),
        ({"first": "yes", "third": "yes"}, "do not ask “third”"),
        ({"first": ["yes", "no"]}, "Choose one of these answers"),
    ],
)
def test_what_is_no_answer_is_not_recorded(
    worker: Viewer, version: SetVersion, values: dict[str, object], why: str
) -> None:
    matter = referral(worker)
    with pytest.raises(CannotAnswer, match=why):
        answer(worker, matter, version, values=values)
    assert words(worker, matter) == {}


def test_a_draft_is_not_answered(worker: Viewer) -> None:
    with pytest.raises(CannotAnswer, match="not published"):
        answer(worker, referral(worker), draft(FIRST))


def test_answers_keep_the_version_they_were_asked_in(worker: Viewer, version: SetVersion) -> None:
    """Issue 4, point 3: the words an answer was given to stay its words, whatever is asked next."""
    matter = referral(worker)
    answer(worker, matter, version)
    version.ends_on = DAY + datetime.timedelta(days=1)
    version.save()
    changed = Asked("first", QuestionKind.ONE_OF, "Quite first?", choices=(Choice("yes", "Aye"),))
    newer = in_force(changed, since=DAY + datetime.timedelta(days=1))
    with acting(worker):
        (found,) = sets_answered(worker, matter.pk)
    assert (found.version.number, found.answers[0].question.text) == (1, "First?")
    answer(worker, matter, newer, at=LATER)
    with acting(worker):
        assert [each.version.number for each in sets_answered(worker, matter.pk)] == [1, 2]
    with pytest.raises(Error, match="not changed"), transaction.atomic():
        Question.objects.filter(version=version).update(text="Was it ever asked?")


def test_the_version_of_the_place_is_asked_before_the_one_for_everywhere() -> None:
    """S2-12: two variants run in two areas."""
    for code in ("north", "south"):
        Locality.objects.create(code=code, name=code.title(), starts_on=DAY)
    everywhere = in_force(FIRST)
    north = in_force(FIRST, variant="B", locality_id="north")
    found = {
        place: getattr(version_for("a-set", DAY, place), "id", None)
        for place in (None, "north", "south")
    }
    assert found == {None: everywhere.pk, "north": north.pk, "south": everywhere.pk}
    assert version_for("a-set", DAY - datetime.timedelta(days=1)) is None
    assert version_for("no-such-set", DAY) is None


HELD = Asked(
    "held", QuestionKind.ONE_OF, "Held?", known_from=KnownFrom.HOLDINGS,
    choices=(
        Choice("often", "Often", categories=("crime_victim",), at_least=2),
        Choice("once", "Once", categories=("crime_victim",)),
    ),
)  # fmt: skip
INVOLVED = Asked(
    "involved", QuestionKind.SEVERAL_OF, "Who?", known_from=KnownFrom.AGENCIES,
    choices=(Choice("police", "Police"), Choice("voluntary", "A charity")),
)  # fmt: skip
DANGER = Asked(
    "danger", QuestionKind.ONE_OF, "Danger?", choices=(Choice("yes", "Yes", trigger="abuse"),)
)
FELT = yes_or_no("felt", known_from=KnownFrom.NEVER)


def holding(person: uuid.UUID, holder: str, headline: str = "Burgled", **more: object) -> None:
    since = {"starts_on": datetime.date(2026, 9, 14), "recorded_at": AT, **more}
    with acting(walled.SYSTEM):
        Holding.objects.create(person_id=person, holder_id=holder, category="crime_victim",
                               headline=headline, **since)  # fmt: skip


def known(viewer: Viewer, person: uuid.UUID, version: SetVersion) -> dict[str, Known]:
    return known_answers(viewer, person, as_asked(version), AT)


def test_what_an_agency_holds_is_known_as_far_as_the_wall_shows_it(worker: Viewer) -> None:
    """S4-9, P9: the source is named, the headline is for these eyes only, and a look leaves its line."""
    walled.agency("police", "police")
    person = walled.person("care", "police")
    holding(person, "police")
    version = in_force(HELD)
    assert known(worker, person, version) == {}
    walled.let_see("care", "police", Category.CRIME_VICTIM, purpose=Purpose.EARLY_HELP)
    found = known(worker, person, version)["held"]
    assert found == Known("once", "Police", datetime.date(2026, 9, 14), "Burgled")
    holding(person, "police", "Robbed")
    holding(person, "police", "Long ago", ends_on=datetime.date(2026, 9, 15))
    assert known(worker, person, version)["held"].value == "often"
    look = lines(subject_kind="person")[-1]
    assert look.person_id == person
    assert look.categories == ["crime_victim"]


def test_an_agency_whose_name_reveals_is_no_source(worker: Viewer) -> None:
    """P17: neither as a holder nor among those involved; its own post is not named either."""
    walled.agency("refuge", "voluntary", name_reveals=True)
    person = walled.person("care", "refuge")
    holding(person, "refuge")
    involve(person, "refuge")
    walled.let_see("care", "refuge", Category.CRIME_VICTIM, Category.INVOLVEMENT,
                   purpose=Purpose.EARLY_HELP)  # fmt: skip
    version = in_force(HELD, INVOLVED)
    assert known(worker, person, version) == {}
    own = walled.viewer("refuge", "police_liaison", Purpose.OWN_WORK)
    sources = {each.source for each in known(own, person, version).values()}
    assert sources <= {"The record of whoever answered"}
    assert sources


def involve(person: uuid.UUID, agency: str) -> None:
    team = walled.post(agency).team
    with acting(walled.SYSTEM):
        Involvement.objects.create(person_id=person, agency_id=agency, team=team,
                                   because="works with them", starts_at=AT)  # fmt: skip


def test_who_is_involved_is_known_by_kind_of_agency(worker: Viewer) -> None:
    walled.agency("police", "police")
    person = walled.person("care", "police")
    involve(person, "police")
    walled.let_see("care", "police", Category.INVOLVEMENT, purpose=Purpose.EARLY_HELP)
    assert known(worker, person, in_force(INVOLVED))["involved"].value == ["police"]


def test_an_earlier_answer_is_known_to_who_works_there_and_danger_is_asked_anew(
    worker: Viewer,
) -> None:
    person = walled.person("care")
    version = in_force(FIRST, DANGER, FELT)
    given = {"first": "yes", "danger": "yes", "felt": "yes"}
    answer(worker, referral(worker, person), version, values=given)
    assert known(worker, person, version) == {"first": Known("yes", "Care, in a referral", DAY)}
    other_team = walled.viewer("care", "front_door_worker", team="Another")
    assert known(other_team, person, version) == {}


def test_an_earlier_answer_of_a_matter_about_two_people_is_offered_for_neither(
    worker: Viewer, version: SetVersion
) -> None:
    one, other = walled.person("care"), walled.person("care")
    matter = referral(worker, one)
    answer(worker, matter, version)
    add_person(by=walled.SYSTEM, matter_id=matter.pk, person_id=other, at=AT)
    assert known(worker, one, version) == {}
    assert known(worker, other, version) == {}


@pytest.mark.parametrize(("value", "days"), [("not_known", 1), ("yes", 366)])
def test_what_says_nothing_or_is_old_is_not_offered(
    worker: Viewer, version: SetVersion, value: str, days: int
) -> None:
    person = walled.person("care")
    when = AT - datetime.timedelta(days=days)
    answer(worker, referral(worker, person), version, values={"first": value}, at=when)
    assert known(worker, person, version) == {}


def test_an_answer_follows_the_person_through_a_merge(worker: Viewer, version: SetVersion) -> None:
    kept, merged = walled.person("care"), walled.person("care")
    answer(worker, referral(worker, merged), version)
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=merged).update(merged_into_id=kept)
    assert set(known(worker, kept, version)) == {"first"}


def test_the_same_question_in_another_set_is_the_same_question(
    worker: Viewer, version: SetVersion
) -> None:
    person = walled.person("care")
    answer(worker, referral(worker, person), version)
    same, other = yes_or_no("first"), Asked("first", QuestionKind.LINE, "First name?")
    assert set(known(worker, person, in_force(same, code="another-set"))) == {"first"}
    assert known(worker, person, in_force(other, code="a-third-set")) == {}


def test_how_an_answer_came_about_is_kept_and_counted(worker: Viewer, version: SetVersion) -> None:
    """S4-9: the count of questions not asked again is kept for each matter."""
    on = datetime.date(2026, 11, 3)
    before = {"first": Known("yes", "Police", on), "second": Known("yes", "Police", on)}
    matter = referral(worker)
    answer(worker, matter, version, values={"first": "yes", "second": "no"}, known=before,
           confirmed={"first"})  # fmt: skip
    with acting(worker):
        first, second = answers_of(worker, matter.pk)
        assert not_asked_again(worker, matter.pk) == 1
    assert (first.how, first.source, first.source_on) == (How.CONFIRMED, "Police", on)
    assert (second.how, second.source, second.source_on) == (How.CHANGED, "", None)


def test_shipped_sets_are_put_in_place_once_and_left_as_they_are() -> None:
    first = ensure_shipped(at=AT)
    assert first == len(SHIPPED)
    assert ensure_shipped(at=LATER) == 0
    front_door = version_for("front-door", DAY)
    assert front_door is not None
    assert front_door.questions[0].code == "danger"
    assert front_door.licence
