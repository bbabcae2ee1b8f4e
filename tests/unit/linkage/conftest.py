"""A small place with six agencies, its own database and its nights."""

import datetime
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.agencies.operations import join_usual_agencies
from joinedup.foundations.places.models import Locality, Practice
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
from joinedup.intelligence.linkage.operations.night import Done, NightWork, run_the_night
from joinedup.pipeline.inbox import files_in
from tests import databases
from tests.databases import PrivateDatabase, Server
from tests.pipeline.night_files import DAY, PRACTICE, write
from tests.sight import everybody_sees_identity

SYSTEM = Viewer.system("a test")


@dataclass
class Place:
    """Where agencies deliver and nights are run, one day after another."""

    folder: Path
    database: PrivateDatabase
    day: datetime.date = DAY

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def deliver(self, agency: str, *rows: Mapping[str, str], extent: str = "full") -> Path:
        """Put a delivery as at today into the inbox."""
        return write(self.inbox, agency, rows, day=self.day, extent=extent)

    def night(self, *, by: Viewer = SYSTEM, full: bool = False) -> Done:
        """Run tonight, and go on to the next day."""
        self.inbox.mkdir(exist_ok=True)
        work = NightWork(files=files_in(self.inbox), data=self.data, as_at=self.day, full=full)
        done = run_the_night(by=by, work=work, clock=timezone.now, progress=lambda *_: None)
        self.day += datetime.timedelta(days=1)
        return done

    def record(self, agency: str, record_id: str) -> Record:
        """An agency's record as the database has it."""
        return (
            Record.objects.using("owner")
            .select_related("person")
            .get(agency=agency, record_id=record_id)
        )

    def viewer(self, role: str, agency: str = "gp") -> Viewer:
        """Somebody new in a post of that role."""
        team, _ = Team.objects.get_or_create(agency_id=agency, name="A team")
        number = User.objects.count()
        user = User.objects.create(email=f"p{number}@example.org", name=f"Person {number}")
        post = Post.objects.create(
            user=user, team=team, role=role, starts_on=datetime.date(2026, 1, 1)
        )
        return Viewer.of_post(post)


def set_the_place() -> None:
    """Let agencies, practices and their flows stand."""
    at = timezone.now()
    join_usual_agencies(by=None, purpose="a test", at=at)
    locality = Locality.objects.create(
        code="L1", name="Aldermere", starts_on=datetime.date(2019, 4, 1)
    )
    for code in (PRACTICE, "Z99002"):
        Practice.objects.create(ods_code=code, name=code, locality=locality)
    agree_usual_flows(by=SYSTEM, basis="a test", starts_on=datetime.date(2020, 1, 1), at=at)
    everybody_sees_identity()


Lives = Callable[["Place"], None]
"""What agencies deliver and nights make of it, before a test begins."""


@pytest.fixture
def place_where(
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_name: str,
    tmp_path: Path,
) -> Iterator[Callable[..., Place]]:
    """Give a copy of the place, where something has happened that is done once a session."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())

        def given(*happened: Lives) -> Place:
            stages = [("place", set_the_place), *(_stage(test_server, each) for each in happened)]
            name = f"{test_server.template}_{worker_name}_place"
            there = Place(tmp_path, stack.enter_context(databases.copy(test_server, name, *stages)))
            for each in happened:
                kept = _kept(test_server, each)
                shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
                there.day = datetime.date.fromisoformat((kept / _WHICH_DAY).read_text())
            return there

        yield given


def _stage(server: Server, happens: Lives) -> databases.Stage:
    name = happens.__name__

    def happen() -> None:
        folder = _kept(server, happens)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        there = Place(folder, PrivateDatabase(f"{server.template}_{name}", server))
        happens(there)
        (folder / _WHICH_DAY).write_text(there.day.isoformat())

    return name, happen


def _kept(server: Server, happened: Lives) -> Path:
    return server.folder / f"place-{happened.__name__}"


_WHICH_DAY = "day"


@pytest.fixture
def place(place_where: Callable[..., Place]) -> Place:
    """A place before its first night, with a database of its own."""
    return place_where()


def people_of(records: Sequence[Record]) -> int:
    """How many persons these records are of."""
    return len({record.person_id for record in records})
