"""The night, from files to committed rows."""

import datetime
import errno
import shutil
import stat
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import HouseholdMember, Person, Record, RecordVersion
from joinedup.identity.sharing.access import NotPermitted
from joinedup.intelligence.linkage.choices import NightState
from joinedup.intelligence.linkage.models import (
    Correction,
    Delivery,
    FindLately,
    FindProfile,
    Flow,
    Link,
    Night,
    SpineEvent,
)
from joinedup.intelligence.linkage.operations import cache, find_lately, seal_ledger
from joinedup.intelligence.linkage.operations import night as nights
from joinedup.intelligence.linkage.operations.night import CannotRunNight
from joinedup.intelligence.linkage.rules import MOST_IN_A_HOUSEHOLD
from tests.pipeline.night_files import NHS_1, write
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN, CAT


def links() -> set[tuple[str, str, str]]:
    """Whose person each live record is of."""
    rows = Record.objects.using("owner").filter(gone_on__isnull=True)
    return {(r.agency_id, r.record_id, str(r.person_id)) for r in rows}


def test_a_night_brings_one_person_from_two_agencies(place: Place) -> None:
    place.deliver("gp", ANN, BEN)
    place.deliver("fire", {**ANN, "record_id": "F1", "nhs_number": ""})
    done = place.night()
    assert place.record("gp", "1").person == place.record("fire", "F1").person
    assert place.record("gp", "2").person != place.record("gp", "1").person
    assert done.night.state == NightState.COMMITTED
    assert Person.objects.using("owner").count() == 2
    assert (
        Entry.objects.using("owner").filter(act="ran", subject_id=str(done.night.pk)).count() == 1
    )


def test_nobody_else_on_the_machine_opens_what_a_night_keeps(place: Place) -> None:
    """Point 5 of the wall: no policy reaches a file, so that its folder is shut, also where it stood open."""
    (place.data / "cache").mkdir(parents=True)
    (place.data / "cache").chmod(0o755)
    place.deliver("gp", ANN)
    place.night()
    kept = [each for each in place.data.rglob("*") if NHS_1.encode() in _bytes_of(each)]
    assert kept != []
    of_people = {place.data / each.relative_to(place.data).parts[0] for each in kept}
    for folder in of_people | {place.data / "scratch"}:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def test_the_same_files_again_change_nothing(place: Place) -> None:
    place.deliver("gp", ANN, BEN)
    place.night()
    before = links(), Record.objects.using("owner").values_list("changed_on", "id")
    done = place.night()
    assert (links(), Record.objects.using("owner").values_list("changed_on", "id")) != ((), None)
    assert links() == before[0]
    assert (done.night.counts["added"], done.night.counts["changed"]) == (0, 0)
    assert (Delivery.objects.count(), RecordVersion.objects.using("owner").count()) == (1, 0)


def test_what_a_record_said_before_is_kept(place: Place) -> None:
    place.deliver("gp", ANN)
    place.night()
    place.deliver("gp", {**ANN, "family_name": "Elm", "address": "9 New Street, Aldermere"})
    place.night()
    record = place.record("gp", "1")
    assert (record.family_name, record.address) == ("Elm", "9 New Street, Aldermere")
    [version] = record.versions.all()
    assert version.identity["family_name"] == "Ash"
    assert version.starts_on < version.ends_on
    assert "email" not in version.identity


def test_a_delivery_is_reconciled(place: Place) -> None:
    """S4-47: rows sent are all accounted for, and compared with last time."""
    place.deliver("gp", ANN, BEN, {**CAT, "born_on": "31/02/1975"})
    place.night()
    place.deliver("gp", {**ANN, "phone": "07700 900222"}, CAT)
    place.night()
    first, second = Delivery.objects.using("owner").order_by("as_at")
    assert (first.sent, first.loaded, first.quarantined, first.new) == (3, 2, 1, 2)
    assert (second.sent, second.new, second.changed, second.gone) == (2, 1, 1, 1)
    assert second.before == first
    for delivery in (first, second):
        accounted = delivery.loaded + delivery.quarantined + delivery.withheld + delivery.repeated
        assert delivery.sent == accounted
    [row] = first.kept_back.all()
    assert "1975" in row.raw
    assert row.row == 3


