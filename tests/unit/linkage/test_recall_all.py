"""P15: an agency that has left takes all of it out; the night takes nothing more of it."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundations.agencies.models import Agency, AgencyExit
from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import NotPermitted
from joinedup.intelligence.linkage.models import Delivery, QuarantinedRow
from joinedup.intelligence.linkage.operations.recall import CannotRecall, Recalled, forget_agency
from joinedup.pipeline.inbox import files_in
from joinedup.single_view.operations.leaving import let_leave
from tests import commands
from tests.unit.linkage import traces
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN, CAT

TAKEN = {**ANN, "given_name": "Quillon", "family_name": "Zabrowski", "record_id": "Z-1"}
UNREADABLE = {**TAKEN, "record_id": "Z-2", "born_on": "31/02/1990"}
TRACES = ("QUILLON", "ZABROWSK", "Z-1", "Z-2")


def take_out(place: Place, by: object = SYSTEM) -> Recalled:
    return forget_agency(
        by=by, agency="housing", data=place.data, inbox=place.inbox, at=timezone.now()
    )  # type: ignore[arg-type]  # fmt: skip


def leaves(place: Place, on: datetime.date) -> None:
    let_leave(
        by=place.viewer("partnership_administrator"), agency=Agency.objects.get(pk="housing"), leaves_on=on,
        because="Its contract ends", data_becomes="Taken out", at=timezone.now(),
    )  # fmt: skip


def of_housing() -> int:
    return Record.objects.using("owner").filter(agency="housing").count()


def test_all_of_an_agency_that_has_left_is_taken_out_and_no_night_brings_it_back(
    place: Place,
) -> None:
    """P15: refused before its day; then every table, every file, every row kept back, and no other’s."""
    today = timezone.localdate()
    place.deliver("housing", TAKEN, UNREADABLE, BEN)
    place.deliver("gp", CAT)
    place.night()
    assert (of_housing(), QuarantinedRow.objects.using("owner").count()) == (2, 1)
    with pytest.raises(CannotRecall, match="Let it leave first"):
        take_out(place)
    leaves(place, today + datetime.timedelta(days=1))
    with pytest.raises(CannotRecall, match="and not before"):
        take_out(place)
    with pytest.raises(NotPermitted):
        take_out(place, place.viewer("data_manager", "gp"))
    assert of_housing() == 2
    back_to(place, today)
    done = take_out(place)
    assert (done.counts["people_record"], done.counts["linkage_quarantinedrow"]) == (2, 1)
    assert of_housing() == 0
    assert [*traces.in_database(*TRACES), *traces.in_files(place.data, *TRACES)] == []
    assert {path.name[:2] for path in files_in(place.inbox)} == {"gp"}
    assert Record.objects.using("owner").filter(agency="gp").count() == 1
    assert Entry.objects.using("owner").filter(act="took back", holder="housing").count() == 1
    place.day = max(place.day, today)
    place.deliver("housing", TAKEN, BEN)
    place.night()
    refused = Delivery.objects.get(agency="housing", status="refused")
    assert f"left the partnership on {today:%d/%m/%Y}" in refused.sentence
    assert of_housing() == 0


def back_to(place: Place, today: datetime.date) -> None:
    """It leaves today after all."""
    AgencyExit.objects.using("owner").filter(agency="housing").update(leaves_on=today)


def test_from_the_day_it_leaves_its_records_are_used_no_longer(place: Place) -> None:
    """P1, P15: no flow of it is live; what it delivered is marked as gone until it is taken out."""
    place.deliver("housing", TAKEN, BEN)
    place.night()
    place.day = max(place.day, timezone.localdate() + datetime.timedelta(days=1))
    leaves(place, place.day + datetime.timedelta(days=1))
    place.night()
    assert place.record("housing", "Z-1").gone_on is None
    place.night()
    assert place.record("housing", "Z-1").gone_on is not None


def test_the_command_takes_all_of_it_out_and_says_so(place: Place) -> None:
    """P15: with `joinedup recall CODE --all-of-it`; before that it says where leaving is decided."""
    place.deliver("housing", TAKEN, BEN)
    place.night()
    environment = {
        **place.database.environment, "JOINEDUP_DATA": str(place.data),
        "JOINEDUP_INBOX": str(place.inbox),
    }  # fmt: skip
    said = commands.run("recall", "housing", "--all-of-it", environment=environment)
    assert (said.returncode, "under Agencies" in said.stdout) == (1, True), said
    leaves(place, timezone.localdate())
    said = commands.run("recall", "housing", "--all-of-it", environment=environment)
    assert (said.returncode, "Took back 2 records." in said.stdout) == (0, True), said
    assert of_housing() == 0
    said = commands.run("recall", "housing", "1", "--all-of-it", environment=environment)
    assert said.returncode == 2
