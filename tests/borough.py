"""A small borough, made and linked once a session: pages and journeys each get a copy of its database."""

import csv
import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from joinedup.demo import lives
from joinedup.demo.agreements import make_agreements
from joinedup.demo.danger import set_lines
from joinedup.demo.personas import make_personas
from joinedup.demo.routes import make_routes
from joinedup.foundations.agencies.operations import join_usual_agencies
from joinedup.foundations.core import clock
from joinedup.foundations.places.operations import load_place
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import AgencySight
from joinedup.intelligence.linkage.models import Night, PossibleLink, ReviewPair
from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
from joinedup.intelligence.linkage.operations.measure import Truth
from joinedup.intelligence.linkage.operations.night import NightWork, run_the_night
from joinedup.pipeline.inbox import files_in
from joinedup.pipeline.synthetic import make_borough
from joinedup.support.questions.operations.ship import ensure_shipped
from tests import databases
from tests.databases import PrivateDatabase, Server
from tests.sight import everybody_sees_identity

PEOPLE = 600
SEED = 11
PAIRS = 5
LIVES = 2
FIRST, SECOND = datetime.date(2026, 11, 20), datetime.date(2026, 11, 21)
PURPOSE = "a test"


@dataclass(frozen=True)
class Line:
    """One row of an agency's file, as it was sent."""

    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells[heading]


def make(folder: Path) -> None:
    """Make the borough's files and run two nights on the database Django is pointed at."""
    shutil.rmtree(folder, ignore_errors=True)
    make_borough(PEOPLE, SEED, folder, nights=1)
    spoil(folder / "deliveries" / FIRST.isoformat())
    at = timezone.now()
    system = Viewer.system(PURPOSE)
    load_place(folder=folder / "place", by=None, purpose=PURPOSE, at=at)
    join_usual_agencies(by=None, purpose=PURPOSE, at=at)
    make_personas()
    everybody_sees_identity()
    agree_usual_flows(by=system, basis="a test", starts_on=datetime.date(2026, 4, 1), at=at)
    for day in (FIRST, SECOND):
        work = NightWork(
            files=files_in(folder / "deliveries" / day.isoformat()),
            data=Path(settings.DATA),
            as_at=day,
            truth=Truth(folder / "truth"),
        )
        run_the_night(by=system, work=work, clock=timezone.now, progress=lambda *_: None)
    add_pairs()


def add_pairs() -> None:
    """Put some possible links into the review queue, which a place so small leaves almost empty."""
    night = Night.objects.using("owner").latest("pk")
    for possible in PossibleLink.objects.using("owner").order_by("-weight", "pk")[:PAIRS]:
        one, other = (
            Record.objects.using("owner").filter(person=person, gone_on=None).earliest("pk")
            for person in (possible.person_a_id, possible.person_b_id)
        )
        ReviewPair.objects.using("owner").get_or_create(
            record_a=min(one, other, key=lambda record: record.pk),
            record_b=max(one, other, key=lambda record: record.pk),
            defaults={
                "weight": possible.weight,
                "because": possible.because,
                "hard": True,
                "night": night,
            },
        )


def spoil(night: Path) -> None:
    """Put two rows into adult care's file that must be kept back."""
    path = next(night.glob("adult_social_care__*"))
    headings, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    count = len(next(csv.reader([headings])))
    names = next(csv.reader([headings]))
    born = names.index("dob")
    faulty = []
    for number, birth in (("ASC-F1", "31/02/1980"), ("ASC-F2", "01/01/2090")):
        cells = [""] * count
        cells[0], cells[born] = number, birth
        cells[names.index("last_name")], cells[names.index("first_name")] = "Faulty", "Row"
        faulty.append(",".join(cells))
    path.write_text("\n".join([headings, *rows, *faulty]) + "\n", encoding="utf-8")


def sent_by(folder: Path, contract: str, day: datetime.date = FIRST) -> list[Line]:
    """The rows an agency sent on a day."""
    path = next((folder / "deliveries" / day.isoformat()).glob(f"{contract}__*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Line(row) for row in csv.DictReader(file)]


def folder_of(server: Server) -> Path:
    """Where this session's borough keeps its files."""
    return server.folder / "borough"


def live(at: datetime.datetime) -> None:
    """Put the demo's agreements in the place of seeing everything, a few lives on record, a front door."""
    with acting(Viewer.system(PURPOSE)):
        AgencySight.objects.all().delete()
    make_agreements(at=at)
    lives.make_lives(at=at, progress=lambda *_: None, many=LIVES)
    set_lines(at=at)
    ensure_shipped(at=at)
    make_routes(at=at)


@contextmanager
def copy_of(server: Server, name: str, *, lived: bool = False) -> Iterator[PrivateDatabase]:
    """Point Django at a copy of the borough's database, dropped afterwards; the first call makes it.

    Where it is lived in, the demo's agreements say who sees what, and some people's lives are on record.
    """
    stages: list[databases.Stage] = [("borough", lambda: make(folder_of(server)))]
    if lived:
        stages.append(("lived", lambda: live(clock.now())))
    with databases.copy(server, name, *stages) as given:
        yield given
