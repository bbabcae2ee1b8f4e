"""The pages of question sets: written, tried, compared, published; and two who write at once."""

import datetime
import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from joinedup.foundations.accounts.models import User
from joinedup.foundations.places.models import Locality
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel, Purpose
from joinedup.identity.sharing.operations.matters import give_part, of_post, open_matter
from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.models import Answer, Question, QuestionSet, SetVersion
from joinedup.support.questions.operations.answering import record_answers
from joinedup.support.questions.operations.placing import remove_question, remove_section
from joinedup.support.questions.operations.ship import ensure_shipped
from joinedup.support.questions.operations.writing import (
    CannotWrite,
    edit_question,
    edit_version,
    start_draft,
)
from joinedup.support.questions.rules.asked import Asked, Choice
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled
from tests.unit.questions.asking import AT, in_force, yes_or_no

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Viewer:
    walled.agency("partnership", "partnership")
    return walled.viewer("partnership", "question_writer")


@pytest.fixture
def ons4(writer: Viewer) -> SetVersion:
    """A draft begun from a shipped set."""
    ensure_shipped(at=AT)
    return start_draft(by=writer, version_id=SetVersion.objects.get(question_set="ons4").pk, at=AT)


def at_work(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def words(response: HttpResponse) -> str:
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return words(response)


def opened(client: Client, address: str) -> dict[str, str]:
    """What a page's form holds when it is opened: what is hidden, chosen and typed."""
    return holds(client.get(address))


def holds(response: HttpResponse) -> dict[str, str]:
    html = response.content.decode()
    found = {}
    for control in re.findall(r"<input[^>]*>", html):
        named = re.search(r'name="([^"]+)".*?value="([^"]*)"', control)
        if named and (" checked" in control or not re.search(r'type="(radio|checkbox)"', control)):
            found[named[1]] = named[2]
    found |= dict(re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.S))
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)".*?>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    found.pop("more", None)
    return found


def test_a_list_without_sets_says_so(writer: Viewer) -> None:
    assert "There is no question set yet" in page(at_work(writer), "question-sets")
    assert "No question was answered" in page(at_work(writer), "told-once")


def test_a_set_is_begun_written_tried_and_published_in_the_browser(writer: Viewer) -> None:
    client = at_work(writer)
    assert "Give it a title" in words(client.post(reverse("question-set-new"), {"title": " "}))
    begun = client.post(reverse("question-set-new"), {"title": "Café chat", "about": "Why"})
    draft = SetVersion.objects.get(question_set="cafe-chat")
    assert begun["Location"] == reverse("question-version", args=[draft.pk])
    section = draft.sections.get()
    shown = page(client, "question-version", draft.pk)
    assert "It asks nothing yet" in shown
    assert "Say under which licence" in shown
    add = reverse("question-new", args=[draft.pk, section.pk])
    assert "Choose the kind of answer" in words(client.post(add, {"text": "Tea?"}))
    for text, kind in (("Tea?", "yes_no"), ("Which?", "several_of"), ("How hot?", "scale")):
        assert client.post(add, {"text": text, "kind": kind}).status_code == 302
    tea, which, hot = draft.questions.order_by("place")
    assert [each.code for each in (tea, which, hot)] == ["tea", "which", "how-hot"]
    write(client, draft, which, **{"answer-0-label": "Green", "answer-1-label": "Black"})
    write(client, draft, hot, lowest="0", highest="10")
    no_answers = write(client, draft, which, shown_question="tea", status=200)
    assert "Choose which of its answers" in words(no_answers)
    write(client, draft, which, shown_question="tea", shown_answers="yes")
    which.refresh_from_db()
    assert which.shown_if == {"question": "tea", "any_of": ["yes"]}
    assert [each["code"] for each in which.choices] == ["green", "black"]
    said = reverse("question-words", args=[draft.pk])
    more = {"source": "Us", "licence": "Ours"}
    assert client.post(said, {**opened(client, said), **more}).status_code == 302
    tried = client.post(reverse("question-try", args=[draft.pk]), {
        "q-tea": "yes", "q-which": ["green", "black"], "q-asked": ["tea", "which", "how-hot"],
    })  # fmt: skip
    assert "Which? Green; Black" in words(tried)
    assert not Answer.objects.exists()
    publish = reverse("question-publish", args=[draft.pk])
    early = client.post(publish, {**opened(client, publish), "starts_on": "1 1 2020"})
    assert "Choose today or a later day" in words(early)
    assert client.post(publish, opened(client, publish)).status_code == 302
    assert "Asked today" in page(client, "question-version", draft.pk)
    assert client.get(reverse("question", args=[draft.pk, tea.pk])).status_code == 404


