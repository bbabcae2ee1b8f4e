"""Sealed identities leave no trace: the walk over every table, every text column and every file (P2)."""

import datetime
import shutil
from collections.abc import Callable

import pytest
from django.db import connections
from django.utils import timezone

from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.people.models import Record, Seal, SealedFingerprint
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.models import (
    FindProfile,
    Night,
    QuarantinedRow,
    ReviewDecision,
    ReviewPair,
)
from joinedup.intelligence.linkage.queries.find import find_people
from joinedup.intelligence.linkage.queries.person import the_person
from tests.pipeline.night_files import NHS_1, write
from tests.unit.linkage import traces
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN, CAT

SYSTEM = Viewer.system("a test")

OLD = {
    **ANN, "given_name": "Quillon", "middle_names": "Peregrine", "family_name": "Zabrowski",
    "address": "88 Vanished Row, Aldermere",
}  # fmt: skip
NOW = {**CAT, "record_id": "77", "given_name": "Morgan", "born_on": OLD["born_on"]}
TRACES = (NHS_1, "QUILLON", "ZABROWSKI", "PEREGRINE")


def traces_in_database() -> list[str]:
    return traces.in_database(*TRACES)


def a_place_that_knows_the_old_identity(place: Place) -> None:
    """Records, an earlier version, a gone record, a row kept back, a reviewed pair: all of it."""
    place.deliver("gp", OLD, BEN)
    place.deliver("children", {**OLD, "record_id": "C1", "address": "5 Earlier Way, Aldermere"})
    place.deliver("fire", {**OLD, "record_id": "F1", "nhs_number": ""}, {**BEN, "record_id": "F2"})
    place.deliver(
        "housing", {**OLD, "record_id": "H1", "born_on": "31/02/1990"}, {**BEN, "record_id": "H2"}
    )
    place.night()
    place.deliver("gp", {**OLD, "family_name": "Zabrowska"}, BEN)
    place.deliver("children", {**OLD, "record_id": "C1"})
    place.deliver("fire", {**BEN, "record_id": "F2"})
    place.night()
    pair = ReviewPair.objects.using("owner").create(
        record_a=place.record("gp", "1"), record_b=place.record("gp", "2"), weight=3,
        because="uncertain", night=Night.objects.using("owner").latest("pk"),
    )  # fmt: skip
    reviewer = place.viewer("link_reviewer")
    ReviewDecision.objects.using("owner").create(
        pair=pair, by_id=reviewer.post_id, answer="cannot_tell", at=timezone.now()
    )


def test_a_sealed_identity_leaves_every_table_and_every_file(
    place_where: Callable[..., Place],
) -> None:
    """P2: the night the seal arrives, and whatever other agencies send afterwards."""
    place = place_where(a_place_that_knows_the_old_identity)
    assert traces_in_database(), "the walk finds what there is to find"
    person = place.record("gp", "1").person_id
    place.deliver("gp", {**OLD, "sealed": "Y"}, BEN, NOW)
    place.night()
    assert traces_in_database() == []
    assert traces.in_files(place.data, *TRACES) == []
    assert not Record.objects.using("owner").filter(person_id=person).exists()
    assert Seal.objects.using("owner").get().record_id == "1"
    assert place.record("gp", "77").given_name == "Morgan"
    # Others send it again, and whole files of others that name it beside the present one.
    place.deliver("fire", {**OLD, "record_id": "F9", "nhs_number": ""})
    place.deliver(
        "police", {**OLD, "record_id": "P1", "family_name": "ZABROWSKI", "given_name": "QUILLON"}
    )
    place.deliver("housing", {**OLD, "record_id": "H1", "born_on": "1990-05-01", "postcode": "?"})
    place.deliver(
        "adult_care", {**OLD, "record_id": "A1", "given_name": "Other", "family_name": "Name"}
    )
    place.deliver("gp", BEN, NOW)
    place.night()
    assert traces_in_database() == []
    assert traces.in_files(place.data, *TRACES) == []
    # And a night that is built anew from the database knows nothing of it either.
    place.night(full=True)
    assert traces_in_database() == []


def test_a_seal_holds_from_a_file_that_comes_too_late(place: Place) -> None:
    """P2: the file is set aside, its other rows change nothing, and what it seals is gone that night."""
    place.deliver("gp", OLD, BEN)
    place.night()
    late = place.day - datetime.timedelta(days=1)
    changed = {**BEN, "family_name": "Otherwise", "change": "C"}
    write(
        place.inbox, "gp", [{**OLD, "sealed": "Y", "change": "C"}, changed],
        day=late, extent="changes",
    )  # fmt: skip
    place.night()
    assert traces_in_database() == []
    assert Seal.objects.using("owner").get().record_id == "1"
    assert place.record("gp", BEN["record_id"]).family_name == BEN["family_name"]


