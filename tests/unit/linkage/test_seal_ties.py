"""What ties a sealed person to anybody goes, under whichever of their identifiers it was written (P2)."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from joinedup.identity.people.models import Person, Record, Seal
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.models import HeldPlacing
from joinedup.intelligence.linkage.models import Night, SpineEvent
from joinedup.intelligence.linkage.operations import commit_seals
from joinedup.pipeline.sealed import Sealed
from tests.sharing import walled

DAY = datetime.date(2026, 3, 1)


def _placing(stays: uuid.UUID, goes: uuid.UUID) -> HeldPlacing:
    return HeldPlacing.objects.create(
        kind="holding", row=uuid.uuid4(), agency_id="gp", stays_person=stays, goes_person=goes,
        found_at=timezone.now(),
    )  # fmt: skip


def _event(of: uuid.UUID, other: uuid.UUID) -> SpineEvent:
    night, _ = Night.objects.get_or_create(as_at=DAY, defaults={"started_at": timezone.now()})
    return SpineEvent.objects.create(
        at=timezone.now(), kind="split", person_id=of, other_id=other, night=night
    )


@pytest.mark.django_db
def test_a_seal_cuts_every_tie_of_every_identifier_and_no_other() -> None:
    """A placing or an event that names an identifier merged into the sealed one leads to them as well."""
    walled.agency("gp")
    sealed, beside, third = (walled.person("gp") for _ in range(3))
    with acting(walled.SYSTEM), connection.cursor() as cursor:
        before = Person.objects.create(first_seen_on=DAY, merged_into_id=sealed)
        long_before = Person.objects.create(first_seen_on=DAY, merged_into_id=before.pk)
        record = Record.objects.get(person=sealed)
        Seal.objects.create(agency_id="gp", record_id=record.record_id, sealed_on=DAY)
        for one in (sealed, before.pk, long_before.pk):
            _placing(beside, one)
            _placing(one, third)
            _event(one, beside)
        stays = _placing(beside, third)
        told = _event(beside, third)
        cursor.execute("CREATE TEMPORARY TABLE night_gone (agency text, record_id text, why text)")
        cursor.execute("CREATE TEMPORARY TABLE touched (person uuid)")
        nobody = Sealed(key="")
        assert commit_seals.purge(cursor, nobody, fresh=False, on=DAY) == 1
        assert list(HeldPlacing.objects.all()) == [stays]
        assert list(SpineEvent.objects.all()) == [told]
        assert not Record.objects.filter(person=sealed).exists()
        assert Record.objects.filter(person__in=(beside, third)).count() == 2