def write(
    client: Client, draft: SetVersion, of: Question, *, status: int = 302, **typed: object
) -> HttpResponse:
    address = reverse("question", args=[draft.pk, of.pk])
    answer = client.post(address, {**opened(client, address), **typed})
    assert answer.status_code == status, words(answer)
    return answer


def test_the_second_of_two_people_sees_both_and_loses_nothing(
    writer: Viewer, ons4: SetVersion
) -> None:
    client, happy = at_work(writer), ons4.questions.get(code="happy")
    address = reverse("question", args=[ons4.pk, happy.pk])
    mine = opened(client, address)
    theirs = walled.viewer("partnership", "question_writer")
    edit_question(
        by=theirs, version_id=ons4.pk, question_id=happy.pk,
        values={"text": "Their happy?", "help": "Their help"}, edited=happy.edited, at=AT,
    )  # fmt: skip
    answer = client.post(address, {**mine, "text": "My happy?", "source": "Mine"})
    assert answer.status_code == 409
    said = words(answer)
    assert re.search(r"Question Their happy\? My happy\?", said)
    assert re.search(r"Help Their help You did not change it", said)
    again = holds(answer)
    assert (again["text"], again["help"], again["source"]) == ("My happy?", "Their help", "Mine")
    assert client.post(address, again).status_code == 302
    happy.refresh_from_db()
    assert (happy.text, happy.help, happy.source) == ("My happy?", "Their help", "Mine")


def test_two_people_write_different_questions_without_disturbing_each_other(
    writer: Viewer, ons4: SetVersion
) -> None:
    client = at_work(writer)
    happy, anxious = (ons4.questions.get(code=code) for code in ("happy", "anxious"))
    address = reverse("question", args=[ons4.pk, happy.pk])
    mine = opened(client, address)
    edit_question(by=writer, version_id=ons4.pk, question_id=anxious.pk,
                  values={"text": "Anxious?"}, edited=0, at=AT)  # fmt: skip
    assert client.post(address, {**mine, "text": "Happy?"}).status_code == 302


def test_what_a_version_says_of_itself_is_merged_too(writer: Viewer, ons4: SetVersion) -> None:
    client, address = at_work(writer), reverse("question-words", args=[ons4.pk])
    mine = opened(client, address)
    edit_version(by=writer, version_id=ons4.pk, values={"source": "Theirs"}, edited=0, at=AT)
    answer = client.post(address, {**mine, "tested": "Mine"})
    assert answer.status_code == 409
    assert client.post(address, holds(answer)).status_code == 302
    ons4.refresh_from_db()
    assert (ons4.source, ons4.tested) == ("Theirs", "Mine")


def test_a_question_taken_out_meanwhile_can_be_put_back(writer: Viewer, ons4: SetVersion) -> None:
    client, happy = at_work(writer), ons4.questions.get(code="happy")
    address = reverse("question", args=[ons4.pk, happy.pk])
    mine = opened(client, address)
    remove_question(by=writer, version_id=ons4.pk, question_id=happy.pk, edited=0, at=AT)
    answer = client.post(address, {**mine, "text": "My happy?"})
    assert answer.status_code == 409
    assert "save to put it back" in words(answer)
    assert 'value="My happy?"' in answer.content.decode()
    back = re.search(r'action="([^"]*new-question/)"', answer.content.decode())
    assert back
    assert client.post(back[1], {"text": "My happy?", "kind": "scale"}).status_code == 302
    assert ons4.questions.filter(text="My happy?").exists()
    assert client.get(address).status_code == 404


def test_nothing_is_published_that_nobody_read(writer: Viewer, ons4: SetVersion) -> None:
    client, address = at_work(writer), reverse("question-publish", args=[ons4.pk])
    read = opened(client, address)
    happy = ons4.questions.get(code="happy")
    edit_question(by=writer, version_id=ons4.pk, question_id=happy.pk,
                  values={"text": "Changed?"}, edited=0, at=AT)  # fmt: skip
    answer = client.post(address, read)
    assert "Somebody changed this draft while you were reading" in words(answer)
    assert client.post(address, holds(answer)).status_code == 302


