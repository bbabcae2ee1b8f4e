"""Hand-overs as both sides meet them: what waits, every word between them, the clock, who stands in."""

import datetime
import uuid
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from joinedup.demo.personas import persona
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.handovers.choices import Force, StepKind
from joinedup.support.handovers.models import Cover, Duty, Handover
from joinedup.support.handovers.operations import offer, start_step
from joinedup.support.handovers.rules.working_days import last_day
from tests.pages.signing_in import signed_in
from tests.pages.test_every_page import well_made
from tests.sharing import walled
from tests.unit.handovers.sides import matter_of

WORDS = "She asks for company on weekday mornings"


@dataclass(frozen=True)
class Given:
    """A referral that Ruth Okafor offers to the wellbeing workers, and about whom it is."""

    matter_id: uuid.UUID
    person_id: uuid.UUID
    handover: Handover

    @property
    def page(self) -> str:
        return f"/handovers/{self.handover.pk}/"


def viewer(code: str) -> Viewer:
    posts = Post.objects.select_related("team__agency", "user")
    return Viewer.of_post(posts.get(pk=persona(code).post_id))


def given(force: Force = Force.ORDINARY, days_ago: float = 0, link: str = "") -> Given:
    at = timezone.now() - datetime.timedelta(days=days_ago)
    sender = viewer("front-door")
    person = walled.person("adult_care")
    matter = matter_of(sender, person, at)
    made = offer(
        by=sender, matter_id=matter, from_team_id=sender.team_id or 0, words=WORDS, at=at,
        to_team_id=viewer("wellbeing").team_id or 0, force=force, link=link,
    )  # fmt: skip
    return Given(matter, person, made)


def text(client: Client, path: str, **said: str) -> str:
    """The page as it reads, after posting to it where something is said."""
    response = client.post(path, said, follow=True) if said else client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return response.content.decode()


def on_duty(of: Given) -> uuid.UUID:
    with acting(walled.SYSTEM):
        return Duty.objects.current().get(matter=of.matter_id).post_id


def test_the_lists_say_when_they_are_empty(empty: None) -> None:
    gp = signed_in("gp")
    page = text(gp, "/handovers/")
    assert "Nothing waits for an answer of yours" in page
    assert "Your team has handed nothing over" in page
    assert "Nothing is past its time" in text(gp, "/breaches/")
    assert "Nobody of your team is away" in text(gp, "/cover/")


def test_an_offer_waits_with_its_clock_and_is_taken_on_by_name(empty: None) -> None:
    """P33: the clock is shown in working days, and somebody is named from the first instant."""
    what = given()
    worker, sender = signed_in("wellbeing"), signed_in("front-door")
    waiting = text(worker, "/handovers/")
    assert WORDS in waiting
    assert what.handover.due_at is not None
    assert f"{last_day(what.handover.due_at).day} " in waiting
    assert "working day left" in waiting
    page = text(worker, what.page)
    assert "Ruth Okafor, Front door, Adult social care" in page
    assert "Take it on" in page
    taken = text(
        worker, f"{what.page}accept/", post=str(persona("wellbeing").post_id), words="Tuesday"
    )
    assert "It is yours now" in taken
    assert on_duty(what) == persona("wellbeing").post_id
    told = text(sender, what.page)
    assert "Accepted" in told
    assert "Tuesday" in told
    assert "Chloe Barnard" in text(sender, f"/matters/{what.matter_id}/where/")
    assert "Take it on" not in text(worker, what.page), "there is nothing left to answer"
    assert worker.get(f"{what.page}return/")["Location"] == what.page


def test_what_has_a_room_of_its_own_is_answered_there(empty: None) -> None:
    """Accepting or sending back by a way round would leave out what follows from it."""
    what = given(link="/notices/")
    worker = signed_in("wellbeing")
    assert "Read it, then take it on or send it back" in text(worker, what.page)
    for act in ("accept", "return", "withdraw"):
        assert worker.post(f"{what.page}{act}/", {"words": "x"})["Location"] == "/notices/"
    assert on_duty(what) == persona("front-door").post_id


def test_a_question_an_answer_and_a_return_keep_what_was_typed_where_refused(empty: None) -> None:
    """P20: the refusal is on the page, with what to do, and the words are still there."""
    what = given(Force.STATUTORY)
    worker, sender = signed_in("wellbeing"), signed_in("front-door")
    assert "Write your question" in text(worker, f"{what.page}ask/", words="")
    assert "Your question has gone" in text(worker, f"{what.page}ask/", words="Is there a lift?")
    assert "Is there a lift?" in text(sender, what.page)
    assert "Your answer has gone" in text(sender, f"{what.page}answer/", words="No, third floor")
    page = text(worker, f"{what.page}return/")
    assert "We have no capacity" not in page, "what would be refused is not offered"
    refused = text(worker, f"{what.page}return/", reason="outside_our_area", words=" ")
    assert "Say what the sender should know" in refused
    back = text(worker, f"{what.page}return/", reason="outside_our_area", words="Lives in Leeds")
    assert "It has gone back" in back
    assert worker.get(what.page).status_code == 404, "what they sent back is not theirs to read"
    assert "Lives in Leeds" in text(sender, what.page)
    assert on_duty(what) == persona("front-door").post_id


