"""The front door says whom a referral is about, what follows from it, and how it is taken back."""

import datetime
import uuid

import pytest

from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.identity.sharing.models import Involvement, MatterPerson, Restriction
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, Closing, PlanAction
from joinedup.support.cases.operations import open_case
from joinedup.support.contacts.choices import Channel, Need
from joinedup.support.contacts.operations import ProfileSaid, set_needs, set_profile
from joinedup.support.contacts.queries import reach_of
from joinedup.support.frontdoor.choices import MatchAnswer, OutcomeKind, ReferralState
from joinedup.support.frontdoor.models import (
    CaseOpened,
    Evidence,
    Match,
    Progress,
    Referral,
    Settling,
    Triage,
)
from joinedup.support.frontdoor.operations.offers import offer_route
from joinedup.support.frontdoor.operations.outcomes import accept_referral, close_referral
from joinedup.support.frontdoor.operations.settling import CannotSettle, Settled, settle, take_back
from joinedup.support.frontdoor.operations.triaging import triage_referral
from joinedup.support.handovers.queries.seen import duty_of, open_handover
from tests import audit_lines
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT, Door

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(hours=3)
EVEN_LATER = LATER + datetime.timedelta(hours=3)


@pytest.fixture
def door() -> Door:
    made = referred.door()
    referred.thresholds()
    referred.let_front_door_see("hospital", Category.HEALTH, made.worker)
    return made


def said(
    door: Door, made: Referral, who: uuid.UUID | None, seen: int = 0, **more: object
) -> Settled:
    by = more.pop("by", door.worker)
    at = more.pop("at", LATER)
    return settle(by=by, matter_id=made.pk, place=1, person_id=who, seen=seen, at=at)  # type: ignore[arg-type]


def match(made: Referral) -> Match:
    with acting(walled.SYSTEM):
        return Match.objects.get(matter=made.pk)


def heard(sender: Viewer, made: Referral) -> tuple[str, list[str]]:
    """All that the sender reads of it."""
    with acting(sender):
        rows = Progress.objects.filter(matter=made.pk).order_by("at", "pk")
        return Referral.objects.get(pk=made.pk).reason_told, [each.words for each in rows]


def about(made: Referral) -> set[uuid.UUID]:
    with acting(walled.SYSTEM):
        return set(MatterPerson.objects.filter(matter=made.pk).values_list("person", flat=True))


def newest(made: Referral) -> Triage:
    with acting(walled.SYSTEM):
        found = Triage.objects.filter(matter=made.pk).order_by("at", "pk").last()
    assert found is not None
    return found


def test_what_would_have_followed_had_the_spine_been_sure_follows(door: Door) -> None:
    """P17: counts are read and triage is run again; nothing of it reaches the sender."""
    known = walled.person("care", "hospital")
    referred.attended(known, 4)
    made = referred.referral(door.sender, communication={Need.BSL: ""})
    before = heard(door.sender, made)
    settled = said(door, made, known)
    row = match(made)
    assert (row.answer, row.person_id, row.by_post_id, row.at) == (
        MatchAnswer.OURS, known, door.worker.post_id, LATER,
    )  # fmt: skip
    assert about(made) == {known}
    assert not settled.went_to_lead
    with acting(walled.SYSTEM):
        assert Involvement.objects.filter(person=known, ends_at__gt=LATER).count() == 1
        assert Evidence.objects.get(triage=newest(made)).contacts == 4
    assert [each.kind for each in reach_of(door.worker, made.pk).needs] == [Need.BSL]
    assert heard(door.sender, made) == before
    with acting(door.sender):
        assert not Settling.objects.exists()
        assert not MatterPerson.objects.exists()
    (line,) = audit_lines.lines(act="settled whom a referral is about")
    assert (line.post_id, line.person_id) == (door.worker.post_id, known)


def test_two_worlds_whoever_is_chosen_the_sender_reads_the_same(door: Door) -> None:
    """P17: somebody whom agencies hold much about, somebody quiet, and nobody at all."""
    known, quiet = walled.person("care", "hospital"), walled.person("care")
    referred.attended(known, 7)
    told = set()
    for who in (known, quiet, None):
        made = referred.referral(door.sender)
        said(door, made, who)
        reason, words = heard(door.sender, made)
        told.add((reason, *words))
    assert len(told) == 1


