"""The ways in, as the pages lead through them: typed, kept, asked, sent; by practitioners, partners, the public."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from joinedup.demo.personas import PERSONAS
from joinedup.foundations.places.models import Locality, Lsoa, Postcode
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import MatterKind
from joinedup.identity.sharing.operations.matters import open_matter
from joinedup.support.frontdoor.choices import EntryRoute
from joinedup.support.frontdoor.models import Arrival, Draft, Referral, SenderQuestion, Venue
from joinedup.support.questions.models import Answer, SetVersion
from joinedup.support.questions.operations.ship import ensure_shipped
from joinedup.support.safeguarding.models import Exit
from tests.pages.signing_in import signed_in
from tests.pages.test_question_pages import opened
from tests.sharing.walled import SYSTEM

WHO = {
    "purpose": "crime_disorder", "for_whom": "person", "p1_given_name": "Zebedee",
    "p1_family_name": "Quarmby", "p1_age": "41", "p1_no_fixed_address": "on",
    "going_on": "Fourth visit to A&E in two months.", "agreement": "agreed", "people": "1",
}  # fmt: skip
ANSWERS = {
    "page": "questions", "q-danger": ["none"], "q-violence": "no", "q-offending": "no",
    "q-victim": "no", "q-harmed-others": "no", "q-emergency": ["none"], "q-high-risk": ["none"],
    "q-needs": ["housing"], "q-agencies-needed": ["housing"], "q-how-soon": "later",
}  # fmt: skip
COMPARED = "/questions/sets/front-door/variants/"
PUBLIC = {
    "going_on": "I have not slept", "given_name": "Zebedee", "age": "41", "sender_reach": "07700 900123",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _asked(empty: None) -> None:
    ensure_shipped(at=timezone.now())


def text(response: object) -> str:
    """The page, as it reads."""
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def begun(client: Client) -> str:
    """Begin a referral; where its form is."""
    return str(client.post("/refer/").headers["Location"])


def version(client: Client, path: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', text(client.get(path)))
    assert found
    return found[1]


def kept(client: Client, path: str, **typed: object) -> dict[str, object]:
    """Keep what is typed, as the form's script does."""
    said = {**WHO, "version": version(client, path), **typed}
    return client.post(f"{path}keep/", said).json()  # type: ignore[no-any-return]


def sent(client: Client, **typed: object) -> uuid.UUID:
    """Refer somebody from the first box to the last; the referral's matter."""
    path = begun(client)
    kept(client, path, **typed)
    answer = client.post(
        f"{path}questions/", {**ANSWERS, "version": version(client, path), "do": "send"}
    )
    assert answer.status_code == 302, text(answer)
    found = re.fullmatch(r"/referrals/([0-9a-f-]{36})/sent/", answer["Location"])
    assert found, answer["Location"]
    return uuid.UUID(found[1])


def of(matter: uuid.UUID) -> Referral:
    with acting(SYSTEM):
        return Referral.objects.get(pk=matter)


def test_what_is_typed_is_kept_and_stands_after_signing_out_and_in() -> None:
    path = begun(signed_in("police"))
    kept(signed_in("police"), path)
    again = text(signed_in("police").get(path))
    assert "Quarmby" in again
    assert "Fourth visit to A&amp;E" in again
    assert "Quarmby" in text(signed_in("police").get("/refer/"))
    assert signed_in("housing").get(path).status_code == 404
    assert "Quarmby" not in text(signed_in("housing").get("/refer/"))


