"""Tables kept from night to night: a base that lies still, and beside it what has come and gone since."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path
from weakref import ref

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from joinedup.pipeline.engines import (
    ARROW,
    DuckDB,
    on_this_machine,
    read_arrow,
    write_arrow,
)
from joinedup.pipeline.ordered import Ordered, Places, each, wipe_ordered, write_ordered

SHARE = 0.1
"""When more than this share of a base has gone or been replaced, the table is written whole again."""

Keys = tuple[tuple[str, ...], ...]
"""The columns that name a row; several where a row goes with any one of what it names."""

RECORD: Keys = (("agency", "record_id"),)
PERSON = ("person",)
_NUMBERED = {RECORD[0]: "by_record", PERSON: "by_person"}
"""Texts that rows are looked for by: for each the numbers of the base are kept beside it, in their order."""


class _Counted:
    """0, 1, 2 and on, once for all tables in hand: to count anew for each takes longer than to open it."""

    def __init__(self) -> None:
        self._made: Callable[[], Places | None] = lambda: None

    def up_to(self, end: int) -> Places:
        """All numbers below the end; they are forgotten when nobody holds any."""
        made = self._made()
        if made is None or len(made) < end:
            made = np.arange(end, dtype=np.int64)
            self._made = ref(made)
        return made[:end]


_COUNTED = _Counted()


@dataclass
class Kept:
    """One table in the hands of an engine, under its own name; `change` it, then `keep` it for the next night.

    The base is mapped into memory, so that only the rows and columns asked for are read. What has left
    it is known by its place; what came since is in `later`.
    """

    engine: DuckDB
    name: str
    keys: Keys
    folder: Path
    file: str = ""
    """Its name on disk, where that is another."""
    _base: pa.Table = field(init=False)
    _dead: NDArray[np.bool_] = field(init=False)
    _turn: int = 0

    def __post_init__(self) -> None:
        self._base = _read(_base_of(self.folder, self._file))
        self._dead = np.zeros(len(self._base), dtype=bool)
        place = pa.array(_COUNTED.up_to(len(self._base)))
        self.engine.put(f"{self.name}_base", self._base.append_column("place", place))
        left, later = (_part(self.folder, self._file, part) for part in ("left", "later"))
        if left.exists():
            self._dead[read_arrow(left)["place"].to_numpy()] = True
        self.engine.put(
            "kept_later", read_arrow(later) if left.exists() else self._base.slice(0, 0)
        )
        self.engine.make(self.later, "SELECT * FROM kept_later")
        self._look()

    def __len__(self) -> int:
        later = self.engine.fetch(f"SELECT count(*) AS n FROM {self.later}")["n"][0].as_py()
        return len(self._base) - int(self._dead.sum()) + int(later)

    @property
    def base(self) -> pa.Table:
        """The base, with the rows that have left it."""
        return self._base

    @property
    def later(self) -> str:
        """The rows that came since the base was written, as a table of the engine's."""
        return f"{self.name}_later_{self._turn}"

    @property
    def dead(self) -> NDArray[np.bool_]:
        """Of each place in the base, whether its row has left."""
        return self._dead

    def find(
        self, table: str, wanted: str, columns: tuple[str, ...], only: Sequence[str] = ()
    ) -> None:
        """Make a table of the rows that have the same in these columns as a row of `wanted`.

        With `only` some of what they say, if asked for; these columns are among it.
        """
        join = " AND ".join(f"w.{column} = o.{column}" for column in columns)
        which = f"SEMI JOIN {wanted} w ON {join}"
        places = self._same(wanted, columns)
        places = np.sort(places[~self._dead[places]])
        self.engine.put("kept_chosen", taken(self._said(only), places))
        said = _listed(only)
        self.engine.make(
            table,
            f"""SELECT {said} FROM kept_chosen o {which}
                UNION ALL SELECT {said} FROM {self.later} o {which}""",
        )
        self.engine.drop("kept_chosen")

    def whole(self) -> pa.Table:
        """All rows, as they are now."""
        return self.engine.fetch(f"SELECT * FROM {self.name}")

    def choose(self, table: str, which: str, only: Sequence[str] = ()) -> None:
        """Make a table of the rows `o` that a join such as SEMI JOIN wanted w ON w.id = o.id leaves.

        Of the base only the columns of the join are read, and then the rows it leaves; of these with `only` some
        of what they say.
        """
        places = self._places(which)
        places = np.sort(places[~self._dead[places]])
        self.engine.put("kept_chosen", taken(self._said(only), places))
        said = _listed(only)
        self.engine.make(
            table,
            f"""SELECT {said} FROM kept_chosen o
                UNION ALL SELECT {said} FROM {self.later} o {which}""",
        )
        self.engine.drop("kept_chosen")

    def change(self, *, leaving: str, coming: str) -> None:
        """From now on without the rows whose key a query names, and with the rows of another query."""
        later = self.later
        self._turn += 1
        columns = tuple(f"key_{n}" for n in range(len(self.keys[0])))
        self.engine.make(
            "kept_leaving", f"SELECT DISTINCT * FROM ({leaving}) s({', '.join(columns)})"
        )
        joins = [
            " AND ".join(f"g.{mine} = o.{key}" for mine, key in zip(columns, keys, strict=True))
            for keys in self.keys
        ]
        for keys, join in zip(self.keys, joins, strict=True):
            self._dead[self._leaving(keys, columns, join)] = True
        self.engine.make("kept_later", f"SELECT * FROM {later}")
        for join in joins:
            self.engine.run(f"DELETE FROM kept_later o USING kept_leaving g WHERE {join}")
        self.engine.make(self.later, f"SELECT * FROM kept_later UNION ALL BY NAME ({coming})")
        self._look()
        self.engine.drop(later, "kept_later", "kept_leaving")

    def keep(self, out: Path) -> bool:
        """Leave the table for the next night; whether its base is still the same."""
        base, left = _base_of(self.folder, self._file), np.flatnonzero(self._dead)
        if len(left) > SHARE * len(self._base) or base.suffix != ARROW:
            self.engine.write_later(f"SELECT * FROM {self.name}", out / f"{self._file}{ARROW}")
            return False
        share_file(base, _part(out, self._file, "base"))
        for number in _NUMBERED.values():
            numbers = _part(self.folder, self._file, number)
            if numbers.exists():
                share_file(numbers, _part(out, self._file, number))
        write_arrow(pa.table({"place": left}), _part(out, self._file, "left"))
        self.engine.write_later(f"SELECT * FROM {self.later}", _part(out, self._file, "later"))
        return True

    @property
    def _file(self) -> str:
        return self.file or self.name

    def _said(self, only: Sequence[str]) -> pa.Table:
        return self._base.select(list(only)) if only else self._base

    def _places(self, which: str) -> Places:
        found = self.engine.fetch(f"SELECT o.place FROM {self.name}_base o {which}")
        return found["place"].to_numpy()

    def _same(self, wanted: str, columns: tuple[str, ...], named: tuple[str, ...] = ()) -> Places:
        """Where the base may have in these columns what a row of `wanted` has: by their number where it has one."""
        theirs = ", ".join(f"w.{column}" for column in named or columns)
        number = _NUMBERED.get(columns)
        if number is None:
            join = " AND ".join(
                f"w.{his} = o.{mine}" for his, mine in zip(named or columns, columns, strict=True)
            )
            return self._places(f"SEMI JOIN {wanted} w ON {join}")
        path = _part(self.folder, self._file, number)
        if not path.exists():
            _lay_out_numbers(self.engine, f"{self.name}_base", columns, path)
        asked = self.engine.fetch(
            f"SELECT DISTINCT hash({theirs}) AS number FROM {wanted} w ORDER BY number"
        )
        ordered = Ordered.of(path)
        rows, _ = ordered.find(asked["number"].to_numpy())
        return ordered.rows["place"].to_numpy()[rows]

    def _leaving(self, keys: tuple[str, ...], columns: tuple[str, ...], join: str) -> Places:
        if keys not in _NUMBERED:
            return self._places(f"SEMI JOIN kept_leaving g ON {join}")
        places = np.sort(self._same("kept_leaving", keys, columns))
        # One number may be of two: what they say decides.
        near = taken(self._base.select(keys), places).append_column("place", pa.array(places))
        self.engine.put("kept_near", near)
        found = self.engine.fetch(
            f"SELECT o.place FROM kept_near o SEMI JOIN kept_leaving g ON {join}"
        )
        self.engine.drop("kept_near")
        return found["place"].to_numpy()

    def _look(self) -> None:
        left = pa.table({"place": np.flatnonzero(self._dead)})
        self.engine.put(f"{self.name}_left", left)
        self.engine.view(
            self.name,
            f"""
            SELECT b.* EXCLUDE (place) FROM {self.name}_base b
            ANTI JOIN {self.name}_left g ON g.place = b.place
            UNION ALL SELECT * FROM {self.later}
            """,
        )


