"""A delivery checked: good rows written as records, bad ones kept back with the reason, the file told."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa

from joinedup.pipeline.contracts.stages import QUARANTINE
from joinedup.pipeline.deliveries.file_name import DeliveryName, NotADeliveryName
from joinedup.pipeline.deliveries.findings import (
    Finding,
    about_rows,
    about_the_file,
    shared_values,
    values_left_empty,
)
from joinedup.pipeline.deliveries.judging.cells import tidy
from joinedup.pipeline.deliveries.judging.rows import JudgedBlock, RowJudge
from joinedup.pipeline.deliveries.keeping import (
    RecordsFile,
    numbers_in_file,
    quarantine_table,
    told_plainly,
)
from joinedup.pipeline.deliveries.reading.ahead import ahead
from joinedup.pipeline.deliveries.reading.blocks import Block, Heading, KeptBack, Refused, raw_row
from joinedup.pipeline.deliveries.reading.csv_file import CsvFile
from joinedup.pipeline.deliveries.reading.encodings import UTF_8, find_letters, sha256_of
from joinedup.pipeline.deliveries.reading.parquet_file import ParquetFile
from joinedup.pipeline.deliveries.whole_file import WholeFile

MOST_KEPT_BACK = 100_000
"""Rows in quarantine; a file with more is refused, because nobody mends so many by hand."""
MOST_BLANK = 5_000_000

_NONE = np.zeros(0, np.int64)

Progress = Callable[[int], None]
"""Told the number of rows read so far."""


@dataclass(frozen=True)
class Checked:
    """What a delivery came to."""

    name: DeliveryName | None
    """None where the name of the file could not be read; then `refused` says so."""
    sha256: str
    rows_sent: int = 0
    """Rows under the heading, empty ones not counted."""
    rows_loaded: int = 0
    rows_kept_back: int = 0
    rows_repeated: int = 0
    """Rows that said the same as another row; sent = loaded + kept back + repeated."""
    records_path: Path | None = None
    """Parquet of DELIVERED; None where the file is refused."""
    quarantine: pa.Table = field(default_factory=QUARANTINE.empty_table)
    findings: tuple[Finding, ...] = ()
    refused: str | None = None

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to mend."""
        wrong = self.refused or len(self.quarantine) or any(f.count for f in self.findings)
        return not wrong


class _Source(Protocol):
    @property
    def heading(self) -> Heading: ...

    def blocks(self) -> Iterator[Block]: ...


def check(path: Path, *, as_at: date, scratch: Path, progress: Progress | None = None) -> Checked:
    """Read a delivery, write its good rows to a Parquet file in `scratch`, tell the rest.

    Raises OSError, with a sentence, where the file or the disk fails; then nothing is left behind.
    """
    path, scratch = Path(path), Path(scratch)
    with told_plainly(path, scratch):
        try:
            name = DeliveryName.parse(path)
        except NotADeliveryName as error:
            return Checked(None, sha256_of(path), refused=str(error))
        return _check(path, name, as_at, scratch, progress)


def _check(
    path: Path, name: DeliveryName, as_at: date, scratch: Path, progress: Progress | None
) -> Checked:
    sha256 = ""
    scratch.mkdir(parents=True, exist_ok=True)
    records = RecordsFile(scratch / f"{name.stem}.records.parquet")
    try:
        if name.as_at > as_at:
            raise Refused(
                f"The name says the data shows {name.as_at.isoformat()}, which is after "
                f"{as_at.isoformat()}. Correct the date in the name."
            )
        if name.form == ".parquet":
            sha256, encoding = sha256_of(path), UTF_8
            source: _Source = ParquetFile.open(path, name.contract, changes=not name.is_full)
        else:
            letters = find_letters(path)
            sha256 = letters.sha256
            source = CsvFile.open(path, letters, name.contract, changes=not name.is_full)
            encoding = letters.encoding
        return _Reading(name, sha256, source, encoding, records, scratch).finish(as_at, progress)
    except Refused as refused:
        return Checked(name, sha256 or sha256_of(path), refused=str(refused))
    finally:
        records.discard()


