"""Close a case that a referral opened about somebody it turned out not to be about."""

import datetime
import uuid

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.operations.involve import end_involvement
from joinedup.identity.sharing.operations.matters import take_person_out
from joinedup.support.cases.choices.plan import ActionState
from joinedup.support.cases.choices.review import ClosingReason
from joinedup.support.cases.models import Case, CaseInvolvement, PlanAction
from joinedup.support.cases.operations import ClosingSaid, close_case
from joinedup.support.frontdoor.models import CaseOpened

CLOSING = Viewer.system("closing a case that was opened about somebody else")
OPENED_BY_MISTAKE = (
    "Opened by mistake: the referral was about somebody else. Nothing more is done here."
)


def close_what_it_opened(
    *, by: Viewer, matter_id: uuid.UUID, known: frozenset[uuid.UUID], at: datetime.datetime
) -> int:
    """Close the cases that this referral opened about nobody but this person; return how many.

    What was written in them stays, and the team that led them goes on reading it and can open them
    again. A case about others too goes on about them alone.
    """
    closed = 0
    with acting(CLOSING):
        opened = CaseOpened.objects.filter(matter=matter_id, case__closed_at__isnull=True)
        for row in opened.select_related("case").order_by("pk"):
            about = MatterPerson.objects.filter(matter=row.case_id)
            whom = set(about.values_list("person", flat=True))
            if whom - known:
                _goes_on_without(by, row.case, whom & known, at)
                continue
            _close(by, row.case, whom, at)
            closed += 1
    return closed


def _close(by: Viewer, case: Case, whom: set[uuid.UUID], at: datetime.datetime) -> None:
    dropped = (ActionState.DROPPED, OPENED_BY_MISTAKE)
    actions = PlanAction.objects.open().filter(case=case).values_list("pk", flat=True)
    said = ClosingSaid(
        reason=ClosingReason.OPENED_IN_ERROR,
        what_stays=OPENED_BY_MISTAKE,
        actions=dict.fromkeys(actions, dropped),
    )
    close_case(by=CLOSING, matter_id=case.pk, words=OPENED_BY_MISTAKE, at=at, said=said)
    for person in whom:
        _leave_a_line(by, case, "closed a case opened about somebody else", person, at)


def _goes_on_without(
    by: Viewer, case: Case, persons: set[uuid.UUID], at: datetime.datetime
) -> None:
    for person in persons:
        take_person_out(by=by, matter_id=case.pk, person_id=person, at=at)
        _leave_a_line(by, case, "took somebody out of a case", person, at)
    resting = CaseInvolvement.objects.filter(
        case=case, is_begun_by_it=True, involvement__person__in=persons
    )
    for involvement in resting.values_list("involvement", flat=True):
        end_involvement(by=CLOSING, involvement_id=involvement, at=at)


def _leave_a_line(
    by: Viewer, case: Case, act: str, person: uuid.UUID, at: datetime.datetime
) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="case", subject_id=str(case.pk),
        purpose=by.purpose, agency=by.agency, role=by.role, person_id=person,
    )  # fmt: skip
