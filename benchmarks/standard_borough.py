"""A synthetic borough as linkage gets it: made, checked, sealed rows dropped, standardised; kept on disk."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.stages import RECORDS, STANDARD
from joinedup.pipeline.deliveries import check
from joinedup.pipeline.standardise.table import standardise
from joinedup.pipeline.synthetic import FIRST_DAY, make_borough
from joinedup.pipeline.synthetic.rates import Rates, sparse

KEPT = Path(os.environ.get("JOINEDUP_BENCHMARKS", "/tmp/joinedup-benchmarks"))
ROWS = 250_000


@dataclass(frozen=True)
class StandardBorough:
    """Where the parts are."""

    people: int
    seed: int
    folder: Path

    @property
    def standard(self) -> Path:
        """Every record in its standard form (STANDARD)."""
        return self.folder / "standard.parquet"

    @property
    def truth(self) -> Path:
        """Whom each record is really of (TRUTH)."""
        return self.folder / "truth" / "records.parquet"

    @property
    def true_people(self) -> Path:
        """The people (TRUE_PEOPLE)."""
        return self.folder / "truth" / "people.parquet"

    @property
    def records(self) -> int:
        """How many records there are."""
        return int(pq.read_metadata(self.standard).num_rows)


def standard_borough(people: int, seed: int, *, harder: bool = False) -> StandardBorough:
    """The borough of that size, seed and rates, made when it is not there yet."""
    rates = sparse() if harder else Rates()
    of = hashlib.sha256(repr(rates).encode()).hexdigest()[:6]
    borough = StandardBorough(people, seed, KEPT / f"{people}-{seed}-{of}")
    if not borough.standard.exists():
        make_borough(people, seed, borough.folder, rates=rates)
        _standardise(borough)
    return borough


def _standardise(borough: StandardBorough) -> None:
    deliveries = sorted((borough.folder / "deliveries" / FIRST_DAY.isoformat()).iterdir())
    unfinished = borough.standard.with_suffix(".part")
    with (
        pq.ParquetWriter(unfinished, STANDARD) as writer,
        TemporaryDirectory(dir=borough.folder) as scratch,
    ):
        for path in deliveries:
            checked = check(path, as_at=FIRST_DAY, scratch=Path(scratch))
            for batch in pq.ParquetFile(checked.records_path).iter_batches(ROWS):
                rows = pc.invert(batch["sealed"])
                records = batch.filter(rows).select(RECORDS.names)
                writer.write_table(standardise(pa.Table.from_batches([records])))
    unfinished.rename(borough.standard)