def test_a_count_far_from_usual_rings(place: Place) -> None:
    many = [{**ANN, "record_id": str(n), "nhs_number": "", "family_name": f"Ash{'abcdefghij'[n % 10]}"}
            for n in range(60)]  # fmt: skip
    place.deliver("fire", *many)
    place.night()
    place.deliver("fire", *many[:30])
    place.night()
    last = Delivery.objects.latest("as_at")
    assert "30 rows fewer than the 60 sent last time" in last.alarm
    assert "30 records that were held are absent" in last.alarm
    assert "30 absences are held" in last.alarm
    assert "--accept-losses fire_home_visits" in last.alarm
    live = Record.objects.using("owner").filter(gone_on__isnull=True)
    assert (live.count(), live.filter(absent_on__isnull=False).count()) == (60, 30)
    shutil.rmtree(place.data / "cache")
    place.deliver("fire", *many[:31])
    place.night()
    last = Delivery.objects.latest("as_at")
    assert (last.gone, last.new) == (29, 0)
    assert "are held" not in last.alarm
    assert (live.count(), live.filter(absent_on__isnull=False).count()) == (31, 0)


def test_a_refused_file_left_in_the_inbox_is_told_once(place: Place) -> None:
    """P1: and what was not agreed never reaches a table of people."""
    Flow.objects.filter(contract="fire_home_visits").delete()
    place.deliver("fire", ANN)
    place.night()
    place.night()
    [delivery] = Delivery.objects.all()
    assert (delivery.status, delivery.loaded) == ("refused", 0)
    assert "No live flow covers" in delivery.sentence
    assert not Record.objects.using("owner").exists()


@pytest.mark.parametrize("lost", [False, True])
def test_who_leaves_is_gone_and_who_returns_is_the_person_of_before(
    lost: bool, place: Place
) -> None:
    """A kept link to a person leads somewhere again, also where the files between nights are lost."""
    place.deliver("fire", ANN, BEN)
    place.night()
    place.deliver("fire", BEN)
    place.night()
    gone = place.record("fire", "1")
    assert gone.gone_on is not None
    assert gone.person.retired_on is not None
    assert SpineEvent.objects.using("owner").filter(kind="retired", person=gone.person).exists()
    if lost:
        shutil.rmtree(place.data / "cache")
    place.deliver("fire", {**ANN, "phone": "07700 900777"}, BEN)
    done = place.night()
    back = place.record("fire", "1")
    assert (back.gone_on, back.person.retired_on) == (None, None)
    assert back.person_id == gone.person_id
    assert done.night.counts["persons_returned"] == 1
    assert (
        SpineEvent.objects.using("owner").filter(kind="returned", person=gone.person).count() == 1
    )


def test_nobody_comes_back_to_a_person_emptied_by_a_seal(place: Place) -> None:
    """P2: what was linked to a sealed identity, left before the seal and returns is named anew."""
    place.deliver("gp", ANN, BEN)
    place.deliver("fire", {**ANN, "record_id": "F1"}, {**CAT, "record_id": "F3"})
    place.night()
    person = place.record("gp", "1").person_id
    assert place.record("fire", "F1").person_id == person
    other = {
        **CAT,
        "record_id": "F1",
        "nhs_number": "",
        "given_name": "Xenia",
        "born_on": "09/09/1960",
    }
    place.deliver("fire", {**CAT, "record_id": "F3"})
    place.night()
    Record.objects.using("owner").filter(record_id="F1").update(given_name="Xenia", family_name="Yew",
                                                 nhs_number="", born_on="1960-09-09")  # fmt: skip
    place.deliver("gp", {"record_id": "1", "sealed": "Y"}, extent="changes")
    place.night()
    assert Record.objects.using("owner").filter(record_id="F1", person_id=person).exists()
    shutil.rmtree(place.data / "cache")
    place.deliver("fire", other, {**CAT, "record_id": "F3"})
    place.night()
    assert place.record("fire", "F1").person_id != person


