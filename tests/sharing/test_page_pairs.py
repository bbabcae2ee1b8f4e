"""Two worlds that differ only in what is neither confirmed nor denied give the same bytes on every page (P8)."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, HoldingSummary
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    EmergencyReason,
    MatterKind,
    PartLevel,
    Purpose,
    RestrictionKind,
)
from joinedup.identity.sharing.models import Consent, Involvement, Restriction
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.consents import Words, record_consent, withdraw_consent
from joinedup.identity.sharing.operations.disclose import decide_disclosure
from joinedup.identity.sharing.operations.emergency import open_emergency_access
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.matters import give_part, of_team, open_matter
from joinedup.identity.sharing.operations.restrict import set_restriction
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from tests.sharing import walled

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)
PAGES = (
    "",
    "evidence/",
    "consent/",
    "consent/new/",
    "emergency/",
    "reach/",
    "own-page/",
    "correction/",
    "placing/",
    "consent/service/",
    "consent/capacity/",
)
OF_THEIR_OWN = ("/", "/notices/", "/cases/", "/referrals/")
"""What a practitioner looks at of their own work, where a count or a notice would tell as much."""
_OF_THE_MOMENT = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|hx-headers=\'[^\']+\''
)


@pytest.fixture
def him() -> uuid.UUID:
    """Somebody whom the GP practice and housing know."""
    for code, kind in (("gp", "health"), ("housing", "housing"), ("police", "police")):
        walled.agency(code, kind)
    walled.agency("haven", "voluntary", name_reveals=True)
    walled.agency("clinic", "health", name_reveals=True)
    with acting(walled.SYSTEM):
        derive.agencies(None, at=clock.now())
    made = walled.person("gp", "housing", born_on=datetime.date(1985, 2, 3), postcode="JU1 0AA")
    indexed(made)
    return made


def indexed(person: uuid.UUID) -> None:
    with acting(walled.SYSTEM), connection.cursor() as cursor:
        refresh_find_index(cursor, [str(person)])


@pytest.fixture
def worker(him: uuid.UUID) -> Viewer:
    """A practitioner whose team works with him."""
    made = walled.viewer("gp", "practitioner", Purpose.DIRECT_CARE)
    with acting(walled.SYSTEM):
        Involvement.objects.create(
            person_id=him, agency_id="gp", team_id=made.team_id, because="a patient",
            starts_at=clock.now() - datetime.timedelta(days=1),
        )  # fmt: skip
        derive.people([him], at=clock.now())
    return made


def themself_involved(worker: Viewer, person: uuid.UUID) -> None:
    """The worker themself and not their team alone: whoever is involved is told of what changes."""
    with acting(walled.SYSTEM):
        Involvement.objects.create(
            person_id=person, agency_id="gp", team_id=worker.team_id, post_id=worker.post_id,
            because="a patient", starts_at=clock.now() - datetime.timedelta(days=1),
        )  # fmt: skip
        derive.people([person], at=clock.now())


def everything_shown(by: Viewer, person: uuid.UUID) -> dict[str, tuple[int, bytes]]:
    """What each page answers, byte by byte, but for what is different at each asking."""
    client = Client()
    client.force_login(
        walled.User.objects.get(pk=by.user_id), "django.contrib.auth.backends.ModelBackend"
    )
    session = client.session
    session["proved_at"] = timezone.now().isoformat()
    session.save()
    shown = {}
    for page in PAGES:
        answer = client.get(f"/people/{person}/{page}")
        shown[page] = (answer.status_code, _OF_THE_MOMENT.sub(b"", answer.content))
    for page in OF_THEIR_OWN:
        answer = client.get(page)
        shown[page] = (answer.status_code, _OF_THE_MOMENT.sub(b"", answer.content))
    for text in ("Ada Ashe 3 2 1985", "Ada Ashe JU1 0AA", "Zed Hidden 3 2 1985"):
        answer = client.post("/find/", {"text": text})
        shown[text] = (answer.status_code, _OF_THE_MOMENT.sub(b"", answer.content))
    return shown


# ---------------------------------------------------------------- what one world has and the other not


def a_refuge_knows_them(him: uuid.UUID) -> None:
    walled.record(
        him, "haven", given_name="Zed", family_name="Hidden", born_on=datetime.date(1985, 2, 3),
        postcode="JU1 0AA", address="1 Refuge Row", address_key="1 REFUGE ROW JU1 0AA",
    )  # fmt: skip
    team = walled.viewer("haven").team_id
    Involvement.objects.create(
        person_id=him, agency_id="haven", team_id=team, because="a place of safety",
        starts_at=clock.now() - datetime.timedelta(days=1),
    )  # fmt: skip


def _held(him: uuid.UUID, holder: str, category: Category) -> None:
    key = {"person_id": him, "holder_id": holder, "category": category.value}
    held = Holding.objects.create(
        **key,
        headline="Something is held",
        recorded_at=clock.now(),
        starts_on=DAY,
        handling_code="P",
    )
    HoldingSummary.objects.create(holding=held, summary="More of it", **key)


def a_clinic_holds_something(him: uuid.UUID) -> None:
    _held(him, "clinic", Category.SEXUAL_HEALTH)


def mappa_and_intelligence_are_held(him: uuid.UUID) -> None:
    _held(him, "police", Category.MAPPA)
    _held(him, "police", Category.INTELLIGENCE)
    _held(him, "housing", Category.DOMESTIC_ABUSE)


def they_said_no_to_being_known(him: uuid.UUID) -> None:
    hand = walled.viewer("haven")
    for state, holder, recipient in (("declined", "haven", "gp"), ("objected", "clinic", "gp")):
        Consent.objects.create(
            person_id=him, purpose=Purpose.DIRECT_CARE, state=state, who_spoke="person",
            method="in_person", holder_id=holder, recipient_id=recipient, agency_id=holder,
            recorded_by_id=hand.post_id, said_at=clock.now() - datetime.timedelta(days=1),
        )  # fmt: skip


def a_refuge_keeps_things_back(him: uuid.UUID) -> None:
    for kind, barred in (("holder_withholds", None), ("barred_post", walled.post("police").pk)):
        Restriction.objects.create(
            person_id=him, kind=kind, holder_id="haven", barred_id=barred, because="safety",
            starts_at=clock.now() - datetime.timedelta(days=1),
        )  # fmt: skip


def a_refuge_works_with_them(him: uuid.UUID) -> None:
    """What a refuge's worker does about somebody, by the operations, with all they tell.

    But for an address kept for safety: that hides every copy of it from everybody, and is meant to (P13).
    """
    hand = walled.viewer("haven", "duty_manager", Purpose.DIRECT_CARE)
    at = clock.now()
    made = open_matter(by=hand, kind=MatterKind.CASE, at=at, about=[him])
    give_part(
        by=hand, matter_id=made.pk, recipient=of_team(hand.team_id or 0), level=PartLevel.WORK,
        because="case", at=at,
    )  # fmt: skip
    begin_involvement(by=hand, person_id=him, because="a room", at=at, post_id=hand.post_id)
    said = record_consent(
        by=hand, person_id=him, at=at,
        words=Words(purpose=Purpose.MARAC, state=ConsentState.GIVEN, holder="haven"),
    )  # fmt: skip
    withdraw_consent(by=hand, consent_id=said.pk, at=at)
    decide_disclosure(
        by=hand, person_id=him, recipient="gp", purpose=Purpose.DIRECT_CARE, reason="a risk", at=at,
        items={Category.DOMESTIC_ABUSE: DisclosureDecision.DO_NOT_DISCLOSE},
    )  # fmt: skip
    open_emergency_access(
        by=hand, person_id=him, reason=EmergencyReason.LIFE_AT_RISK, at=at,
        words="He has gone missing from the house",
    )  # fmt: skip


def the_police_look_for_them(him: uuid.UUID) -> None:
    """A look that leaves no trace, and a bar that the police set against one of their own."""
    officer = walled.viewer("police", "police_liaison", Purpose.LAW_ENFORCEMENT)
    boss = walled.viewer("police", "duty_manager")
    _held(him, "police", Category.CRIME_OFFENDER)
    set_restriction(
        by=boss, person_id=him, kind=RestrictionKind.BARRED_POST, barred_id=officer.post_id,
        because="a relative", at=clock.now(),
    )  # fmt: skip


HIDDEN: tuple[Callable[[uuid.UUID], None], ...] = (
    a_refuge_knows_them,
    a_clinic_holds_something,
    mappa_and_intelligence_are_held,
    they_said_no_to_being_known,
    a_refuge_keeps_things_back,
    a_refuge_works_with_them,
    the_police_look_for_them,
)


def test_both_worlds_give_the_same_bytes(him: uuid.UUID, worker: Viewer) -> None:
    """P8: pages, refusals, what is found and what is not, and the lines that the looks leave."""
    themself_involved(worker, him)
    before = everything_shown(worker, him)
    assert before[""][0] == before["/notices/"][0] == before["/"][0] == 200
    assert b"Ada Ashe" in before["Ada Ashe 3 2 1985"][1]
    lines = _lines(worker, him)
    with acting(walled.SYSTEM):
        for each in HIDDEN:
            each(him)
        derive.people([him], at=clock.now())
    indexed(him)
    after = everything_shown(worker, him)
    assert {page for page in before if before[page] != after[page]} == set()
    assert _lines(worker, him)[len(lines) :] == lines


def test_somebody_hidden_whole_is_as_nobody(him: uuid.UUID, worker: Viewer) -> None:
    """P8: a person whom only a refuge knows, and an identifier that stands for nobody."""
    hers = walled.person("haven", given_name="Zed", family_name="Hidden")
    indexed(hers)
    nobody = uuid.uuid4()
    shown = {
        which: {
            page: (status, content.replace(str(which).encode(), b""))
            for page, (status, content) in everything_shown(worker, which).items()
        }
        for which in (hers, nobody)
    }
    assert shown[hers] == shown[nobody]


def _lines(by: Viewer, person: uuid.UUID) -> list[tuple[object, ...]]:
    with acting(walled.SYSTEM):
        found = Entry.objects.filter(person_id=person, post_id=by.post_id)
        return list(
            found.order_by("at", "subject_kind", "holder", "basis").values_list(
                "act", "outcome", "subject_kind", "holder", "basis", "purpose"
            )
        )


@pytest.mark.parametrize("recipient", ["gp", None])
@pytest.mark.parametrize("state", [ConsentState.DECLINED, ConsentState.OBJECTED])
def test_a_no_written_down_by_a_refuge_tells_nobody_by_a_notice(
    him: uuid.UUID, worker: Viewer, state: ConsentState, recipient: str | None
) -> None:
    """P8: counts too. Whoever is themself involved would learn by “My notices (1)” that somebody else is."""
    walled.record(him, "haven")
    themself_involved(worker, him)
    indexed(him)
    before = everything_shown(worker, him)
    no = Words(purpose=Purpose.DIRECT_CARE, state=state, holder="haven", recipient=recipient)
    hand = walled.viewer("haven", "practitioner", Purpose.DIRECT_CARE)
    record_consent(by=hand, person_id=him, words=no, at=clock.now())
    after = everything_shown(worker, him)
    assert {page for page in before if before[page] != after[page]} == set()
    assert not Notice.objects.exists()
