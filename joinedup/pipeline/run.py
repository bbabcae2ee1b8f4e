"""The whole night on one screen: the stages in order."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from joinedup.pipeline import changes, inbox
from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.contracts.stages import DECISIONS, RECORDS, STANDARD
from joinedup.pipeline.engines import ARROW, DuckDB, on_this_machine
from joinedup.pipeline.inbox import Outcome, Read
from joinedup.pipeline.kept import PERSON, RECORD, Kept, forget, share_file
from joinedup.pipeline.linkage import Linked, Model, NeedsFullRun, link, load_model
from joinedup.pipeline.matched import count_matched
from joinedup.pipeline.night_folder import NightFolder
from joinedup.pipeline.permitted import WITHDRAWN, MayBeUsed, Opened, Permitted, permit
from joinedup.pipeline.sealed import Sealed
from joinedup.pipeline.standardise.table import standardise

Progress = Callable[[str, float], None]
"""Told the stage that begins, in words, and the share of the night that is done."""

ROWS_AT_A_TIME = 500_000


@dataclass(frozen=True)
class Base:
    """The spine as the database holds it, for a night that links everything anew."""

    records: Path
    """RECORDS and `population` of every live record."""
    linked: Path
    """links.parquet (LINKS), retired and departed.parquet, so that persons keep their identifiers."""


@dataclass(frozen=True)
class Asked:
    """Everything a night is told: it reads no clock, no settings and no database."""

    files: Sequence[Path]
    as_at: date
    may: MayBeUsed
    out: Path
    loaded: Mapping[str, frozenset[date]] = field(default_factory=dict)
    """sha256 of every file that was ever loaded, and the days it was loaded for."""
    latest: Mapping[inbox.Source, date] = field(default_factory=dict)
    """The day of the last delivery loaded, by contract and population."""
    decisions: pa.Table = field(default_factory=DECISIONS.empty_table)
    before: NightFolder | None = None
    """Last night's folder; then only what changed is linked."""
    before_linked: Path | None = None
    """Last night's links where reviewers have since changed the spine; else those of `before`."""
    base: Base | None = None
    absent: pa.Table = field(default_factory=changes.ABSENT.empty_table)
    """Records whose absence from a full delivery was held on an earlier night."""
    is_unusual_loss: changes.HoldAbsences = lambda sent, gone: False
    """Whether a full delivery that is not the first lacks too many to be believed at once."""
    accept_losses: frozenset[str] = frozenset()
    """Contracts whose absences somebody has confirmed, tonight's and those held."""
    model: Model | None = None
    memory: str = "1500MB"
    told_what_changed: Callable[[NightFolder], None] = lambda folder: None
    """Called once the files of what changed are written, before anything is linked."""
    told_whose: Callable[[Linked], None] = lambda linked: None
    """Called of a night of changes once `links_changed` and `events` are there, and not much else."""


