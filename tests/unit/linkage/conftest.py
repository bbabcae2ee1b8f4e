"""A small place with six agencies, its own database and its nights."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.agencies.operations import join_usual_agencies
from joinedup.foundations.places.models import Locality, Practice
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
from joinedup.intelligence.linkage.operations.night import Done, NightWork, run_the_night
from joinedup.pipeline.inbox import files_in
from tests.databases import PrivateDatabase
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


@pytest.fixture
def place(private_database: PrivateDatabase, tmp_path: Path) -> Place:
    """A place before its first night."""
    set_the_place()
    return Place(tmp_path, private_database)


def people_of(records: Sequence[Record]) -> int:
    """How many persons these records are of."""
    return len({record.person_id for record in records})
