"""What is seen follows its facts: in their transaction, ahead of midnight, and for every identifier."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, connections

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import start_of
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, Level, Purpose, RestrictionKind
from joinedup.identity.sharing.models import (
    AgencySight,
    Consent,
    EmergencyAccess,
    Involvement,
    Restriction,
    SharingAgreement,
    Visibility,
)
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.involve import end_involvement
from joinedup.identity.sharing.operations.nightly import compare_with_facts
from joinedup.identity.sharing.rules.spans import ALWAYS, FOREVER
from tests.databases import PrivateDatabase
from tests.sharing import built

AT = datetime.datetime(2026, 10, 20, 9, 30, tzinfo=datetime.UTC)
DAY, SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)
SYSTEM = Viewer.system("a test")
HEALTH = Category.HEALTH
HOUSING_DATA = Category.HOUSING


@dataclass
class Place:
    """A housing officer and a social worker, a tenant, and an agreement for early help between the two."""

    housing: Agency
    care: Agency
    officer: Post
    worker: Post
    tenant: Person
    agreement: SharingAgreement

    @property
    def viewer(self) -> Viewer:
        return Viewer.of_post(self.worker, purpose=Purpose.EARLY_HELP.value)


def a_place(days: int | None = None) -> Place:
    housing = built.agency("housing", Kind.HOUSING)
    care = built.agency("care", Kind.SOCIAL_CARE)
    officer = built.post(housing, "housing_officer", AT)
    worker = built.post(care, "social_worker", AT)
    agreement = built.agreement(
        care, housing, gateway="early_help", purpose=Purpose.EARLY_HELP,
        categories=("housing", "contact"), at=AT, hand=officer, days=days,
    )  # fmt: skip
    tenant = built.person(AT)
    return Place(housing, care, officer, worker, tenant, agreement)


def all_asked_for(place: Place) -> None:
    """Consent and involvement, so that nothing but the agreement is in question."""
    built.said(place.tenant, Purpose.EARLY_HELP, place.worker, AT)
    built.involved(place.worker.team, place.tenant, AT)


def derived(place: Place, at: datetime.datetime = AT) -> None:
    derive.agencies(None, at=at)
    derive.people([place.tenant.pk], at=at)


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    with acting(SYSTEM):
        made = a_place()
        all_asked_for(made)
        derived(made)
        yield made


def level(
    place: Place,
    at: datetime.datetime = AT,
    *,
    category: Category = HOUSING_DATA,
    purpose: Purpose = Purpose.EARLY_HELP,
    person: Person | None = None,
    post: Post | None = None,
) -> Level:
    """What the rows let a post see of the tenant in housing's data, as the policies look it up."""
    post = post or place.worker
    names = [f"post:{post.pk}", f"team:{post.team_id}", f"agency:{post.team.agency_id}"]
    in_force = {"starts_at__lte": at, "ends_at__gt": at, "purpose": purpose.value}
    row = (
        Visibility.objects.filter(person=person or place.tenant, recipient__in=names,
                                  holder=place.housing, **in_force).order_by("-rank").first()
        or AgencySight.objects.filter(recipient=post.team.agency, holder=place.housing, **in_force).first()
    )  # fmt: skip
    masks = (row.headline, row.summary, row.detail) if row else (0, 0, 0)
    return Level(sum(bool(mask & category.bit) for mask in masks))


def test_an_agreement_opens_with_consent_and_involvement(place: Place) -> None:
    assert level(place) is Level.SUMMARY
    assert level(place, category=HEALTH) is Level.NOTHING


def test_an_agreement_shuts_at_midnight_in_london_and_nobody_need_wake(db: None) -> None:
    """P7: the day of the end is the first on which it opens nothing; in summer midnight is 23:00 UTC."""
    with acting(SYSTEM):
        made = a_place(days=4)  # the 24th: summer time still
        all_asked_for(made)
        derived(made)
        midnight = start_of(datetime.date(2026, 10, 24))
        assert midnight.astimezone(datetime.UTC).hour == 23
        assert level(made, midnight - SECOND) is Level.SUMMARY
        assert level(made, midnight) is Level.NOTHING


