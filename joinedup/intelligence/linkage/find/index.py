"""The find index as tables: what is known of each person, and the keys they are found under."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.intelligence.linkage.find.keys import (
    Keys,
    Kind,
    code,
    family_forms,
    given_forms,
    hashed,
)
from joinedup.intelligence.linkage.find.marks import mark_of_birth, mark_of_name, mark_of_postcode
from joinedup.intelligence.linkage.find.profile import (
    BETWEEN_FIELDS,
    BETWEEN_HOLDERS,
    BETWEEN_ONES,
    BETWEEN_PARTS,
    FIELDS,
    PARTS,
)
from joinedup.pipeline.engines import for_a_few_questions
from joinedup.pipeline.standardise.postcodes import outward

MOST_NAMES = 12
"""Pairs of names under which one person is found; somebody with more is found under the first."""


@dataclass(frozen=True)
class Index:
    """People with their profiles, and keys that point at people by their place in `people`."""

    people: list[str]
    profiles: list[str]
    marks: NDArray[np.int64]
    """Of each person, in the order of `people`."""
    keys: Keys
    places: NDArray[np.int32]


def build_index(said: pa.Table, *, profiles: bool = True) -> Index:
    """Make the index of what is said of people: a row for each saying, `person` and `profile.FIELDS`.

    Without profiles where these are in hand.
    """
    with for_a_few_questions() as connection:
        connection.register("said", said)
        _number_people(connection)
        known = _PROFILES if profiles else "SELECT person FROM people ORDER BY place"
        people = connection.sql(known).to_arrow_table()
        _take_apart(connection)
        keys, places = _all_keys(connection)
        marks = _all_marks(connection)
    in_order = people["profile"].to_pylist() if profiles else []
    return Index(people["person"].to_pylist(), in_order, marks, keys, places)


def build_profiles(said: pa.Table) -> dict[str, str]:
    """The profile of each person alone."""
    with for_a_few_questions() as connection:
        connection.register("said", said)
        _number_people(connection)
        people = connection.sql(_PROFILES).fetchall()
    return dict(people)


def _number_people(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each person a place, and keep the different things that are said of them."""
    connection.execute(
        f"""
        CREATE TEMP TABLE people AS
        SELECT row_number() OVER (ORDER BY person) - 1 AS place, person
        FROM (SELECT DISTINCT person FROM said);
        CREATE TEMP TABLE placed AS
        SELECT DISTINCT place, {", ".join(FIELDS)}, house || '|' || street AS home
        FROM said JOIN people USING (person);
        """
    )


def _part(number: int, fields: tuple[str, ...]) -> str:
    """SQL for one part of every profile: the different ones, in order.

    Lists are gathered and then sorted: an aggregate that keeps an order costs half as much again.
    """
    one = ", ".join(f"coalesce({field}, '')" for field in fields)
    said = " OR ".join(f"{field} IS NOT NULL" for field in fields)
    return f"""
        LEFT JOIN (
            SELECT place, array_to_string(list_transform(
                list_sort(list({{'one': one, 'holders': holders}})),
                lambda x: x.one || '{BETWEEN_FIELDS}' || x.holders
            ), '{BETWEEN_ONES}') AS part_{number}
            FROM (
                SELECT place, concat_ws('{BETWEEN_FIELDS}', {one}) AS one, array_to_string(
                    list_sort(list(DISTINCT coalesce(holder, ''))), '{BETWEEN_HOLDERS}') AS holders
                FROM placed WHERE {said} GROUP BY ALL
            ) GROUP BY place
        ) USING (place)"""


_PROFILES = f"""
    SELECT person, concat_ws('{BETWEEN_PARTS}',
        {", ".join(f"coalesce(part_{number}, '')" for number in range(len(PARTS)))}) AS profile
    FROM people {"".join(_part(number, fields) for number, fields in enumerate(PARTS))}
    ORDER BY place
"""


