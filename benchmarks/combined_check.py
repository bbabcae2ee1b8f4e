"""The combined-factor check over a borough: its first night, a night after, beside one bare question for its rows.

JOINEDUP_DATA=<an empty folder> python -m benchmarks.combined_check [--people 150000]
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

from joinedup.config import start


def main() -> None:
    """Fill where nothing is, check twice, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=150_000)
    asked = parser.parse_args()
    start.start()
    start.migrate()
    from django.db import connections  # Django is ready only now
    from django.urls import reverse

    from benchmarks import wall_place
    from joinedup.foundations.agencies.models import Post, Team
    from joinedup.foundations.core.clock import now
    from joinedup.foundations.core.dates import day_of
    from joinedup.identity.people.models import Person
    from joinedup.identity.sharing.access import Viewer, acting
    from joinedup.support.cases.operations.combined_check import check_combined_factors

    at = now()
    with acting(Viewer.system("a benchmark")):
        empty = not Person.objects.exists()
    if empty:
        wall_place.fill(people=asked.people, posts=600, involved=0, at=at)
        for holder in ("gp", "police", "adult_care"):
            team = Team.objects.filter(agency=holder).order_by("pk")[0]
            lead = Post.objects.filter(team__agency=holder).order_by("pk")[0]
            Post.objects.filter(pk=lead.pk).update(role="safeguarding_lead", team=team)
        with connections["owner"].cursor() as cursor:
            for step in (_HOMES, _LIVE, _RECORDS, _HELD):
                cursor.execute(step, {"day": day_of(at), "at": at})
            cursor.execute("ANALYZE")
    figures: dict[str, Any] = {"people": asked.people, "load": round(os.getloadavg()[0], 1)}
    with connections["owner"].cursor() as cursor:
        figures["bare"] = _seconds(lambda: _fetch(cursor))
    reverse("combined-alerts")  # else the first night loads every page
    alerts: list[int] = []
    figures["first_night"] = _seconds(lambda: alerts.append(check_combined_factors(at=now())))
    figures["night_after"] = _seconds(lambda: alerts.append(check_combined_factors(at=now())))
    figures["alerts"] = alerts
    figures["night_after_to_bare"] = round(
        figures["night_after"]["seconds"] / figures["bare"]["seconds"], 1
    )
    print(json.dumps(figures, indent=1))


def _fetch(cursor: Any) -> None:
    """The rows that the check stands on, each table in one question as the owner, none of it joined."""
    for step in _READ:
        cursor.execute(step)
        cursor.fetchall()


def _seconds(work: Callable[[], object]) -> dict[str, float]:
    wall, own = time.perf_counter(), time.process_time()
    work()
    return {
        "seconds": round(time.perf_counter() - wall, 2),
        "own_seconds": round(time.process_time() - own, 2),
    }


_HOMES = """
INSERT INTO people_household (id, address_key, uprn, is_institution)
SELECT gen_random_uuid(), 'home ' || n, '', false
FROM generate_series(1, (SELECT (count(*) / 2.4)::int FROM people_person)) n
"""
_LIVE = """
INSERT INTO people_householdmember (household_id, person_id, starts_on)
SELECT h.id, p.id, %(day)s - 900
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person) p
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_household) h
  ON h.n = p.n %% (SELECT count(*) FROM people_household) + 1
"""
_RECORDS = """
INSERT INTO people_record (agency_id, record_id, controller, person_id, given_name, family_name, born_on,
    linked_on, received_on, changed_on)
SELECT a.code, a.code || p.n, a.code, p.id, 'Ada', 'Ashe', %(day)s - (p.n * 7919 %% 32000)::int, %(day)s, %(day)s,
    %(day)s
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person) p
JOIN agencies_agency a ON a.code IN ('gp', 'police', 'housing') AND (a.code = 'gp' OR p.n %% 3 <> 0)
"""
_HELD = """
INSERT INTO people_holding (id, person_id, holder_id, category, headline, handling_code, event_code,
    recorded_at, starts_on)
SELECT gen_random_uuid(), p.id, f.holder, f.category, 'Held', '', '', %(at)s, %(day)s - 100
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person) p
JOIN (VALUES ('gp', 'mental_health', 8), ('police', 'domestic_abuse', 25),
    ('adult_care', 'substance_misuse', 30)) f (holder, category, one_in)
  ON p.n * 7919 %% 32000 > 6600 AND hashtext(p.id::text || f.category) %% f.one_in = 0
"""
_READ = (
    "SELECT holder_id, person_id, category FROM people_holding",
    "SELECT person_id, household_id FROM people_householdmember WHERE ends_on IS NULL",
    "SELECT person_id, born_on FROM people_record WHERE gone_on IS NULL",
)


if __name__ == "__main__":
    main()
