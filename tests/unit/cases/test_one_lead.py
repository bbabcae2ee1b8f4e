"""While a case is open it has exactly one lead: by the database's word, with fifty at once, and after a kill."""

import contextlib
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, CaseStep, Lead
from joinedup.support.cases.operations import CannotHandLead, hand_lead, open_case
from joinedup.support.cases.operations.stepping import (
    CannotStep,
    accept_step,
    give_back_step,
    withdraw_step,
)
from joinedup.support.handovers.choices import HandoverState, ReturnReason
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.operations import NoPart
from tests.databases import PrivateDatabase
from tests.sharing import walled
from tests.unit.cases.steps_world import World, made
from tests.unit.handovers.sides import AT, later, post_of

AT_ONCE = 50


def refused(world: World, what: str) -> None:
    """Do it, and let the database judge as it would at the commit."""
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        committed(what, world)


def committed(what: str, world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(what, [world.case_id])
    connection.check_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "what",
    [
        "UPDATE cases_lead SET ends_at = starts_at WHERE case_id = %s",
        "DELETE FROM cases_lead WHERE case_id = %s",
        "UPDATE cases_case SET closed_at = opened_at WHERE matter_id = %s",
        """INSERT INTO cases_lead (case_id, post_id, is_acting, starts_at, ends_at)
           SELECT case_id, post_id, false, starts_at - interval '1 day', starts_at + interval '1 day'
           FROM cases_lead WHERE case_id = %s""",
    ],
)
def test_no_commit_leaves_an_open_case_without_its_one_lead(what: str) -> None:
    """S0-87: no gap, none where it is closed, no two that overlap."""
    refused(made(), what)


def test_fifty_at_once_and_a_kill_leave_one_lead(private_database: PrivateDatabase) -> None:
    """P33, P34: at no instant no lead or two, whoever acts at the same time and whoever dies."""
    world = made()
    sent = world.step(at=later(0.1))
    workers = [walled.viewer("children", "social_worker", team="Assessment") for _ in range(4)]
    colleagues = [walled.viewer("link", team="Early help") for _ in range(4)]
    done: list[str] = []

    def act(number: int) -> None:
        at, which = later(0.2), number % 4
        with contextlib.suppress(CannotStep, CannotHandLead, NoPart):
            if number % 5 < 2:
                accept_step(by=workers[which], step_id=sent.pk, at=at)
                done.append("accepted")
            elif number % 5 == 2:
                withdraw_step(by=world.lead, step_id=sent.pk, words="No", at=at)
                done.append("withdrawn")
            elif number % 5 == 3:
                reason, by = ReturnReason.OUTSIDE_OUR_AREA, workers[which]
                give_back_step(by=by, step_id=sent.pk, reason=reason, words="No", at=at)
                done.append("returned")
            else:
                to = post_of(colleagues[which])
                hand_lead(by=world.lead, matter_id=world.case_id, post_id=to, at=at)
        connections.close_all()

    over, seen = threading.Event(), []

    def watch() -> None:
        seen.append(len(world.led_by()))
        while not over.wait(0.05):
            seen.append(len(world.led_by()))
        connections.close_all()

    watching = threading.Thread(target=watch)
    watching.start()
    with ThreadPoolExecutor(AT_ONCE) as together:
        list(together.map(act, range(AT_ONCE)))
    over.set()
    watching.join()
    assert len(done) == 1, "of one step one answer"
    assert set(seen) == {1}, "at every look there was one lead"
    assert world.on_duty() == world.led_by()[0]
    kill_in_the_middle(world, private_database)


def kill_in_the_middle(world: World, database: PrivateDatabase) -> None:
    """A process steps cases up and down and is killed: what it was at is whole or not at all."""
    cases = [
        open_case(
            by=world.lead, person_ids=[world.person], programme=Programme.EARLY_HELP,
            lead_post_id=post_of(world.lead), at=AT,
        ).pk
        for _ in range(3)
    ]  # fmt: skip
    command = [sys.executable, "-m", "tests.unit.cases.stepping_on"]
    posts = [str(post_of(world.lead)), str(post_of(world.worker))]
    with subprocess.Popen(
        [*command, *posts, *map(str, cases)], env=database.environment,
        stdout=subprocess.PIPE, text=True,
    ) as going:  # fmt: skip
        assert going.stdout is not None
        said = [going.stdout.readline() for _ in range(5)]
        going.send_signal(signal.SIGKILL)
    assert all(said), "it got so far before it died"
    with acting(walled.SYSTEM):
        for case in Case.objects.filter(pk__in=cases):
            lead = Lead.objects.get(case=case, ends_at__isnull=True)
            assert lead.post_id == Duty.objects.current().get(matter=case.pk).post_id
            last = CaseStep.objects.filter(case=case).latest("sent_at")
            taken = last.handover.state == HandoverState.ACCEPTED
            assert taken == (last.settled_at is not None)
            over = taken or last.is_protection
            assert case.programme == (last.to_programme if over else last.from_programme)