def test_a_sealed_identity_is_not_found_by_its_earlier_one(
    place_where: Callable[..., Place],
) -> None:
    """P2: by name and birth date, by number, by the agency's own number, by an old address."""
    place = place_where(a_place_that_knows_the_old_identity)
    person = place.record("gp", "1").person_id
    asked = ("quillon zabrowski 1/5/1990", NHS_1, "zabrowski 88 vanished row ju1 0aa 1990")
    assert any(find_people(SYSTEM, text, at=timezone.now()).answers for text in asked)
    place.deliver("gp", {**OLD, "sealed": "Y"}, BEN, NOW)
    place.night()
    for text in asked:
        assert str(person) not in str(find_people(SYSTEM, text, at=timezone.now()).answers)
    with pytest.raises(Exception, match="Nothing is held"):
        the_person(SYSTEM, person, at=timezone.now())


def test_a_name_of_the_sealed_identity_leaves_the_present_record(place: Place) -> None:
    """P2: no search by maiden name or alias shows the earlier identity."""
    present = {
        **NOW,
        "given_name": "Quillon",
        "family_name": "Newman",
        "previous_family_name": "Zabrowski",
    }
    place.deliver("housing", present)
    place.deliver("gp", OLD)
    place.night()
    place.deliver("gp", {**OLD, "sealed": "Y"})
    place.night()
    assert place.record("housing", "77").previous_family_name == ""


def test_without_the_key_of_what_is_sealed_no_night_runs(place: Place) -> None:
    """P2: with another key a sealed identity would come back unknown."""
    place.deliver("gp", {**OLD, "sealed": "Y"})
    place.night()
    assert SealedFingerprint.objects.using("owner").exists()
    key = place.data / "seal_key"
    assert key.stat().st_mode & 0o077 == 0
    kept = key.read_text()
    key.unlink()
    with pytest.raises(Trouble, match="key of the sealed identities is missing"):
        place.night()
    key.write_text("another")
    with pytest.raises(Trouble, match="or is another"):
        place.night()
    key.write_text(kept)
    place.night()


def test_rows_kept_back_of_other_people_stay(place: Place) -> None:
    """P2 withdraws one identity; what others must mend is still there to be mended."""
    place.deliver("gp", {**BEN, "born_on": "31/02/1980"}, CAT)
    place.night()
    place.deliver("gp", {**OLD, "sealed": "Y"}, {**BEN, "born_on": "31/02/1980"}, CAT)
    place.day += datetime.timedelta(days=1)
    place.night()
    assert QuarantinedRow.objects.using("owner").count() == 2


def test_what_a_present_record_said_before_leaves_the_find_index(place: Place) -> None:
    """P2: the record stays as it is; only what it said earlier is purged, from the index the same night."""
    present = {**OLD, "record_id": "77", "nhs_number": "", "address": "9 New Close"}
    place.deliver("housing", present)
    place.deliver("gp", BEN)
    place.night()
    place.deliver("housing", {**present, "family_name": "Newman"})
    place.night()
    assert "ZABROWSKI" in str(list(FindProfile.objects.using("owner").values_list("profile")))
    place.deliver("gp", {**OLD, "sealed": "Y"}, BEN)
    place.night()
    assert place.record("housing", "77").family_name == "Newman"
    assert "ZABROWSKI" not in str(list(FindProfile.objects.using("owner").values_list("profile")))
    asked = "quillon zabrowski 1/5/1990"
    answers = find_people(SYSTEM, asked, at=timezone.now()).answers
    assert not any("family name" in why for answer in answers for why in answer.why)


LIKE_OLD = {**OLD, "nhs_number": "", "nhs_number_status": ""}
TRICKY = {**OLD, "given_name": "Ñandrixa", "family_name": "O'Hexley-Crake", "middle_names": ""}


def test_names_with_apostrophes_accents_and_two_parts_leave_as_well(place: Place) -> None:
    """P2: purging compares in standard form, as the gate does."""
    swapped = {
        **TRICKY,
        "nhs_number": "",
        "given_name": "O'Hexley-Crake",
        "family_name": "Ñandrixa",
    }
    place.deliver("gp", TRICKY, BEN)
    place.deliver(
        "fire", {**TRICKY, "record_id": "F1", "nhs_number": ""}, {**BEN, "record_id": "F2"}
    )
    place.deliver("housing", {**TRICKY, "record_id": "H1", "postcode": "?", "born_on": "31/02/1990"},
                  {**NOW, "record_id": "H7", "given_name": "Nandrixa", "previous_family_name": "O’HEXLEY",
                   "known_as": "Ñandrixa O'Hexley"})  # fmt: skip
    place.deliver("children", {**swapped, "record_id": "C1"})
    place.night()
    place.deliver("fire", {**BEN, "record_id": "F2"})
    place.night()
    place.deliver("gp", {**TRICKY, "sealed": "Y"}, BEN)
    place.night()
    assert traces.in_database("HEXLEY", "CRAKE", "ÑANDRIX") == []
    assert place.record("housing", "H7").given_name == "Nandrixa"
    assert not Record.objects.using("owner").filter(agency="children").exists()


