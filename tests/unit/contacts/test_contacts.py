"""Contacts, safe-contact profiles and communication needs: what rules them, who reads them (P32, S3-15)."""

import datetime
import uuid

import pytest

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.operations.matters import (
    add_person,
    give_part,
    of_team,
    open_matter,
)
from joinedup.support.contacts.choices import Channel, How, Need, Seen
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.contacts.operations import (
    CannotRecordContact,
    CannotSetNeeds,
    CannotSetProfile,
    ContactSaid,
    NotSafe,
    ProfileSaid,
    follow_person,
    record_contact,
    set_needs,
    set_profile,
)
from joinedup.support.contacts.queries import contacts_of, profile_of, reach_of
from joinedup.support.contacts.rules import SafeContact, lateness, may_use
from tests.audit_lines import lines
from tests.sharing import walled

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)
C = Channel


def later(**more: float) -> datetime.datetime:
    return AT + datetime.timedelta(**more)


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", team="Front door")


def matter(worker: Viewer, *about: uuid.UUID) -> Matter:
    made = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT, about=about)
    give_part(
        by=walled.SYSTEM, matter_id=made.pk, recipient=of_team(worker.team_id or 0),
        level=PartLevel.WORK, because="works at it", at=AT,
    )  # fmt: skip
    return made


def call(**more: object) -> ContactSaid:
    return ContactSaid(**{"how": How.PHONE, "at": AT, "words": "Spoke", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("channel", "hour", "profile", "why"),
    [
        (C.PHONE, 10, SafeContact(), ""),
        (None, 10, SafeContact(frozenset(Channel)), ""),
        (C.VOICEMAIL, 10, SafeContact(frozenset({C.VOICEMAIL})), "Voicemail is not safe"),
        (C.LETTER, 10, SafeContact(frozenset({C.LETTER})), "Letter is not safe"),
        (C.PHONE, 10, SafeContact(frozenset({C.VOICEMAIL})), ""),
        (C.PHONE, 10, SafeContact(frozenset(), datetime.time(9), datetime.time(15)), ""),
        (C.PHONE, 16, SafeContact(frozenset(), datetime.time(9), datetime.time(15)), "between 09:00"),
        (C.LETTER, 16, SafeContact(frozenset(), datetime.time(9), datetime.time(15)), ""),
        (C.TEXT, 23, SafeContact(frozenset(), datetime.time(22), datetime.time(2)), ""),
        (C.TEXT, 12, SafeContact(frozenset(), datetime.time(22), datetime.time(2)), "between 22:00"),
    ],
)  # fmt: skip
def test_a_profile_rules_every_channel_and_its_hours(
    channel: Channel | None, hour: int, profile: SafeContact, why: str
) -> None:
    """P32."""
    said = may_use(channel, AT.replace(hour=hour), [SafeContact(), profile])
    assert (why in said) if why else said == ""


@pytest.mark.parametrize(
    ("late", "words"),
    [({"hours": 24}, ""), ({"days": 1, "hours": 1}, "1 day "), ({"days": 9}, "9 days")],
)
def test_how_late_a_contact_was_written_is_said(late: dict[str, float], words: str) -> None:
    """P32."""
    said = lateness(AT, AT + datetime.timedelta(**late))
    assert (words in said) if words else said == ""


def test_a_contact_is_recorded_with_who_how_and_their_words(worker: Viewer) -> None:
    """P32."""
    person = walled.person("care")
    at = matter(worker, person).pk
    said = call(
        how=How.VISIT, seen=Seen.SEEN_ALONE, with_whom="Ada", their_words="I am afraid of him",
        person_id=person, at=later(days=-3),
    )  # fmt: skip
    record_contact(by=worker, matter_id=at, said=said, at=AT)
    [shown] = contacts_of(worker, at)
    assert (shown.by, shown.seen, shown.their_words) == (
        worker.name, Seen.SEEN_ALONE, "I am afraid of him",
    )  # fmt: skip
    assert shown.late == "Written 3 days later"
    [line] = lines(act="recorded a contact")
    assert line.person_id == person


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"words": " "}, "Write what was said"),
        ({"at": AT + datetime.timedelta(hours=1)}, "has not happened yet"),
        ({"how": How.APPOINTMENT, "at": AT - datetime.timedelta(hours=1)}, "a time to come"),
        ({"how": How.VISIT}, "whether the person was seen"),
        ({"how": How.LETTER, "seen": Seen.SEEN}, "Nobody is seen"),
        ({"person_id": uuid.UUID(int=1)}, "whom this is about"),
        ({"instead_of": uuid.UUID(int=1)}, "corrected already, or is not here"),
    ],
)
def test_a_contact_that_cannot_be_so_is_refused(
    worker: Viewer, more: dict[str, object], why: str
) -> None:
    at = matter(worker).pk
    with pytest.raises(CannotRecordContact, match=why):
        record_contact(by=worker, matter_id=at, said=call(**more), at=AT)


