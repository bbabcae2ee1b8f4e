"""A disk that is full, a file that is gone, a large file in little memory: nothing half done is left."""

import errno
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.deliveries import check, keeping, whole_file
from joinedup.pipeline.deliveries.judging import columns
from joinedup.pipeline.deliveries.reading import encodings
from tests.pipeline.delivery_files import AS_AT, FULL, GOOD, HEADINGS, Desk, records

# Run in a process of its own: memory that others took before would hide what this takes.
_MEASURE = """
import resource, sys
from datetime import date
from pathlib import Path
from joinedup.pipeline.deliveries import check

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)

small, large, scratch = map(Path, sys.argv[1:])
assert check(small, as_at=date(2026, 11, 21), scratch=scratch).rows_loaded
before = peak()
checked = check(large, as_at=date(2026, 11, 21), scratch=scratch)
assert checked.refused is None, checked.refused
print(int(peak() - before), checked.rows_loaded)
"""


def rows(count: int) -> str:
    return "".join(
        f"T{n},Surname{n % 5000},Name{n % 900},{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1930 + n % 90},"
        f'"{n % 9700 + 1} Street {n % 40000}, Overby"\n'
        for n in range(count)
    )


def test_a_large_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    heading = ",".join(HEADINGS) + "\n"
    small, large = (tmp_path / part / FULL for part in ("small", "large"))
    for path, body in ((small, rows(2000)), (large, rows(400_000))):
        path.parent.mkdir()
        path.write_text(heading + body)
    assert large.stat().st_size > 20_000_000

    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, small, large, tmp_path / "scratch"],
        capture_output=True,
        text=True,
        check=True,
    )

    grown, loaded = map(int, done.stdout.split())
    assert loaded == 400_000
    assert grown < 250


def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)

    with pytest.raises(OSError, match=r"is full\. Nothing of the delivery was loaded"):
        Desk(tmp_path).check_rows(GOOD)
    assert not list((tmp_path / "scratch").iterdir())


def test_no_room_for_sorting_is_told_as_a_full_disk(tmp_path: Path) -> None:
    records = tmp_path / "records.parquet"
    records.touch()
    whole = whole_file.WholeFile(records, tmp_path)
    records.unlink()

    with pytest.raises(OSError, match="No space left for sorting"):
        whole.repeats()
    whole.close()


def test_a_disk_error_under_parquet_is_not_the_agency_s_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / FULL.replace(".csv", ".parquet")
    pq.write_table(pa.table({"tenancy_person_ref": ["T1"]}), path)

    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", broken)

    with pytest.raises(OSError, match="could not be read"):
        check(path, as_at=AS_AT, scratch=tmp_path / "scratch")
    assert not list((tmp_path / "scratch").iterdir())


def test_what_is_remembered_of_a_column_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "_REMEMBERED", 3)

    checked = Desk(tmp_path).check_rows(*[(f"T{n}", f"Okafor{n}", "Ada", "", "") for n in range(9)])

    assert [r["family_name"] for r in records(checked)] == [f"Okafor{n}" for n in range(9)]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="There is no file"):
        check(tmp_path / FULL, as_at=AS_AT, scratch=tmp_path / "scratch")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / FULL
    folder.mkdir()

    with pytest.raises(OSError, match=r"could not be read .* Nothing was loaded"):
        check(folder, as_at=AS_AT, scratch=tmp_path / "scratch")


def test_records_have_their_name_only_when_all_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    first = desk.check_rows(GOOD)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping.RecordsFile, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.check_rows(GOOD, ("T2", "Nowak", "Jan", "", ""))

    assert [r["record_id"] for r in records(first)] == ["T1"]
    assert [path.name for path in (tmp_path / "scratch").iterdir()] == [
        f"{FULL[:-4]}.records.parquet"
    ]


def test_the_same_file_has_the_same_fingerprint_and_records(tmp_path: Path) -> None:
    one, two = Desk(tmp_path).check_rows(GOOD), Desk(tmp_path).check_rows(GOOD)

    assert one.sha256 == two.sha256 == encodings.sha256_of(tmp_path / FULL)
    assert records(one) == records(two)


def test_progress_is_told_in_rows(tmp_path: Path) -> None:
    told: list[int] = []
    path = Desk(tmp_path).write(",".join(HEADINGS) + "\n" + rows(100))

    check(path, as_at=AS_AT, scratch=tmp_path / "scratch", progress=told.append)

    assert told[-1] == 100