@dataclass(frozen=True)
class Ran:
    """What a night found; nothing of it holds until it is committed."""

    folder: NightFolder
    counting: Future[tuple[Outcome, ...]]
    """What became of each file; of a night of changes it is counted up beside what is done next."""
    told: tuple[str, ...]
    quarantine: tuple[tuple[Outcome, pa.Table], ...]
    sealed: Sealed
    linked: Linked
    model: str
    """The name of the model it linked with."""
    seconds: dict[str, float]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each file, with all its counts."""
        return self.counting.result()


def run_night(asked: Asked, *, progress: Progress | None = None) -> Ran:
    """Read, check, permit, compare, standardise and link; leave a folder with all that changed."""
    clock = _Stages(progress or (lambda stage, share: None))
    folder = _empty_folder(asked.out)
    model = asked.model or load_model()
    with on_this_machine(memory=asked.memory, scratch=folder.scratch) as engine:
        with clock.stage("Reading what is held", 0.0):
            held, links = _held(asked, folder, engine), _links_before(asked, engine)
        with clock.stage("Reading and checking deliveries", 0.02):
            read = inbox.read(
                asked.files, as_at=asked.as_at, loaded=asked.loaded, latest=asked.latest,
                scratch=folder.scratch,
            )  # fmt: skip
        with clock.stage("Dropping what may not be used", 0.2):
            opened = permit(
                [each.arrived for each in read.deliveries], _searched(asked, held),
                may=asked.may, engine=engine, scratch=folder.scratch, links=_searched(asked, links),
                late=read.late, checked=_checked(asked),
            )  # fmt: skip
            if opened.blanked.num_rows and asked.base is None:
                raise NeedsFullRun("A sealed name is held as an earlier name of somebody else.")
        with clock.stage("Finding what changed", 0.25):
            withdrawn = pa.concat_tables([opened.withdrawn, _accepted(asked)])
            changes.hold(engine, held, withdrawn, asked.absent)
            outcomes = _apply_all(engine, held, read, opened, asked)
            if opened.blanked.num_rows:
                changes.blank(engine, "base", opened.blanked, asked.as_at)
        with clock.stage("Bringing values to one form", 0.3):
            _standardise(engine, held, folder, asked)
        asked.told_what_changed(folder)
        previous = _previous(asked, folder, opened, links)
        with ThreadPoolExecutor(1) as beside:
            keeping = beside.submit(changes.keep, engine, held, folder.path)
            linked = _link(asked, folder, clock, model, previous)
            keeping.result()
        with clock.stage("Closing the night", 0.98):
            counting = count_matched(engine, read.outcomes, outcomes, linked)
            folder.write_checked(opened.checked)
    shutil.rmtree(folder.scratch)
    quarantine = tuple(
        (outcome, delivery.quarantine)
        for outcome, delivery in zip(outcomes, opened.deliveries, strict=True)
    )
    told = (*read.told, *(o.sentence for o in (*read.outcomes, *outcomes) if o.sentence))
    return Ran(
        folder,
        counting,
        told,
        quarantine,
        opened.sealed,
        linked,
        model.name,
        clock.seconds,
    )


def _empty_folder(out: Path) -> NightFolder:
    # A night killed halfway leaves rubble under this name; nothing may be built on it.
    shutil.rmtree(out, ignore_errors=True)
    folder = NightFolder(out)
    folder.scratch.mkdir(parents=True)
    return folder


def _held(asked: Asked, folder: NightFolder, engine: DuckDB) -> Kept | None:
    """What was held before tonight: from last night's folder, or made anew from the database."""
    if asked.base is None:
        if asked.before is None:
            return None
        return Kept(engine, changes.HELD_BEFORE, RECORD, asked.before.path, file="held")
    _write_standard(asked.base.records, folder.scratch / "base_standard.parquet")
    engine.put("base", asked.base.records)
    engine.put("base_standard", folder.scratch / "base_standard.parquet")
    engine.write_later(
        f"""SELECT b.agency, b.record_id, b.controller, b.population, {changes.row_hash("b")} AS row_hash,
              {", ".join(f"b.{name}" for name in changes.NAMED)} FROM base b""",
        folder.scratch / f"held{ARROW}",
    )
    engine.finish()
    return Kept(engine, changes.HELD_BEFORE, RECORD, folder.scratch, file="held")


def _searched(asked: Asked, kept: Kept | None) -> Kept | str | None:
    """A table whose rows are found by their numbers; by its name where it was made anew and has none."""
    return kept and kept.name if asked.base else kept


def _checked(asked: Asked) -> frozenset[str]:
    return asked.before.checked if asked.base is None and asked.before else frozenset()


def _links_before(asked: Asked, engine: DuckDB) -> Kept | None:
    folder = _linked_before(asked)
    return Kept(engine, "links_before", RECORD, folder, file="links") if folder else None


def _linked_before(asked: Asked) -> Path | None:
    if asked.base:
        return asked.base.linked
    return asked.before_linked or (asked.before.linked if asked.before else None)


def _previous(asked: Asked, folder: NightFolder, opened: Opened, links: Kept | None) -> Path | None:
    """The links before tonight, without those of sealed persons: whoever remains is named anew (P2)."""
    before = _linked_before(asked)
    if before is None or links is None or not opened.persons:
        return before
    without = folder.scratch / "linked_before"
    shutil.copytree(before, without, copy_function=share_file)
    sealed = pa.array(opened.persons, pa.string())
    departed = before / "departed.parquet"
    if departed.exists():
        rows = pq.read_table(departed)
        (without / departed.name).unlink()
        pq.write_table(rows.filter(_is_not(rows["person"], sealed)), without / departed.name)
    forget(without, "links")
    links.engine.put("sealed_persons", pa.table({"person": sealed}))
    links.find("links_of_sealed", "sealed_persons", PERSON)
    links.change(
        leaving="SELECT agency, record_id FROM links_of_sealed",
        coming="SELECT * FROM links_of_sealed LIMIT 0",
    )
    links.keep(without)
    links.engine.finish()
    retired = pq.read_table(before / "retired.parquet")
    nowhere = pa.table({"person": sealed, "merged_into": pa.nulls(len(sealed), pa.string())})
    (without / "retired.parquet").unlink()
    pq.write_table(
        pa.concat_tables([retired, nowhere], promote_options="permissive"),
        without / "retired.parquet",
    )
    return without


