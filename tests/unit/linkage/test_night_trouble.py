"""A night in trouble: killed, out of disk, without its database. Nothing is lost; the next one mends it."""

import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from joinedup.foundations.places.operations import load_place
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.models import AgencySight
from joinedup.intelligence.linkage.models import Night
from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
from joinedup.pipeline.synthetic import FIRST_DAY, make_borough
from tests import databases
from tests.commands import Command
from tests.databases import Server
from tests.unit.linkage.conftest import SYSTEM, Place, set_the_place
from tests.unit.linkage.invented import ANN, BEN

PEOPLE = 500
KILLS = 6

_SPINE = {
    "records": """SELECT agency_id, record_id, person_id, tier, because, family_name, address_key,
                    received_on, gone_on FROM people_record""",
    "persons": "SELECT id, merged_into_id, retired_on, died_on, died_source FROM people_person",
    "versions": """SELECT r.agency_id, r.record_id, v.identity, v.starts_on
                   FROM people_recordversion v JOIN people_record r ON r.id = v.record_id""",
    "homes": "SELECT household_id, person_id, starts_on, ends_on FROM people_householdmember",
    "deliveries": """SELECT contract, as_at, status, sent, loaded, quarantined, withheld, matched,
                       new, changed, gone, unchanged FROM linkage_delivery""",
    "kept back": "SELECT row, reason, raw FROM linkage_quarantinedrow",
    "events": "SELECT kind, person_id, other_id, because FROM linkage_spineevent",
    "possible": "SELECT person_a_id, person_b_id, weight FROM linkage_possiblelink",
    "seals": "SELECT agency_id, record_id FROM people_seal",
    "found by": "SELECT key, person FROM linkage_findkey",
}


def spine() -> dict[str, list[str]]:
    """Everything a night writes but its own numbers and hours, in a steady order."""
    said = {}
    with connections["owner"].cursor() as cursor:
        for name, query in _SPINE.items():
            cursor.execute(f"SELECT t::text FROM ({query}) t ORDER BY 1")
            said[name] = [row for (row,) in cursor.fetchall()]
    return said


def night(place: Place, *, day: str) -> list[str]:
    inbox = place.folder / "borough" / "deliveries" / day
    return ["night", "--inbox", str(inbox), "--as-at", day]


def environment(place: Place) -> dict[str, str]:
    return {
        **place.database.environment,
        "JOINEDUP_DATA": str(place.data),
        "JOINEDUP_SEAL_KEY": "5ea1",
        "JOINEDUP_DEMO": "1",
    }


def run(place: Place, *, day: str) -> "subprocess.CompletedProcess[str]":
    return start(place, day=day).end()


def start(place: Place, *, day: str) -> Command:
    return Command(*night(place, day=day), environment=environment(place))


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handful of invented people, delivered by six agencies on two days."""
    folder = tmp_path_factory.mktemp("made") / "borough"
    make_borough(PEOPLE, 23, folder, nights=1)
    return folder


@pytest.fixture
def town(place: Place, borough: Path) -> Place:
    """The place with that borough's practices and files, before its first night."""
    prepare(place.folder, borough)
    place.data.mkdir()
    return place


def prepare(folder: Path, borough: Path) -> None:
    (folder / "borough").symlink_to(borough)
    load_place(folder=borough / "place", by=None, purpose="a test", at=timezone.now())
    agree_usual_flows(by=SYSTEM, basis="a test", starts_on=FIRST_DAY, at=timezone.now())


@dataclass(frozen=True)
class Calm:
    """What two nights come to where nothing goes wrong, and how long one takes."""

    spines: list[dict[str, list[str]]]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_name: str,
    borough: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Calm:
    """The spine after each of the two nights, where nothing goes wrong."""
    name = f"{test_server.template}_{worker_name}_calm"
    spines = []
    with (
        django_db_blocker.unblock(),
        databases.copy(test_server, name, ("place", set_the_place)) as database,
    ):
        calm = Place(tmp_path_factory.mktemp("calm"), database)
        calm.data.mkdir()
        prepare(calm.folder, borough)
        for day in ("2026-11-20", "2026-11-21"):
            began = time.perf_counter()
            done = run(calm, day=day)
            assert done.returncode in (0, 1), done.stderr
            spines.append(spine())
            seconds = time.perf_counter() - began
    return Calm(spines, seconds)


