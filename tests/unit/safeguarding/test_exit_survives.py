"""With real commits: a double press is one exit, a killed process leaves it ringing (P19)."""

import signal
import subprocess
import sys
import threading
import uuid

from django.db import connections

from joinedup.identity.sharing.access import acting
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.models import Exit, Ring
from joinedup.support.safeguarding.operations import raise_exit, ring_on
from tests.databases import PrivateDatabase
from tests.sharing.walled import SYSTEM
from tests.unit.safeguarding.ringing import AT, Standing, later, standing

RAISED_AND_KILLED = """
import datetime, os, signal, sys
import django
django.setup()
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.operations import raise_exit
post = Post.objects.select_related("team__agency", "user").get(pk=sys.argv[1])
raise_exit(by=Viewer.of_post(post), door=Door.SUICIDE, audience=Audience.ADULT,
           words="He has a rope", at=datetime.datetime.fromisoformat(sys.argv[2]))
os.kill(os.getpid(), signal.SIGKILL)
"""


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

    killed = subprocess.run(
        [sys.executable, "-c", RAISED_AND_KILLED, str(who.housing.post_id), AT.isoformat()],
        env=private_database.environment,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    with acting(SYSTEM):
        assert Exit.objects.count() == 2
    assert ring_on(at=later(minutes=30)) == 2, "the next process rings on, from rows alone"
