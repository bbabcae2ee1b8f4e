"""Suspend an agreement that covers 5,000 people: seconds until what it carried is shut for all of them.

JOINEDUP_DATA=<an empty folder> python -m benchmarks.wall_lapse [--people 150000] [--involved 10000]

Beside it: the same from nothing, all of it derived anew, as before sight was written by what differs.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

from joinedup.config import start
from joinedup.identity.sharing.choices import Category


def main() -> None:
    """Fill where nothing is, derive all, suspend, resume; print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--involved", type=int, default=10_000)
    asked = parser.parse_args()
    start.start()
    start.migrate()
    from benchmarks import wall_place  # Django is ready only now
    from joinedup.foundations.agencies.models import Post
    from joinedup.foundations.core.clock import now
    from joinedup.identity.people.models import Person
    from joinedup.identity.sharing.access import Viewer, acting
    from joinedup.identity.sharing.models import Visibility
    from joinedup.identity.sharing.operations import derive
    from joinedup.identity.sharing.operations.agreement_life import (
        resume_agreement,
        suspend_agreement,
    )

    at, system = now(), Viewer.system("a benchmark")
    with acting(system):
        empty = not Person.objects.exists()
    if empty:
        wall_place.fill(people=asked.people, posts=asked.posts, involved=asked.involved, at=at)
    with acting(system):
        agreement = wall_place.agreement("adult_care", ("housing", "police", "gp"), at=at)
        guardian = Post.objects.filter(team__agency_id="adult_care").first()
    assert guardian is not None
    guardian.role = "caldicott_guardian"
    guardian.save()
    by = Viewer.of_post(guardian)

    figures: dict[str, Any] = {"load": round(os.getloadavg()[0], 1)}
    figures["all_derived_seconds"] = _seconds(lambda: derive.agencies(None, at=now()))
    figures["compared_seconds"] = _seconds(
        lambda: figures.update(differing=len(derive.everything(at=now())))
    )
    asks = {"by": by, "agreement_id": agreement.pk, "because": "measured"}
    with acting(system):
        figures["rows"] = Visibility.objects.count()
        figures["open_before"] = _open(Visibility)
    figures["suspended_seconds"] = _seconds(lambda: suspend_agreement(**asks, at=now()))
    with acting(system):
        figures["open_after"] = _open(Visibility)
    figures["resumed_seconds"] = _seconds(lambda: resume_agreement(**asks, at=now()))
    with acting(system):
        figures["open_again"] = _open(Visibility)
        somebody = Visibility.objects.order_by("pk").values_list("person_id", flat=True)[0]
    figures["one_person_seconds"] = _seconds(lambda: derive.people([somebody], at=now()))
    figures["suspended_of_all"] = round(
        figures["suspended_seconds"]["wall"] / figures["all_derived_seconds"]["wall"], 3
    )
    print(json.dumps(figures, indent=1))


def _open(sight: Any) -> int:
    """Of how many people an agency sees, for early help, what housing holds of their housing."""
    rows = sight.objects.filter(
        holder="housing", purpose="early_help", recipient__startswith="team:"
    )
    seen = rows.extra(where=[f"summary & {Category.HOUSING.bit} <> 0"])
    return int(seen.values("person").distinct().count())


def _seconds(work: Callable[[], Any]) -> dict[str, float]:
    began, spent = time.perf_counter(), time.process_time()
    work()
    return {
        "wall": round(time.perf_counter() - began, 2),
        "python_cpu": round(time.process_time() - spent, 2),
    }


if __name__ == "__main__":
    main()
