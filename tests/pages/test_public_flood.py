"""The public pages take so much within an hour from one browser or network, and danger always."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from joinedup.identity.sharing.access import acting
from joinedup.support.frontdoor.choices import PublicAct
from joinedup.support.frontdoor.models import PublicCount, Referral
from joinedup.support.frontdoor.operations.flood import TooMuch, came_from, count_act
from joinedup.support.frontdoor.rules.flood import STANDARD, Most, is_too_much, limits, network_of
from joinedup.support.questions.operations.ship import ensure_shipped
from joinedup.support.safeguarding.models import Exit
from tests.pages.signing_in import signed_in
from tests.pages.test_intake_pages import PUBLIC, text
from tests.sharing.walled import SYSTEM

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.9", "192.0.2.0/24"),
        ("2001:db8:1:2345::1", "2001:db8:1:2300::/56"),
        ("not an address", "unknown"),
    ],
)
def test_a_network_is_what_a_household_or_a_library_has_in_common(
    address: str, network: str
) -> None:
    assert network_of(address) == network


def test_a_network_has_room_for_many_browsers() -> None:
    for act in PublicAct:
        most = STANDARD[act]
        assert is_too_much(most, of_browser=most.of_a_browser, of_network=most.of_a_browser)
        assert not is_too_much(
            most, of_browser=most.of_a_browser - 1, of_network=most.of_a_network - 1
        )
        assert most.of_a_network > most.of_a_browser


def test_a_partnership_sets_its_own_limits_and_a_wrong_one_is_told() -> None:
    assert limits({})[PublicAct.SENT] == STANDARD[PublicAct.SENT]
    assert limits({"sent": [2, 9]})[PublicAct.SENT] == Most(2, 9)
    for wrong in ({"sned": [2, 9]}, {"sent": [2]}, {"sent": 2}, {"sent": [0, 9]}, {"sent": [9, 2]},
                  {"sent": [True, 2]}):  # fmt: skip
        with pytest.raises(ValueError, match=r"sned|sent"):
            limits(wrong)


@pytest.mark.django_db
def test_what_is_counted_tells_nobody_where_it_came_from_and_is_gone_in_an_hour() -> None:
    of = came_from(browser="b", address="192.0.2.77", at=AT)
    tomorrow = came_from(browser="b", address="192.0.2.77", at=AT + 24 * HOUR)
    assert of.network == came_from(browser="c", address="192.0.2.1", at=AT).network
    assert of.network != tomorrow.network, "nobody is followed from one day to the next"
    for _ in range(STANDARD[PublicAct.SENT].of_a_browser):
        count_act(act=PublicAct.SENT, of=of, at=AT)
    with pytest.raises(TooMuch, match="ring 999"):
        count_act(act=PublicAct.SENT, of=of, at=AT)
    count_act(act=PublicAct.BEGUN, of=of, at=AT)
    with acting(SYSTEM):
        assert all(re.fullmatch("[0-9a-f]{64}", row.network) for row in PublicCount.objects.all())
    count_act(act=PublicAct.SENT, of=of, at=AT + 2 * HOUR)
    with acting(SYSTEM):
        assert PublicCount.objects.count() == 1
    assert not PublicCount.objects.exists(), "nobody reads it"


def test_too_much_is_refused_in_words_keeps_what_was_typed_and_never_stops_danger(
    empty: None,
) -> None:
    """P19, P23: the numbers stand on the page, and an answer of danger goes out all the same."""
    now = timezone.now()
    ensure_shipped(at=now)
    network = came_from(browser="x", address="127.0.0.1", at=now).network
    with acting(SYSTEM):
        PublicCount.objects.bulk_create(
            PublicCount(act=act, browser="x", network=network, at=now)
            for act in (PublicAct.SENT, PublicAct.CODE_TRIED)
            for _ in range(STANDARD[act].of_a_network)
        )
    client = signed_in(None)
    refused = text(
        client.post("/help/me/", {**PUBLIC, "about": "me", "version": "0", "do": "send"})
    )
    for words in ("send it again in an hour", "tel:999", "I have not slept"):
        assert words in refused
    assert "I have not slept" in text(client.get("/help/me/"))
    assert "Try the code again" in text(client.post("/help/back/", {"code": "2222-2222-2222-2222"}))
    said = {"about": "me", "version": "1", "q-danger": ["thoughts"], "given_name": "Zuleika"}
    assert client.post("/help/keep/", said).json()["leads_to"] == "/help/sent/"
    with acting(SYSTEM):
        assert Exit.objects.filter(about_typed__Name="Zuleika").count() == 1
        assert not Referral.objects.filter(going_on="I have not slept").exists()


def test_a_photo_is_taken_and_a_program_is_refused_with_everything_typed_still_there(
    empty: None,
) -> None:
    """It goes with what is sent; nothing but its name is shown again."""
    ensure_shipped(at=timezone.now())
    client = signed_in(None)
    typed = {**PUBLIC, "about": "me", "version": "0"}

    def added(content: bytes, do: str = "file") -> str:
        file = SimpleUploadedFile("wall.jpg", content, content_type="image/jpeg")
        return text(client.post("/help/me/", {**typed, "do": do, "file": file}))

    for wrong, why in ((b"MZ a program", "is a program"), (b"<html>", "not a letter")):
        refused = added(wrong)
        assert why in refused
        assert "I have not slept" in refused
    assert "Choose a file first" in text(client.post("/help/me/", {**typed, "do": "file"}))
    shown = added(b"\xff\xd8\xff a photo")
    assert "wall.jpg" in shown
    [take_out] = re.findall(r'value="(take-out:[^"]+)"', shown)
    assert "wall.jpg" not in text(client.post("/help/me/", {**typed, "do": take_out}))
    stranger = signed_in(None)
    added(b"\xff\xd8\xff a photo")
    stranger.post("/help/me/", {**typed, "do": take_out})
    assert "wall.jpg" in text(client.get("/help/me/"))
    refused = added(b"MZ a program", do="send")
    assert "is a program" in refused, "nothing is sent while a file was refused"