def test_midnight_is_london_s_on_either_side_of_the_end_of_summer_time(db: None) -> None:
    """The night of 25 October has 25 hours; its end is midnight UTC."""
    with acting(SYSTEM):
        made = a_place(days=6)
        all_asked_for(made)
        derived(made)
        midnight = datetime.datetime(2026, 10, 26, tzinfo=datetime.UTC)
        assert start_of(datetime.date(2026, 10, 26)) == midnight
        assert level(made, midnight - SECOND) is Level.SUMMARY
        assert level(made, midnight) is Level.NOTHING


def test_an_agreement_ends_at_the_end_of_a_month(db: None) -> None:
    with acting(SYSTEM):
        made = a_place(days=12)  # to 1 November
        all_asked_for(made)
        derived(made)
        assert level(made, datetime.datetime(2026, 10, 31, 23, 59, 59, tzinfo=datetime.UTC))
        assert not level(made, datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))


def test_an_agreement_opens_by_itself_on_its_first_day(db: None) -> None:
    with acting(SYSTEM):
        made = a_place()
        all_asked_for(made)
        made.agreement.starts_on = datetime.date(2026, 11, 3)
        made.agreement.save()
        derived(made)
        opens = start_of(datetime.date(2026, 11, 3))
        assert level(made) is Level.NOTHING
        assert level(made, opens - SECOND) is Level.NOTHING
        assert level(made, opens) is Level.SUMMARY


def test_an_agreement_past_its_review_date_opens_nothing(place: Place) -> None:
    """P7."""
    place.agreement.review_on = datetime.date(2026, 10, 21)
    place.agreement.save()
    derive.agencies([("care", "housing")], at=AT)
    assert level(place) is Level.SUMMARY
    assert level(place, AT + DAY) is Level.NOTHING


def test_an_agreement_that_one_party_has_not_signed_opens_nothing(place: Place) -> None:
    place.agreement.parties.filter(agency=place.housing).update(signed_at=None, signed_by=None)
    derive.agencies([("care", "housing")], at=AT)
    assert level(place) is Level.NOTHING


def test_a_suspended_agreement_shuts_at_once_and_only_what_it_carried(place: Place) -> None:
    """P7: the live warning rests on no agreement, and stays."""
    place.agreement.suspended_at, place.agreement.suspended_because = AT, "a breach"
    place.agreement.save()
    derive.agencies([("care", "housing")], at=AT)
    assert level(place) is Level.NOTHING
    assert level(place, category=Category.LIVE_WARNING) is Level.SUMMARY
    assert derive.everything(at=AT) == ()


def test_pseudonymised_flows_open_nothing(place: Place) -> None:
    place.agreement.flows.update(pseudonymised=True)
    derive.agencies([("care", "housing")], at=AT)
    assert level(place) is Level.NOTHING


def test_what_is_outside_the_data_items_of_a_flow_stays_shut(place: Place) -> None:
    """Fire safety is in the row, and not in the agreement."""
    assert level(place, category=Category.FIRE_SAFETY) is Level.NOTHING
    assert level(place, category=Category.CONTACT) is Level.SUMMARY


def test_consent_withdrawn_shuts_at_once(place: Place) -> None:
    Consent.objects.update(withdrawn_at=AT)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.NOTHING


def test_consent_that_runs_out_shuts_by_itself(place: Place) -> None:
    Consent.objects.update(expires_at=AT + DAY)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.SUMMARY
    assert level(place, AT + DAY) is Level.NOTHING


def test_a_no_to_one_agency_is_not_lifted_by_a_yes_to_all(place: Place) -> None:
    """The person said it of this agency; only a word about this agency takes it back."""
    said = {"hand": place.worker, "at": AT, "recipient": place.care}
    built.said(place.tenant, Purpose.EARLY_HELP, state="objected", said_at=AT - 2 * DAY, **said)
    built.said(place.tenant, Purpose.EARLY_HELP, place.worker, AT, said_at=AT - DAY)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.NOTHING
    built.said(place.tenant, Purpose.EARLY_HELP, said_at=AT - DAY / 2, **said)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.SUMMARY


