"""Teams serve places of several kinds, from a day until another, and the first administrator comes by command."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.config import outcomes
from joinedup.foundations.agencies import operations
from joinedup.foundations.agencies.models import Agency, Team, TeamArea
from joinedup.foundations.places.models import Area, Locality
from tests import commands
from tests.databases import PrivateDatabase
from tests.unit.foundations.agencies.test_lists import AGENCIES, PLACE, TEAMS
from tests.unit.foundations.agencies.test_posts import AT, BY, TODAY, Administrator, Refused

AFTER = TODAY + datetime.timedelta(days=30)


@pytest.fixture
def team(db: None) -> Team:
    agency = Agency.objects.create(code="adult_care", name="Adult care", kind="social_care")
    return operations.team_called(by=BY, agency=agency.code, name="North", at=AT)


def test_a_team_is_named_once(team: Team) -> None:
    assert operations.team_called(by=BY, agency="adult_care", name="North", at=AT) == team
    with pytest.raises(operations.CannotName, match="nowhere"):
        operations.team_called(by=BY, agency="nowhere", name="North", at=AT)


def test_a_realigned_team_still_served_its_old_place_before(team: Team) -> None:
    """S0-66, S0-67: by locality, then borough-wide; both at once where that is so."""
    locality = Locality.objects.create(code="L1", name="Aldermere", starts_on=TODAY)
    ward = Area.objects.create(code="W1", name="North ward", kind="ward", starts_on=TODAY)
    first = operations.serve(by=BY, team=team, place=locality, starts_on=TODAY, at=AT)
    operations.serve(by=BY, team=team, place=ward, starts_on=TODAY, at=AT)
    operations.stop_serving(by=BY, area=first, ends_on=AFTER, at=AT)
    operations.serve(by=BY, team=team, place=None, starts_on=AFTER, at=AT)
    assert TeamArea.objects.on(TODAY).count() == 2
    assert sorted(area.whole_place for area in TeamArea.objects.on(AFTER)) == [False, True]


def test_what_does_not_fit_is_refused(team: Team) -> None:
    area = operations.serve(by=BY, team=team, place=None, starts_on=TODAY, at=AT)
    with pytest.raises(operations.CannotServe, match="already"):
        operations.serve(by=BY, team=team, place=None, starts_on=AFTER, at=AT)
    with pytest.raises(operations.CannotServe, match="before"):
        operations.stop_serving(by=BY, area=area, ends_on=TODAY, at=AT)
    operations.stop_serving(by=BY, area=area, ends_on=AFTER, at=AT)
    with pytest.raises(operations.CannotServe, match="ended already"):
        operations.stop_serving(by=BY, area=area, ends_on=AFTER, at=AT)
    with pytest.raises(Refused):
        operations.serve(
            by=Administrator(allowed=frozenset()), team=team, place=None, starts_on=AFTER, at=AT
        )


def test_the_first_administrator_comes_by_command(private_database: PrivateDatabase) -> None:
    command = [
        sys.executable, "-m", "joinedup.config", "appoint", "jo@example.org", "--name", "Jo Lindley"
    ]  # fmt: skip
    environment = {**private_database.environment, "PYTHONPATH": os.getcwd()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "One-time code" in done.stdout
    (post,) = Team.objects.get(name="Office").posts.all()
    assert (post.role, post.user.email) == ("partnership_administrator", "jo@example.org")


def test_the_place_is_told_by_one_command(
    private_database: PrivateDatabase, tmp_path: Path
) -> None:
    """With the six that join by themselves; a wrong list is told in a sentence, and ends with its own code."""
    for name, text in {**PLACE, "agencies.csv": AGENCIES, "teams.csv": TEAMS}.items():
        (tmp_path / name).write_text(text)
    environment = {**os.environ, **private_database.environment}
    done = commands.run("place", str(tmp_path), environment=environment)
    assert done.returncode == outcomes.FINE, done.stderr
    assert "agencies 2, teams 5" in done.stdout
    assert Agency.objects.count() == 8
    (tmp_path / "agencies.csv").write_text("code,name,kind\nx,X,club\n")
    wrong = commands.run("place", str(tmp_path), environment=environment)
    assert wrong.returncode == outcomes.WRONG_DATA
    assert "agencies.csv, row 1: kind" in wrong.stderr
