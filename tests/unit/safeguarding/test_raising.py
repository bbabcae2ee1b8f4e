"""Somebody in danger is sent and rings, whatever is missing, unknown or broken (P19)."""

import datetime
import uuid

import pytest
from django.db import DatabaseError

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Message, Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel, RestrictionKind
from joinedup.identity.sharing.models import Matter, MatterPerson, Restriction
from joinedup.identity.sharing.operations.matters import give_part, of_post, open_matter
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.models import Duty
from joinedup.support.safeguarding.choices import Audience, Basis, Door, StepOfRinging, Trigger
from joinedup.support.safeguarding.models import DoorLine, Exit, Ring
from joinedup.support.safeguarding.operations import add_words, raise_exit, ring_on
from joinedup.support.safeguarding.operations import ringing as ringing_operations
from joinedup.support.safeguarding.queries.exits import exits_from, exits_of, one_exit
from tests.audit_lines import lines
from tests.sharing import walled
from tests.unit.safeguarding.ringing import AT, Standing, later, standing

pytestmark = pytest.mark.django_db
PUBLIC = Viewer.system("receiving what the public says")
WORDS = "He has locked her in and will not answer"


@pytest.fixture
def who() -> Standing:
    return standing()


def raised(by: Viewer, **more: object) -> Exit:
    said = {"door": Door.SAFEGUARDING, "audience": Audience.ADULT, "words": WORDS, "at": AT}
    return raise_exit(by=by, **{**said, **more})  # type: ignore[arg-type]


def rung(exit_: Exit, number: int) -> set[uuid.UUID | None]:
    with acting(walled.SYSTEM):
        return set(Ring.objects.filter(exit=exit_, number=number).values_list("post", flat=True))


def rounds(exit_: Exit) -> list[str]:
    with acting(walled.SYSTEM):
        found = Ring.objects.filter(exit=exit_).order_by("number").values_list("number", "step")
        return [step for _, step in sorted(set(found))]


def told(viewer: Viewer, kind: NoticeKind = NoticeKind.EXIT_RINGS) -> int:
    return Notice.objects.filter(post=viewer.post_id, kind=kind).count()


def test_it_rings_the_team_of_its_door_at_once_and_by_e_mail(who: Standing) -> None:
    made = raised(who.housing)
    assert rung(made, 1) == {who.lead.post_id}
    notice = Notice.objects.get(post=who.lead.post_id, kind=NoticeKind.EXIT_RINGS)
    with acting(walled.SYSTEM):
        assert notice.link == f"/exits/{made.pk}/"
    assert Message.objects.filter(notices=notice, due_at=AT).exists()
    assert told(who.children) == told(who.deputy) == 0
    with acting(who.lead):
        assert part_of(who.lead, made.pk) is PartLevel.WORK
    with acting(walled.SYSTEM):
        assert Duty.objects.current().get(matter=made.pk).post_id == who.lead.post_id


def test_a_child_s_door_is_another_and_where_nobody_said_both_ring(who: Standing) -> None:
    assert rung(raised(who.housing, audience=Audience.CHILD), 1) == {who.children.post_id}
    both = raised(who.housing, audience=None)
    assert rung(both, 1) == {who.lead.post_id, who.children.post_id}


def test_it_needs_no_consent_and_says_what_it_rests_on_instead(who: Standing) -> None:
    """P19, P24: nobody of this borough has agreed to anything."""
    person = walled.person("housing")
    made = raised(who.housing, person_ids=[person])
    with acting(walled.SYSTEM):
        record = made.records.get()
        assert (record.basis, record.knows) == (Basis.SAFEGUARD_ADULT, "not_said")
        assert MatterPerson.objects.get(matter=made.pk).person_id == person


def test_it_needs_no_agreement_between_the_agencies(who: Standing) -> None:
    """P19: housing and care share nothing whatever, and care reads what housing typed."""
    made = raised(who.housing, about={"name": "Ada Ashe"})
    shown = one_exit(who.lead, made.pk, at=AT)
    assert (shown.words, shown.about, shown.works) == (WORDS, {"name": "Ada Ashe"}, True)