def _listed(only: Sequence[str]) -> str:
    return ", ".join(f"o.{name}" for name in only) or "o.*"


def number_rows(folder: Path, name: str) -> None:
    """Write the numbers that rows of a whole table will be looked for by, while the night does other things."""
    base = _read(_base_of(folder, name))
    with on_this_machine(scratch=folder, threads=1, memory="1GB") as engine:
        place = pa.array(np.arange(len(base), dtype=np.int64))
        engine.put("base_by_place", base.append_column("place", place))
        for columns, number in _NUMBERED.items():
            if set(columns) <= set(base.column_names):
                path = _part(folder, name, number)
                _lay_out_numbers(engine, "base_by_place", columns, path)


def _lay_out_numbers(engine: DuckDB, by_place: str, columns: tuple[str, ...], path: Path) -> None:
    numbers = engine.fetch(f"SELECT hash({', '.join(columns)}) AS key, place FROM {by_place}")
    write_ordered(numbers, path)


def _part(folder: Path, name: str, part: str) -> Path:
    return folder / f"{name}.{part}{ARROW}"


def _base_of(folder: Path, name: str) -> Path:
    """Whole as Arrow or as Parquet, or the base of what has changed since."""
    base = _part(folder, name, "base")
    forms = (folder / f"{name}{ARROW}", folder / f"{name}.parquet", base)
    return next((path for path in forms if path.exists()), base)