def test_a_merge_is_a_pointer_and_a_split_takes_it_back(place: Place) -> None:
    place.deliver("gp", ANN)
    place.deliver("adult_care", {**ANN, "record_id": "A1", "nhs_number": "", "born_on": "09/09/1960",
                                 "given_name": "Xenia", "family_name": "Yew"})  # fmt: skip
    place.night()
    apart = place.record("gp", "1").person_id, place.record("adult_care", "A1").person_id
    assert apart[0] != apart[1]
    place.deliver("adult_care", {**ANN, "record_id": "A1"})
    place.night()
    together = place.record("adult_care", "A1").person_id
    assert together == place.record("gp", "1").person_id
    [old] = set(apart) - {together}
    assert Person.objects.using("owner").get(pk=old).merged_into_id == together
    assert Link.objects.using("owner").filter(person_id=old).count() == 1
    assert (
        SpineEvent.objects.using("owner")
        .filter(kind="merged", person_id=old, other_id=together)
        .exists()
    )
    place.deliver("adult_care", {**ANN, "record_id": "A1", "nhs_number": BEN["nhs_number"],
                                 "born_on": "09/09/1960", "given_name": "Xenia"})  # fmt: skip
    place.night()
    assert place.record("adult_care", "A1").person_id != place.record("gp", "1").person_id
    assert SpineEvent.objects.using("owner").filter(kind="split").exists()


@pytest.mark.parametrize(
    ("agency", "status", "trusted"),
    [
        ("gp", "", True),
        ("adult_care", "01", True),
        ("adult_care", "02", False),
        ("housing", "", False),
    ],
)
def test_a_trusted_death_is_on_the_person_the_same_night(
    agency: str, status: str, trusted: bool, place: Place
) -> None:
    """P5: a GP practice is trusted, adult care where the NHS number is verified, nobody else."""
    place.deliver(agency, {**ANN, "nhs_number_status": status})
    place.night()
    place.deliver(agency, {**ANN, "nhs_number_status": status, "died_on": "19/11/2026"})
    place.night()
    person = place.record(agency, "1").person
    assert (person.died_on is not None) is trusted
    assert person.died_source == (agency if trusted else "")
    assert SpineEvent.objects.using("owner").filter(kind="died", person=person).exists() is trusted


def test_a_death_stands_when_the_register_drops_the_person_and_falls_when_corrected(
    place: Place,
) -> None:
    """P5: registers drop the dead; only a correction brings somebody back to life."""
    dead = {**ANN, "died_on": "19/11/2026"}
    place.deliver("gp", dead, BEN)
    place.deliver("fire", {**ANN, "record_id": "F1"})
    place.night()
    place.deliver("gp", BEN)
    place.night()
    assert place.record("fire", "F1").person.died_on == datetime.date(2026, 11, 19)
    place.deliver("gp", ANN, BEN)
    place.night()
    assert place.record("fire", "F1").person.died_on is None


def homes() -> dict[str, set[str]]:
    """Who lives together, by record of the fire service."""
    together: dict[str, set[str]] = {}
    for member in HouseholdMember.objects.using("owner").filter(ends_on__isnull=True):
        numbers = member.person.records.values_list("record_id", flat=True)
        together.setdefault(str(member.household_id), set()).update(numbers)
    return together


def test_people_of_one_address_are_a_household(place: Place) -> None:
    spelt = {**CAT, "address": "1, Oak Rd, ALDERMERE", "postcode": "ju10aa"}
    place.deliver("fire", ANN, BEN, spelt, {**BEN, "record_id": "4", "given_name": "Dai",
                  "born_on": "04/04/1944", "address": "NFA", "postcode": ""})  # fmt: skip
    place.night()
    assert sorted(map(sorted, homes().values())) == [["1", "3"], ["2"]]


def test_one_uprn_is_one_home_however_it_is_spelt(place: Place) -> None:
    flat = {"uprn": "999900000007", "address": "Flat 1, Mill House, Aldermere"}
    place.deliver("fire", {**ANN, **flat}, {**BEN, **flat, "address": "Mill House 1, Aldermere"})
    place.night()
    assert list(homes().values()) == [{"1", "2"}]


def test_a_move_ends_one_membership_and_begins_another(place: Place) -> None:
    place.deliver("fire", ANN, CAT)
    place.night()
    place.deliver("fire", {**ANN, "address": "7 Far Lane, Aldermere", "postcode": "JU1 0AJ"}, CAT)
    place.night()
    assert sorted(map(sorted, homes().values())) == [["1"], ["3"]]
    assert HouseholdMember.objects.using("owner").filter(ends_on__isnull=False).count() == 1