def test_a_night_killed_at_any_moment_leaves_nothing_half_done(
    town: Place, undisturbed: Calm
) -> None:
    """Kill -9 at random moments; what is there is the night before or the whole night, never between."""
    pick = random.Random(7)
    allowed = [{name: [] for name in _SPINE}, *undisturbed.spines]
    for night, day in enumerate(("2026-11-20", "2026-11-21"), 1):
        for _ in range(KILLS):
            process = start(town, day=day)
            time.sleep(pick.uniform(0.2, 1.0) * undisturbed.seconds)
            process.kill()
            process.end()
            _let_go(town)
            assert spine() in (allowed[night - 1], allowed[night])
        assert run(town, day=day).returncode in (0, 1)
        assert spine() == allowed[night]
    assert not Night.objects.filter(state="running").exists()
    caches = list((town.data / "cache").iterdir())
    last = Night.objects.filter(state="committed").latest("pk")
    assert [cache.name for cache in caches] == [str(last.stamp)]


def _let_go(place: Place) -> None:
    """Wait until the database has ended what the killed one had asked of it: a commit may be under way."""
    with place.database.server.connect(place.database.name) as admin:
        for _ in range(4000):
            (left,) = admin.execute(
                """SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()
                     AND usename = 'joinedup_app' AND state <> 'idle'"""
            ).fetchone() or (0,)
            if not left:
                return
            time.sleep(0.005)
    pytest.fail("The killed night never let go of the database.")


def test_a_full_disk_is_a_sentence_and_the_next_night_mends_it(
    town: Place, undisturbed: Calm
) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (24_000, 24_000))

    full = subprocess.run(
        [sys.executable, "-m", "joinedup.config", *night(town, day="2026-11-20")],
        env=environment(town), capture_output=True, text=True, check=False, preexec_fn=small_disk,
    )  # fmt: skip
    assert full.returncode == 3, full.stderr
    assert "disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    assert not Record.objects.using("owner").exists()
    assert run(town, day="2026-11-20").returncode in (0, 1)
    assert spine() == undisturbed.spines[0]


@pytest.mark.parametrize("part", ["while the files are read", "while it is committed"])
def test_a_database_that_goes_away_is_a_sentence_and_the_next_night_mends_it(
    part: str, town: Place, undisturbed: Calm
) -> None:
    process = start(town, day="2026-11-20")
    _cut_off(town, committing=part == "while it is committed")
    ended = process.end()
    assert ended.returncode == 3, ended.stderr
    assert "The database went away" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not Record.objects.using("owner").exists()
    assert run(town, day="2026-11-20").returncode in (0, 1)
    assert spine() == undisturbed.spines[0]


def _cut_off(place: Place, *, committing: bool) -> None:
    """End the night's connection as a restart of the server would, at the moment asked for.

    Whoever writes records holds their table for writing until all is committed: a moment that no busy machine misses.
    """
    moment = (
        "l.relation = to_regclass('people_record') AND l.mode <> 'AccessShareLock' AND l.granted"
    ) if committing else "l.locktype = 'advisory'"  # fmt: skip
    with place.database.server.connect(place.database.name) as admin:
        for _ in range(4000):
            ended = admin.execute(
                f"""SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
                    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                      AND a.usename = 'joinedup_app' AND a.application_name <> 'test'
                      AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND {moment})"""  # type: ignore[arg-type]
            ).fetchall()
            if ended:
                return
            time.sleep(0.005)
    pytest.fail("The night was never seen at that moment.")


def test_two_nights_at_once_end_with_one(place: Place) -> None:
    """The second refuses, naming the first, with the exit code of trouble."""
    # What the place's tests see rests on no agreement, and a night would call it an incident.
    AgencySight.objects.using("owner").all().delete()
    place.deliver("gp", ANN, BEN)
    place.inbox.rename(place.folder / "files")
    inbox = place.folder / "files"
    place.data.mkdir()
    words = ("night", "--inbox", str(inbox), "--as-at", "2026-11-20")
    both = [Command(*words, environment=environment(place)) for _ in range(2)]
    ended = [command.end() for command in both]
    codes = sorted(each.returncode for each in ended)
    refusals = [each.stderr for each in ended if each.returncode == 3]
    # On a slow machine one may end before the other begins; then the other finds nothing to do.
    assert codes in ([0, 3], [0, 0]), ended
    for said in refusals:
        assert "Wait until it has ended" in said
    assert Record.objects.using("owner").count() == 2
