"""A partner that leaves: what it gives and gets shuts as the day begins, its posts end, all can be taken back (P15)."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundations.accounts.models import Session
from joinedup.foundations.agencies.models import Agency, AgencyExit, Post, Team
from joinedup.foundations.agencies.operations import CannotAppoint, appoint
from joinedup.foundations.agencies.operations.leaving import CannotLeave
from joinedup.foundations.core.dates import start_of
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import AgencySight, Involvement, SharingAgreement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreements import (
    CannotDraft,
    draft_agreement,
    set_parties,
)
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.leaving import foretell_exit, tell_who_lost
from joinedup.identity.sharing.queries.agreements import agreement as shown
from joinedup.identity.sharing.queries.public import in_force
from joinedup.single_view.operations.leaving import let_leave, let_stay
from joinedup.single_view.queries.leaving import to_settle
from tests import audit_lines
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY, Parties, parties, signed

pytestmark = pytest.mark.django_db
LEAVES = TODAY + 20 * DAY
SECOND = datetime.timedelta(seconds=1)


class Leaving:
    """An agreement by which the police tell housing, and who lets the police leave."""

    def __init__(self) -> None:
        self.by: Parties = parties()
        self.agreement: SharingAgreement = signed(self.by)
        self.police = Agency.objects.get(pk="police")
        self.keeper = walled.viewer("hub", "partnership_administrator")
        walled.viewer("housing", "housing_officer")
        derive.agencies(None, at=AT)

    def leave(self, **more: Any) -> AgencyExit:
        said: dict[str, Any] = {
            "by": self.keeper, "agency": self.police, "leaves_on": LEAVES, "at": AT,
            "because": "The force is redrawn", "data_becomes": "Given back and erased here", **more,
        }  # fmt: skip
        return let_leave(**said)

    def stay(self, **more: Any) -> AgencyExit:
        said: dict[str, Any] = {
            "by": self.keeper, "agency": self.police, "because": "It is not", "at": AT, **more,
        }  # fmt: skip
        return let_stay(**said)


@pytest.fixture
def world() -> Leaving:
    return Leaving()


def opens(at: datetime.datetime) -> bool:
    """Whether housing sees an address of the police by the agreement at that moment."""
    with acting(walled.SYSTEM):
        rows = AgencySight.objects.filter(
            recipient="housing", holder="police", purpose=Purpose.ANTISOCIAL_BEHAVIOUR,
            starts_at__lte=at, ends_at__gt=at,
        )  # fmt: skip
        return any(row.headline & Category.ADDRESS.bit for row in rows)


def incidents(at: datetime.datetime = AT) -> int:
    return len(derive.everything(at=at))


@pytest.mark.parametrize(
    "day", [LEAVES, datetime.date(2027, 3, 28), datetime.date(2027, 3, 29)], ids=str
)
def test_what_it_gives_shuts_as_the_day_begins(world: Leaving, day: datetime.date) -> None:
    """P15, P7: at midnight in London, nights on which clocks change among them, with nothing having to run."""
    midnight = start_of(day)
    assert opens(midnight)
    world.leave(leaves_on=day)
    assert opens(AT)
    assert opens(midnight - SECOND)
    assert not opens(midnight)
    assert not opens(midnight + 100 * DAY)
    assert incidents() == 0, "the nightly comparison reckons as the exit did"


def test_what_it_gets_shuts_as_well(world: Leaving) -> None:
    world.leave(agency=Agency.objects.get(pk="housing"))
    assert not opens(start_of(LEAVES))
    assert incidents() == 0


def test_taken_back_it_gives_again(world: Leaving) -> None:
    world.leave()
    found = world.stay()
    assert opens(start_of(LEAVES))
    assert incidents() == 0
    assert (found.taken_back_because, found.leaves_on) == ("It is not", LEAVES), "what was stays"
    world.leave(leaves_on=LEAVES + DAY)
    assert AgencyExit.objects.count() == 2


def test_what_rests_on_no_agreement_stays(world: Leaving) -> None:
    """P7: a live warning needs no agreement, and is seen while the record is here."""

    def warned(at: datetime.datetime) -> set[str]:
        with acting(walled.SYSTEM):
            rows = AgencySight.objects.filter(holder="police", starts_at__lte=at, ends_at__gt=at)
            return {row.purpose for row in rows if row.headline & Category.LIVE_WARNING.bit}

    before = warned(start_of(LEAVES))
    assert before
    world.leave()
    assert warned(start_of(LEAVES)) == before


def test_its_posts_end_with_the_day_and_none_is_held_longer(world: Leaving) -> None:
    officer = walled.post("police", "police_liaison")
    coming = walled.post("police", "police_liaison", starts_on=LEAVES + 5 * DAY)
    short = walled.post("police", "practitioner", ends_on=LEAVES - DAY)
    elsewhere = walled.post("housing", "housing_officer")
    world.leave()
    for post in (officer, coming, short, elsewhere):
        post.refresh_from_db()
    assert (officer.ends_on, short.ends_on, elsewhere.ends_on) == (LEAVES, LEAVES - DAY, None)
    assert coming.ends_on == coming.starts_on, "it is never held"
    team = Team.objects.filter(agency="police").earliest("pk")
    new = {"by": world.keeper, "email": "n@example.org", "name": "New", "role": "practitioner"}
    with pytest.raises(CannotAppoint, match="leaves the partnership on 12 December 2026"):
        appoint(**new, team=team, starts_on=TODAY, at=AT)  # type: ignore[arg-type]
    appoint(**new, team=team, starts_on=TODAY, ends_on=LEAVES, at=AT)  # type: ignore[arg-type]


def test_leaving_today_cuts_what_is_signed_in(world: Leaving) -> None:
    officer = walled.post("police", "police_liaison")
    Session.objects.create(
        session_key="k" * 32, user=officer.user, post_id=officer.pk, expire_date=AT + DAY
    )
    world.leave(leaves_on=TODAY)
    assert not Session.objects.filter(post_id=officer.pk).exists()


def test_it_is_in_nobody_s_life_from_that_day_on(world: Leaving) -> None:
    person = walled.person("police")
    officer = walled.viewer("police", "police_liaison")
    begin_involvement(by=officer, person_id=person, because="a burglary", at=AT)
    world.leave()
    with acting(walled.SYSTEM):
        assert Involvement.objects.get().ends_at == start_of(LEAVES)
    [line] = audit_lines.lines(act="ended an involvement")
    assert (line.person_id, line.post_id) == (person, world.keeper.post_id)
    assert incidents() == 0


def test_whoever_governs_and_signs_is_told_and_the_agreement_says_so(world: Leaving) -> None:
    world.leave()
    told = set(Notice.objects.filter(kind="agency_leaves").values_list("post_id", flat=True))
    assert told == {world.by.lead.post_id, world.by.guardian.post_id, world.by.police.post_id}
    page = shown(world.by.lead, world.agreement.pk, at=AT)
    assert page.leaving == (("Police", LEAVES),)
    [public] = in_force(start_of(LEAVES) - SECOND)
    assert public.lines
    [after] = in_force(start_of(LEAVES))
    assert (after.parties, after.lines) == (("Housing",), ())


def test_whoever_sees_less_is_told_on_the_day_and_once(world: Leaving) -> None:
    """P7, P15: as when an agreement lapses; a day on which nothing ran is made up for."""
    officer = walled.viewer("housing", "housing_officer")
    walled.person("police", address="1 High Street", postcode="ZZ1 1AA")
    world.leave()

    def told(days: int) -> int:
        day = LEAVES + days * DAY
        return tell_who_lost(day=day, at=start_of(day))

    assert told(-1) == 0
    assert told(2) >= 1
    lost = Notice.objects.filter(kind="sight_lost").values_list("post_id", flat=True)
    assert officer.post_id in lost
    assert (told(2), told(3), told(30)) == (0, 0, 0)
    assert not opens(start_of(LEAVES)), "the comparison was taken back"
    assert incidents() == 0


def test_it_is_foretold_and_nothing_of_it_stays(world: Leaving) -> None:
    """P7: who would lose what, made and taken back; small numbers are told to nobody who holds no cases."""
    walled.person("police", address="1 High Street", postcode="ZZ1 1AA")
    foretold = foretell_exit(by=world.keeper, agency=world.police, leaves_on=LEAVES, at=AT)
    assert {(e.recipient, e.holder, e.lost) for e in foretold.effects} == {
        ("Housing", "Police", True)
    }
    assert foretold.counts_rounded
    assert foretold.when == start_of(LEAVES)
    assert opens(start_of(LEAVES))
    assert not AgencyExit.objects.exists()
    with pytest.raises(NotPermitted):
        foretell_exit(by=world.by.police, agency=world.police, leaves_on=LEAVES, at=AT)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"leaves_on": TODAY - DAY}, "today at the earliest"),
        ({"because": " "}, "Say why it leaves"),
        ({"data_becomes": ""}, "what becomes of its data"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    world: Leaving, wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(CannotLeave, match=says):
        world.leave(**wrong)
    assert not AgencyExit.objects.exists()
    assert opens(start_of(LEAVES))


def test_nobody_lets_their_own_agency_leave_nor_twice(world: Leaving) -> None:
    with pytest.raises(CannotLeave, match="Your own post would end"):
        world.leave(agency=Agency.objects.get(pk="hub"))
    world.leave()
    with pytest.raises(CannotLeave, match="leaving already"):
        world.leave()
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyExit.objects.create(
            agency=world.police, leaves_on=LEAVES, because="x", data_becomes="y",
            decided_by_id=world.keeper.post_id, decided_at=AT,
        )  # fmt: skip
    world.stay()
    with pytest.raises(CannotLeave, match="is not leaving"):
        world.stay()
    with pytest.raises(CannotLeave, match="Say why it stays"):
        world.stay(because="")


def test_it_takes_who_keeps_posts(world: Leaving) -> None:
    for other in (world.by.lead, world.by.police, Viewer.system("a test")):
        with pytest.raises((NotPermitted, CannotLeave)):
            world.leave(by=other)
    assert not AgencyExit.objects.exists()


def test_what_is_to_be_settled_is_counted(world: Leaving) -> None:
    walled.post("police", "police_liaison")
    Post.objects.create(
        user=walled.post("police").user, team=Team.objects.filter(agency="housing").earliest("pk"),
        role="practitioner", starts_on=TODAY - DAY, home_agency=world.police,
    )  # fmt: skip
    walled.person("police")
    found = to_settle(world.keeper, world.police, at=AT, day=LEAVES)
    assert (len(found.posts), len(found.seconded), found.records) == (3, 1, 1)
    assert [each.pk for each in found.agreements] == [world.agreement.pk]
    world.leave()
    after = to_settle(world.keeper, world.police, at=AT, day=LEAVES)
    assert (after.posts, len(after.seconded)) == ((), 1)
    with pytest.raises(NotPermitted):
        to_settle(world.by.police, world.police, at=AT, day=LEAVES)


def test_a_crash_leaves_neither_exit_nor_shut_doors(
    world: Leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fact and visibility stand or fall together."""
    from joinedup.single_view.operations import leaving

    def crash(**_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(leaving, "tell", crash)
    with pytest.raises(RuntimeError):
        world.leave()
    assert not AgencyExit.objects.exists()
    assert opens(start_of(LEAVES))
    assert incidents() == 0


def test_no_new_agreement_names_who_has_left(world: Leaving) -> None:
    def draft(at: datetime.datetime) -> SharingAgreement:
        return draft_agreement(
            by=world.by.lead, reference=f"ISA-{at:%d}", title="Again", at=at,
            parties=("housing", "police"),
        )  # fmt: skip

    world.leave()
    drafted = draft(AT)
    with pytest.raises(CannotDraft, match="Take out Police"):
        draft(start_of(LEAVES))
    walled.agency("fire", "fire")
    kept = set_parties(
        by=world.by.lead, agreement_id=drafted.pk, parties=("housing", "fire", "police"), edited=0,
        at=start_of(LEAVES),
    )  # fmt: skip
    assert kept.edited == 1, "one that stood in it already is taken out by whoever writes it"
