"""What the demo needs before it can be served: a borough, its agencies, its first night, its personas."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

from joinedup.demo.agreements import are_made, make_agreements
from joinedup.demo.cases import are_brought, make_first
from joinedup.demo.danger import are_set, set_lines
from joinedup.demo.lives import LIVES, are_written, make_lives
from joinedup.demo.panels import are_opened, open_panels
from joinedup.demo.pathways import agree_pathways
from joinedup.demo.personas import IN_POST_SINCE, make_personas
from joinedup.demo.referrals import are_sent, make_newest
from joinedup.demo.routes import make_routes
from joinedup.demo.standing import set_standing
from joinedup.foundations.agencies.operations import join_usual_agencies
from joinedup.foundations.core.dates import start_of
from joinedup.foundations.core.trouble import Trouble
from joinedup.foundations.places.operations import load_place
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
from joinedup.intelligence.linkage.operations.measure import Truth
from joinedup.intelligence.linkage.operations.night import CannotRunNight, NightWork, run_the_night
from joinedup.intelligence.linkage.queries import night_facts
from joinedup.pipeline.inbox import files_in
from joinedup.pipeline.synthetic import FIRST_DAY, make_borough
from joinedup.support.questions.operations.ship import ensure_shipped

Progress = Callable[[str, float], None]
Clock = Callable[[], datetime.datetime]

PURPOSE = "the demo"
FEW_LIVES = 5
"""Written down in the smallest place; a larger one has more, up to LIVES."""
_BASIS = "Invented for the demo"
_FLOWS_FROM = datetime.date(2025, 4, 1)


def is_ready() -> bool:
    """Tell whether all of it is there: night, agreements, lives, door lines, referrals, cases."""
    return (
        night_facts.last_committed() is not None
        and are_made()
        and are_written()
        and are_set()
        and are_sent()
        and are_brought()
        and are_opened()
    )


def get_ready(*, data: Path, people: int, seed: int, clock: Clock, progress: Progress) -> None:
    """Make whatever is missing; each step that was done before is kept as it is.

    Raises Trouble where the database holds records that are not the demo's.
    """
    borough = data / "demo" / "borough"
    if night_facts.last_committed() is None:
        _first_night(borough, data, people, seed, clock, progress)
    make_personas()
    set_lines(at=start_of(IN_POST_SINCE))
    make_agreements(at=clock())
    make_lives(at=clock(), progress=progress, many=min(LIVES, max(FEW_LIVES, people // 100)))
    ensure_shipped(at=start_of(IN_POST_SINCE))
    make_routes(at=clock())
    agree_pathways()
    set_standing(at=clock())
    open_panels(at=clock())
    make_newest(people=people, seed=seed, at=clock(), progress=progress)
    if not are_brought():
        make_first(people=people, seed=seed, at=clock(), progress=progress)


def _first_night(
    borough: Path, data: Path, people: int, seed: int, clock: Clock, progress: Progress
) -> None:
    if not borough.exists():
        with acting(Viewer.system(PURPOSE)):
            held_already = Record.objects.exists()
        if held_already:
            raise Trouble("This database holds people already; the demo wants one of its own.")
        _make(borough, people, seed, progress)
    _set_the_place(borough / "place", clock())
    work = NightWork(
        files=files_in(borough / "deliveries" / FIRST_DAY.isoformat()),
        data=data,
        as_at=FIRST_DAY,
        truth=Truth(borough / "truth"),
    )
    try:
        run_the_night(by=Viewer.system(PURPOSE), work=work, clock=clock, progress=progress)
    except CannotRunNight as refused:
        raise Trouble(str(refused)) from refused


def _make(borough: Path, people: int, seed: int, progress: Progress) -> None:
    """Make the borough aside and move it into place whole, so that a kill leaves nothing half made."""
    aside = borough.with_name("borough.new")
    shutil.rmtree(aside, ignore_errors=True)
    make_borough(
        people, seed, aside, progress=lambda stage, done, of: progress(stage, done / max(of, 1))
    )
    aside.rename(borough)


def _set_the_place(folder: Path, at: datetime.datetime) -> None:
    by = Viewer.system(PURPOSE)
    load_place(by=by.post_id, purpose=by.purpose, folder=folder, at=at)
    join_usual_agencies(by=by.post_id, purpose=by.purpose, at=at)
    agree_usual_flows(by=by, basis=_BASIS, starts_on=_FLOWS_FROM, at=at)