class _Reading:
    """One delivery being read from end to end."""

    def __init__(
        self,
        name: DeliveryName,
        sha256: str,
        source: _Source,
        encoding: str,
        records: RecordsFile,
        scratch: Path,
    ) -> None:
        self.name = name
        self.sha256 = sha256
        self.source = source
        self.encoding = encoding
        self.records = records
        self.scratch = scratch
        self.kept: list[KeptBack] = []
        self.not_loaded: list[np.ndarray] = []
        self.aside: Counter[tuple[str, str]] = Counter()
        self.without_identity = 0
        self.rows = self.blank = self.repeated = 0
        self.shared: list[Finding] = []

    def finish(self, as_at: date, progress: Progress | None) -> Checked:
        """Read everything; the records file has its name only when all else is done."""
        judge = RowJudge(self.name, self.source.heading, as_at)
        for block in ahead(self.source.blocks()):
            self._take(judge.judge(block), block)
            if progress is not None:
                progress(self.rows)
        sent = self.rows - self.blank
        if not sent and self.name.is_full:
            raise Refused(
                "The file holds its heading and no row. A full delivery without rows would say that "
                "everybody has left: send the rows."
            )
        self._whole_file()
        quarantine = quarantine_table(self.kept)
        self.records.publish()
        return Checked(
            self.name,
            self.sha256,
            rows_sent=sent,
            rows_loaded=self.records.rows,
            rows_kept_back=len({k.row for k in self.kept}),
            rows_repeated=self.repeated,
            records_path=self.records.path,
            quarantine=quarantine,
            findings=tuple(self._findings()),
        )

    def _take(self, judged: JudgedBlock, block: Block) -> None:
        self.records.add(judged.records)
        self.kept += judged.kept_back
        self.not_loaded += judged.not_loaded
        self.aside += judged.aside
        self.without_identity += judged.without_identity
        self.rows += len(judged.records) + sum(len(part) for part in judged.not_loaded)
        self.blank += judged.blank
        self._refuse_too_many()

    def _refuse_too_many(self) -> None:
        if len(self.kept) > MOST_KEPT_BACK:
            reason, times = Counter((k.column, k.reason) for k in self.kept).most_common(1)[0]
            column = f"column {reason[0]}: " if reason[0] else ""
            raise Refused(
                f"More than {MOST_KEPT_BACK:,} things are wrong in the first {self.rows:,} rows; most often "
                f"({times:,} times) {column}{reason[1]}. Mend the file where it is made and send it again."
            )
        if self.blank > MOST_BLANK:
            raise Refused(f"More than {MOST_BLANK:,} rows of the file are empty. Take them out.")

    def _whole_file(self) -> None:
        """Take out what contradicts itself within the file; tell what too many records share."""
        whole = WholeFile(self.records.complete(), self.scratch)
        try:
            repeats = whole.repeats()
            self.shared = list(shared_values(whole, self.source.heading))
        finally:
            whole.close()
        if repeats is None:
            return
        missing = np.sort(np.concatenate(self.not_loaded)) if self.not_loaded else _NONE
        self._keep_back(numbers_in_file(repeats.disputed, missing))
        self.repeated = len(repeats.spare)
        self.records.leave_out(np.concatenate((repeats.spare, repeats.disputed)))

    def _keep_back(self, disputed: np.ndarray) -> None:
        """Read the file again for the rows as they were sent: it happens seldom, so none was stored."""
        if not len(disputed):
            return
        heading = self.source.heading.by_field["record_id"]
        reason = "is in the file more than once and the rows differ; send the one that holds"
        for block in self.source.blocks():
            rows = np.flatnonzero(np.isin(block.numbers, disputed))
            for row, cells in zip(rows, block.table.take(pa.array(rows)).to_pylist(), strict=True):
                number, record = int(block.numbers[row]), tidy(cells[heading])
                self.kept.append(KeptBack(number, heading, reason, raw_row(cells), record))
            self._refuse_too_many()

    def _findings(self) -> Iterator[Finding]:
        yield from values_left_empty(self.aside)
        yield from about_rows(self.repeated, self.without_identity)
        yield from self.shared
        yield from about_the_file(self.source.heading, self.name, self.encoding, self.blank)