def test_two_tabs_lose_nothing_and_one_is_chosen() -> None:
    client = signed_in("police")
    path = begun(client)
    seen = version(client, path)
    kept(client, path, going_on="From the first tab")
    late = {**WHO, "version": seen, "going_on": "From the second tab"}
    answer = client.post(f"{path}keep/", late)
    assert (answer.status_code, answer.json()) == (409, {"conflict": True})
    stand = client.get(f"{path}two/")
    assert stand.status_code == 200
    both = text(stand)
    assert "From the first tab" in both
    assert "From the second tab" in both
    assert signed_in("housing").get(f"{path}two/").status_code == 404
    assert signed_in("housing").post(f"{path}two/", {"keep": "beside"}).status_code == 404
    found = re.search(r'name="version" value="(\d+)"', both)
    assert found
    for press, told in (
        ({"version": found[1]}, "Choose which of the two to keep"),
        ({"version": seen, "keep": "beside"}, "More was typed in the other tab meanwhile"),
    ):
        again = text(client.post(f"{path}two/", press))
        assert told in again
        assert "From the first tab" in again
        assert "From the second tab" in again
    client.post(f"{path}two/", {"keep": "beside", "version": found[1]})
    assert "From the second tab" in text(client.get(path))
    assert client.get(f"{path}two/").status_code == 302


def test_a_referral_is_sent_once_and_its_sender_told_where_it_goes() -> None:
    client = signed_in("police")
    path = begun(client)
    kept(client, path)
    press = {**ANSWERS, "version": version(client, path), "do": "send"}
    first, second = (client.post(f"{path}questions/", press) for _ in range(2))
    assert first["Location"] == second["Location"]
    page = text(client.get(first["Location"]))
    assert "Received by the front door" in page
    assert "Where it goes, and why" in page
    assert "Zebedee Quarmby" in text(client.get("/sent/"))
    assert signed_in("housing").get(first["Location"]).status_code == 404
    with acting(SYSTEM):
        draft = Draft.objects.get(pk=path.split("/")[2])
        assert draft.draft == {}, "what was typed is the referral's now"
    assert client.get(path).status_code == 302


def test_what_is_missing_is_asked_for_and_what_was_typed_stays() -> None:
    client = signed_in("police")
    path = begun(client)
    page = text(client.post(path, {**WHO, "p1_born_on": "31/2/1980", "version": "1", "do": "on"}))
    assert "There is no such day in the calendar" in page
    assert "31/2/1980" in page
    bare = text(client.post(path, {"version": version(client, path), "do": "on"}))
    top = bare.partition("<h1")[0]
    assert top.index("Choose who it is for") < top.index("Choose why you are looking")
    assert bare.index('name="for_whom"') < bare.index('name="purpose"')
    pressed = {**ANSWERS, "version": version(client, path), "do": "send"}
    answer = client.post(f"{path}questions/", pressed)
    assert answer["Location"].endswith("judged=1")


def test_a_partner_who_only_refers_gets_no_match_and_a_receipt() -> None:
    """P17, P18."""
    client = signed_in("school")
    path = begun(client)
    assert client.post(f"{path}match/", WHO).status_code == 403
    form = text(client.get(path))
    assert "Why are you looking" not in form
    assert "data-match" not in form
    matter = sent(client)
    assert of(matter).entry == EntryRoute.REFER_ONLY
    page = text(client.get(f"/referrals/{matter}/sent/"))
    assert of(matter).reference in page
    assert "Quarmby" not in page
    assert "Quarmby" not in text(client.get("/sent/"))
    assert of(matter).reference in text(client.get("/sent/"))


def test_one_answer_of_danger_goes_out_before_the_form_is_done_and_once() -> None:
    """P19, P21."""
    client = signed_in("police")
    path = begun(client)
    kept(client, path)
    danger = {**ANSWERS, "q-danger": ["plan"]}
    told = client.post(
        f"{path}questions/keep/",
        {"page": "questions", "q-danger": ["plan"], "version": version(client, path)},
    ).json()
    assert told["leads_to"].startswith("/exits/")
    exit_id = told["leads_to"].split("/")[2]
    assert client.get(told["leads_to"]).status_code == 200
    answer = client.post(
        f"{path}questions/", {**danger, "version": version(client, path), "do": "send"}
    )
    matter = uuid.UUID(answer["Location"].split("/")[2])
    with acting(SYSTEM):
        assert Exit.objects.filter(about_typed__Name="Zebedee Quarmby").count() == 1
        assert Exit.objects.get(pk=exit_id).trigger == "suicide_plan"
        assert Referral.objects.filter(pk=matter).exists()