def _read(path: Path) -> pa.Table:
    return read_arrow(path) if path.suffix == ARROW else pq.read_table(path)


def is_kept(folder: Path, name: str) -> bool:
    """Whether a table is there whole, or its base with what came and went since."""
    base = _base_of(folder, name)
    parts = ("left", "later") if base == _part(folder, name, "base") else ()
    return base.exists() and all(_part(folder, name, part).exists() for part in parts)


def forget(folder: Path, name: str) -> None:
    """Remove a table, in whatever form it is there."""
    for path in folder.glob(f"{name}.*"):
        path.unlink()


def taken(table: pa.Table, places: Places) -> pa.Table:
    """The rows at these places, which are in order; batch by batch, so that no column is copied whole."""
    found, begin = [], 0
    for batch in table.to_batches():
        here = places[np.searchsorted(places, begin) : np.searchsorted(places, begin + len(batch))]
        if len(here):
            found.append(batch.take(pa.array(here - begin)))
        begin += len(batch)
    return pa.Table.from_batches(found, table.schema)


def share_file(source: str | Path, target: str | Path) -> None:
    """The same file under another name; a copy where the disk knows no second name."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def wipe(folder: Path) -> None:
    """Overwrite what has left the bases of a folder: nothing of it is kept on disk (P2).

    Call it when no other night relies on them any more.
    """
    for left in folder.glob(f"*.left{ARROW}"):
        places, name = read_arrow(left)["place"].to_numpy(), left.name.partition(".")[0]
        if not len(places):
            continue
        if (base := _part(folder, name, "base")).exists():
            _wipe_rows(base, places)
        ordered = [_part(folder, name, number) for number in _NUMBERED.values()]
        for path in (*ordered, *folder.glob(f"{name}.keys_*{ARROW}")):
            if path.exists():
                wipe_ordered(path, places)


def _wipe_rows(path: Path, places: Places) -> None:
    with path.open("r+b") as file, mmap(file.fileno(), 0) as bytes_of_file:
        held = np.frombuffer(bytes_of_file, dtype=np.uint8)
        whole = pa.py_buffer(bytes_of_file)
        begin = 0
        for batch in pa.ipc.open_file(whole).read_all().to_batches():
            last = np.searchsorted(places, begin + len(batch))
            here = places[np.searchsorted(places, begin) : last] - begin
            for column in batch.columns:
                _wipe_values(held, whole.address, column, here)
            begin += len(batch)
            del batch, column
        del held, whole
        bytes_of_file.flush()


def _wipe_values(held: NDArray[np.uint8], at: int, column: pa.Array, rows: Places) -> None:
    """Noughts in place of what these rows hold; how long it was stays."""
    kind, buffers = column.type, column.buffers()
    rows, end = rows + column.offset, column.offset + len(column)
    if pa.types.is_string(kind) or pa.types.is_list(kind):
        offsets = np.frombuffer(buffers[1], dtype=np.int32)
        inner = each(offsets[rows], offsets[rows + 1])
        if pa.types.is_list(kind):
            _wipe_values(held, at, column.values, inner)
        elif buffers[2] is not None:
            _wipe_bytes(held, at, buffers[2], inner, int(offsets[end]))
    elif not pa.types.is_boolean(kind):
        width = kind.bit_width // 8
        begins = rows.astype(np.int64) * width
        _wipe_bytes(held, at, buffers[1], each(begins, begins + width), end * width)


def _wipe_bytes(
    held: NDArray[np.uint8], at: int, buffer: pa.Buffer, which: Places, end: int
) -> None:
    """These bytes of a buffer, and what is beyond its end: some of the next batch may stand there."""
    begin = buffer.address - at
    held[begin + which] = 0
    held[begin + end : begin + buffer.size] = 0