def two_agencies_know_the_old_identity(place: Place) -> None:
    place.deliver("gp", OLD, BEN)
    place.deliver("fire", {**LIKE_OLD, "record_id": "F1"})
    place.night()


@pytest.mark.parametrize(
    ("said", "record_id"), [("Yes - adopted", "1"), ("sealed", "1"), ("Y", "")],
    ids=["in words", "another word", "without its number"],
)  # fmt: skip
def test_a_seal_badly_written_is_a_seal(
    said: str, record_id: str, place_where: Callable[..., Place]
) -> None:
    """P2: fails closed."""
    place = place_where(two_agencies_know_the_old_identity)
    place.deliver("gp", {**OLD, "sealed": said, "record_id": record_id}, BEN)
    place.night()
    assert traces_in_database() == []
    assert sorted(Record.objects.using("owner").values_list("agency", "record_id")) == [("gp", "2")]


@pytest.mark.parametrize(
    "slip",
    [
        {"family_name": "Zabrowsky"},
        {"given_name": "Quilon", "family_name": "Zabrowski-Grant"},
        {"born_on": "05/01/1990"},
        {"given_name": "Zabrowski", "family_name": "Quillon"},
        {"given_name": "Peregrine", "middle_names": ""},
        {"born_on": ""},
    ],
    ids=[
        "family",
        "given and double name",
        "day and month",
        "exchanged",
        "middle name",
        "no birth",
    ],
)
def test_what_the_spine_held_of_the_same_person_leaves_under_any_slip(
    slip: dict[str, str], place: Place
) -> None:
    """P2: a record with a slip of the pen must not stay behind, nor come back afterwards."""
    place.deliver("gp", OLD, BEN)
    place.deliver("adult_care", {**OLD, "record_id": "A1", **slip})
    place.night()
    place.deliver("gp", {**OLD, "sealed": "Y"}, BEN)
    place.night()
    assert not Record.objects.using("owner").filter(agency="adult_care").exists()
    assert traces_in_database() == []
    place.deliver("police", {**LIKE_OLD, "record_id": "P1", **slip, "nhs_number": ""})
    place.night()
    left = Record.objects.using("owner").filter(agency="police")
    assert not left.exists() or {"family_name", "given_name"} & set(slip)


def test_whoever_remains_of_a_sealed_person_is_a_person_anew(place: Place) -> None:
    """P2: the identifier that was known for the earlier identity leads nowhere."""
    clear = {**OLD, "record_id": "A1", "given_name": "Morgan", "family_name": "Newman"}
    place.deliver("gp", OLD, BEN)
    place.deliver("adult_care", clear)
    place.night()
    old = place.record("gp", "1").person_id
    Record.objects.using("owner").filter(agency="adult_care").update(person=old)
    shutil.rmtree(place.data / "cache")
    place.deliver("gp", {**OLD, "sealed": "Y", "nhs_number": ""}, BEN)
    place.night()
    now = place.record("adult_care", "A1").person
    assert now.pk != old
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT merged_into_id, retired_on FROM people_person WHERE id = %s", [old])
        merged_into, retired_on = cursor.fetchone()
    assert (merged_into, retired_on is not None) == (None, True)


def test_an_earlier_name_leaves_the_nights_own_files_too(place: Place) -> None:
    """P2: a record whose earlier name is blanked changes that night, in the files as in the tables."""
    present = {
        **NOW,
        "given_name": "Quillon",
        "family_name": "Newman",
        "previous_family_name": "Zabrowski",
    }
    place.deliver("housing", present)
    place.deliver("gp", OLD, BEN)
    place.night()
    place.deliver("gp", {**OLD, "sealed": "Y"}, BEN)
    place.night()
    assert "ZABROWSKI" not in str(traces.in_files(place.data, *TRACES))
    assert traces.in_database("ZABROWSKI") == []
    found = find_people(SYSTEM, "quillon zabrowski 1/5/1990", at=timezone.now())
    assert "ZABROWSKI" not in str(found.answers).upper()
