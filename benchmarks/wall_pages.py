"""Row security's own cost: a person's page and a caseload of 50, with the wall and as the owner, in one run.

The pages are asked for as a browser asks, and every statement by which they read is asked again each way: as
the owner of the tables, whom no policy concerns, and as whoever looks. What enters a viewer is not timed. Each
is measured twice, with plans kept by the connection, as these pages keep them, and planned at each asking.
The bars are held against the first. Beside them, as it was measured before there were pages: the bare reads of
who somebody is and what is held of them, nearly all of which meet a policy.

Client and server share one processor here: across two, on an idle machine, what is timed is mostly how long a
sleeping processor takes to wake.

JOINEDUP_DATA=<an empty folder> python -m benchmarks.wall_pages [--small]
"""

import argparse
import json
import os
from typing import Any

from benchmarks.asked_each_way import Asked, as_asked, each_way

PAGE_BAR, CASELOAD_BAR = 1.3, 1.5
PEOPLE, INVOLVED, POSTS, TEAMS = 150_000, 10_000, 2_000, 60
_MANY, _LOAD = 60, 50

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
"""
# After the cases, for opening one derives sight, and there is no agreement here that it could follow from.
_SIGHT = """
DELETE FROM sharing_visibility;
DELETE FROM sharing_agencysight;
INSERT INTO sharing_agencysight (recipient_id, holder_id, purpose, headline, summary, detail,
    told_in_full, told_existence, starts_at, ends_at)
  SELECT a.code, b.code, p, 31, 31, 0, 0, 0, '0001-01-02', '9999-12-31'
  FROM agencies_agency a, agencies_agency b, unnest({purposes}) p WHERE a.code <> b.code;
INSERT INTO sharing_visibility (person_id, recipient, rank, holder_id, purpose, headline, summary,
    detail, told_in_full, told_existence, starts_at, ends_at)
  SELECT i.person_id, r.recipient, r.rank, a.code, p, -1, -1, -1, 0, 0, '0001-01-02', '9999-12-31'
  FROM (SELECT DISTINCT person_id, team_id, agency_id FROM sharing_involvement) i,
    agencies_agency a, unnest({purposes}) p,
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
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ.setdefault("JOINEDUP_DEMO", "1")
    from joinedup.config import site, start

    start.start()
    start.migrate()
    site.gather_static_files()
    counted = _fill(people, involved)
    viewer = _viewer()
    whom = _of_team(viewer)
    pages = _pages(viewer, [f"/people/{person}/" for person in whom])
    page = each_way(viewer, pages)
    own = each_way(viewer, [_without_calls(each) for each in pages])
    caseload = each_way(viewer, _pages(viewer, ["/cases/"] * 10))
    found = {
        **counted,
        "person page": page,
        "person page, without what calls the wall's own functions": own,
        "caseload of 50": caseload,
        "bare reads of a person": each_way(viewer, _bare_reads(viewer, whom)),
        "bare reads of 50 people": each_way(viewer, _bare_list(viewer, whom)),
    }
    print(json.dumps(found, indent=2))
    of_page = max(page["kept"]["ratio"], own["kept"]["ratio"])
    return 0 if of_page <= PAGE_BAR and caseload["kept"]["ratio"] <= CASELOAD_BAR else 1


def _fill(people: int, involved: int) -> dict[str, int]:
    from django.db import connections, transaction

    from joinedup.foundations.agencies.operations import join_usual_agencies
    from joinedup.foundations.core import clock

    words = {
        "people": people, "involved": involved, "posts": POSTS, "teams": TEAMS, "purposes": _PURPOSES,
    }  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        if cursor.fetchone()[0] == 0:
            with transaction.atomic(using="owner"):
                join_usual_agencies(by=None, purpose="a benchmark", at=clock.now())
                _run(_MAKE.format(**words))
            _open_cases()
            _run(_SIGHT.format(**words))
        counts = {}
        for table in ("people_person", "people_record", "sharing_visibility", "agencies_post"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def _run(statements: str) -> None:
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in statements.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        cursor.execute("ANALYZE")


def _open_cases() -> None:
    """The caseload: a case for each of fifty people with whom the team is involved."""
    from joinedup.foundations.core import clock
    from joinedup.identity.sharing.access import Viewer
    from joinedup.support.cases.choices import Programme
    from joinedup.support.cases.operations.keeping import open_case

    viewer = _viewer()
    for person in _of_team(viewer)[:_LOAD]:
        open_case(
            by=Viewer.system("a benchmark"), person_ids=[person], lead_post_id=viewer.post_id,
            programme=Programme.TRANSFORMING_LIVES, at=clock.now(),
        )  # fmt: skip


def _viewer() -> Any:
    from joinedup.foundations.agencies.models import Post
    from joinedup.identity.sharing.access import Viewer

    posts = Post.objects.filter(team__agency="housing").select_related("team__agency", "user")
    return Viewer.of_post(posts.earliest("pk"), purpose="early_help")


def _of_team(viewer: Any) -> list[Any]:
    from joinedup.identity.sharing.access import acting
    from joinedup.identity.sharing.models import Involvement

    with acting(viewer):
        mine = Involvement.objects.filter(team_id=viewer.team_id).order_by("person_id")
        return list(mine.values_list("person_id", flat=True)[:_MANY])


def _pages(viewer: Any, addresses: list[str]) -> list[list[Asked]]:
    """What each page asks, in its order, once everything is warm."""
    from django.conf import settings
    from django.test import Client

    from benchmarks.case_place import session_of
    from joinedup.foundations.agencies.models import Post

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    post = Post.objects.select_related("user").get(pk=viewer.post_id)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(post)
    client.get(addresses[0])
    return [as_asked(lambda address=address: _shown(client, address)) for address in addresses]


def _shown(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"


def _without_calls(asked: list[Asked]) -> list[Asked]:
    return [each for each in asked if "wall_" not in each.sql]


def _bare_reads(viewer: Any, whom: list[Any]) -> list[list[Asked]]:
    """Who somebody is and what is held, person by person."""
    from joinedup.foundations.core import clock
    from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary
    from joinedup.identity.sharing.access import acting
    from joinedup.identity.sharing.models import Involvement
    from joinedup.intelligence.linkage.queries.person import the_person

    def ask(person: Any) -> None:
        with acting(viewer):
            the_person(viewer, person, at=clock.now(), with_others=True)
            for model in (Holding, HoldingSummary, HoldingDetail, Involvement):
                list(model.objects.filter(person=person))

    return [as_asked(lambda person=person: ask(person)) for person in whom]


def _bare_list(viewer: Any, whom: list[Any]) -> list[list[Asked]]:
    """Fifty people of a team: who they are by every agency, and what is held of them."""
    from joinedup.identity.people.models import Holding
    from joinedup.identity.sharing.access import acting, records

    def ask(first: int) -> None:
        some = [whom[(first + place) % len(whom)] for place in range(_LOAD)]
        with acting(viewer):
            list(records(viewer).filter(person__in=some, gone_on=None))
            list(Holding.objects.filter(person__in=some))

    return [as_asked(lambda first=first: ask(first)) for first in range(len(whom))]


if __name__ == "__main__":
    raise SystemExit(main())