def test_too_many_at_one_address_are_an_institution(place: Place) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rows = [
        {**ANN, "record_id": str(n), "nhs_number": "", "given_name": f"Q{letters[n]}{letters[n]}IA",
         "family_name": f"{letters[n]}OAK", "born_on": f"{n + 1:02d}/03/19{40 + n}"}
        for n in range(MOST_IN_A_HOUSEHOLD + 1)
    ]  # fmt: skip
    place.deliver("fire", *rows)
    place.night()
    [home] = {
        m.household for m in HouseholdMember.objects.using("owner").select_related("household")
    }
    assert home.is_institution
    place.deliver("fire", *rows[1:])
    place.night()
    home.refresh_from_db()
    assert not home.is_institution


def test_a_correction_is_mended_when_the_source_changes_it(place: Place) -> None:
    """P5: the source is told until it has mended it."""
    place.deliver("gp", ANN)
    place.night()
    post = place.viewer("practitioner").post_id
    assert post is not None
    told = Correction.objects.using("owner").create(
        record=place.record("gp", "1"), field="family_name", because="Misspelt", by_id=post,
        at=timezone.now(),
    )  # fmt: skip
    place.deliver("gp", {**ANN, "phone": "07700 900333"})
    place.night()
    told.refresh_from_db()
    assert told.mended_on is None
    place.deliver("gp", {**ANN, "family_name": "Ashe"})
    place.night()
    told.refresh_from_db()
    assert told.mended_on is not None


def test_without_its_cache_a_night_gives_the_same(place: Place) -> None:
    """The truth is in the database alone: the files between nights can be lost."""
    odd = {**BEN, "family_name": 'Be"ech,\nof Oak', "address": "", "middle_names": "'; --"}
    place.deliver("gp", ANN, odd)
    place.deliver("fire", {**ANN, "record_id": "F1"})
    place.night()
    before = links()
    shutil.rmtree(place.data / "cache")
    place.deliver("gp", {**ANN, "phone": "07700 900444"}, odd)
    done = place.night()
    assert links() == before
    last = Delivery.objects.latest("as_at")
    assert (last.changed, last.unchanged) == (1, 1)
    assert done.night.counts["moved"] == 0


def test_what_was_written_ahead_is_taken_back_where_all_must_be_linked_anew(place: Place) -> None:
    """What changed is written while it is linked; once, also where the files prove to be of another model."""
    place.deliver("gp", ANN, BEN)
    place.night()
    [manifest] = place.data.glob("cache/*/linked/manifest.json")
    manifest.unlink()
    place.deliver("gp", {**ANN, "phone": "07700 900444"}, BEN)
    done = place.night()
    assert (done.night.counts["changed"], done.night.counts["versions"]) == (1, 1)
    assert place.record("gp", ANN["record_id"]).versions.count() == 1


def test_a_full_night_gives_the_same_people(place: Place) -> None:
    place.deliver("gp", ANN, BEN, CAT)
    place.deliver("fire", {**ANN, "record_id": "F1"}, {**CAT, "record_id": "F3"})
    place.night()
    before = links()
    place.night(full=True)
    assert links() == before


@pytest.mark.parametrize(
    ("module", "step", "trouble", "says"),
    [
        (find_lately, "bring_in", OperationalError("gone"), "still waits beside it"),
        (seal_ledger, "write_down", OSError(errno.ENOSPC, "no room"), "not in the file beside the database"),
        (cache, "forget_others", PermissionError("shut"), "files of earlier nights"),
    ],
)  # fmt: skip
def test_trouble_once_all_is_committed_is_told_and_the_night_holds(
    place: Place, monkeypatch: pytest.MonkeyPatch, module: object, step: str, trouble: Exception,
    says: str,
) -> None:  # fmt: skip
    """What stands is never told as failed: it would be sent, and looked for, again."""
    place.deliver("gp", ANN)
    place.night()
    place.deliver("gp", ANN, BEN)
    with monkeypatch.context() as broken:
        broken.setattr(module, step, Mock(side_effect=trouble))
        done = place.night()
    [told] = [each for each in done.ran.told if says in each]
    assert told.startswith("The night holds, but ")
    assert type(trouble).__name__ in told
    stands = Night.objects.get(pk=done.night.pk)
    assert (stands.state, says in stands.sentence) == (NightState.COMMITTED, True)
    assert place.record("gp", "2").person
    assert (place.data / "cache" / str(done.night.stamp)).is_dir(), "the next night begins there"
    place.deliver("gp", ANN, BEN, CAT)
    after = place.night()
    assert not any(each.startswith("The night holds, but") for each in after.ran.told)
    assert not FindLately.objects.using("owner").exists()
    assert [each.name for each in (place.data / "cache").iterdir()] == [str(after.night.stamp)]


