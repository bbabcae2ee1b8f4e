"""What the demo makes, and what it never touches."""

import datetime
from pathlib import Path

import pytest

from joinedup.demo import first_start
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import acting
from joinedup.intelligence.linkage.models import RetentionRule
from tests.databases import PrivateDatabase
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 20, 20, 0, tzinfo=datetime.UTC)


def _get_ready(data: Path) -> list[str]:
    stages: list[str] = []
    first_start.get_ready(
        data=data,
        people=500,
        seed=3,
        clock=lambda: AT,
        progress=lambda stage, share: stages.append(stage),
    )
    return stages


@pytest.mark.django_db
def test_a_database_that_holds_people_already_is_left_alone(tmp_path: Path) -> None:
    agency = Agency.objects.create(code="police", name="Police", kind="police")
    walled.person(agency.code)
    with pytest.raises(Trouble, match="holds people already"):
        _get_ready(tmp_path)
    with acting(walled.SYSTEM):
        assert Record.objects.count() == 1
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_was_killed_goes_on_where_it_was(
    private_database: PrivateDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(**work: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(first_start, "run_the_night", killed)
        with pytest.raises(KeyboardInterrupt):
            _get_ready(tmp_path)
    assert not first_start.is_ready()
    (tmp_path / "demo" / "borough.new").mkdir()
    stages = _get_ready(tmp_path)
    assert first_start.is_ready()
    assert "The night is done" in stages
    assert "Making people and their records" not in stages
    assert Person.objects.using("owner").count() > 400
    assert RetentionRule.objects.get().agency_id == "adult_care", "so that its page has something"
