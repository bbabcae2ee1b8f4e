"""A spine to find people in, made from the truth of a synthetic borough; and the two peers over it."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.db import connections, transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.agencies.operations import join_usual_agencies
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, mask_of
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.pipeline.deliveries import check
from joinedup.pipeline.synthetic import FIRST_DAY, make_borough

FIELDS = (
    "given_name", "middle_names", "family_name", "previous_family_name", "known_as", "sex",
    "nhs_number", "nhs_number_status", "address", "postcode", "previous_address",
    "previous_postcode", "uprn", "phone", "email", "gp_practice", "born_on", "died_on",
)  # fmt: skip
DATES = ("born_on", "died_on")
IDENTITY = mask_of(
    (
        Category.IDENTITY,
        Category.NHS_NUMBER,
        Category.ADDRESS,
        Category.CONTACT,
        Category.INVOLVEMENT,
    )
)
KNOWN = (
    "person", "given_name", "family_name", "previous_family_name", "born_on", "postcode",
    "previous_postcode",
)  # fmt: skip


def load(people: int, seed: int, folder: Path | None, *, as_it_is: bool = False) -> dict[str, Any]:
    """Fill the database with a borough, unless it is filled; tell how much and how long the index took.

    The index is made anew, unless what is there is to be asked as it is.
    """
    with connections["owner"].cursor() as cursor:
        if not _one(cursor, "SELECT EXISTS (SELECT FROM people_person)"):
            with tempfile.TemporaryDirectory() as scratch:
                place = folder or Path(scratch) / "borough"
                if folder is None:
                    make_borough(people, seed, place)
                join_usual_agencies(by=None, purpose="a benchmark", at=_midnight())
                _fill(cursor, place, Path(scratch))
        cursor.execute("ANALYZE people_record")
    made = {} if as_it_is else _make_index()
    with connections["owner"].cursor() as cursor:
        return {
            "people": _one(cursor, "SELECT count(*) FROM linkage_findprofile"),
            "records": _one(cursor, "SELECT count(*) FROM people_record"),
            **made,
            "index MB": _one(
                cursor,
                """SELECT (pg_total_relation_size('linkage_findkey')
                   + pg_total_relation_size('linkage_findprofile')) / 1000000""",
            ),
            "fsync": _one(cursor, "SHOW fsync"),
            "synchronous_commit": _one(cursor, "SHOW synchronous_commit"),
            "huge pages": _one(cursor, "SELECT current_setting('huge_pages_status', true)"),
        }


def _make_index() -> dict[str, Any]:
    begun = time.perf_counter()
    with acting(Viewer.system("a benchmark")), connections["default"].cursor() as cursor:
        keys = refresh_find_index(cursor, None)
    return {"keys": keys, "index made in s": round(time.perf_counter() - begun, 1)}


def _midnight() -> Any:
    from datetime import UTC, datetime

    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)


def _one(cursor: Any, sql: str) -> Any:
    cursor.execute(sql)
    return cursor.fetchone()[0]


def _fill(cursor: Any, place: Path, scratch: Path) -> None:
    """Check the deliveries as a night does, and load them under the people they are truly of."""
    for path in sorted((place / "deliveries" / FIRST_DAY.isoformat()).iterdir()):
        check(path, as_at=FIRST_DAY, scratch=scratch)
    names = ", ".join(FIELDS)
    said = ", ".join(f if f in DATES else f"coalesce({f}, '')" for f in FIELDS)
    with duckdb.connect(config={"temp_directory": str(scratch)}) as db:
        db.execute(
            f"""CREATE TABLE loaded AS SELECT agency, record_id, controller,
                cast(md5(true_person) AS uuid) AS person, {said}, DATE '{FIRST_DAY}' AS received_on,
                DATE '{FIRST_DAY}' AS changed_on, DATE '{FIRST_DAY}' AS linked_on
            FROM read_parquet('{scratch}/*.parquet') r
            JOIN read_parquet('{place}/truth/records.parquet') t USING (agency, record_id)
            WHERE NOT sealed"""
        )
        db.execute(
            f"COPY (SELECT DISTINCT person, DATE '{FIRST_DAY}' FROM loaded) TO '{scratch}/people.csv'"
            " (HEADER false)"
        )
        db.execute(f"COPY loaded TO '{scratch}/rows.csv' (HEADER false, NULLSTR '\\N')")
    with transaction.atomic("owner"):
        _copy(cursor, "people_person (id, first_seen_on)", scratch / "people.csv")
        _copy(
            cursor,
            f"people_record (agency_id, record_id, controller, person_id, {names},"
            " received_on, changed_on, linked_on)",
            scratch / "rows.csv",
        )


def _copy(cursor: Any, into: str, file: Path) -> None:
    with (
        cursor.copy(f"COPY {into} FROM STDIN (FORMAT csv, NULL '\\N')") as copy,
        file.open("rb") as rows,
    ):
        while block := rows.read(1 << 20):
            copy.write(block)


def practitioner() -> Viewer:
    """Somebody at work in a practice that may see who the other agencies' people are: no system's way round."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        user, _ = User.objects.using("owner").get_or_create(
            email="benchmark@example.org", defaults={"name": "A. Practitioner"}
        )
        team, _ = Team.objects.using("owner").get_or_create(agency_id="gp", name="A practice")
        post, _ = Post.objects.using("owner").get_or_create(
            user=user, team=team, role="practitioner", defaults={"starts_on": FIRST_DAY}
        )
        viewer = Viewer.of_post(post)
        cursor.execute(
            """INSERT INTO sharing_agencysight (recipient_id, holder_id, purpose, headline, summary,
                 detail, told_in_full, told_existence, starts_at, ends_at)
               SELECT 'gp', code, %s, %s, %s, 0, 0, 0, '1900-01-01', '9999-12-31'
               FROM agencies_agency WHERE code <> 'gp' ON CONFLICT DO NOTHING""",
            [viewer.purpose, IDENTITY, IDENTITY],
        )
    return viewer