def _take_apart(connection: duckdb.DuckDBPyConnection) -> None:
    """Names, births and postcodes of each person, each different one once."""
    connection.execute(
        """
        CREATE TEMP TABLE given AS
        SELECT DISTINCT place, unnest([given, known_as]) AS name FROM placed;
        CREATE TEMP TABLE family AS
        SELECT DISTINCT place, unnest([family, earlier_family]) AS name FROM placed;
        CREATE TEMP TABLE births AS
        SELECT DISTINCT place, cast(born AS bigint) AS born FROM placed WHERE born IS NOT NULL;
        CREATE TEMP TABLE codes AS SELECT DISTINCT name FROM (
            SELECT postcode AS name FROM placed UNION ALL SELECT earlier_postcode FROM placed
        );
        CREATE TEMP TABLE homes AS SELECT DISTINCT home AS name FROM placed;
        """
    )
    _put_forms(connection, "given", given_forms)
    _put_forms(connection, "family", family_forms)
    _put_forms(connection, "codes", lambda name: [(code(name), code(outward(name)))])
    _put_forms(connection, "homes", lambda name: [(code(name), 0)])
    connection.execute(
        f"""
        CREATE TEMP TABLE pairs AS
        SELECT * FROM (
            SELECT DISTINCT place, gf.first AS root, gf.second AS g, ff.first AS sound, ff.second AS f
            FROM given JOIN given_forms gf USING (name)
            JOIN family USING (place) JOIN family_forms ff ON ff.name = family.name
        )
        QUALIFY row_number() OVER (PARTITION BY place ORDER BY root, g, sound, f) <= {MOST_NAMES};
        """
    )


def _put_forms(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    forms_of: Callable[[str], Iterable[tuple[int, int]]],
) -> None:
    """Work out each different name once and give the engine what came of it."""
    names = connection.execute(
        f"SELECT DISTINCT name FROM {table} WHERE name IS NOT NULL"
    ).fetchall()
    rows = [(name, first, second) for (name,) in names for first, second in forms_of(name)]
    lanes = list(zip(*rows, strict=True)) or [(), (), ()]
    types = (pa.string(), pa.uint64(), pa.uint64())
    forms = pa.table(
        [pa.array(lane, kind) for lane, kind in zip(lanes, types, strict=True)],
        names=["name", "first", "second"],
    )
    connection.register("forms", forms)
    connection.execute(f"CREATE TEMP TABLE {table}_forms AS SELECT * FROM forms")
    connection.unregister("forms")


_YEAR, _MONTH, _DAY = "b.born // 10000", "b.born // 100 % 100", "b.born % 100"
_LETTERS = """(SELECT DISTINCT place, least(g, f) AS small, greatest(g, f) AS large FROM pairs) n
    JOIN births b USING (place)"""
_BY_GIVEN = "(SELECT DISTINCT place, root AS name, f AS letter FROM pairs) n"
_BY_FAMILY = "(SELECT DISTINCT place, sound AS name, g AS letter FROM pairs) n"
_YEARS = f"(SELECT DISTINCT place, {_YEAR} AS year FROM births b) y USING (place)"
_AREAS = """(SELECT DISTINCT place, second AS area FROM placed
    JOIN codes_forms ON name = placed.postcode) a USING (place)"""
_EITHER_POSTCODE = """(SELECT DISTINCT place, unnest([postcode, earlier_postcode]) AS name FROM placed)
    JOIN codes_forms USING (name)"""