def test_it_needs_no_finished_form(who: Standing) -> None:
    """P19: no words, no name, a person who is not there, a matter that is not there, a broken letter."""
    made = raised(
        who.housing,
        audience=None,
        words="",
        trigger="no such trigger",
        person_ids=[uuid.uuid4()],
        from_matter=uuid.uuid4(),
        about={"born": datetime.date(1950, 1, 1), "name": "\x00\ud800", "half": {"typed": [None]}},
    )
    with acting(walled.SYSTEM):
        made.refresh_from_db()
        assert (made.trigger, made.from_matter_id, made.words) == ("", None, "")
        assert made.about_typed == {"born": "1950-01-01", "name": "?", "half": {"typed": [None]}}
        assert not MatterPerson.objects.filter(matter=made.pk).exists()


def test_it_waits_for_no_mail_server(who: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    """P19: what tells of it breaks; the exit stands, and the next sweep rings."""

    def broken(**_: object) -> int:
        raise DatabaseError("the outbox is full")

    with monkeypatch.context() as patch:
        patch.setattr(ringing_operations, "tell", broken)
        made = raised(who.housing)
    with acting(walled.SYSTEM):
        assert Exit.objects.filter(pk=made.pk).exists()
    assert rounds(made) == []
    assert ring_on(at=AT) == 1
    assert rung(made, 1) == {who.lead.post_id}


def test_it_needs_no_line_and_no_team(who: Standing) -> None:
    """Where no line is set it rings everybody who answers, at once."""
    DoorLine.objects.all().delete()
    made = raised(who.housing)
    assert rounds(made) == [StepOfRinging.TEAM, StepOfRinging.DEPUTY, StepOfRinging.EVERYBODY]
    assert rung(made, 3) == {
        who.lead.post_id, who.deputy.post_id, who.children.post_id, who.manager.post_id,
    }  # fmt: skip


def test_where_nobody_at_all_answers_those_who_keep_posts_are_told(who: Standing) -> None:
    keeper = walled.viewer("care", "partnership_administrator")
    Post.objects.exclude(role__in=["housing_officer", "partnership_administrator"]).update(
        ends_on=AT.date()
    )
    made = raised(who.housing)
    assert rung(made, 3) == {None}
    assert told(keeper, NoticeKind.EXIT_RINGS_NOBODY) == 1
    assert ring_on(at=later(minutes=15)) == 0
    assert told(keeper, NoticeKind.EXIT_RINGS_NOBODY) == 2, "it goes on"


def test_the_public_raise_it_through_the_system(who: Standing) -> None:
    """P23: nobody is signed in, and nothing is kept of who they are beyond what they typed."""
    made = raised(PUBLIC, about={"typed by": "a neighbour"})
    assert made.raised_by_id is None
    assert rung(made, 1) == {who.lead.post_id}


@pytest.mark.parametrize("role", ["analyst", "link_reviewer", "question_writer", "referrer"])
def test_any_post_raises_it(who: Standing, role: str) -> None:
    assert rung(raised(walled.viewer("housing", role)), 1) == {who.lead.post_id}


def test_the_same_press_twice_is_one_exit_and_nothing_typed_is_lost(who: Standing) -> None:
    key = uuid.uuid4()
    first = raised(who.housing, submission_key=key)
    again = raised(who.housing, submission_key=str(key))
    more = raised(who.housing, submission_key=key, words="And now he shouts")
    assert first.pk == again.pk == more.pk
    assert told(who.lead) == 1
    with acting(walled.SYSTEM):
        assert Exit.objects.count() == 1
        assert [each.words for each in first.additions.all()] == ["And now he shouts"]
    other = raised(who.school, submission_key=key)
    assert other.pk != first.pk, "a key is the sender's own: nobody is handed another's exit"


def test_the_referral_goes_with_it(who: Standing) -> None:
    """P19: it sends the referral there, about whom the referral is."""
    person = walled.person("housing")
    referral = open_matter(by=who.housing, kind=MatterKind.REFERRAL, at=AT, about=[person])
    give_part(
        by=walled.SYSTEM, matter_id=referral.pk, recipient=of_post(who.manager.post_id or referral.pk),
        level=PartLevel.WORK, because="works at it", at=AT,
    )  # fmt: skip
    made = raised(who.manager, from_matter=referral.pk)
    with acting(who.lead):
        assert part_of(who.lead, referral.pk) is PartLevel.WORK
        assert MatterPerson.objects.get(matter=made.pk).person_id == person
    assert [state.pk for state in exits_from(who.manager, referral.pk)] == [made.pk]
    assert exits_from(who.housing, referral.pk) == []


def test_a_matter_that_is_none_of_the_sender_s_is_not_sent_along(who: Standing) -> None:
    """Or an exit would be a way to read, and to give away, what one has no part in."""
    referral = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT)
    raised(who.housing, from_matter=referral.pk)
    with acting(who.lead):
        assert not Matter.objects.filter(pk=referral.pk).exists()


