"""`joinedup night`, as somebody types it."""

import json
from subprocess import CompletedProcess

from joinedup.identity.people.models import Record
from joinedup.identity.sharing.models import AgencySight
from tests import commands
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN


def night(place: Place, *words: str) -> "CompletedProcess[str]":
    place.data.mkdir(exist_ok=True)
    # What the place's tests see rests on no agreement, and a night would call it an incident.
    AgencySight.objects.using("owner").all().delete()
    environment = {**place.database.environment, "JOINEDUP_DATA": str(place.data)}
    return commands.run("night", "--as-at", "2026-11-20", *words, environment=environment)


def test_a_night_tells_its_stages_and_what_it_did(place: Place) -> None:
    place.deliver("gp", ANN, BEN)
    ended = night(place, "--inbox", str(place.inbox))
    assert ended.returncode == 0, ended.stderr
    assert "Night 1, as at 20/11/2026, is committed." in ended.stdout
    assert "sent 2, loaded 2, quarantined 0" in ended.stdout
    stages = ended.stderr.splitlines()
    assert stages[0] == "Reading what is held"
    assert "The night is done" in stages


def test_rows_kept_back_end_with_one_and_a_script_reads_why(place: Place) -> None:
    place.deliver("gp", ANN, {**BEN, "born_on": "31/02/1980"})
    ended = night(place, "--inbox", str(place.inbox), "--json")
    assert ended.returncode == 1, ended.stderr
    said = json.loads(ended.stdout)
    [delivery] = said["deliveries"]
    assert (delivery["status"], delivery["quarantined"], delivery["loaded"]) == ("loaded", 1, 1)
    assert "Reading" not in ended.stderr


def test_an_inbox_that_is_not_there_is_wrong_usage(place: Place) -> None:
    ended = night(place, "--inbox", str(place.folder / "nowhere"))
    assert (ended.returncode, "There is no folder" in ended.stderr) == (2, True)


def test_a_day_or_a_truth_that_is_not_one_is_told_in_a_sentence(place: Place) -> None:
    place.inbox.mkdir()
    day = night(place, "--as-at", "tomorrow")
    assert (day.returncode, "write it as in 2026-11-20" in day.stderr) == (2, True)
    truth = night(place, "--inbox", str(place.inbox), "--truth", "/nowhere")
    assert (truth.returncode, truth.stderr.count("\n")) == (2, 1)
    assert "There is no truth in /nowhere" in truth.stderr


def test_an_empty_night_is_fine(place: Place) -> None:
    place.inbox.mkdir()
    ended = night(place, "--inbox", str(place.inbox), "--full")
    assert ended.returncode == 0, ended.stderr
    assert "is committed" in ended.stdout


def test_an_alarm_is_printed_and_ends_with_one_until_losses_are_accepted(place: Place) -> None:
    many = [{**ANN, "record_id": str(n), "nhs_number": ""} for n in range(40)]
    place.deliver("fire", *many)
    place.night()
    place.deliver("fire", *many[:10])
    inbox = ("--inbox", str(place.inbox), "--as-at", "2026-11-21")
    ended = night(place, *inbox)
    assert ended.returncode == 1, ended.stderr
    assert "Far from usual: It has 30 rows fewer" in ended.stdout
    assert "gone 0" in ended.stdout
    assert "30 absences are held" in ended.stdout
    wrong = night(place, *inbox, "--accept-losses", "fire")
    assert (wrong.returncode, "Name one of these:" in wrong.stderr) == (2, True)
    accepted = night(place, *inbox, "--accept-losses", "fire_home_visits")
    assert accepted.returncode == 0, accepted.stderr
    assert Record.objects.using("owner").filter(gone_on__isnull=False).count() == 30
