"""Cases move while others close them: at no look is an open case without its one lead (S0-97, P33)."""

import contextlib
import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, Lead
from joinedup.support.cases.operations import CannotCloseCase, close_case, open_case
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.choices import MovedState
from joinedup.support.panels.models import CaseMove, MovedCase
from joinedup.support.panels.operations.moving import go_on
from tests.databases import PrivateDatabase
from tests.sharing import walled
from tests.unit.handovers.sides import later, post_of
from tests.unit.panels.panelled import AT

MANY = 8
WITHOUT_A_LEAD = """
SELECT count(*) FROM cases_case c WHERE c.closed_at IS NULL AND
    (SELECT count(*) FROM cases_lead l WHERE l.case_id = c.matter_id AND l.ends_at IS NULL) <> 1
"""


def test_a_move_and_closes_at_once_leave_no_open_case_without_its_lead(
    private_database: PrivateDatabase,
) -> None:
    """Two presses of "go on" and closes by the lead, in any order: each case is moved or closed, once."""
    walled.agency("link", "voluntary")
    lead = walled.viewer("link", team="Early help")
    manager = walled.viewer("link", "team_manager", team="Early help")
    theirs = walled.viewer("link", "team_manager", team="North locality")
    worker = walled.viewer("link", team="North locality")
    cases = [
        open_case(
            by=lead, person_ids=[walled.person("link")], programme=Programme.EARLY_HELP,
            lead_post_id=post_of(lead), at=AT,
        ).pk
        for _ in range(MANY)
    ]  # fmt: skip
    with acting(walled.SYSTEM):
        move = CaseMove.objects.create(
            from_team_id=manager.team_id, to_team_id=theirs.team_id, reason="One team",
            by_post_id=manager.post_id, at=AT,
        )  # fmt: skip
        MovedCase.objects.bulk_create(
            MovedCase(move=move, case_id=each, from_post_id=lead.post_id, to_post_id=worker.post_id)
            for each in cases
        )
    over, gaps = threading.Event(), []

    def watch() -> None:
        while not over.wait(0.02):
            with acting(walled.SYSTEM), connection.cursor() as cursor:
                cursor.execute(WITHOUT_A_LEAD)
                gaps.append(cursor.fetchone()[0])
        connections.close_all()

    def act(of: uuid.UUID | None) -> None:
        with contextlib.suppress(CannotCloseCase, NoPart):
            if of is None:
                go_on(by=manager, move_id=move.pk, at=later(1))
            else:
                close_case(by=lead, matter_id=of, words="She is well", at=later(1))
        connections.close_all()

    acts: list[uuid.UUID | None] = [None, None, *random.Random(6).sample(cases, 4)]
    watching = threading.Thread(target=watch)
    watching.start()
    with ThreadPoolExecutor(len(acts)) as together:
        list(together.map(act, acts))
    over.set()
    watching.join()
    assert gaps
    assert set(gaps) == {0}
    with acting(walled.SYSTEM):
        assert not MovedCase.objects.filter(state=MovedState.WAITING).exists()
        for case in Case.objects.all():
            moved = MovedCase.objects.get(case=case)
            leads = Lead.objects.filter(case=case, ends_at__isnull=True)
            if case.closed_at is None:
                assert leads.get().post_id == worker.post_id
                assert moved.state == MovedState.MOVED
            else:
                assert not leads.exists()