def test_the_second_of_two_is_told_and_changes_nothing(door: Door) -> None:
    one, other = walled.person("care"), walled.person("care")
    made = referred.referral(door.sender)
    first = said(door, made, one)
    for who in (other, None):
        with pytest.raises(CannotSettle, match="Nothing was changed by you"):
            said(door, made, who, by=door.manager)
    with pytest.raises(CannotSettle, match="Take that back first"):
        said(door, made, other, seen=first.settling.pk)
    assert about(made) == {one}


def test_nobody_known_here_is_an_answer_and_somebody_may_be_found_after_all(door: Door) -> None:
    made = referred.referral(door.sender)
    none = said(door, made, None).settling
    assert (match(made).answer, match(made).by_post_id) == ("not_found", door.worker.post_id)
    with pytest.raises(CannotSettle, match="settled already"):
        said(door, made, None, seen=none.pk)
    known = walled.person("care")
    said(door, made, known, seen=none.pk, at=EVEN_LATER)
    assert about(made) == {known}
    with acting(door.worker):
        none.refresh_from_db()
        assert none.taken_back_because == "Somebody was found after all."


def test_nobody_is_chosen_whom_the_worker_may_not_see(door: Door) -> None:
    """P3: neither somebody of whom nothing is shared, nor somebody this very post is kept from."""
    hidden, barred = walled.person("charity"), walled.person("care")
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=barred, kind=RestrictionKind.BARRED_POST, barred_id=door.worker.post_id,
            because="A neighbour", set_by_id=door.manager.post_id, holder_id="care", starts_at=AT,
        )  # fmt: skip
    made = referred.referral(door.sender)
    for who in (hidden, barred, uuid.uuid4()):
        with pytest.raises(CannotSettle, match="nobody here whom you could choose"):
            said(door, made, who)
    assert about(made) == set()


@pytest.mark.parametrize("who", ["sender", "taker"])
def test_only_the_front_door_that_has_it_settles(door: Door, who: str) -> None:
    made = referred.referral(door.sender)
    with pytest.raises((CannotSettle, NotPermitted)):
        said(door, made, walled.person("police", "charity"), by=getattr(door, who))


def test_whoever_may_not_work_with_the_person_answers_for_it_no_more(door: Door) -> None:
    """P33: somebody answers at every instant, and nobody who is kept from the person."""
    known = walled.person("care")
    made = referred.referral(door.sender)
    with acting(walled.SYSTEM):
        duty = duty_of(walled.SYSTEM, made.pk)
        assert duty is not None
        Restriction.objects.create(
            person_id=known, kind=RestrictionKind.BARRED_POST, barred_id=duty.post_id,
            because="A neighbour", set_by_id=door.manager.post_id, holder_id="care", starts_at=AT,
        )  # fmt: skip
    settles = door.manager if duty.post_id == door.worker.post_id else door.worker
    said(door, made, known, by=settles)
    with acting(walled.SYSTEM):
        now = duty_of(walled.SYSTEM, made.pk)
    assert now is not None
    assert now.post_id == settles.post_id


def test_a_case_that_is_open_goes_to_its_lead_and_a_wrong_one_comes_back(door: Door) -> None:
    """P21; and whoever leads the case of somebody else reads the referral no longer."""
    known = walled.person("care")
    lead = walled.viewer("care", "social_worker", team="Adults")
    assert lead.post_id is not None
    open_case(
        by=lead,
        person_ids=[known],
        programme=Programme.SOCIAL_CARE,
        lead_post_id=lead.post_id,
        at=AT,
    )
    made = referred.referral(door.sender)
    settled = said(door, made, known)
    assert settled.went_to_lead
    with acting(walled.SYSTEM):
        waiting = open_handover(walled.SYSTEM, made.pk)
        assert waiting is not None
        assert waiting.to_post_id == lead.post_id
    with acting(lead):
        assert Referral.objects.filter(pk=made.pk).exists()
    take_back(
        by=door.worker, matter_id=made.pk, place=1, reason="He rang: another man.",
        seen=settled.settling.pk, at=EVEN_LATER,
    )  # fmt: skip
    with acting(walled.SYSTEM):
        assert open_handover(walled.SYSTEM, made.pk) is None
        assert Referral.objects.get(pk=made.pk).state == ReferralState.WITH_FRONT_DOOR
    with acting(lead):
        assert not Referral.objects.filter(pk=made.pk).exists()