def test_protection_is_sent_back_by_a_manager_alone(empty: None) -> None:
    """P34."""
    what = given(Force.PROTECTION)
    page = text(
        signed_in("wellbeing"),
        f"{what.page}return/",
        reason="another_team",
        words="Not ours at all",
    )
    assert "Only a manager of your team can send it back" in page
    assert "Not ours at all" in page


def test_an_offer_is_taken_back(empty: None) -> None:
    what = given()
    page = text(signed_in("front-door"), f"{what.page}withdraw/", words="Moved to her daughter")
    assert "You have taken it back" in page
    assert signed_in("wellbeing").get(what.page).status_code == 404
    late = signed_in("wellbeing").post(f"{what.page}accept/", {"post": "x"})
    assert late.status_code == 404


def test_whoever_has_no_part_gets_no_such_page(empty: None) -> None:
    what = given()
    asking = (what.page, f"{what.page}ask/", f"/matters/{what.matter_id}/where/")
    for who in ("housing", "social-worker"):
        client = signed_in(who)
        assert [client.get(path).status_code for path in asking] == [404, 404, 404]
        assert WORDS not in text(client, "/handovers/")
    assert signed_in("front-door").get(f"{what.page}nothing/").status_code == 404
    assert signed_in("school").get(what.page).status_code == 403


def test_who_is_not_of_that_side_is_told_so_and_nothing_changes(empty: None) -> None:
    what = given()
    page = text(signed_in("front-door"), f"{what.page}return/", reason="other", words="Mine")
    assert "This was not handed to you" in page
    assert "Nothing is asked of you here" in text(
        signed_in("front-door"), f"{what.page}answer/", words="So?"
    )


def test_reading_a_hand_over_leaves_a_line_about_the_person(empty: None) -> None:
    what = given()
    text(signed_in("wellbeing"), what.page)
    lines = Entry.objects.using("owner").filter(person_id=what.person_id, act="looked")
    assert [line.post_id for line in lines] == [persona("wellbeing").post_id]


def test_what_is_late_stands_in_the_queue_of_whoever_works_at_it(empty: None) -> None:
    """P33: a breach queue, with who answers and how late."""
    what = given(days_ago=12)
    start_step(
        by=walled.SYSTEM, matter_id=what.matter_id, kind=StepKind.TRIAGE,
        at=timezone.now() - datetime.timedelta(days=12),
    )  # fmt: skip
    page = text(signed_in("front-door-manager"), "/breaches/")
    assert f"/matters/{what.matter_id}/where/" in page
    assert "days late" in page
    assert "Ruth Okafor" in page
    assert f"/matters/{what.matter_id}/where/" not in text(signed_in("gp"), "/breaches/")
    clock = text(signed_in("front-door-manager"), f"/matters/{what.matter_id}/where/")
    assert "Triage" in clock


def test_cover_is_set_shown_and_ended(empty: None) -> None:
    """P33: cover for leave; a wrong day is refused and what was typed stays."""
    today = day_of(timezone.now())
    days = {
        "starts_on": f"{today:%d/%m/%Y}",
        "ends_on": f"{today + datetime.timedelta(5):%d %B %Y}",
    }
    who = {
        "post": str(persona("front-door").post_id),
        "covered_by": str(persona("front-door-manager").post_id),
    }
    ruth = signed_in("front-door")
    wrong = text(ruth, "/cover/", **{**who, **days, "ends_on": "31/2/2027"})
    assert "Enter a day like" in wrong
    assert "31/2/2027" in wrong
    what = given()
    page = text(ruth, "/cover/", **who, **days)
    assert "Winston Clarke stands in for Ruth Okafor" in page
    assert on_duty(what) == persona("front-door-manager").post_id
    again = text(ruth, "/cover/", **who, **days)
    assert "stands in on some of these days already" in again
    cover = Cover.objects.latest("pk")
    housing = signed_in("housing").post(f"/cover/{cover.pk}/end/", follow=True)
    assert "by whoever manages it" in housing.content.decode()
    assert (
        "From today they answer for themselves"
        in ruth.post(f"/cover/{cover.pk}/end/", follow=True).content.decode()
    )
    assert on_duty(what) == persona("front-door").post_id
    assert ruth.post("/cover/999999/end/").status_code == 404
