"""What a hostile review found open: who reads a no, who keeps a post away, a released address, spent codes."""

import datetime
import uuid

import pytest
from django.test import Client

from joinedup.foundations.accounts.rules import MOST_FAILURES
from joinedup.foundations.agencies.models import Team
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose, RestrictionKind
from joinedup.identity.sharing.models import (
    AgencySight,
    Consent,
    Involvement,
    OwnAccess,
    RestrictedAddress,
)
from joinedup.identity.sharing.operations.address_release import (
    agree_to_release,
    ask_for_address,
    relay_instead,
)
from joinedup.identity.sharing.operations.nightly import compare_with_facts
from joinedup.identity.sharing.operations.own_access import (
    IDLE_FOR,
    UNUSED_FOR,
    CannotOpenOwnPage,
    hash_of,
    open_own_page,
)
from joinedup.identity.sharing.operations.restrict import (
    CannotRestrict,
    lift_restriction,
    set_restriction,
)
from joinedup.identity.sharing.queries.emergency import released_to
from joinedup.single_view.queries.own_page import codes_of, the_own_page
from tests.sharing import walled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]
BORN = datetime.date(1985, 2, 3)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _agencies() -> None:
    walled.agency("gp", "health")
    walled.agency("housing", "housing")
    walled.agency("police", "police")
    walled.agency("haven", "voluntary", name_reveals=True)


@pytest.fixture
def him() -> uuid.UUID:
    return walled.person("gp", "housing", born_on=BORN)


# ---------------------------------------------------------------- a no


def said(of: uuid.UUID, state: str, by: str = "gp", **more: object) -> Consent:
    hand = walled.viewer(by)
    with acting(walled.SYSTEM):
        return Consent.objects.create(
            person_id=of, purpose=Purpose.EARLY_HELP, state=state, who_spoke="person",
            method="in_person", agency_id=by, recorded_by_id=hand.post_id, said_at=clock.now(), **more,
        )  # fmt: skip


def reads(agency: str, found: Consent) -> bool:
    with acting(walled.viewer(agency)):
        return Consent.objects.filter(pk=found.pk).exists()


@pytest.mark.parametrize("state", ["declined", "objected"])
def test_a_recipient_reads_no_no(state: str, him: uuid.UUID) -> None:
    """P8, P12: to whom somebody would rather not be known is not told so; the policy itself says it."""
    no = said(him, state, holder_id="housing", recipient_id="police")
    assert [reads(each, no) for each in ("gp", "housing", "police")] == [True, True, False]
    yes = said(him, "given", holder_id="housing", recipient_id="police")
    assert [reads(each, yes) for each in ("gp", "housing", "police")] == [True, True, True]
    with acting(walled.SYSTEM):
        Consent.objects.filter(pk=yes.pk).update(withdrawn_at=clock.now())
    assert not reads("police", yes)


def test_a_holder_reads_no_no_that_tells_of_a_refuge_or_of_what_is_never_told(
    him: uuid.UUID,
) -> None:
    """P8: neither confirmed nor denied."""
    refuge = said(him, "declined", "haven", holder_id="housing")
    clinic = said(him, "declined", holder_id="housing", categories=[Category.SEXUAL_HEALTH.value])
    assert [reads("housing", each) for each in (refuge, clinic)] == [False, False]
    assert (reads("haven", refuge), reads("gp", clinic)) == (True, True)


# ---------------------------------------------------------------- bars