def _is_not(person: pa.ChunkedArray, sealed: pa.Array) -> pa.ChunkedArray:
    return pc.invert(pc.is_in(person, sealed))


def _accepted(asked: Asked) -> pa.Table:
    """Held absences that somebody has confirmed: these records go (WITHDRAWN)."""
    agencies = {c.agency for c in CONTRACTS if c.code in asked.accept_losses}
    rows = [row for row in asked.absent.to_pylist() if row["agency"] in agencies]
    return pa.Table.from_pylist([{**row, "why": "absent"} for row in rows], schema=WITHDRAWN)


def _apply_all(
    engine: DuckDB, held: Kept | None, read: Read, opened: Opened, asked: Asked
) -> tuple[Outcome, ...]:
    came = set(asked.latest)
    outcomes = []
    for each, delivery in zip(read.deliveries, opened.deliveries, strict=True):
        source = (each.outcome.contract, each.outcome.population)
        believed = source not in came or each.outcome.contract in asked.accept_losses
        outcomes.append(
            _applied(
                engine, held, each.outcome, delivery, None if believed else asked.is_unusual_loss
            )
        )
        came.add(source)
    return tuple(outcomes)


def _applied(
    engine: DuckDB, held: Kept | None, outcome: Outcome, delivery: Permitted,
    hold: changes.HoldAbsences | None,
) -> Outcome:  # fmt: skip
    if delivery.refused:
        return outcome.refused(delivery.refused)
    kept_back = len(set(delivery.quarantine.column("row").to_pylist()))
    counted = changes.apply(engine, held, delivery, hold_absences=hold)
    return outcome.counted(counted, quarantined=kept_back, withheld=delivery.withheld)


def _standardise(engine: DuckDB, held: Kept | None, folder: NightFolder, asked: Asked) -> None:
    """Standardise what changed; for a night that links everything, all that did not as well."""
    engine.write("SELECT * FROM upserts", folder.changes)
    _write_standard(folder.changes, folder.standard)
    engine.put("changed_standard", folder.standard)
    engine.write(
        f"SELECT agency, record_id, {_ADDRESS} AS address_key FROM changed_standard",
        folder.addresses,
    )
    pq.write_table(changes.gone(engine, held), folder.gone)
    pq.write_table(changes.absent(engine), folder.absent)
    if asked.base is None:
        return
    everything = folder.scratch / "everything.parquet"
    engine.write(
        """SELECT * FROM base_standard WHERE (agency, record_id) IN
             (SELECT (agency, record_id) FROM held)
             AND (agency, record_id) NOT IN (SELECT (agency, record_id) FROM changed_standard)
           UNION ALL SELECT * FROM changed_standard""",
        everything,
    )
    engine.drop("changed_standard")
    everything.replace(folder.standard)


# A street without a house would make one household of all who live in it.
_ADDRESS = """CASE WHEN house IS NOT NULL AND postcode IS NOT NULL
                   THEN concat_ws(' ', house, street, postcode) END"""


def _write_standard(records: Path, standard: Path) -> None:
    """Standardise a file of records, some at a time, so that a county fits in memory."""
    with pq.ParquetFile(records) as source, pq.ParquetWriter(standard, STANDARD) as sink:
        for batch in source.iter_batches(batch_size=ROWS_AT_A_TIME, columns=RECORDS.names):
            sink.write_table(standardise(pa.Table.from_batches([batch])))


def _link(
    asked: Asked, folder: NightFolder, clock: "_Stages", model: Model, previous: Path | None
) -> Linked:
    anew = asked.base is not None or asked.before is None
    with clock.stage("Linking records into people", 0.4):
        return link(
            folder.standard,
            out=folder.linked,
            as_at=asked.as_at,
            model=model,
            decisions=asked.decisions,
            previous=previous,
            gone=None if anew else pq.read_table(folder.gone, columns=["agency", "record_id"]),
            progress=lambda stage, share: clock.tell(stage, 0.4 + 0.58 * share),
            told_whose=asked.told_whose,
        )


@dataclass
class _Stages:
    """Tells each stage as it begins and keeps how long it took."""

    told: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    def tell(self, stage: str, share: float) -> None:
        self.told(stage, share)

    @contextmanager
    def stage(self, words: str, share: float) -> Iterator[None]:
        self.told(words, share)
        started = time.perf_counter()
        yield
        self.seconds[words] = round(time.perf_counter() - started, 2)