def test_a_file_is_judged_kept_and_served_as_a_download_alone() -> None:
    client = signed_in("police")
    path = begun(client)

    def add(name: str, content: bytes) -> str:
        said = {**WHO, "version": version(client, path), "do": "file"}
        file = SimpleUploadedFile(name, content)
        return text(client.post(path, {**said, "file": file}, follow=True))

    refused = add("letter.pdf", b"<html><script>alert(1)</script>")
    assert "This is a web page or a program" in refused
    assert "Fourth visit to A&amp;E" in refused
    assert "letter pdf.pdf" in add("letter.pdf.exe", b"%PDF-1.7 and so on")
    matter = sent_on(client, path)
    page = text(client.get(f"/referrals/{matter}/sent/"))
    where = re.search(r"/files/[0-9a-f-]{36}/", page)
    assert where
    for who in ("police", "front-door"):
        file = signed_in(who).get(where[0])
        assert file.content == b"%PDF-1.7 and so on"
        assert file["Content-Disposition"] == 'attachment; filename="letter pdf.pdf"'
        assert file["X-Content-Type-Options"] == "nosniff"
        assert file["Content-Security-Policy"].startswith("sandbox")
    assert signed_in("housing").get(where[0]).status_code == 404


def sent_on(client: Client, path: str) -> uuid.UUID:
    said = {**ANSWERS, "version": version(client, path), "do": "send"}
    return uuid.UUID(client.post(f"{path}questions/", said)["Location"].split("/")[2])


def test_the_sender_answers_what_is_asked_and_may_take_it_back() -> None:
    client = signed_in("police")
    matter = sent(client)
    page = f"/referrals/{matter}/sent/"
    with acting(SYSTEM):
        worker = next(each for each in PERSONAS if each.code == "front-door")
        asked = SenderQuestion.objects.create(
            matter_id=matter,
            words="Does he have a key?",
            by_post_id=worker.post_id,
            at=timezone.now(),
        )
    assert "Does he have a key?" in text(client.get(page))
    empty = text(client.post(page, {"do": f"answer:{asked.pk}", "words": " "}))
    assert "Write your answer" in empty
    client.post(page, {"do": f"answer:{asked.pk}", "words": "Yes, his own"})
    assert "Yes, his own" in text(client.get(page))
    assert "Say why you withdraw it" in text(client.post(page, {"do": "withdraw", "words": ""}))
    client.post(page, {"do": "withdraw", "words": "He found help himself"})
    assert of(matter).state == "withdrawn"
    assert signed_in("housing").post(page, {"do": "withdraw", "words": "x"}).status_code == 404


def test_a_draft_is_thrown_away_by_its_writer_alone() -> None:
    client = signed_in("police")
    path = begun(client)
    assert signed_in("housing").post(path, {"do": "throw"}).status_code == 404
    assert client.post(path, {"do": "throw"})["Location"] == "/refer/"
    assert client.get(path).status_code == 404


def test_somebody_asks_for_help_and_nothing_is_read_back() -> None:
    """P23, and the public form only inserts."""
    client = signed_in(None)
    page = text(client.get("/help/me/"))
    assert "Leave this page now" in page
    assert "Nobody watches this at night" in page
    answer = client.post("/help/me/", {**PUBLIC, "about": "me", "version": "0", "do": "send"})
    assert answer["Location"] == "/help/sent/"
    done = text(client.get("/help/sent/"))
    number = re.search(r"R[0-9A-Z]{4}-[0-9A-Z]{4}", done)
    assert number
    assert "slept" not in done
    with acting(SYSTEM):
        referral = Referral.objects.get(reference=number[0])
        arrival = Arrival.objects.get(matter=referral.pk)
    assert referral.entry == EntryRoute.SELF
    assert referral.sender_reach == "07700900123"
    assert arrival.draft == {}
    assert "slept" not in text(client.get("/help/me/"))