def test_a_new_version_replaces_the_old_and_says_what_it_changes(
    writer: Viewer, ons4: SetVersion
) -> None:
    client, old = at_work(writer), ons4.begun_from
    assert old is not None
    happy, anxious = (ons4.questions.get(code=code) for code in ("happy", "anxious"))
    write(client, ons4, happy, text="How happy today?")
    client.post(reverse("question-remove", args=[ons4.pk]),
                {"question": anxious.pk, "edited": anxious.edited})  # fmt: skip
    client.post(reverse("question-move", args=[ons4.pk]), {"question": happy.pk, "way": "up"})
    shown = page(client, "question-compared", ons4.pk, old.pk)
    assert re.search(r"Overall, how happy did you feel yesterday\? How happy today\?", shown)
    assert "Taken out" in shown
    assert "Moved" in shown
    publish = reverse("question-publish", args=[ons4.pk])
    assert "It replaces version 1" in words(client.get(publish))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    client.post(publish, {**opened(client, publish), "starts_on": tomorrow.isoformat()})
    old.refresh_from_db()
    assert old.ends_on == tomorrow
    third = start_draft(by=writer, version_id=old.pk, at=AT)
    sooner = reverse("question-publish", args=[third.pk])
    assert "Retire it first, or begin later" in words(client.post(sooner, opened(client, sooner)))
    retire = reverse("question-retire", args=[ons4.pk])
    assert client.post(retire, opened(client, retire)).status_code == 302
    assert client.post(sooner, opened(client, sooner)).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Write the question"),
        ({"text": "x" * 301}, "300 characters or fewer"),
        ({"kind": "riddle"}, "Select a valid choice"),
        ({"kind": ""}, "This field is required"),
        ({"lowest": "low"}, "Enter a whole number"),
        ({"shown_question": "nobody"}, "Select a valid choice"),
        ({"known_from": "hearsay"}, "Select a valid choice"),
        ({"help": "x" * 8001}, "8000 characters or fewer"),
        ({"source": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_no_question_can_be_is_refused_and_kept(
    writer: Viewer, ons4: SetVersion, typed: dict[str, str], said: str
) -> None:
    happy = ons4.questions.get(code="happy")
    answer = write(at_work(writer), ons4, happy, status=200, **typed)
    assert said in words(answer)
    happy.refresh_from_db()
    assert happy.edited == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("question-move", {}),
        ("question-move", {"question": "x"}),
        ("question-remove", {"question": "x"}),
        ("question-remove", {"question": str(uuid.uuid4()), "edited": "x"}),
        ("question-remove", {"section": ""}),
    ],
)
def test_a_broken_request_changes_nothing(
    writer: Viewer, ons4: SetVersion, name: str, typed: dict[str, str]
) -> None:
    answer = at_work(writer).post(reverse(name, args=[ons4.pk]), typed)
    assert answer.status_code == 404
    assert ons4.questions.count() == 4


def test_what_is_relied_on_is_not_taken_out(writer: Viewer) -> None:
    ensure_shipped(at=AT)
    shipped = SetVersion.objects.get(question_set="home-safety")
    draft = start_draft(by=writer, version_id=shipped.pk, at=AT)
    warm = draft.questions.get(code="warm")
    with pytest.raises(CannotWrite, match="is asked by its answer"):
        remove_question(by=writer, version_id=draft.pk, question_id=warm.pk, edited=0, at=AT)
    with pytest.raises(CannotWrite, match="changed this question meanwhile"):
        remove_question(by=writer, version_id=draft.pk, question_id=warm.pk, edited=7, at=AT)
    with pytest.raises(CannotWrite, match="There are questions"):
        remove_section(by=writer, version_id=draft.pk, section_id=warm.section_id, at=AT)
    with pytest.raises(CannotWrite, match="published"):
        remove_question(by=writer, version_id=shipped.pk, question_id=warm.pk, edited=0, at=AT)


def test_a_draft_is_thrown_away_and_an_empty_set_with_it(writer: Viewer, ons4: SetVersion) -> None:
    client = at_work(writer)
    client.post(reverse("question-set-new"), {"title": "Brief", "about": ""})
    brief = SetVersion.objects.get(question_set="brief")
    assert "Throw this draft away?" in page(client, "question-throw-away", brief.pk)
    for draft in (brief, ons4):
        client.post(reverse("question-throw-away", args=[draft.pk]))
    assert not QuestionSet.objects.filter(code="brief").exists()
    assert SetVersion.objects.filter(question_set="ons4").count() == 1
    published = SetVersion.objects.get(question_set="ons4")
    assert client.get(reverse("question-throw-away", args=[published.pk])).status_code == 404


