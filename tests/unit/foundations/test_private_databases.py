"""A test that needs real commits gets a database of its own."""

import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.db import connection, transaction

from joinedup.foundations.places.models import Locality
from tests.databases import PrivateDatabase


def _add(code: str) -> None:
    with transaction.atomic():
        Locality.objects.create(code=code, name=code, starts_on="2026-04-01")


@pytest.mark.parametrize("again", [1, 2])
def test_private_database_begins_empty_and_commits(
    private_database: PrivateDatabase, again: int
) -> None:
    assert not Locality.objects.exists()
    _add("NORTH")
    connection.close()
    assert Locality.objects.count() == 1


def test_a_command_can_be_run_on_a_private_database(private_database: PrivateDatabase) -> None:
    _add("NORTH")
    code = (
        "from joinedup.config import start; start.start()\n"
        "from joinedup.foundations.places.models import Locality\n"
        "print(Locality.objects.count())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=private_database.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "1"


@pytest.mark.django_db
def test_what_a_private_database_held_is_not_in_the_shared_one() -> None:
    assert not Locality.objects.exists()


def test_site_answers_on_this_machine(site: str) -> None:
    with urlopen(f"{site}/static/django_htmx/django-htmx.js") as answer:
        assert answer.status == 200