def test_a_neighbour_needs_no_name() -> None:
    """P23."""
    client = signed_in(None)
    said = {"going_on": "I hear shouting at night", "knows": "not_informed", "given_name": "Rex",
            "age": "about 50", "address": "9 Mill Lane", "do": "send", "about": "someone"}  # fmt: skip
    assert client.post("/help/someone/", said)["Location"] == "/help/sent/"
    with acting(SYSTEM):
        referral = Referral.objects.get(going_on="I hear shouting at night")
    assert (referral.entry, referral.sender_name) == (EntryRoute.ANONYMOUS, "")


def test_a_draft_of_the_public_is_opened_by_its_code_alone_and_forgotten_by_one_press() -> None:
    client = signed_in(None)
    told = client.post("/help/keep/", {**PUBLIC, "about": "me", "version": "0"}).json()
    assert "slept" in text(client.get("/help/me/"))
    client.get("/help/leave/")
    assert "slept" not in text(client.get("/help/me/"))
    elsewhere = signed_in(None)
    assert "Nothing is kept under this code" in text(
        elsewhere.post("/help/back/", {"code": "2222-2222-2222-2222"})
    )
    assert elsewhere.post("/help/back/", {"code": told["code"].lower()})["Location"] == "/help/me/"
    assert "slept" in text(elsewhere.get("/help/me/"))
    with acting(SYSTEM):
        assert not Draft.objects.filter(key_hash=told["code"]).exists(), "only the hash is kept"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"MZ\x90 a program", "This file is a program and is never taken"),
        (b"%PDF-1.7" + bytes(20 * 1024 * 1024), "This file is bigger than 20 MB"),
        (b"", "This file is empty"),
        (None, "Choose a file first"),
    ],
)
def test_a_refused_file_of_the_public_is_said_at_the_top_and_loses_nothing(
    content: bytes | None, why: str
) -> None:
    client = signed_in(None)
    said = {**PUBLIC, "about": "me", "version": "0", "do": "file"}
    first = SimpleUploadedFile("ward letter.pdf", b"%PDF-1.7 and so on")
    assert "ward letter.pdf" in text(client.post("/help/me/", {**said, "file": first}))
    again = {**said, "version": version(client, "/help/me/")}
    if content is not None:
        again["file"] = SimpleUploadedFile("photo.jpg", content)  # type: ignore[assignment]
    page = text(client.post("/help/me/", again))
    top = page[page.index("govuk-error-summary") : page.index("<h1")]
    assert f'<a href="#id_file">{why}' in re.sub(r"\s*\n\s*", "", top)
    assert 'id="id_file"' in page
    assert "<title>Error: Help for me" in page
    assert "I have not slept" in page
    assert "ward letter.pdf" in page
    assert "photo.jpg" not in page


def test_what_is_wrong_on_a_page_of_the_public_stands_in_one_box_and_a_good_file_stays() -> None:
    client = signed_in(None)
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 and so on")
    page = text(
        client.post("/help/me/", {"about": "me", "version": "0", "do": "send", "file": letter})
    )
    assert page.count('class="govuk-error-summary"') == 1
    assert "Say what is going on" in page[: page.index("<h1")]
    assert "letter.pdf" in page


def test_danger_told_by_the_public_is_sent_before_anything_else() -> None:
    """P19, P23."""
    client = signed_in(None)
    said = {"about": "me", "version": "0", "q-danger": ["thoughts"], "given_name": "Zuleika"}
    assert client.post("/help/keep/", said).json()["leads_to"] == "/help/sent/"
    assert "Ring now" in text(client.get("/help/sent/"))
    with acting(SYSTEM):
        assert Exit.objects.filter(about_typed__Name="Zuleika").count() == 1