def test_a_referral_that_was_accepted_before_gets_its_case_then(door: Door) -> None:
    way = referred.route("wellbeing", door.taker)
    known = walled.person("care")
    made = referred.referral(door.sender)
    offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    accept_referral(by=door.taker, matter_id=made.pk, at=AT)
    with acting(walled.SYSTEM):
        assert not Case.objects.exists()
    assert said(door, made, known).opened_case
    with acting(walled.SYSTEM):
        assert Case.objects.get().agency_id == "charity"


def test_a_case_that_was_opened_about_somebody_else_is_closed_with_what_led_to_it(
    door: Door,
) -> None:
    """Nobody has to think of it: the case closes, its lead is told, and the right person gets theirs."""
    way = referred.route("wellbeing", door.taker)
    wrong, right = walled.person("care", "charity"), walled.person("care")
    made = referred.referral(door.sender, of=wrong)
    offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    accept_referral(by=door.taker, matter_id=made.pk, at=AT)
    before = heard(door.sender, made)
    with acting(door.taker):
        case = Case.objects.get()
    with acting(walled.SYSTEM):
        action = PlanAction.objects.create(
            case_id=case.pk, words="Ring the debt adviser", owner="practitioner",
            owner_post_id=door.taker.post_id, recorded_at=AT,
        )  # fmt: skip
    told = take_back(
        by=door.worker, matter_id=made.pk, place=1, reason="His cousin.", seen=0, at=LATER
    )
    assert told.closed_case
    with acting(door.taker):
        closed, why = Case.objects.get(), Closing.objects.get()
        assert PlanAction.objects.get(pk=action.pk).state == "dropped"
    assert (closed.closed_at, why.reason) == (LATER, "opened_in_error")
    with acting(walled.SYSTEM):
        live = Involvement.objects.filter(person=wrong, ends_at__isnull=True)
        assert not live.filter(agency="charity").exists()
        assert Notice.objects.filter(
            post=door.taker.post_id, kind="referral_of_somebody_else"
        ).exists()
    settled = said(door, made, right, seen=told.settling.pk, at=EVEN_LATER)
    assert settled.opened_case
    with acting(walled.SYSTEM):
        opened = Case.objects.get(closed_at__isnull=True)
        assert [p.person_id for p in MatterPerson.objects.filter(matter=opened.pk)] == [right]
    assert heard(door.sender, made) == before
    with acting(door.taker):
        assert not CaseOpened.objects.exists(), "for the front door alone"


def test_a_case_about_others_too_goes_on_about_them(door: Door) -> None:
    way = referred.route("wellbeing", door.taker)
    wrong, other = walled.person("care", "charity"), walled.person("care")
    made = referred.referral(door.sender, of=wrong)
    with acting(walled.SYSTEM):
        MatterPerson.objects.create(matter_id=made.pk, person_id=other, since=AT)
    offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    accept_referral(by=door.taker, matter_id=made.pk, at=AT)
    with acting(walled.SYSTEM):
        case = Case.objects.get()
        MatterPerson.objects.get_or_create(
            matter_id=case.pk, person_id=other, defaults={"since": AT}
        )
    told = take_back(
        by=door.worker, matter_id=made.pk, place=1, reason="His cousin.", seen=0, at=LATER
    )
    assert not told.closed_case
    with acting(walled.SYSTEM):
        assert Case.objects.get().closed_at is None
        assert [p.person_id for p in MatterPerson.objects.filter(matter=case.pk)] == [other]