def warm() -> None:
    """Read what find reads once, as it lies in memory on a working day."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        cursor.execute(
            """SELECT sum(pg_prewarm(c.oid, 'read')) FROM pg_class c
               WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace
                 AND relname ~ '^(find_|linkage_find|people_(record|person))'"""
        )


def known() -> list[dict[str, str | date | None]]:
    """What a practitioner may know of people: as the GP practice has it, else another agency."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (person_id) person_id::text, given_name, family_name,
                previous_family_name, born_on, postcode, previous_postcode
            FROM people_record WHERE abs(hashtext(person_id::text)) % 20 = 0 OR
                (SELECT count(*) < 100000 FROM people_person)
            ORDER BY person_id, agency_id <> 'gp', agency_id, record_id"""
        )
        return [dict(zip(KNOWN, row, strict=True)) for row in cursor.fetchall()]


def ask_trigrams() -> Callable[[Any], list[str]]:
    """The peer most systems use: pg_trgm over name, date and postcode in one text."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP TABLE IF EXISTS peer_text")
        cursor.execute(
            """CREATE TABLE peer_text AS SELECT DISTINCT person_id AS person, lower(given_name || ' '
                || family_name || ' ' || coalesce(to_char(born_on, 'DD/MM/YYYY'), '') || ' ' || postcode)
                AS text FROM people_record"""
        )
        cursor.execute("CREATE INDEX ON peer_text USING gin (text gin_trgm_ops)")
        cursor.execute("ANALYZE peer_text")
        cursor.execute("SET pg_trgm.similarity_threshold = 0.4")

    def ask(question: Any) -> list[str]:
        born = question.born.strftime("%d/%m/%Y") if question.born else ""
        if question.year_only and question.born:
            born = str(question.born.year)
        text = f"{question.given} {question.family} {born} {question.postcode}".lower()
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                """SELECT person::text FROM peer_text WHERE text %% %s
                   GROUP BY person ORDER BY max(similarity(text, %s)) DESC LIMIT 10""",
                [text, text],
            )
            return [person for (person,) in cursor.fetchall()]

    return ask


def ask_splink() -> Callable[[Any], list[str]]:
    """Splink as a search: one record against all, under its own blocking, by the same trained model."""
    from benchmarks.find_splink import splink_search

    with connections["owner"].cursor() as cursor:
        return splink_search(cursor)
