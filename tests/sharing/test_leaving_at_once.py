"""P15: whoever lets an agency leave, and whoever joins something to it, act one after the other."""

import datetime
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from joinedup.foundations.agencies.models import Agency, AgencyExit, Post, Team
from joinedup.foundations.agencies.operations import CannotAppoint, appoint
from joinedup.foundations.agencies.operations.leaving import CannotLeave
from joinedup.single_view.operations.leaving import let_leave
from tests.databases import PrivateDatabase
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY, parties

AT_ONCE = 8
LEAVES = datetime.date(2026, 12, 1)


def test_of_many_who_decide_at_once_one_decides(private_database: PrivateDatabase) -> None:
    """P15: the others are told that it is leaving already; nothing is written twice."""
    parties()
    keepers = [walled.viewer("hub", "partnership_administrator") for _ in range(AT_ONCE)]

    def decide(number: int) -> str:
        try:
            let_leave(
                by=keepers[number], agency=Agency.objects.get(pk="police"), leaves_on=LEAVES + number * DAY,
                because="Its contract ends", data_becomes="Deleted", at=AT,
            )  # fmt: skip
        except CannotLeave as why:
            return str(why)
        finally:
            connections.close_all()
        return "decided"

    with ThreadPoolExecutor(AT_ONCE) as together:
        said = list(together.map(decide, range(AT_ONCE)))
    assert said.count("decided") == 1
    assert said.count("Police is leaving already. Take that back first.") == AT_ONCE - 1
    leaving = AgencyExit.objects.get(agency="police")
    assert Post.objects.get(team__agency="police").ends_on == leaving.leaves_on


def test_no_post_slips_in_while_its_agency_leaves(private_database: PrivateDatabase) -> None:
    """P15: appointed before, it ends with the agency; after, it is refused."""
    parties()
    keepers = [walled.viewer("hub", "partnership_administrator") for _ in range(AT_ONCE)]
    team = Team.objects.get(agency="police")

    def act(number: int) -> None:
        try:
            if number == AT_ONCE // 2:
                let_leave(
                    by=keepers[number], agency=Agency.objects.get(pk="police"), leaves_on=LEAVES, because="It ends",
                    data_becomes="Deleted", at=AT,
                )  # fmt: skip
            else:
                appoint(
                    by=keepers[number], email=f"new{number}@example.org", name="New", team=team,
                    role="signatory", starts_on=TODAY, at=AT,
                )  # fmt: skip
        except CannotAppoint:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as together:
        list(together.map(act, range(AT_ONCE)))
    assert set(Post.objects.filter(team=team).values_list("ends_on", flat=True)) == {LEAVES}
