"""Pairs of worlds that differ in an answer that is withheld: the same bytes on every page and in every answer (P8)."""

import re

import pytest
from django.db import transaction
from django.test import Client

from joinedup.foundations.meetings.models import AgendaItem, Meeting
from joinedup.identity.sharing.access import Viewer
from joinedup.support.panels.choices import Known
from joinedup.support.panels.operations.checks import answer_check, ask_checks
from joinedup.support.panels.operations.ending import end_meeting
from joinedup.support.panels.rules.checks import Answer
from tests.pages.test_panel_minutes_pages import decided, signed_in
from tests.unit.handovers.sides import post_of
from tests.unit.panels.called import AT, THURSDAY, Called, called

pytestmark = pytest.mark.django_db
WORDS = Answer(
    Known.KNOWN, AT.date(), "Ama Okoro", "Her sister", "He waits at the gate", "Allocate"
)
_OF_THE_MOMENT = re.compile(
    rb'csrfmiddlewaretoken(" value="|\\" value=\\")[^"\\]+|nonce="[^"]+"'
    # Whose screen asked within seconds.
    rb'|data-does=\\?"\d+\\?">[^<]*|"does": {[^}]*}'
)
Bytes = dict[str, tuple[int, bytes]]


class _Left(Exception):
    """Takes a world back."""


@pytest.fixture
def of() -> Called:
    made = called()
    ask_checks(by=made.table.coordinator, meeting_id=made.meeting.pk, at=AT)
    made.begin()
    return made


def _shown(client: Client, of: Called) -> Bytes:
    """What every page and answer that tells of a check says, but for what is different at each asking."""
    line, room = of.ada.agenda_id, f"/panels/meetings/{of.meeting.pk}/"
    pages = (
        room, f"{room}items/{line}/", f"{room}live/?v=0&t=0&item={line}", f"{room}agenda/",
        f"/panels/items/{of.ada.pk}/", "/panels/checks/", "/my-work/", "/panels/of/tl/meetings/",
    )  # fmt: skip
    found = {}
    for page in pages:
        answer = client.get(page)
        found[page] = (answer.status_code, _OF_THE_MOMENT.sub(b"", answer.content))
    return found


def _minutes(client: Client, of: Called) -> Bytes:
    answer = client.get(f"/panels/meetings/{of.meeting.pk}/minutes/")
    return {"minutes": (answer.status_code, _OF_THE_MOMENT.sub(b"", answer.content))}


def _world(of: Called, holder: Viewer, said: Answer | None, *to: Viewer) -> dict[str, Bytes]:
    """All that the others are shown, in the meeting and after, where the holder has answered so."""
    others = [each for each in (*of.members(), of.table.coordinator) if each not in (holder, *to)]
    told: dict[str, Bytes] = {}
    try:
        with transaction.atomic():
            if said is not None:
                check = of.check(holder, of.ada)
                answer_check(
                    by=holder, check_id=check.pk, answer=said, version=check.version, at=AT,
                    open_to=[post_of(each) for each in to],
                )  # fmt: skip
            clients = {each.agency: signed_in(each) for each in others}
            told = {agency: _shown(client, of) for agency, client in clients.items()}
            decided(of)
            end_meeting(by=of.table.chair, meeting_id=of.meeting.pk, at=THURSDAY)
            for agency, client in clients.items():
                told[agency] |= _minutes(client, of)
            raise _Left
    except _Left:
        return told


def _differs(one: dict[str, Bytes], other: dict[str, Bytes]) -> list[str]:
    """Where two worlds can be told apart: whose page, and the bytes there."""
    found = []
    for agency, pages in one.items():
        for page, (code, told) in pages.items():
            its_code, its = other[agency][page]
            if (code, told) != (its_code, its):
                at = next(
                    (
                        at
                        for at, pair in enumerate(zip(told, its, strict=False))
                        if len(set(pair)) > 1
                    ),
                    min(len(told), len(its)),
                )
                found.append(
                    f"{agency} {page}: {told[max(0, at - 60) : at + 60]!r}, {its[max(0, at - 60) : at + 60]!r}"
                )
    return found


def _is_told_of(told: dict[str, Bytes], words: str) -> bool:
    return any(words.encode() in page for pages in told.values() for _, page in pages.values())


def test_worlds_that_differ_in_an_answer_of_which_nothing_is_told_give_the_same_bytes(
    of: Called,
) -> None:
    """Not answered, known with words, nothing known, not said, opened to one: no other can tell which."""
    silent = _world(of, of.refuge, None, of.table.chair)
    for said in (WORDS, Answer(Known.NOTHING_KNOWN), Answer(Known.NOT_SAID)):
        assert not _differs(_world(of, of.refuge, said, of.table.chair), silent)
    assert {code for pages in silent.values() for code, _ in pages.values()} == {200}
    assert not _is_told_of(silent, WORDS.risks)


def test_worlds_that_differ_in_an_answer_told_as_existing_give_the_same_bytes(of: Called) -> None:
    """That it has answered is told, in the same bytes whatever it says; and never reads as no risk."""
    answers = (WORDS, Answer(Known.NOTHING_KNOWN), Answer(Known.NOT_SAID))
    known, *rest = [_world(of, of.table.housing, said) for said in answers]
    assert not [_differs(each, known) for each in rest if _differs(each, known)]
    assert _is_told_of(known, "This is not to be read as no risk.")
    assert not _is_told_of(known, WORDS.risks)
    assert _differs(known, _world(of, of.table.housing, None))


def test_a_withheld_answer_moves_no_version_that_a_screen_is_told(of: Called) -> None:
    """The numbers by which screens ask are the same in both worlds."""
    before = (_version(of), _line(of))
    check = of.check(of.refuge, of.ada)
    answer_check(
        by=of.refuge, check_id=check.pk, answer=WORDS, version=check.version, at=AT, open_to=[]
    )
    assert (_version(of), _line(of)) == before


def _version(of: Called) -> tuple[int, int]:
    found = Meeting.objects.get(pk=of.meeting.pk)
    return found.version, found.table_version


def _line(of: Called) -> int:
    return AgendaItem.objects.get(pk=of.ada.agenda_id).version
