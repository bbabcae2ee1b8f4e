"""What a source recalls or deleted reaches every copy: the walk over every table and every file (P15)."""

import datetime
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.operations.leaving import set_leaving
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.people.models import Holding, HoldingSummary, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.identity.sharing.models import RestrictedAddress
from joinedup.intelligence.linkage.models import (
    FindKey,
    FindLately,
    FindProfile,
    Night,
    ReviewDecision,
    ReviewPair,
    SpineEvent,
)
from joinedup.intelligence.linkage.operations.night_lock import hold_answers, let_answers_in
from joinedup.intelligence.linkage.operations.recall import (
    COPY,
    CannotRecall,
    Recalled,
    forget_agency,
    forget_deleted,
    recall_records,
)
from tests import commands
from tests.unit.linkage import traces
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN, CAT

TAKEN = {
    **ANN, "given_name": "Quillon", "middle_names": "Peregrine", "family_name": "Zabrowski",
    "address": "88 Vanished Row, Aldermere", "phone": "07700 900777",
}  # fmt: skip
TRACES = ("QUILLON", "ZABROWSK", "PEREGRINE", "VANISHED", "07700900777", "Z-1", "9000077")


def traces_of_it(data: Path) -> list[str]:
    return [*traces.in_database(*TRACES), *traces.in_files(data, *TRACES)]


def much_is_held(place: Place) -> None:
    """A record with an earlier version, a row kept back, a reviewed pair, a home, an index."""
    place.deliver("housing", {**TAKEN, "record_id": "Z-1"}, BEN)
    place.night()
    place.deliver("housing", {**TAKEN, "record_id": "Z-1", "family_name": "Zabrowska"}, BEN)
    place.night()
    place.deliver(
        "housing", {**TAKEN, "record_id": "Z-1", "born_on": "31/02/1990", "change": "C"},
        extent="changes",
    )  # fmt: skip
    place.night()
    pair = ReviewPair.objects.using("owner").create(
        record_a=theirs("Z-1"), record_b=theirs("2"), weight=3, because="uncertain",
        night_id=Night.objects.latest("pk").pk,
    )  # fmt: skip
    ReviewDecision.objects.using("owner").create(
        pair=pair, by_id=place.viewer("link_reviewer").post_id, answer="cannot_tell",
        reason="Zabrowski twice", at=timezone.now(),
    )  # fmt: skip
    assert len(traces_of_it(place.data)) > 6, "the walk finds what there is to find"


@pytest.fixture
def held(place_where: Callable[..., Place]) -> Place:
    return place_where(much_is_held)


def theirs(record_id: str) -> Record:
    return Record.objects.using("owner").get(agency="housing", record_id=record_id)


def test_a_recalled_record_leaves_every_table_and_every_file(held: Place) -> None:
    """P15: nobody else's does, copies outside are named once, and the next night runs on what is left."""
    person, other = theirs("Z-1").person_id, theirs("2").person_id
    manager = held.viewer("data_manager", "housing")
    delivery = downloaded(manager)
    done = recall_records(
        by=manager,
        agency="housing",
        record_ids=["Z-1"],
        data=held.data,
        inbox=held.inbox,
        at=timezone.now(),
    )
    assert traces_of_it(held.data) == []
    assert done.counts["people_record"] == done.counts["linkage_quarantinedrow"] == 1
    assert done.counts["linkage_reviewdecision"] == 1
    assert [(copy.of, copy.post_id, copy.place) for copy in done.copies] == [
        (delivery, manager.post_id, "download")
    ]
    lines = Entry.objects.using("owner")
    line = lines.get(act="took back")
    assert (line.holder, line.detail["people_record"], line.detail["copies"]) == ("housing", 1, 1)
    assert lines.filter(act="recalled").count() == 1
    held.deliver("housing", BEN)
    held.night()
    assert theirs("2").person_id == other
    assert traces_of_it(held.data) == []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT retired_on IS NOT NULL FROM people_person WHERE id = %s", [person])
        assert cursor.fetchone() == (True,)


