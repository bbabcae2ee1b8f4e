"""With real commits: a double press is one exit, a killed process leaves it ringing (P19)."""

import os
import signal
import threading
import uuid

import pytest
from django.db import connections

from joinedup.identity.sharing.access import acting
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.models import Exit, Ring
from joinedup.support.safeguarding.operations import raise_exit, ring_on
from tests.databases import PrivateDatabase
from tests.sharing.walled import SYSTEM
from tests.unit.safeguarding.ringing import AT, Standing, later, standing


def _raise(who: Standing, key: uuid.UUID) -> None:
    raise_exit(
        by=who.housing, door=Door.SUICIDE, audience=Audience.ADULT, words="He has a rope", at=AT,
        submission_key=key,
    )  # fmt: skip


def _at_once(act: object, times: int) -> None:
    """Do it in so many threads, each with a connection of its own."""

    def alone() -> None:
        try:
            act()  # type: ignore[operator]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _rounds() -> list[int]:
    with acting(SYSTEM):
        return sorted(Ring.objects.values_list("number", flat=True))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_pressed_twice_at_once_and_killed_it_is_one_exit_that_rings_on(
    private_database: PrivateDatabase,
) -> None:
    who, key = standing(), uuid.uuid4()
    _at_once(lambda: _raise(who, key), 3)
    with acting(SYSTEM):
        assert Exit.objects.count() == 1
    assert _rounds() == [1]
    _at_once(lambda: ring_on(at=later(minutes=15)), 3)
    assert _rounds() == [1, 2], "sweeps beside one another ring once"

    connections.close_all()  # the child opens its own
    child = os.fork()
    if child == 0:  # pragma: no cover
        try:
            _raise(who, uuid.uuid4())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with acting(SYSTEM):
        assert Exit.objects.count() == 2
    assert ring_on(at=later(minutes=30)) == 2, "the next process rings on, from rows alone"
