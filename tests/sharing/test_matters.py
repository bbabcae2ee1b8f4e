"""A matter is seen by whoever has a part in it, as far as the part goes, and by nobody else."""

import datetime
import uuid

import pytest

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel, RestrictionKind
from joinedup.identity.sharing.models import Matter, MatterPerson, Part, Restriction
from joinedup.identity.sharing.operations.matters import (
    add_person,
    close_matter,
    end_part,
    give_part,
    of_post,
    of_team,
    open_matter,
    take_person_out,
)
from joinedup.identity.sharing.queries.matters import matters_about, part_of
from tests.sharing import walled

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", team="Front door")


def referral(*about: uuid.UUID) -> Matter:
    return open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT, about=about)


def give(matter: Matter, recipient: str, level: PartLevel, because: str = "works at it") -> None:
    give_part(
        by=walled.SYSTEM, matter_id=matter.pk, recipient=recipient, level=level,
        because=because, at=AT,
    )  # fmt: skip


def level(viewer: Viewer, matter: Matter) -> PartLevel:
    with acting(viewer):
        return part_of(viewer, matter.pk)


def test_nobody_sees_a_matter_without_a_part_in_it(worker: Viewer) -> None:
    matter = referral(walled.person("care"))
    with acting(worker):
        assert not Matter.objects.exists()
        assert not MatterPerson.objects.exists()
    assert level(worker, matter) is PartLevel.NOTHING


def test_a_part_opens_as_far_as_it_goes(worker: Viewer) -> None:
    matter = referral(walled.person("care"))
    give(matter, of_post(worker.post_id or uuid.uuid4()), PartLevel.PROGRESS)
    with acting(worker):
        assert Matter.objects.get() == matter
        assert not MatterPerson.objects.exists(), "a referrer does not learn who was matched (P17)"
    give(matter, of_team(worker.team_id or 0), PartLevel.WORK)
    with acting(worker):
        assert MatterPerson.objects.get().matter_id == matter.pk
    assert level(worker, matter) is PartLevel.WORK


def test_a_team_s_part_is_for_roles_that_see_records(worker: Viewer) -> None:
    """A refer-only role sees nothing of what its team works at (P18)."""
    referrer = walled.viewer("care", "referrer", team="Front door")
    matter = referral()
    give(matter, of_team(worker.team_id or 0), PartLevel.WORK)
    assert level(worker, matter) is PartLevel.WORK
    assert level(referrer, matter) is PartLevel.NOTHING
    give(matter, of_post(referrer.post_id or uuid.uuid4()), PartLevel.RECEIVED, "sent it")
    assert level(referrer, matter) is PartLevel.RECEIVED


def test_a_part_that_ended_opens_nothing_more(worker: Viewer) -> None:
    matter = referral()
    team = of_team(worker.team_id or 0)
    give(matter, team, PartLevel.WORK)
    give(matter, team, PartLevel.PROGRESS, "sent it")
    assert (
        end_part(
            by=walled.SYSTEM, matter_id=matter.pk, recipient=team, at=AT, because="works at it"
        )
        == 1
    )
    assert level(worker, matter) is PartLevel.PROGRESS
    assert end_part(by=walled.SYSTEM, matter_id=matter.pk, recipient=team, at=AT) == 1
    assert level(worker, matter) is PartLevel.NOTHING


def test_a_part_is_given_once_and_grows_but_never_shrinks(worker: Viewer) -> None:
    matter = referral()
    team = of_team(worker.team_id or 0)
    give(matter, team, PartLevel.PROGRESS)
    give(matter, team, PartLevel.WORK)
    give(matter, team, PartLevel.RECEIVED)
    with acting(walled.SYSTEM):
        assert Part.objects.get().level == PartLevel.WORK
    assert level(worker, matter) is PartLevel.WORK


def test_who_is_barred_from_a_person_has_no_part_in_a_matter_about_them(worker: Viewer) -> None:
    barred_from, other = walled.person("care"), walled.person("care")
    matter, free = referral(barred_from, other), referral(other)
    for each in (matter, free):
        give(each, of_team(worker.team_id or 0), PartLevel.WORK)
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=barred_from, kind=RestrictionKind.BARRED_POST, holder_id="care",
            barred_id=worker.post_id, because="a cousin", starts_at=AT - datetime.timedelta(days=1),
        )  # fmt: skip
    with acting(worker):
        assert [each.pk for each in Matter.objects.all()] == [free.pk]
        assert {each.matter_id for each in MatterPerson.objects.all()} == {free.pk}


def test_the_application_writes_no_part_by_itself(worker: Viewer) -> None:
    matter = referral()
    with acting(worker), pytest.raises(Exception, match="row-level security"):
        Part.objects.create(
            matter_id=matter.pk, recipient=of_team(worker.team_id or 0), level=3, because="I say so",
            starts_at=AT,
        )  # fmt: skip


def test_matters_are_found_by_every_identifier_of_the_person(worker: Viewer) -> None:
    kept, merged = walled.person("care"), walled.person("care")
    with acting(walled.SYSTEM):
        walled.Person.objects.filter(pk=merged).update(merged_into_id=kept)
    matter = referral(merged)
    give(matter, of_team(worker.team_id or 0), PartLevel.WORK)
    with acting(worker):
        assert matters_about(worker, kept, kind=MatterKind.REFERRAL, open_only=True) == [matter]
    close_matter(by=walled.SYSTEM, matter_id=matter.pk, at=AT)
    with acting(worker):
        assert matters_about(worker, kept, open_only=True) == []


def test_somebody_taken_for_another_is_taken_out_again(worker: Viewer) -> None:
    taken_for = walled.person("care")
    matter = referral()
    give(matter, of_team(worker.team_id or 0), PartLevel.WORK)
    add_person(by=worker, matter_id=matter.pk, person_id=taken_for, at=AT)
    with acting(worker):
        assert matters_about(worker, taken_for) == [matter]
    take_person_out(by=worker, matter_id=matter.pk, person_id=taken_for, at=AT)
    with acting(worker):
        assert matters_about(worker, taken_for) == []