def test_unacknowledged_it_rings_the_deputy_and_then_everybody_and_goes_on(who: Standing) -> None:
    """P19."""
    made = raised(who.housing)
    assert ring_on(at=later(minutes=14)) == 0
    assert ring_on(at=later(minutes=15)) == 1
    assert rung(made, 2) == {who.deputy.post_id}
    assert ring_on(at=later(minutes=15)) == 0, "a sweep that runs twice rings once"
    assert ring_on(at=later(minutes=30)) == 1
    everybody = {
        who.lead.post_id, who.deputy.post_id, who.children.post_id, who.manager.post_id,
    }  # fmt: skip
    assert rung(made, 3) == everybody
    for quarters in range(3, 8):
        assert ring_on(at=later(minutes=15 * quarters)) == 1
    assert rung(made, 8) == everybody


def test_after_a_long_standstill_it_rings_the_next_round_at_once(who: Standing) -> None:
    made = raised(who.housing)
    assert ring_on(at=later(days=2)) == 1
    assert rung(made, 2) == {who.deputy.post_id}


def test_at_night_another_line_rings(who: Standing) -> None:
    night = DoorLine.objects.filter(hours="out_of_hours", audience="adult")
    night.update(team=who.deputy.team_id, deputy_team=who.lead.team_id)
    assert rung(raised(who.housing, at=later(hours=12)), 1) == {who.deputy.post_id}


def test_who_is_kept_from_the_person_is_not_rung(who: Standing) -> None:
    person = walled.person("housing")
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=person, kind=RestrictionKind.BARRED_POST, holder_id="care",
            barred_id=who.lead.post_id, because="a brother", starts_at=later(days=-1),
        )  # fmt: skip
    made = raised(who.housing, person_ids=[person])
    assert rung(made, 2) == {who.deputy.post_id}
    assert told(who.lead) == 0


def test_whoever_raised_it_reads_what_they_sent_and_not_what_is_written(who: Standing) -> None:
    made = raised(who.school, person_ids=[walled.person("care")])
    shown = one_exit(who.school, made.pk, at=AT)
    assert (shown.mine, shown.works, shown.words) == (True, False, WORDS)
    assert (shown.records, shown.persons) == ((), ())
    assert [state.pk for state in exits_of(who.school, rang=False)] == [made.pk]
    assert exits_of(who.school, rang=True) == []
    assert [state.pk for state in exits_of(who.lead, rang=True)] == [made.pk]
    with pytest.raises(Exit.DoesNotExist):
        one_exit(who.housing, made.pk, at=AT)


def test_more_is_said_by_those_it_concerns_and_by_nobody_else(who: Standing) -> None:
    made = raised(who.school)
    add_words(by=who.school, exit_id=made.pk, words="She has come back", at=later(minutes=5))
    add_words(by=who.school, exit_id=made.pk, words="She has come back", at=later(minutes=6))
    assert [said.words for said in one_exit(who.lead, made.pk, at=AT).additions] == [
        "She has come back"
    ]
    with pytest.raises(Exit.DoesNotExist):
        add_words(by=who.housing, exit_id=made.pk, words="I was not asked", at=AT)


def test_it_leaves_its_line_without_a_word_of_it(who: Standing) -> None:
    person = walled.person("housing")
    made = raised(who.housing, person_ids=[person], trigger=Trigger.ABUSE)
    [line] = lines(act="raised an exit")
    assert (line.person_id, line.subject_id) == (person, str(made.pk))
    assert WORDS not in str(line.detail)