def downloaded(by: Viewer) -> str:
    """The delivery whose rows to mend somebody took away."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT delivery_id FROM linkage_quarantinedrow")
        [(delivery,)] = cursor.fetchall()
    record_copy(
        by=by.post_id, kind=COPY, of=str(delivery), holder="housing", place="download",
        purpose=by.purpose, at=timezone.now(),
    )  # fmt: skip
    return str(delivery)


def test_a_recall_reaches_the_address_kept_apart_and_what_they_were_found_by(held: Place) -> None:
    """P13, P15: a hash of a name tells nobody apart to the eye, and yet finds them: the walk is blind to it."""
    record = theirs("Z-1")
    RestrictedAddress.objects.using("owner").create(
        person_id=record.person_id, holder_id="housing", record_key="Z-1",
        address={"address": TAKEN["address"]}, kept_at=timezone.now(),
    )  # fmt: skip
    index = [model.objects.using("owner") for model in (FindKey, FindLately, FindProfile)]
    assert index[0].filter(person=record.person_id).exists(), "they were found by something"
    recall_records(
        by=held.viewer("data_manager", "housing"), agency="housing", record_ids=["Z-1"],
        data=held.data, inbox=held.inbox, at=timezone.now(),
    )  # fmt: skip
    assert traces_of_it(held.data) == []
    assert [rows.filter(person=record.person_id).count() for rows in index] == [0, 0, 0]


def test_all_of_an_agency_goes_once_it_has_left_and_not_before(held: Place) -> None:
    """P15: a partner that leaves: every table, every file, and what its people wrote down as held."""
    agency, keeper = Agency.objects.get(pk="housing"), held.viewer("partnership_administrator")
    person, at = theirs("Z-1").person_id, timezone.now()
    holding = Holding.objects.using("owner").create(
        person_id=person, holder_id="housing", category="housing", headline="Zabrowski owes rent",
        starts_on=held.day, recorded_at=at,
    )  # fmt: skip
    HoldingSummary.objects.using("owner").create(
        holding=holding, person_id=person, holder_id="housing", category="housing", summary="Much"
    )

    def recall() -> Recalled:
        return forget_agency(by=SYSTEM, agency="housing", data=held.data, inbox=held.inbox, at=at)

    with pytest.raises(CannotRecall, match="Let it leave first"):
        recall()
    with pytest.raises(NotPermitted):
        forget_agency(
            by=held.viewer("data_manager", "housing"), agency="housing", data=held.data,
            inbox=held.inbox, at=at,
        )  # fmt: skip
    set_leaving(
        by=keeper,
        agency=agency,
        leaves_on=day_of(at),
        because="It ends",
        data_becomes="Erased",
        at=at,
    )
    done = recall()
    assert traces_of_it(held.data) == []
    assert not Record.objects.using("owner").filter(agency="housing").exists()
    assert not Holding.objects.using("owner").filter(holder="housing").exists()
    assert done.counts["people_record"] > 1
    assert [path.name for path in held.inbox.iterdir() if "housing" in path.name] == []


def test_what_was_deleted_is_forgotten_when_its_retention_is_over(held: Place) -> None:
    """P15: and not before, nor by another agency, nor while a night runs."""
    refused(held)
    held.deliver("housing", BEN)
    held.night()
    held.deliver("housing", BEN)
    held.night()
    gone_on = theirs("Z-1").gone_on
    assert gone_on is not None
    manager = held.viewer("data_manager", "housing")
    for before, records in ((gone_on, 0), (gone_on + datetime.timedelta(days=1), 1)):
        done = forget_deleted(
            by=manager,
            agency="housing",
            gone_before=before,
            data=held.data,
            inbox=held.inbox,
            at=timezone.now(),
        )
        assert done.counts["people_record"] == records
    assert traces_of_it(held.data) == []
    assert theirs("2").gone_on is None


def refused(held: Place) -> None:
    """Whatever must change nothing."""
    given = {"agency": "housing", "data": held.data, "inbox": held.inbox, "at": timezone.now()}
    for by in (held.viewer("data_manager", "gp"), held.viewer("practitioner", "housing")):
        with pytest.raises(NotPermitted):
            recall_records(by=by, record_ids=["Z-1"], **given)  # type: ignore[arg-type]
        with pytest.raises(NotPermitted):
            forget_deleted(by=by, gone_before=held.day, **given)  # type: ignore[arg-type]
    with pytest.raises(CannotRecall, match="no such record"):
        recall_records(by=SYSTEM, record_ids=["nobody"], **given)  # type: ignore[arg-type]
    with connections["owner"].cursor() as cursor:
        hold_answers(cursor)
        with pytest.raises(CannotRecall, match="night is running"):
            recall_records(by=SYSTEM, record_ids=["Z-1"], **given)  # type: ignore[arg-type]
        let_answers_in(cursor)
    assert theirs("Z-1").given_name == "Quillon"


@pytest.mark.parametrize("name", ["cache", "scratch"])
def test_a_recall_that_cannot_remove_the_nights_files_takes_nothing_back_and_says_so(
    held: Place, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P15: a copy that stays must not be told as gone; once the folder can be opened it goes as asked."""
    left = held.data / name / "left"
    left.mkdir(parents=True, exist_ok=True)
    (left / "people.txt").write_text("Quillon Zabrowski")
    remove = os.unlink

    def theirs_alone(path: object, **given: int | None) -> None:
        if str(path).endswith("people.txt"):
            raise PermissionError(errno.EACCES, "Permission denied", str(left))
        remove(path, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", theirs_alone)
    with pytest.raises(
        Trouble, match=r"Nothing was taken back: .*left .*Permission denied.*recall"
    ):
        recall(held)
    assert theirs("Z-1").given_name == "Quillon"
    monkeypatch.undo()
    recall(held)
    assert traces_of_it(held.data) == []


def recall(held: Place) -> Recalled:
    return recall_records(
        by=SYSTEM,
        agency="housing",
        record_ids=["Z-1"],
        data=held.data,
        inbox=held.inbox,
        at=timezone.now(),
    )


def test_a_death_goes_with_the_record_that_told_it(place: Place) -> None:
    """P5, P15: whom their practice wrote down as dead by mistake lives as soon as it takes that back."""
    place.deliver("gp", {**ANN, "died_on": "01/11/2026"})
    place.deliver("housing", ANN)
    place.night()
    ann = place.record("housing", "1").person
    assert ann is not None
    assert (ann.died_source, place.record("gp", "1").person_id) == ("gp", ann.pk)
    recall_records(
        by=SYSTEM, agency="gp", record_ids=["1"], data=place.data, inbox=place.inbox,
        at=timezone.now(),
    )  # fmt: skip
    ann.refresh_from_db()
    assert (ann.died_on, ann.died_source, ann.retired_on) == (None, "", None)
    assert not SpineEvent.objects.using("owner").filter(kind="died").exists()


def test_a_death_that_another_source_tells_stays(place: Place) -> None:
    """P5: adult social care under a verified number; its word stands when the practice takes its own back."""
    place.deliver("gp", {**ANN, "died_on": "01/11/2026"})
    place.deliver("adult_care", {**ANN, "died_on": "02/11/2026"})
    place.night()
    recall_records(
        by=SYSTEM, agency="gp", record_ids=["1"], data=place.data, inbox=place.inbox,
        at=timezone.now(),
    )  # fmt: skip
    ann = place.record("adult_care", "1").person
    assert ann is not None
    assert (ann.died_on, ann.died_source) == (datetime.date(2026, 11, 2), "adult_care")
    told = SpineEvent.objects.using("owner").filter(kind="died", person=ann)
    assert [event.because for event in told] == ["adult_care"]


def test_retention_runs_for_one_controller_and_leaves_the_others(place: Place) -> None:
    """P15: practices share a contract, and each decides for itself how long it keeps whom it deleted."""
    place.deliver("gp", ANN, {**BEN, "gp_practice": "Z99002"}, CAT)
    place.night()
    place.deliver("gp", CAT)
    place.night()
    over = place.day + datetime.timedelta(days=1)
    environment = {**place.database.environment, "JOINEDUP_DATA": str(place.data)}
    words = ("recall", "gp", "--gone-before", str(over))
    said = commands.run(*words, "--controller", "Z99002", environment=environment)
    assert "Took back 1 records." in said.stdout, said
    left = Record.objects.using("owner").order_by("record_id")
    assert [record.record_id for record in left] == ["1", "3"]
    assert "Took back 1 records." in commands.run(*words, environment=environment).stdout
    assert left.get().record_id == "3"