def test_what_is_wrong_is_taken_back_and_nothing_is_lost(door: Door) -> None:
    """Involvement ends, what was kept of that person holds again, and both lines stay on record."""
    wrong, right = walled.person("care", "hospital"), walled.person("care")
    referred.attended(wrong, 4)
    other = referred.referral(door.sender)
    said(door, other, wrong, at=AT)
    set_profile(by=door.worker, matter_id=other.pk, said=ProfileSaid([Channel.LETTER]), at=AT)
    set_needs(by=door.worker, matter_id=other.pk, needs={Need.NONE: ""}, at=AT)
    made = referred.referral(
        door.sender, communication={Need.BSL: ""}, unsafe_ways=(Channel.VOICEMAIL,)
    )
    settled = said(door, made, wrong)
    held = reach_of(door.worker, other.pk)
    assert held.why_not(Channel.VOICEMAIL, LATER)
    assert held.why_not(Channel.LETTER, LATER), "what stood is never loosened by what arrives"
    with pytest.raises(CannotSettle, match="how it came out"):
        take_back(
            by=door.worker,
            matter_id=made.pk,
            place=1,
            reason=" ",
            seen=settled.settling.pk,
            at=LATER,
        )
    for by, seen, refused in (
        (door.manager, settled.settling.pk, False), (door.worker, settled.settling.pk, True),
    ):  # fmt: skip
        again = {"by": by, "matter_id": made.pk, "place": 1, "reason": "Another man.", "seen": seen}
        if refused:
            with pytest.raises(CannotSettle, match="Nothing is settled"):
                take_back(**again, at=EVEN_LATER)  # type: ignore[arg-type]
        else:
            take_back(**again, at=EVEN_LATER)  # type: ignore[arg-type]
    assert about(made) == set()
    assert match(made).answer == MatchAnswer.MAYBE
    theirs, here = reach_of(door.worker, other.pk), reach_of(door.worker, made.pk)
    assert not theirs.why_not(Channel.VOICEMAIL, EVEN_LATER)
    assert theirs.why_not(Channel.LETTER, EVEN_LATER)
    assert [each.kind for each in theirs.needs] == [Need.NONE]
    assert here.why_not(Channel.VOICEMAIL, EVEN_LATER)
    assert not here.why_not(Channel.LETTER, EVEN_LATER)
    assert [each.kind for each in here.needs] == [Need.BSL]
    with acting(walled.SYSTEM):
        assert not Evidence.objects.filter(triage=newest(made)).exists()
        live = Involvement.objects.filter(person=wrong, ends_at__gt=EVEN_LATER)
        assert live.count() == 1, "the other referral goes on"
    close_referral(
        by=door.worker,
        matter_id=other.pk,
        outcome=OutcomeKind.NOT_NEEDED,
        words="Done.",
        at=EVEN_LATER,
    )
    with acting(walled.SYSTEM):
        assert not live.exists()
    said(door, made, right, seen=settled.settling.pk, at=EVEN_LATER)
    assert about(made) == {right}
    with acting(door.worker):
        rows = list(Settling.objects.filter(matter=made.pk).order_by("pk"))
    assert [(row.person_id, row.taken_back_because) for row in rows] == [
        (wrong, "Another man."), (right, ""),
    ]  # fmt: skip


def test_the_spine_s_own_word_can_be_taken_back_as_well(door: Door) -> None:
    known = walled.person("care")
    made = referred.referral(door.sender, of=known)
    take_back(
        by=door.worker, matter_id=made.pk, place=1, reason="Her mother.", seen=0, at=LATER
    )  # fmt: skip
    with acting(door.worker):
        row = Settling.objects.get()
    assert (row.person_id, row.by_post_id, row.taken_back_by_id) == (
        known, None, door.worker.post_id,
    )  # fmt: skip
    assert match(made).person_id is None


def test_a_merge_and_a_split_in_the_spine_are_followed(door: Door) -> None:
    """Rooms keep the identifier they were given; what is read goes by whom it stands for today."""
    one, other = walled.person("care", "hospital"), walled.person("care", "hospital")
    referred.attended(other, 5)
    made = referred.referral(door.sender)
    said(door, made, one)
    assert not newest(made).is_eligible

    def contacts_counted() -> list[int]:
        triage_referral(by=door.worker, matter_id=made.pk, at=EVEN_LATER)
        with acting(walled.SYSTEM):
            rows = Evidence.objects.filter(matter=made.pk, triage__at=EVEN_LATER).order_by("-pk")
            return list(rows.values_list("contacts", flat=True)[:1])

    def merge(into: uuid.UUID | None) -> None:
        with acting(walled.SYSTEM):
            Person.objects.filter(pk=one).update(merged_into_id=into)

    assert contacts_counted() == []
    merge(other)
    assert contacts_counted() == [5]
    second = referred.referral(door.sender)
    said(door, second, one)
    assert about(second) == {other}, "chosen by an identifier of before, kept by today's"
    merge(None)
    with acting(walled.SYSTEM):
        Triage.objects.filter(matter=made.pk).delete()
    assert contacts_counted() == []