def bar(by: Viewer, of: uuid.UUID, post: uuid.UUID | None) -> None:
    set_restriction(
        by=by, person_id=of, kind=RestrictionKind.BARRED_POST, barred_id=post, because="a cousin",
        at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("role", ["practitioner", "housing_officer", "social_worker"])
def test_nobody_but_a_manager_keeps_somebody_else_away(role: str, him: uuid.UUID) -> None:
    """P28: a bar shuts a colleague out, and would be a weapon in any hand."""
    with pytest.raises(NotPermitted):
        bar(walled.viewer("housing", role), him, walled.post("police").pk)


@pytest.mark.parametrize("role", ["team_manager", "duty_manager"])
def test_a_manager_keeps_away_where_the_agency_holds_something(role: str, him: uuid.UUID) -> None:
    somebody = walled.post("gp").pk
    with pytest.raises(CannotRestrict, match="nobody here"):
        bar(walled.viewer("police", role), him, somebody)
    bar(walled.viewer("police", role), him, walled.post("police").pk)  # their own people
    bar(walled.viewer("housing", role), him, somebody)


def test_a_post_declares_its_own_conflict_and_no_colleague_lifts_it(him: uuid.UUID) -> None:
    me = walled.viewer("housing")
    bar(me, him, me.post_id)
    with acting(me):
        assert not Person.objects.filter(pk=him).exists()
    with acting(walled.SYSTEM):
        [found] = Person.objects.get(pk=him).restrictions.all()
    with pytest.raises(NotPermitted):
        lift_restriction(by=walled.viewer("housing"), restriction_id=found.pk, at=clock.now())
    manager = walled.viewer("housing", "team_manager")
    lift_restriction(by=manager, restriction_id=found.pk, at=clock.now())


# ---------------------------------------------------------------- a released address


@pytest.fixture
def hidden(him: uuid.UUID) -> uuid.UUID:
    """Somebody whose address housing keeps apart."""
    with acting(walled.SYSTEM):
        RestrictedAddress.objects.create(
            person_id=him, holder_id="housing", record_key="R1", kept_at=clock.now(),
            address={"address": "2 Hidden Way", "postcode": "JU1 0AA", "phone": "07700 900111"},
        )  # fmt: skip
    return him


def released(to: Viewer, of: uuid.UUID, managers: int = 2) -> uuid.UUID:
    on_duty = [walled.viewer("housing", "duty_manager") for _ in range(managers)]
    asked = ask_for_address(by=to, person_id=of, holder="housing", why="a warning", at=clock.now())
    for manager in on_duty:
        agree_to_release(by=manager, release_id=asked.pk, at=clock.now())
    return asked.pk


def test_a_released_address_is_shown_to_who_asked_and_to_nobody_else(hidden: uuid.UUID) -> None:
    """P13: once two have agreed, to that post alone, for an hour; the look is on record."""
    asker = walled.viewer("gp")
    released(asker, hidden)
    at = clock.now()
    [shown] = released_to(asker, hidden, at=at)
    assert (shown.holder, shown.address, shown.postcode) == ("Housing", "2 Hidden Way", "JU1 0AA")
    assert "07700" not in str(shown)
    with acting(walled.SYSTEM):
        line = Entry.objects.get(basis="released_by_two")
    assert (line.post_id, line.person_id, line.categories) == (asker.post_id, hidden, ["address"])
    assert released_to(walled.viewer("gp"), hidden, at=at) == ()
    assert released_to(asker, hidden, at=at + HOUR) == ()


def test_one_manager_or_a_message_relayed_shows_no_address(hidden: uuid.UUID) -> None:
    """P13: two people acting."""
    asker = walled.viewer("gp")
    waiting = released(asker, hidden, managers=1)
    assert released_to(asker, hidden, at=clock.now()) == ()
    relay_instead(by=walled.viewer("housing", "duty_manager"), release_id=waiting, at=clock.now())
    assert released_to(asker, hidden, at=clock.now()) == ()


# ---------------------------------------------------------------- own-page codes


def code_of(him: uuid.UUID, age: datetime.timedelta, **more: object) -> OwnAccess:
    with acting(walled.SYSTEM):
        return OwnAccess.objects.create(
            person_id=him, code_hash=hash_of("GOOD"), agency_id="gp",
            handed_over_by_id=walled.post("gp").pk, handed_over_at=clock.now() - age,
            asked_about_coercion=True, **more,
        )  # fmt: skip


def opens(code: str = "GOOD", born_on: datetime.date = BORN, address: str = "192.0.2.7") -> bool:
    try:
        open_own_page(code=code, born_on=born_on, at=clock.now(), address=address)
    except CannotOpenOwnPage:
        return False
    return True


def test_guesses_at_a_birth_date_are_counted_and_on_record(him: uuid.UUID) -> None:
    """P39: whoever found the card tries no more than a few; the right date opens nothing then."""
    code_of(him, HOUR)
    for _ in range(MOST_FAILURES):
        assert not opens(born_on=BORN + datetime.timedelta(days=1))
    assert not opens()
    with acting(walled.SYSTEM):
        refused = Entry.objects.filter(subject_kind="own access", outcome="refused")
        assert {line.person_id for line in refused} == {him}


def test_guesses_at_codes_are_counted_by_where_they_come_from(him: uuid.UUID) -> None:
    code_of(him, HOUR)
    for number in range(30):
        assert not opens(code=f"WRONG{number}")
    assert not opens()
    assert opens(address="192.0.2.8")


def test_a_code_that_nobody_used_runs_out(him: uuid.UUID) -> None:
    """P39: a card that lies about opens nothing; nor does one that was left."""
    fresh = code_of(him, UNUSED_FOR - HOUR)
    with acting(Viewer.of_person(fresh.pk)):
        assert Person.objects.filter(pk=him).exists()
    assert opens()
    for spent in (
        {"handed_over_at": clock.now() - UNUSED_FOR - HOUR, "opened_last_at": None},
        {"opened_last_at": clock.now() - IDLE_FOR - HOUR},
    ):
        with acting(walled.SYSTEM):
            OwnAccess.objects.filter(pk=fresh.pk).update(**spent)
        assert not opens()
        with pytest.raises(NotPermitted), acting(Viewer.of_person(fresh.pk)):
            pass


def test_when_it_was_opened_before_is_told_to_the_person_and_to_who_handed_it_over(
    him: uuid.UUID,
) -> None:
    """P39: last opened is visible to both."""
    found = code_of(him, HOUR)
    assert opens()
    themselves = Viewer.of_person(found.pk)
    assert the_own_page(themselves, at=clock.now()).opened_before_at is None
    first = clock.now() - HOUR
    with acting(walled.SYSTEM):
        OwnAccess.objects.update(opened_last_at=first)
    assert opens()
    assert the_own_page(themselves, at=clock.now()).opened_before_at == first
    [code] = codes_of(walled.viewer("gp"), him)
    assert code.opened_last_at is not None
    assert code.opened_last_at > first
    assert codes_of(walled.viewer("housing"), him) == ()


def test_the_page_of_a_released_address_and_of_codes(hidden: uuid.UUID) -> None:
    asker = walled.post("gp")
    client = Client()
    client.force_login(asker.user, "django.contrib.auth.backends.ModelBackend")
    page = f"/people/{hidden}/reach/"
    assert b"Released to you" not in client.get(page).content
    released(Viewer.of_post(asker), hidden)
    shown = client.get(page)
    assert b"2 Hidden Way" in shown.content
    assert shown.headers["Cache-Control"] == "no-store"
    code_of(hidden, HOUR)
    assert b"Never" in client.get(f"/people/{hidden}/own-page/").content


# ---------------------------------------------------------------- sensitive teams


def test_that_a_sensitive_team_is_involved_stays_in_that_team(him: uuid.UUID) -> None:
    """P8, P17: neither another team of its agency nor whoever stands beside the person is told."""
    of_team = walled.viewer("gp", team="Drugs and alcohol")
    Team.objects.filter(pk=of_team.team_id).update(is_sensitive=True)
    walled.let_see("housing", "gp", Category.INVOLVEMENT, Category.IDENTITY)
    with acting(walled.SYSTEM):
        Involvement.objects.create(
            person_id=him, agency_id="gp", team_id=of_team.team_id, because="care",
            starts_at=clock.now() - HOUR,
        )  # fmt: skip
    code = code_of(him, HOUR)
    seen = {}
    for who in (of_team, walled.viewer("gp"), walled.viewer("housing"), Viewer.of_person(code.pk)):
        with acting(who):
            seen[who] = Involvement.objects.filter(person=him).exists()
    assert list(seen.values()) == [True, False, False, False]


def test_what_a_sensitive_team_records_stays_in_that_team(him: uuid.UUID) -> None:
    """P8: its agency's other teams do not own it, at no level; what was written by no post is theirs."""
    of_team = walled.viewer("gp", "general_practitioner", team="Drugs and alcohol")
    Team.objects.filter(pk=of_team.team_id).update(is_sensitive=True)
    key = {"person_id": him, "holder_id": "gp", "category": Category.HEALTH.value}
    with acting(walled.SYSTEM):
        for writer in (of_team.post_id, walled.post("gp").pk, None):
            held = Holding.objects.create(
                **key, headline="Something is held", recorded_by_id=writer, recorded_at=clock.now(),
                starts_on=BORN,
            )  # fmt: skip
            HoldingSummary.objects.create(holding=held, summary="A summary", **key)
            HoldingDetail.objects.create(holding=held, detail="A detail", **key)
    seen = []
    for who in (of_team, walled.viewer("gp", "general_practitioner")):
        with acting(who):
            seen.append([m.objects.count() for m in (Holding, HoldingSummary, HoldingDetail)])
    assert seen == [[3, 3, 3], [2, 2, 2]]


# ---------------------------------------------------------------- the nightly comparison


def test_what_is_seen_without_a_fact_is_told_to_who_guards(him: uuid.UUID) -> None:
    """P7: a difference is an incident: put right, on record, and told."""
    guardian = walled.post("gp", "caldicott_guardian")
    compare_with_facts(at=clock.now())
    assert not Notice.objects.filter(kind="sight_differs").exists()
    AgencySight.objects.filter(recipient="gp", holder="police").delete()
    walled.let_see("gp", "police", Category.CRIME_OFFENDER, purpose=Purpose.DIRECT_CARE)
    assert compare_with_facts(at=clock.now()) > 0
    told = Notice.objects.get(kind="sight_differs")
    with acting(walled.SYSTEM):
        assert (told.post_id, told.link) == (guardian.pk, "/audit/")