_SQL: dict[Kind, str] = {
    Kind.BORN: "SELECT place, b.born, 0, 0 FROM births b",
    Kind.BORN_INITIALS: f"SELECT place, b.born, small, large FROM {_LETTERS}",
    Kind.YEAR_MONTH_INITIALS:
        f"SELECT DISTINCT place, {_YEAR} * 100 + {_MONTH}, small, large FROM {_LETTERS}",
    Kind.MONTH_DAY_INITIALS:
        f"SELECT DISTINCT place, {_MONTH} * 100 + {_DAY}, small, large FROM {_LETTERS}",
    Kind.YEAR_DAY_INITIALS:
        f"SELECT DISTINCT place, {_YEAR} * 100 + {_DAY}, small, large FROM {_LETTERS}",
    Kind.YEAR_GIVEN: f"SELECT place, year, name, letter FROM {_BY_GIVEN} JOIN {_YEARS}",
    Kind.YEAR_FAMILY: f"SELECT place, year, name, letter FROM {_BY_FAMILY} JOIN {_YEARS}",
    Kind.POSTCODE: f"SELECT place, first, 0, 0 FROM {_EITHER_POSTCODE}",
    Kind.OUTWARD_GIVEN: f"SELECT place, area, name, letter FROM {_BY_GIVEN} JOIN {_AREAS}",
    Kind.OUTWARD_FAMILY: f"SELECT place, area, name, letter FROM {_BY_FAMILY} JOIN {_AREAS}",
    Kind.NAMES: "SELECT DISTINCT place, root, sound, 0 FROM pairs",
    Kind.NHS_NUMBER: "SELECT DISTINCT place, cast(nhs AS ubigint), 0, 0 FROM placed WHERE nhs IS NOT NULL",
    Kind.HOME: "SELECT DISTINCT place, first, 0, 0 FROM placed JOIN homes_forms ON name = home",
}  # fmt: skip
"""Of each kind of key: the person's place, and what `hashed` makes the key of."""


def _all_marks(connection: duckdb.DuckDBPyConnection) -> NDArray[np.int64]:
    """The mark of each person, in the order of their places."""
    _put_marks(
        connection, "names", "SELECT name FROM given UNION SELECT name FROM family", mark_of_name
    )
    _put_marks(connection, "births", "SELECT born::varchar FROM births", _mark_of_digits)
    _put_marks(connection, "codes", "SELECT name FROM codes", mark_of_postcode)
    marks = connection.sql(
        """SELECT coalesce(bit_or(mark), 0)::ubigint AS mark FROM people LEFT JOIN (
            SELECT place, mark FROM given JOIN names_marks USING (name)
            UNION ALL SELECT place, mark FROM family JOIN names_marks USING (name)
            UNION ALL SELECT place, mark FROM births JOIN births_marks ON name = born::varchar
            UNION ALL SELECT place, mark FROM (
                SELECT place, unnest([postcode, earlier_postcode]) AS name FROM placed
            ) JOIN codes_marks USING (name)
        ) USING (place) GROUP BY place ORDER BY place"""
    ).to_arrow_table()
    return marks["mark"].to_numpy().astype(np.uint64).view(np.int64)


def _mark_of_digits(born: str) -> int:
    return mark_of_birth(int(born[:-4]), int(born[-4:-2]), int(born[-2:]))


def _put_marks(
    connection: duckdb.DuckDBPyConnection, table: str, names: str, mark_of: Callable[[str], int]
) -> None:
    """Work out the mark of each different thing once and give the engine what came of it."""
    rows = connection.execute(f"SELECT DISTINCT * FROM ({names}) t(name) WHERE name IS NOT NULL")
    different = [name for (name,) in rows.fetchall()]
    marks = pa.table(
        [pa.array(different, pa.string()), pa.array(map(mark_of, different), pa.uint64())],
        names=["name", "mark"],
    )
    connection.register("marks", marks)
    connection.execute(f"CREATE TEMP TABLE {table}_marks AS SELECT * FROM marks")
    connection.unregister("marks")


def _all_keys(connection: duckdb.DuckDBPyConnection) -> tuple[Keys, NDArray[np.int32]]:
    """Every key with the place of its person, sorted by key."""
    made = [_made_keys(connection, kind) for kind in Kind]
    keys = np.concatenate([keys for keys, _ in made])
    places = np.concatenate([places for _, places in made])
    order = np.argsort(keys, kind="stable")
    return keys[order], places[order]


def _made_keys(connection: duckdb.DuckDBPyConnection, kind: Kind) -> tuple[Keys, NDArray[np.int32]]:
    columns = connection.sql(_SQL[kind]).to_arrow_table().columns
    places, *parts = (column.to_numpy() for column in columns)
    first, name, letter = (part.astype(np.uint64) for part in parts)
    return hashed(kind, first, name, letter), places.astype(np.int32)