def test_a_later_no_to_all_shuts_what_an_earlier_yes_to_one_opened(place: Place) -> None:
    built.said(
        place.tenant, Purpose.EARLY_HELP, place.worker, AT, said_at=AT - 2 * DAY, recipient=place.care
    )  # fmt: skip
    built.said(place.tenant, Purpose.EARLY_HELP, place.worker, AT, "objected", said_at=AT - DAY)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.NOTHING


def test_an_involvement_that_ends_shuts_what_rested_on_it(place: Place) -> None:
    Involvement.objects.update(ends_at=AT + DAY)
    derive.people([place.tenant.pk], at=AT)
    assert level(place, AT + DAY - SECOND) is Level.SUMMARY
    assert level(place, AT + DAY) is Level.NOTHING


def test_an_involvement_of_one_post_opens_nothing_to_its_team(place: Place) -> None:
    other = built.post(place.care, "social_worker", AT, place.worker.team)
    Involvement.objects.update(post=place.worker)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.SUMMARY
    assert level(place, post=other) is Level.NOTHING


def test_a_post_that_has_ended_enters_nowhere(place: Place) -> None:
    """Its rows stand, and nobody can look through them."""
    place.worker.ends_on = datetime.date(2026, 1, 2)
    place.worker.starts_on = datetime.date(2026, 1, 1)
    place.worker.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_enter(%s, 'early_help')", [place.worker.pk])
        assert cursor.fetchone() == (False,)


def test_what_a_holder_withholds_is_shut_until_it_is_lifted(place: Place) -> None:
    kept = Restriction.objects.create(
        person=place.tenant, kind=RestrictionKind.HOLDER_WITHHOLDS.value, holder=place.housing,
        categories=["housing"], because="a test", starts_at=AT,
    )  # fmt: skip
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.NOTHING
    assert level(place, category=Category.CONTACT) is Level.SUMMARY
    protecting = {"purpose": Purpose.SAFEGUARD_ADULT}
    assert level(place, **protecting) is Level.DETAIL, "the duty stands above it"
    kept.ends_at = AT + DAY
    kept.save()
    derive.people([place.tenant.pk], at=AT)
    assert level(place, AT + DAY) is Level.SUMMARY


def test_emergency_access_opens_to_one_post_for_its_hours(place: Place) -> None:
    other = built.post(place.care, "social_worker", AT, place.worker.team)
    EmergencyAccess.objects.create(
        person=place.tenant, post=place.worker, agency=place.care, reason="life_at_risk",
        words="a test", starts_at=AT, ends_at=AT + DAY / 6,
    )  # fmt: skip
    derive.people([place.tenant.pk], at=AT)
    asked = {"purpose": Purpose.VITAL_INTEREST}
    assert level(place, **asked) is Level.SUMMARY
    assert level(place, post=other, **asked) is Level.NOTHING
    assert level(place, AT + DAY / 6, **asked) is Level.NOTHING


def test_rows_are_written_only_where_they_differ(place: Place) -> None:
    """Of nobody in particular there is AgencySight; derived again, nothing changes."""
    stranger = built.person(AT)
    assert derive.people([stranger.pk], at=AT) == 0
    assert not Visibility.objects.filter(person=stranger).exists()
    assert derive.people([place.tenant.pk], at=AT + DAY) == 0
    assert derive.agencies(None, at=AT + DAY) == 0


def test_rows_that_are_over_are_taken_away_when_the_person_is_next_derived(place: Place) -> None:
    Involvement.objects.update(ends_at=AT + DAY)
    derive.people([place.tenant.pk], at=AT)
    later = AT + 2 * DAY
    assert derive.everything(at=later) == ()
    assert Visibility.objects.filter(ends_at__lt=later).exists()
    derive.people([place.tenant.pk], at=later)
    assert not Visibility.objects.filter(ends_at__lt=later).exists()