def test_a_second_night_at_once_is_refused_and_told_which_runs(place: Place) -> None:
    started = datetime.datetime(2026, 11, 20, 21, 4, tzinfo=datetime.UTC)
    other = place.database.server.connect(place.database.name)
    other.execute("SELECT pg_advisory_lock(%s)", [nights.LOCK])
    running = Night.objects.create(as_at=place.day, started_at=started)
    with pytest.raises(
        CannotRunNight, match=rf"Night {running.pk} is running; it started at 21:04"
    ):
        place.night()
    running.delete()
    with pytest.raises(CannotRunNight, match="Another night is just starting"):
        place.night()
    other.execute("SELECT pg_advisory_unlock(%s)", [nights.LOCK])
    other.close()
    assert place.night().night.state == NightState.COMMITTED


def test_a_night_that_was_killed_is_told_as_interrupted(place: Place) -> None:
    killed = Night.objects.create(as_at=place.day, started_at=timezone.now())
    done = place.night()
    killed.refresh_from_db()
    assert killed.state == NightState.INTERRUPTED
    assert "Nothing of it was kept" in killed.sentence
    assert done.night.state == NightState.COMMITTED


def test_what_killed_nights_left_goes_before_anything_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P2: a copy that no seal reaches must not outlive the night that made it."""
    place.deliver("gp", ANN)
    kept = place.data / "cache" / str(place.night().night.stamp)
    rubble = [place.data / "scratch" / "killed", place.data / "cache" / "killed"]
    for folder in rubble:
        folder.mkdir()
        (folder / "night_changes.csv").write_text("Ann Ash")
    (place.data / "scratch" / "alone.csv").write_text("Ann Ash")

    def killed(*_: object) -> None:
        assert not any(folder.exists() for folder in rubble)
        raise KeyboardInterrupt

    monkeypatch.setattr(nights, "_run", killed)
    with pytest.raises(KeyboardInterrupt):
        place.night()
    assert not list((place.data / "scratch").iterdir())
    assert list((place.data / "cache").iterdir()) == [kept]


def test_a_night_leaves_nothing_locked_and_no_scratch(place: Place) -> None:
    place.deliver("gp", ANN)
    done = place.night()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
               WHERE l.locktype = 'advisory' AND d.datname = current_database()"""
        )
        assert cursor.fetchone() == (0,)
    assert [path.name for path in (place.data / "cache").iterdir()] == [str(done.night.stamp)]
    assert not list((place.data / "scratch").iterdir())


def test_only_who_sends_deliveries_may_run_a_night(place: Place) -> None:
    with pytest.raises(NotPermitted):
        place.night(by=place.viewer("practitioner"))
    done = place.night(by=place.viewer("data_manager"))
    assert done.night.started_by is not None


def test_a_night_built_anew_keeps_each_records_population(place: Place) -> None:
    """Two populations of one agency: losing the cache must not withdraw or empty either."""
    place.inbox.mkdir()
    write(place.inbox, "housing", [ANN], day=place.day, population="whole-register")
    write(place.inbox, "housing", [BEN], day=place.day, population="active-caseload")
    place.night()
    shutil.rmtree(place.data / "cache")
    Flow.objects.filter(contract="housing_tenants", population="active-caseload").delete()
    write(place.inbox, "housing", [ANN, CAT], day=place.day, population="whole-register")
    place.night()
    live = (
        Record.objects.using("owner")
        .filter(gone_on__isnull=True)
        .values_list("record_id", "population")
    )
    assert sorted(live) == [("1", "whole-register"), ("3", "whole-register")]


def test_a_full_night_makes_the_find_index_anew(place: Place) -> None:
    place.deliver("gp", ANN, BEN, CAT)
    place.night()
    whole = set(FindProfile.objects.using("owner").values_list("person", "profile"))
    FindProfile.objects.using("owner").filter(person=place.record("gp", "2").person_id).update(
        profile="of old"
    )
    place.night(full=True)
    assert set(FindProfile.objects.using("owner").values_list("person", "profile")) == whole