def test_a_venue_s_card_tags_what_somebody_sends_and_the_venue_learns_a_number_at_most() -> None:
    """P18, P44."""
    manager = signed_in("front-door-manager")
    manager.post("/venues/", {"do": "add", "agency_code": "crossed_keys", "name": "The snug"})
    venue = Venue.objects.get(name="The snug")
    card = venue.cards.get()
    client = signed_in(None)
    assert client.get(f"/card/{card.code}/")["Location"] == "/help/me/"
    client.post("/help/me/", {**PUBLIC, "about": "me", "version": "0", "do": "send"})
    with acting(SYSTEM):
        assert Referral.objects.get(venue=venue).entry == EntryRoute.VENUE_CARD
    page = text(signed_in("referrer").get("/venues/"))
    assert "7 or fewer, or withheld" in page
    assert card.code in page
    assert card.code in text(signed_in("referrer").get(f"/venues/{venue.pk}/card/"))
    assert signed_in("school").get(f"/venues/{venue.pk}/card/").status_code == 404
    assert signed_in("referrer").post("/venues/", {"do": f"end:{venue.pk}"}).status_code == 403
    manager.post("/venues/", {"do": f"end:{venue.pk}"})
    assert "no longer handed out" in text(client.get(f"/card/{card.code}/"))


def published(client: Client, code: str, text: str, **where: str) -> None:
    """Write a variant that asks in these words, and publish it in a place."""
    common = SetVersion.objects.get(question_set="front-door", locality=None, state="published")
    begun = client.post(f"/questions/versions/{common.pk}/draft/")["Location"]
    words, publish = f"{begun}words/", f"{begun}publish/"
    assert client.post(words, opened(client, words) | where).status_code == 302
    draft = SetVersion.objects.get(question_set="front-door", state="draft")
    question = f"{begun}questions/{draft.questions.get(code=code).pk}/"
    assert client.post(question, opened(client, question) | {"text": text}).status_code == 302
    assert client.post(publish, opened(client, publish)).status_code == 302


def answered_alike(matter: uuid.UUID, *, times: int) -> None:
    """As many more referrals answered as this one was."""
    with acting(SYSTEM):
        answers = list(Answer.objects.filter(matter=matter))
        for _ in range(times):
            other = open_matter(by=SYSTEM, kind=MatterKind.REFERRAL, at=timezone.now())
            for each in answers:
                each.pk, each.matter = None, other
            Answer.objects.bulk_create(answers)


def test_two_variants_run_in_two_areas_and_are_compared() -> None:
    """S2-12, P44: each area is asked in its own words; seven or fewer are withheld, others rounded to 5."""
    for number, name in enumerate(("North", "South"), start=1):
        place = Locality.objects.create(code=name.lower(), name=name, starts_on="2020-01-01")
        lsoa = Lsoa.objects.create(
            code=f"E{number}", name=name, locality=place, population=1500, imd_decile=3, imd_release="2025",
        )  # fmt: skip
        Postcode.objects.create(postcode=f"ZZ{number} 1AA", lsoa=lsoa)
    writer = signed_in("questions")
    published(writer, "how-soon", "By when is help needed?", variant="A", locality_id="north")
    published(writer, "how-soon", "How long can they wait?", variant="B", locality_id="south")
    client = signed_in("police")
    lives: dict[str, object] = {"p1_no_fixed_address": "", "p1_address": "1 Elm Row"}
    for postcode in ("ZZ1 1AA", "ZZ2 1AA"):
        matter = sent(client, **lives, p1_postcode=postcode)
        if postcode == "ZZ1 1AA":
            answered_alike(matter, times=7)
    path = begun(client)
    kept(client, path, **lives, p1_postcode="zz2 1aa")
    assert "How long can they wait?" in text(client.get(f"{path}questions/"))
    page = re.sub(r"<[^>]+>", " ", text(signed_in("front-door-manager").get(COMPARED)))
    page = re.sub(r"\s+", " ", page)
    assert re.search(r"Version 2, variant A North [\w ]+ 10 Withheld", page)
    assert re.search(r"Version 3, variant B South [\w ]+ Withheld Withheld Withheld", page)
    assert re.search(r"Has the person offended\? .*? No Withheld 10 Withheld", page)
    assert re.search(r"Asked as How long can they wait\? By when is help needed\? How soon", page)
