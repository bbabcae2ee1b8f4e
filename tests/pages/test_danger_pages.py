"""Somebody is in danger, as the pages lead through it: from any screen, signed in or not (P19, P23)."""

import datetime
import uuid

from django.test import Client
from django.utils import timezone

from joinedup.demo.danger import set_lines
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import acting
from joinedup.support.safeguarding.models import Exit
from tests.pages.signing_in import signed_in
from tests.sharing import walled
from tests.sharing.walled import SYSTEM

SAID = {"door": "safeguarding", "audience": "adult", "words": "She has bruises on both arms"}


def text(response: object) -> str:
    """The page, as it reads."""
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def last() -> Exit:
    """The exit raised last."""
    with acting(SYSTEM):
        return Exit.objects.latest("raised_at")


def test_from_any_screen_one_press_shows_whom_to_ring(empty: None) -> None:
    """P19: the link is on every page, and carries whom the page is about."""
    set_lines(at=timezone.now())
    for who in ("analyst", "school", "questions"):
        assert 'href="/danger/"' in text(signed_in(who).get("/"))
    person = walled.person("adult_care")
    about = text(signed_in("front-door").get(f"/people/{person}/"))
    assert f"/danger/?person={person}" in about
    page = text(signed_in("front-door").get(f"/danger/?person={person}"))
    assert "This is about the person whose page you came from" in page
    assert page.index('href="tel:999"') < page.index('action="/danger/"')
    assert "01632 960" in page
    assert "Local safeguarding procedures for children" in page
    assert "whose page you came from" not in text(
        signed_in("school").get(f"/danger/?person={person}")
    )


def test_it_is_sent_acknowledged_decided_and_written_down(empty: None) -> None:
    set_lines(at=timezone.now())
    asking = signed_in("housing")
    sent = asking.post("/danger/", {**SAID, "who": "Ada", "submission_key": str(uuid.uuid4())})
    path = sent["Location"]
    assert "Nobody has it yet" in text(asking.get(path))
    assert "Nobody has it yet" in text(asking.get(f"{path}state/"))
    night, day = signed_in("duty-team"), signed_in("safeguarding")
    lead = day if "In danger (1)" in text(day.get("/")) else night
    assert "In danger (1)" in text(lead.get("/"))
    assert path in text(lead.get("/exits/"))
    page = text(lead.get(path))
    assert "I have it" in page
    assert "She has bruises on both arms" in page
    assert lead.get(f"{path}has-it/").status_code == 405
    assert "You have it" in text(lead.post(f"{path}has-it/", follow=True))
    assert "has it,</strong>" in text(asking.get(path))
    empty = text(lead.post(f"{path}decision/", {"words": "The doctor saw her"}))
    assert "Choose what you decide" in empty
    assert "The doctor saw her" in empty
    lead.post(
        f"{path}decision/",
        {"decision": "section_42", "words": "The doctor saw her", "told": "Ring me on Friday"},
    )
    written = {"words": "Seen at ten", "basis": "safeguard_adult", "knows": "not_informed"}
    assert "Say why the person was not told" in text(lead.post(f"{path}record/", written))
    lead.post(f"{path}record/", {**written, "why_not_told": "He was in the room"})
    theirs, ours = text(asking.get(path)), text(lead.get(path))
    assert "It is being acted upon" in theirs
    assert "Ring me on Friday" in theirs
    for secret in ("The doctor saw her", "Seen at ten", "section 42"):
        assert secret not in theirs
        assert secret in ours
    assert "Decided and written down" in text(lead.get("/exits/"))
    for other in ("social-worker", "school", "front-door", "mash"):
        assert signed_in(other).get(path).status_code == 404


def test_an_unfinished_form_is_sent_all_the_same_and_more_is_said_later(empty: None) -> None:
    """P19: nothing at all, a door that is none, a key that is none; and it is never refused."""
    asking = signed_in("school")
    for said in ({}, {"door": "?", "audience": "\x00", "words": "x" * 200_000, "matter": "?"}):
        sent = asking.post("/danger/", said)
        assert sent.status_code == 302
    path = sent["Location"]
    asking.post(f"{path}more/", {"words": "He is back"})
    assert "He is back" in text(asking.get(path))
    assert "Say what you know now" not in text(
        asking.post(f"{path}more/", {"words": ""}, follow=True)
    )
    assert asking.post(f"/exits/{uuid.uuid4()}/more/", {"words": "x"}).status_code == 404


def test_a_session_that_ran_out_and_a_token_that_is_gone_stop_nothing(empty: None) -> None:
    """P19, P23: whoever is signed out by the clock is heard, and reads nothing back."""
    strict = Client(enforce_csrf_checks=True)
    sent = strict.post("/danger/", {**SAID, "teller": "Jo", "reach": "01632 960999"})
    assert sent["Location"] == "/danger/received/"
    page = text(strict.get("/danger/received/"))
    assert "We have what you sent" in page
    assert "bruises" not in page
    with acting(SYSTEM):
        assert last().about_typed == {"teller": "Jo", "reach": "01632 960999"}
    page = text(strict.get("/danger/"))
    assert "Leave this page now" in page
    assert "at night it may take longer" in page
    assert strict.get("/danger/leave/").status_code == 302


def test_the_same_press_twice_is_one(empty: None) -> None:
    asking, key = signed_in("housing"), str(uuid.uuid4())
    both = {asking.post("/danger/", {**SAID, "submission_key": key})["Location"] for _ in (1, 2)}
    assert len(both) == 1