def test_a_forbidden_way_wants_a_reason_which_is_kept(worker: Viewer) -> None:
    """P32: he reads her messages and opens her letters."""
    at = matter(worker, walled.person("care")).pk
    set_profile(
        by=worker, matter_id=at, said=ProfileSaid(forbidden=[C.TEXT, C.LETTER]), at=AT
    )  # fmt: skip
    record_contact(by=worker, matter_id=at, said=call(), at=AT)
    with pytest.raises(NotSafe, match="Text message is not safe"):
        record_contact(by=worker, matter_id=at, said=call(how=How.TEXT), at=AT)
    record_contact(by=worker, matter_id=at, said=call(how=How.TEXT, despite="By mistake"), at=AT)
    assert {each.despite for each in contacts_of(worker, at)} == {"", "By mistake"}


def test_a_correction_stands_instead_of_what_stays(worker: Viewer) -> None:
    at = matter(worker).pk
    first = record_contact(by=worker, matter_id=at, said=call(), at=AT)
    record_contact(
        by=worker, matter_id=at, said=call(words="Spoke to her sister", instead_of=first.pk), at=AT
    )  # fmt: skip
    assert {(each.words, each.corrected) for each in contacts_of(worker, at)} == {
        ("Spoke", True), ("Spoke to her sister", False),
    }  # fmt: skip
    with pytest.raises(CannotRecordContact, match="corrected already"):
        record_contact(by=worker, matter_id=at, said=call(instead_of=first.pk), at=AT)


def test_profile_and_needs_follow_the_person_into_another_matter(worker: Viewer) -> None:
    """P32, S3-15: asked once, shown on every later contact; under whichever identifier."""
    person, merged = walled.person("care"), walled.person("care")
    with acting(walled.SYSTEM):
        walled.Person.objects.filter(pk=merged).update(merged_into_id=person)
    first, second = matter(worker, merged).pk, matter(worker, person).pk
    set_profile(
        by=worker, matter_id=first, at=AT,
        said=ProfileSaid(forbidden=[C.VOICEMAIL], number="01632 960500", safe_words="The library"),
    )  # fmt: skip
    set_needs(by=worker, matter_id=first, needs={Need.BSL: "", Need.LANGUAGE: "Polish"}, at=AT)
    reach = reach_of(worker, second)
    assert [need.text for need in reach.needs] == [
        "British Sign Language interpreter", "Interpreter of another language: Polish",
    ]  # fmt: skip
    assert "Voicemail" in reach.why_not(C.VOICEMAIL, AT)
    set_profile(
        by=worker, matter_id=second, said=ProfileSaid(number="01632 960501"), at=later(days=1)
    )
    assert [each.number for each in reach_of(worker, first).profiles] == ["01632 960501"]
    with acting(walled.SYSTEM):
        assert ContactProfile.objects.count() == 2, "what stood before stays on record"


