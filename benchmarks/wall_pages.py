"""Row security's own cost: a person's page and a caseload of 50, with the wall and as the owner, in one run.

The same statements each way, and twice: planned at each asking, and kept with the connection as the
pages keep them. The bars are held against the second; the first tells what planning costs.

JOINEDUP_DATA=<an empty folder> python -m benchmarks.wall_pages [--small]
"""

import argparse
import json
import statistics
import time
from typing import Any

PAGE_BAR, CASELOAD_BAR = 1.3, 1.5
PEOPLE, INVOLVED, POSTS, TEAMS = 150_000, 10_000, 2_000, 60
_MANY = 60

_MAKE = """
INSERT INTO accounts_user (id, email, name, is_active, is_protected, password, home)
  SELECT md5('user' || n)::uuid, 'u' || n || '@joinedup.invalid', 'User ' || n, true, false, '!', ''
  FROM generate_series(1, {posts}) n;
INSERT INTO agencies_team (agency_id, name, is_sensitive)
  SELECT (array['gp','adult_care','children','housing','police','fire'])[1 + n % 6], 'Team ' || n, false
  FROM generate_series(1, {teams}) n;
INSERT INTO agencies_post (id, user_id, team_id, role, starts_on)
  SELECT md5('post' || n)::uuid, md5('user' || n)::uuid,
    (SELECT min(id) FROM agencies_team) + n % {teams}, 'practitioner', '2026-01-01'
  FROM generate_series(1, {posts}) n;
INSERT INTO people_person (id, first_seen_on)
  SELECT md5('p' || n)::uuid, '2026-01-01' FROM generate_series(1, {people}) n;
INSERT INTO people_record (agency_id, record_id, controller, person_id, linked_on, received_on,
    changed_on, given_name, family_name, born_on, address, postcode, address_key)
  SELECT a, a || n, a, md5('p' || n)::uuid, '2026-01-01', '2026-01-01', '2026-01-01', 'Given' || n,
    'Family' || n % 9000, date '1930-01-01' + n % 30000, n / 3 || ' Long Road', 'AB1 2CD',
    n / 3 || ' LONG ROAD'
  FROM generate_series(1, {people}) n, unnest(array['gp','adult_care','children','housing','police','fire']) a
  WHERE a = 'gp' OR (n + length(a)) % 3 = 0 ORDER BY n;
INSERT INTO people_recordversion (record_id, identity, starts_on, ends_on)
  SELECT id, '{{"address": "Before"}}', '2026-01-01', '2026-02-01' FROM people_record WHERE id % 4 = 0;
INSERT INTO people_household (id, address_key)
  SELECT md5('h' || n)::uuid, n || ' LONG ROAD' FROM generate_series(0, {people} / 3) n;
INSERT INTO people_householdmember (household_id, person_id, holder_id, starts_on)
  SELECT md5('h' || n / 3)::uuid, md5('p' || n)::uuid, 'gp', '2026-01-01'
  FROM generate_series(1, {people}) n;
INSERT INTO sharing_involvement (id, person_id, agency_id, team_id, because, starts_at)
  SELECT md5('i' || n)::uuid, md5('p' || n)::uuid, t.agency_id, t.id, 'a visit', '2026-01-01'
  FROM generate_series(1, {involved}) n
  JOIN agencies_team t ON t.id = (SELECT min(id) FROM agencies_team) + n % {teams};
INSERT INTO people_holding (id, person_id, holder_id, category, headline, handling_code, event_code,
    recorded_at, starts_on)
  SELECT md5(a || n)::uuid, md5('p' || n)::uuid, a, c, 'Something is held', '', '', '2026-01-01', '2026-01-01'
  FROM generate_series(1, {involved}) n,
    (VALUES ('gp', 'health'), ('housing', 'housing'), ('police', 'crime_victim')) held (a, c);
INSERT INTO people_holdingsummary (holding_id, person_id, holder_id, category, summary)
  SELECT id, person_id, holder_id, category, 'A summary' FROM people_holding;
INSERT INTO people_holdingdetail (holding_id, person_id, holder_id, category, detail)
  SELECT id, person_id, holder_id, category, 'A detail' FROM people_holding;
INSERT INTO sharing_agencysight (recipient_id, holder_id, purpose, headline, summary, detail,
    told_in_full, told_existence, starts_at, ends_at)
  SELECT a.code, b.code, p, 31, 31, 0, 0, 0, '0001-01-02', '9999-12-31'
  FROM agencies_agency a, agencies_agency b, unnest({purposes}) p WHERE a.code <> b.code;
INSERT INTO sharing_visibility (person_id, recipient, rank, holder_id, purpose, headline, summary,
    detail, told_in_full, told_existence, starts_at, ends_at)
  SELECT i.person_id, r.recipient, r.rank, a.code, p, -1, -1, -1, 0, 0, '0001-01-02', '9999-12-31'
  FROM sharing_involvement i, agencies_agency a, unnest({purposes}) p,
    LATERAL (VALUES ('team:' || i.team_id, 2), ('agency:' || i.agency_id, 1)) r (recipient, rank)
  WHERE a.code <> i.agency_id;
"""
_PURPOSES = (
    "array['own_work','direct_care','early_help','safeguard_adult','homelessness','adult_panel']"
)


