"""Which schools are of a case, and that their social work managers hear of its steps (S0-68, P34)."""

import datetime
import uuid

from joinedup.foundations.agencies.models import SchoolLink
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_post
from joinedup.support.cases.models import CaseSchool
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.handovers.queries.answering import who_answers

WORKING = Viewer.system("telling the social work managers of schools")
ANSWERS_FOR_THE_SCHOOL = "answers for the school"


def named_managers(case_id: uuid.UUID, at: datetime.datetime) -> set[uuid.UUID]:
    """The posts named for the schools of a case on that day."""
    keys = CaseSchool.objects.filter(case=case_id).values_list("school_key", flat=True)
    links = SchoolLink.objects.on(day_of(at)).filter(school_key__in=list(keys))
    return set(links.values_list("manager_id", flat=True))


def tell_schools(*, by: Viewer, case_id: uuid.UUID, at: datetime.datetime) -> list[uuid.UUID]:
    """Tell each school's named manager, or whoever covers, that the case has stepped; return whom.

    They hear where it is, and nothing of its content.
    """
    told = []
    with acting(WORKING):
        keys = CaseSchool.objects.filter(case=case_id).values_list("school_key", flat=True)
        links = SchoolLink.objects.on(day_of(at)).filter(school_key__in=list(keys))
        for link in links.order_by("school_key"):
            answers = who_answers(link.manager_id, at).post
            if answers != link.manager_id and link.covered_by_id is not None:
                answers = link.covered_by_id
            give_part(
                by=by, matter_id=case_id, recipient=of_post(answers), level=PartLevel.PROGRESS,
                because=ANSWERS_FOR_THE_SCHOOL, at=at,
            )  # fmt: skip
            tell(by=by.post_id, posts=[answers], kind=NoticeKind.SCHOOL_STEP,
                 link=f"/matters/{case_id}/where/", at=at)  # fmt: skip
            told.append(answers)
        if told:
            leave_a_line(by, case_id, "told a school’s manager of a step", at, {"told": len(told)})
    return told