def test_nobody_else_reads_how_somebody_is_reached(worker: Viewer) -> None:
    """A number that is safe is safe because few know it."""
    person = walled.person("care")
    at = matter(worker, person).pk
    set_profile(by=worker, matter_id=at, said=ProfileSaid(number="01632 960500"), at=AT)
    set_needs(by=worker, matter_id=at, needs={Need.BSL: ""}, at=AT)
    record_contact(by=worker, matter_id=at, said=call(), at=AT)
    other = walled.viewer("care", "social_worker", team="Another team")
    sender = walled.viewer("care", "referrer", team="Front door")
    give_part(
        by=walled.SYSTEM, matter_id=at, recipient=f"post:{sender.post_id}", level=PartLevel.PROGRESS,
        because="sent it", at=AT,
    )  # fmt: skip
    for viewer in (other, sender):
        with acting(viewer):
            assert not ContactProfile.objects.exists()
            assert not CommunicationNeed.objects.exists()
            assert not Contact.objects.exists()
        for act in (
            lambda viewer=viewer: record_contact(by=viewer, matter_id=at, said=call(), at=AT),
            lambda viewer=viewer: set_profile(by=viewer, matter_id=at, said=ProfileSaid(), at=AT),
            lambda viewer=viewer: set_needs(by=viewer, matter_id=at, needs={}, at=AT),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_in_a_family_each_has_a_profile_of_their_own(worker: Viewer) -> None:
    mother, father = walled.person("care"), walled.person("care")
    at = matter(worker, mother, father).pk
    for person, channel in ((None, C.OTHERS), (mother, C.PHONE), (father, C.EMAIL)):
        set_profile(
            by=worker, matter_id=at, said=ProfileSaid(forbidden=[channel]), at=AT, person_id=person
        )  # fmt: skip
    reach = reach_of(worker, at)
    assert len(reach.profiles) == 3
    assert all(reach.why_not(channel, AT) for channel in (C.OTHERS, C.PHONE, C.EMAIL))
    with pytest.raises(CannotSetProfile, match="whom this is about"):
        set_profile(
            by=worker, matter_id=at, said=ProfileSaid(), at=AT, person_id=walled.person("care")
        )  # fmt: skip


def test_what_was_said_before_anybody_was_found_follows_the_person_then(worker: Viewer) -> None:
    person = walled.person("care")
    first = matter(worker).pk
    set_profile(by=walled.SYSTEM, matter_id=first, said=ProfileSaid(number="01632 960500"), at=AT)
    set_needs(by=walled.SYSTEM, matter_id=first, needs={Need.DEAFBLIND: ""}, at=AT)
    add_person(by=walled.SYSTEM, matter_id=first, person_id=person, at=AT)
    follow_person(by=walled.SYSTEM, matter_id=first, person_id=person, at=AT)
    reach = reach_of(worker, matter(worker, person).pk)
    assert [each.kind for each in reach.needs] == [Need.DEAFBLIND]
    assert [each.number for each in reach.profiles] == ["01632 960500"]


def test_needs_are_said_anew_and_none_needed_is_an_answer(worker: Viewer) -> None:
    """S3-15: that somebody asked is known, so nobody asks again."""
    at = matter(worker, walled.person("care")).pk
    assert not reach_of(worker, at).needs_were_asked
    set_needs(by=worker, matter_id=at, needs={Need.NONE: ""}, at=AT)
    assert reach_of(worker, at).needs_were_asked
    assert (
        len(set_needs(by=worker, matter_id=at, needs={Need.BSL: "", Need.READING: ""}, at=AT)) == 2
    )
    assert len(set_needs(by=worker, matter_id=at, needs={Need.BSL: ""}, at=AT)) == 0
    assert [each.kind for each in reach_of(worker, at).needs] == [Need.BSL]
    for needs, why in (
        ({Need.LANGUAGE: " "}, "Say more"),
        ({Need.NONE: "", Need.BSL: ""}, "not both"),
    ):
        with pytest.raises(CannotSetNeeds, match=why):
            set_needs(by=worker, matter_id=at, needs=needs, at=AT)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (ProfileSaid(from_time=datetime.time(9)), "both hours"),
        (ProfileSaid(from_time=datetime.time(9), until_time=datetime.time(9)), "the same"),
        (ProfileSaid(forbidden=list(Channel)), "Leave one way open"),
    ],
)
def test_a_profile_that_leaves_no_way_is_refused(
    worker: Viewer, said: ProfileSaid, why: str
) -> None:
    at = matter(worker).pk
    with pytest.raises(CannotSetProfile, match=why):
        set_profile(by=worker, matter_id=at, said=said, at=AT)
    assert profile_of(worker, at) is None