def test_a_merge_shows_both_under_both_names_and_a_split_parts_them(place: Place) -> None:
    """Rooms keep the identifier they were given: every row stands for each of them."""
    double = built.person(AT)
    assert level(place, person=double) is Level.NOTHING
    double.merged_into = place.tenant
    double.save()
    derive.people([double.pk], at=AT)
    assert level(place, person=double) is Level.SUMMARY
    assert derive.everything(at=AT) == ()
    double.merged_into = None
    double.save()
    derive.people([double.pk, place.tenant.pk], at=AT)
    assert level(place, person=double) is Level.NOTHING
    assert level(place) is Level.SUMMARY
    assert derive.everything(at=AT) == ()


def test_of_those_a_night_touched_only_whoever_something_is_known_of_is_derived(
    place: Place,
) -> None:
    double, stranger = built.person(AT, merged_into=place.tenant), built.person(AT)
    touched = f"SELECT id FROM people_person WHERE id IN ('{double.pk}', '{stranger.pk}')"
    assert derive.people_among(touched, at=AT) > 0
    assert level(place, person=double) is Level.SUMMARY
    assert derive.everything(at=AT) == ()


def test_a_fact_about_one_identifier_counts_for_the_person(place: Place) -> None:
    """Consent was recorded under the identifier that was merged away."""
    double = built.person(AT, merged_into=place.tenant)
    Consent.objects.update(person=double)
    derive.people([place.tenant.pk], at=AT)
    assert level(place) is Level.SUMMARY


def test_the_nightly_comparison_finds_a_row_that_was_planted(place: Place) -> None:
    """A difference is an incident: it is on record, and it is put right."""
    assert compare_with_facts(at=AT) == 0
    Visibility.objects.create(
        person=place.tenant, recipient="agency:care", rank=1, holder=place.housing,
        purpose=Purpose.OWN_WORK.value, detail=HEALTH.bit, starts_at=ALWAYS, ends_at=FOREVER,
    )  # fmt: skip
    (found,) = derive.everything(at=AT)
    assert not found.missing
    assert found.row.recipient == "agency:care"
    assert compare_with_facts(at=AT) == 1
    (line,) = Entry.objects.filter(act="found seen without a fact")
    assert line.person_id == place.tenant.pk
    assert compare_with_facts(at=AT) == 0


def test_the_nightly_comparison_finds_a_row_that_was_taken_away(place: Place) -> None:
    AgencySight.objects.filter(recipient="care", holder="housing", purpose="early_help").delete()
    Visibility.objects.filter(purpose="early_help", holder="housing").delete()
    assert compare_with_facts(at=AT) == 2
    assert Entry.objects.filter(act="found missing from what is seen").count() == 2
    assert level(place) is Level.SUMMARY


def test_two_facts_written_at_once_are_both_seen(private_database: PrivateDatabase) -> None:
    """Neither transaction sees the other's fact; the second to derive waits for the first."""
    with acting(SYSTEM):
        made = a_place()
        derived(made)
    written = threading.Event()

    def consent() -> None:
        with acting(SYSTEM):
            built.said(made.tenant, Purpose.EARLY_HELP, made.worker, AT)
            written.set()
            derive.people([made.tenant.pk], at=AT)
        connections.close_all()

    with acting(SYSTEM):
        built.involved(made.worker.team, made.tenant, AT)
        derive.people([made.tenant.pk], at=AT)
        other = threading.Thread(target=consent)
        other.start()
        assert written.wait(20)
    other.join(20)
    with acting(SYSTEM):
        assert level(made) is Level.SUMMARY
        assert derive.everything(at=AT) == ()


def test_ending_an_involvement_shuts_in_the_same_moment(place: Place) -> None:
    involvement = Involvement.objects.get()
    end_involvement(by=place.viewer, involvement_id=involvement.pk, at=AT)
    assert level(place) is Level.NOTHING


def test_many_people_are_derived_at_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of people the whole derivation is locked, and done in parts."""
    monkeypatch.setattr(derive, "ONE_BY_ONE", 1)
    monkeypatch.setattr(derive, "CHUNK", 1)
    others = [built.person(AT) for _ in range(2)]
    for one in others:
        built.involved(place.worker.team, one, AT)
    assert derive.people([one.pk for one in others], at=AT) > 0
    assert derive.everything(at=AT) == ()