def test_only_who_may_write_questions_writes_them(ons4: SetVersion) -> None:
    walled.agency("care", "social_care")
    manager = at_work(walled.viewer("care", "front_door_manager"))
    shown = page(manager, "question-version", ons4.pk)
    assert "Publish" not in shown
    assert manager.get(reverse("question-publish", args=[ons4.pk])).status_code == 403
    worker = at_work(walled.viewer("care", "front_door_worker"))
    assert worker.get(reverse("question-sets")).status_code == 403


FIRST = yes_or_no("first")


def answered(worker: Viewer, version: SetVersion, times: int, value: str = "yes") -> uuid.UUID:
    matter = uuid.uuid4()
    for _ in range(times):
        matter = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT).pk
        give_part(by=walled.SYSTEM, matter_id=matter, recipient=of_post(worker.post_id or matter),
                  level=PartLevel.WORK, because="works at it", at=AT)  # fmt: skip
        record_answers(by=worker, matter_id=matter, version_id=version.pk,
                       values={"first": value}, at=AT)  # fmt: skip
    return matter


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", Purpose.EARLY_HELP)


def test_two_variants_are_compared_with_small_numbers_withheld(
    writer: Viewer, worker: Viewer
) -> None:
    """S2-12, P44: seven or fewer are withheld, others rounded to five, none found from the rest."""
    Locality.objects.create(code="north", name="North", starts_on=AT.date())
    common = in_force(FIRST)
    north = in_force(FIRST, variant="B", locality_id="north")
    answered(worker, common, 9)
    answered(worker, common, 8, "no")
    answered(worker, north, 7)
    shown = page(at_work(writer), "question-variants", "a-set")
    assert re.search(r"Version 2, variant B North .* Withheld Withheld", shown)
    assert re.search(r"Version 1 The whole place .* 15 ", shown)
    assert re.search(r"Yes Withheld 10 No Withheld Withheld Not known Withheld", shown)
    months = page(at_work(writer), "told-once")
    assert re.search(r"November 2026 25 25 0 0\.0", months)


def test_a_set_is_asked_in_a_matter_and_nothing_is_asked_twice(worker: Viewer) -> None:
    """S4-4, S4-9: what was answered in the matter is shown with its source and confirmed by one key."""
    version = in_force(FIRST)
    client, matter = at_work(worker), answered(worker, version, 1)
    listed = page(client, "matter-questions", matter)
    assert "First? Yes Asked" in listed
    address = reverse("matter-ask", args=[matter, "a-set"])
    shown = client.get(address)
    assert "Still right: Yes" in words(shown)
    sent = {**holds(shown), "q-first-still": "right"}
    assert client.post(address, sent).status_code == 302
    again = page(client, "matter-questions", matter)
    assert "1 question not asked again" in again
    assert "Known, and confirmed: Care, in a referral" in again


def test_an_answer_that_means_danger_stops_the_screen_and_is_sent_once(worker: Viewer) -> None:
    """P19: from any screen, with the form unfinished; what was answered is kept."""
    danger = Asked("danger", QuestionKind.ONE_OF, "Danger?",
                   choices=(Choice("yes", "Yes", trigger="abuse"), Choice("no", "No")))  # fmt: skip
    version = in_force(FIRST, danger, yes_or_no("last", required=True))
    client, matter = at_work(worker), answered(worker, version, 1)
    address = reverse("matter-ask", args=[matter, "a-set"])
    for _ in range(2):
        answer = client.post(address, {"q-danger": "yes", "q-asked": ["danger", "last"]})
        assert answer.status_code == 302
    with acting(walled.SYSTEM):
        raised = Exit.objects.get()
        assert (raised.trigger, raised.from_matter_id) == ("abuse", matter)
    assert answer["Location"] == reverse("exit", args=[raised.pk])
    assert "Danger? Yes" in page(client, "matter-questions", matter)


def test_the_questions_of_a_matter_open_to_who_works_at_it_alone(worker: Viewer) -> None:
    matter = answered(worker, in_force(FIRST), 1)
    sender = walled.viewer("care", "practitioner")
    give_part(by=walled.SYSTEM, matter_id=matter, recipient=of_post(sender.post_id or matter),
              level=PartLevel.PROGRESS, because="sent it", at=AT)  # fmt: skip
    for each in (sender, walled.viewer("care", "practitioner")):
        client = at_work(each)
        assert client.get(reverse("matter-questions", args=[matter])).status_code == 404
        assert client.get(reverse("matter-ask", args=[matter, "a-set"])).status_code == 404
    assert at_work(worker).get(reverse("matter-ask", args=[matter, "none"])).status_code == 404
    with acting(worker):
        assert Answer.objects.count() == 1
