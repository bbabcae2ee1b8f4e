"""A seal outlives a database that has forgotten it."""

import shutil
from subprocess import CompletedProcess

import pytest
from django.db import connections

from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.people.models import Record, Seal, SealedFingerprint
from joinedup.intelligence.linkage.operations import seal_ledger
from tests import commands
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN, CAT

SEALED = {"record_id": "1", "sealed": "Y"}


def forget_seals(place: Place) -> None:
    """As a backup leaves it that is older than the seals."""
    with place.database.server.connect(place.database.name) as owner:
        owner.execute("TRUNCATE people_seal, people_sealedfingerprint")
    shutil.rmtree(place.data / "cache")


def test_a_seal_the_database_has_forgotten_is_put_back_and_heeded(place: Place) -> None:
    """P2: the sealed identity, back with an old backup, is withdrawn and purged by the next night."""
    place.deliver("gp", BEN)
    place.night()
    place.deliver("gp", {**ANN, **SEALED}, BEN)
    place.night()
    known = Seal.objects.using("owner").count() + SealedFingerprint.objects.using("owner").count()
    assert known > 1
    assert (place.data / seal_ledger.NAME).stat().st_mode & 0o777 == 0o600
    assert "Ash" not in (place.data / seal_ledger.NAME).read_text()
    forget_seals(place)
    Record.objects.using("owner").filter(record_id="2").update(
        record_id="1", given_name="Ann", family_name="Ash", born_on="1990-05-01",
        nhs_number=ANN["nhs_number"],
    )  # fmt: skip
    place.deliver("gp", {**CAT, "change": "A"}, extent="changes")
    place.deliver("fire", {**ANN, "record_id": "F1"})
    done = place.night()
    assert (
        Seal.objects.using("owner").count() + SealedFingerprint.objects.using("owner").count()
        == known
    )
    assert f"{known} seals that the database did not know" in done.night.sentence
    assert sorted(Record.objects.using("owner").values_list("record_id", flat=True)) == ["3"]
    assert "seals" not in place.night().night.sentence


def test_each_seal_is_written_once_and_a_line_cut_short_is_passed_over(place: Place) -> None:
    place.deliver("gp", {**ANN, **SEALED}, BEN)
    place.night()
    ledger = place.data / seal_ledger.NAME
    before = ledger.read_text()
    place.night()
    assert ledger.read_text() == before
    ledger.write_text(f'{before}["gp", "9')
    seal_ledger.write_down(place.data)
    Seal.objects.using("owner").create(agency_id="gp", record_id="9", sealed_on=place.day)
    seal_ledger.write_down(place.data)
    assert ledger.read_text().endswith('["gp", "9\n["gp", "9"]\n')
    ledger.write_text('{"a": 1}\n')
    with pytest.raises(Trouble, match="not a list of seals"):
        place.night()


def test_restoring_a_backup_older_than_a_seal_tells_it_and_the_next_night_purges(
    place: Place,
) -> None:
    """P2: and until that night the command ends with 1."""
    place.deliver("gp", ANN, BEN)
    place.night()
    backup = str(place.folder / "old.backup")
    assert command(place, "backup", backup).returncode == 0
    place.deliver("gp", {**ANN, **SEALED}, BEN)
    place.night()
    connections.close_all()
    restored = command(place, "restore", backup, "--replace")
    assert restored.returncode == 1, restored.stderr
    assert "seals that the database did not know" in restored.stdout
    assert "Run `joinedup night` before the site opens." in restored.stdout
    assert Record.objects.using("owner").filter(record_id="1").exists()
    shutil.rmtree(place.inbox)
    place.night()
    assert sorted(Record.objects.using("owner").values_list("record_id", flat=True)) == ["2"]


def command(place: Place, *words: str) -> "CompletedProcess[str]":
    environment = {**place.database.environment, "JOINEDUP_DATA": str(place.data)}
    return commands.run(*words, environment=environment)