def main() -> int:
    """Make the people unless they are there, measure, print ratios; 1 where a bar is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", action="store_true", help="a tenth of the people")
    asked = parser.parse_args()
    people, involved = (PEOPLE, INVOLVED) if not asked.small else (PEOPLE // 10, INVOLVED // 10)
    from joinedup.config import start

    start.start()
    start.migrate()
    counted = _fill(people, involved)
    page, caseload = _person_page(), _caseload()
    found = {**counted, "person page": page, "caseload of 50": caseload}
    print(json.dumps(found, indent=2))
    held = page["kept"]["ratio"] <= PAGE_BAR and caseload["kept"]["ratio"] <= CASELOAD_BAR
    return 0 if held else 1


def _fill(people: int, involved: int) -> dict[str, int]:
    from django.db import connections, transaction

    from joinedup.foundations.agencies.operations import join_usual_agencies
    from joinedup.foundations.core import clock

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        if cursor.fetchone()[0] == 0:
            join_usual_agencies(by=None, purpose="a benchmark", at=clock.now())
            words = {
                "people": people, "involved": involved, "posts": POSTS, "teams": TEAMS,
                "purposes": _PURPOSES,
            }  # fmt: skip
            for statement in _MAKE.format(**words).split(";\n"):
                if statement.strip():
                    cursor.execute(statement)
            cursor.execute("ANALYZE")
        counts = {}
        for table in ("people_person", "people_record", "sharing_visibility", "agencies_post"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def _viewer() -> Any:
    from joinedup.foundations.agencies.models import Post
    from joinedup.identity.sharing.access import Viewer

    posts = Post.objects.filter(team__agency="housing").select_related("team__agency", "user")
    return Viewer.of_post(posts.earliest("pk"), purpose="early_help")


def _person_page() -> dict[str, Any]:
    """The statements that the person page asks, and those of what is held, each way."""
    from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary
    from joinedup.identity.sharing.models import Involvement
    from joinedup.intelligence.linkage.queries.person import the_person

    viewer = _viewer()

    def ask(person: Any) -> None:
        from joinedup.foundations.core import clock

        the_person(viewer, person, at=clock.now(), with_others=True)
        for model in (Holding, HoldingSummary, HoldingDetail, Involvement):
            list(model.objects.filter(person=person))

    return _each_way(viewer, [lambda person=person: ask(person) for person in _of_team(viewer)])


def _caseload() -> dict[str, Any]:
    """Fifty people of a team: who they are by every agency, and what is held of them."""
    from joinedup.identity.people.models import Holding
    from joinedup.identity.sharing.access import records

    viewer = _viewer()
    people = _of_team(viewer)

    def ask(first: int) -> None:
        some = [people[(first + place) % len(people)] for place in range(50)]
        list(records(viewer).filter(person__in=some, gone_on=None))
        list(Holding.objects.filter(person__in=some))

    return _each_way(viewer, [lambda first=first: ask(first) for first in range(_MANY)])


def _of_team(viewer: Any) -> list[Any]:
    from joinedup.identity.sharing.access import acting
    from joinedup.identity.sharing.models import Involvement

    with acting(viewer):
        mine = Involvement.objects.filter(team_id=viewer.team_id).order_by("person_id")
        return list(mine.values_list("person_id", flat=True)[:_MANY])


def _each_way(viewer: Any, asks: list[Any]) -> dict[str, Any]:
    """Milliseconds of the same statements as the owner and through the wall, in turn; and their ratio."""
    from joinedup.identity.sharing.access import acting

    asked = []
    for ask in asks:
        with acting(viewer):
            asked.append(_asked_by(ask))
    found: dict[str, Any] = {}
    for name, kept in (("kept", True), ("planned anew", False)):
        owner, wall, ratio = _in_turn(viewer, asked, kept=kept)
        found[name] = {"as owner ms": owner, "through the wall ms": wall, "ratio": ratio}
    return found


Statement = tuple[str, Any]


def _asked_by(ask: Any) -> list[Statement]:
    """The statements that read, with their values apart."""
    from django.db import connection

    said: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and " FROM " in sql:
            said.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return said


def _in_turn(
    viewer: Any, asked: list[list[Statement]], *, kept: bool
) -> tuple[float, float, float]:
    from django.db import connections, transaction

    from joinedup.identity.sharing.access import acting

    ratios, owners, walls = [], [], []
    for _ in range(9):
        by_owner = by_wall = 0.0
        with transaction.atomic(using="owner"), acting(viewer):
            owner, walled = (_cursor(connections[name], kept=kept) for name in ("owner", "default"))
            for statements in asked:
                first, rows = _took(owner, statements)
                second, seen = _took(walled, statements)
                assert rows == seen, "not the same rows are seen each way"
                by_owner, by_wall = by_owner + first, by_wall + second
        owners.append(by_owner * 1000 / len(asked))
        walls.append(by_wall * 1000 / len(asked))
        ratios.append(by_wall / by_owner)
    return tuple(round(statistics.median(each[2:]), 3) for each in (owners, walls, ratios))  # type: ignore[return-value]


def _cursor(connection: Any, *, kept: bool) -> Any:
    """A cursor beside Django's: it binds on the server and keeps plans, or neither."""
    import psycopg

    connection.connection.prepare_threshold = 0 if kept else None
    kind = psycopg.Cursor if kept else psycopg.ClientCursor
    return kind(connection.connection)


def _took(cursor: Any, statements: list[Statement]) -> tuple[float, int]:
    began, rows = time.perf_counter(), 0
    for sql, params in statements:
        cursor.execute(sql, params)
        rows += len(cursor.fetchall())
    return time.perf_counter() - began, rows


if __name__ == "__main__":
    raise SystemExit(main())