def test_what_belongs_to_a_child_s_door_rings_there(empty: None) -> None:
    set_lines(at=timezone.now())
    path = signed_in("housing").post("/danger/", SAID)["Location"]
    seen = [client for who in ("safeguarding", "duty-team")
            if (client := signed_in(who)).get(path).status_code == 200]  # fmt: skip
    lead = seen[0]
    lead.post(f"{path}has-it/")
    said = {"belongs": "safeguarding adult", "words": "She is fifteen"}
    assert "It is at that door already" in text(lead.post(f"{path}elsewhere/", said))
    lead.post(f"{path}elsewhere/", {**said, "belongs": "safeguarding child"})
    assert last().audience == "child"


def test_the_numbers_are_kept_by_the_front_door_s_manager(empty: None) -> None:
    keeper = signed_in("front-door-manager")
    assert "Numbers for somebody in danger" in text(keeper.get("/door-lines/"))
    refused = text(keeper.post("/door-lines/set/", {"name": "Adults", "starts_on": "1 1 2020"}))
    assert "Choose the door" in refused
    assert "Give the number" in refused
    line = {
        "door": "suicide", "audience": "adult", "hours": "always", "name": "The new crisis line",
        "number": "01632 960555", "source": "Made up", "starts_on": day_of(timezone.now()).isoformat(),
    }  # fmt: skip
    assert "The line is set" in text(keeper.post("/door-lines/set/", line, follow=True))
    assert "The new crisis line" in text(keeper.get("/danger/"))
    assert signed_in("safeguarding").get("/door-lines/").status_code == 403


def test_whoever_works_at_it_sees_first_how_somebody_is_reached(empty: None) -> None:
    """P32, S3-15, S0-32: the banner stands before every contact, and rules it."""
    path = signed_in("housing").post("/danger/", {**SAID, "submission_key": str(uuid.uuid4())})[
        "Location"
    ]
    seen = [client for who in ("safeguarding", "duty-team")
            if (client := signed_in(who)).get(path).status_code == 200]  # fmt: skip
    lead, at = seen[0], f"/matters/{last().pk}"
    assert "Safe contact has not been asked" in text(lead.get(f"{at}/contacts/"))
    profile = {"forbidden": ["voicemail"], "number": "01632 960500", "from_time": "9am"}
    assert "Give both hours" in text(lead.post(f"{at}/safe-contact/", profile))
    lead.post(f"{at}/safe-contact/", {**profile, "from_time": ""})
    assert "Say more of it" in text(lead.post(f"{at}/needs/", {"needs": ["language"]}))
    lead.post(f"{at}/needs/", {"needs": ["bsl", "language"], "language": "Polish"})
    plan = {
        "warning": "Two visit together", "risk": "A dog", "plan": "Ring first", "knows": "agreed",
        "told_how": "in_person",
        "manager_consulted": "Helen", "review_on": "1 1 2020",
    }  # fmt: skip
    assert "Review it within half a year" in text(lead.post(f"{at}/risk/write/", plan))
    soon = day_of(timezone.now() + datetime.timedelta(days=30))
    lead.post(f"{at}/risk/write/", {**plan, "review_on": soon.isoformat()})
    contact = {
        "how": "voicemail", "day": "1 11 2026", "time": "2.30 pm", "seen": "not_applicable",
        "words": "Left no name",
    }  # fmt: skip
    refused = text(lead.post(f"{at}/contacts/record/", contact))
    assert "Voicemail is not safe for this person" in refused
    assert "Left no name" in refused
    for said in ("Never: Voicemail", "Two visit together", "British Sign", "Polish", "960500"):
        assert said in refused
    lead.post(f"{at}/contacts/record/", {**contact, "despite": "Pressed the wrong key"})
    page = text(lead.get(f"{at}/contacts/"))
    assert "Not a safe way" in page
    assert "days later" in page
    correct = page.split("/correct/")[0].rsplit("/", 1)[1]
    assert "Left no name" in text(lead.get(f"{at}/contacts/{correct}/correct/"))
    assert "Two visit together" in text(lead.get(f"{at}/risk/"))
    for name in ("contacts", "safe-contact", "needs", "risk", "contacts/record", "risk/write"):
        assert signed_in("housing").get(f"{at}/{name}/").status_code == 404
        assert signed_in("school").get(f"{at}/{name}/").status_code == 403


def test_somebody_who_has_not_chosen_a_post_waits_for_no_choice(empty: None) -> None:
    """P19: two posts and none chosen; every other page asks which first."""
    client = signed_in("housing")
    first = Post.objects.select_related("user").get(user__email="housing@joinedup.invalid")
    Post.objects.create(
        user=first.user, team=first.team, role="duty_manager", starts_on=first.starts_on
    )
    session = client.session
    del session["post"]
    session.save()
    assert client.get("/").status_code == 302
    assert client.get("/danger/").status_code == 200
    assert client.post("/danger/", SAID)["Location"] == "/danger/received/"


def test_no_look_at_what_somebody_fears_is_told_to_those_it_is_about(empty: None) -> None:
    """P14: the list, the exit and my work leave their lines, and none of them for the person's own page."""
    set_lines(at=timezone.now())
    person = walled.person("adult_care")
    asking = signed_in("front-door")
    said = {**SAID, "person": str(person), "submission_key": str(uuid.uuid4())}
    path = asking.post("/danger/", said)["Location"]
    those = [signed_in("duty-team"), signed_in("safeguarding")]
    lead = next(each for each in those if each.get(path).status_code == 200)
    lines = Entry.objects.using("owner").filter(person_id=person, act="looked")
    for page in ("/exits/", path, "/my-work/"):
        before = lines.count()
        assert lead.get(page).status_code == 200
        assert lines.count() > before, page
    assert set(lines.values_list("traceless", flat=True)) == {True}
