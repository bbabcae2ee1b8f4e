"""Sign what the answers came to, as the law or the threshold has it, or something else with the reason."""

import datetime
import uuid

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.queries import may_do
from joinedup.support.cases.choices.eligibility import OF_TEST, Outcome, Test
from joinedup.support.cases.models import EligibilityDecision
from joinedup.support.cases.operations.assessing import CannotAssess, assessing_in, assessment_of
from joinedup.support.cases.queries.eligibility import worked_out_for
from joinedup.support.handovers.operations.grounds import leave_a_line

RESERVED: dict[Test, FunctionCode] = {
    Test.CARE_ACT_ADULT: FunctionCode.CARE_ACT_ASSESSMENT,
    Test.CARE_ACT_CARER: FunctionCode.CARERS_ASSESSMENT,
}
"""Decisions that the law keeps for whoever is approved for the function (S4-19)."""


def sign_eligibility(
    *,
    by: Viewer,
    assessment_id: uuid.UUID,
    test: Test,
    outcome: Outcome,
    because: str,
    at: datetime.datetime,
) -> EligibilityDecision:
    """Sign a decision on signed answers; where it differs from what they came to, it needs its reason.

    Raises CannotAssess, Assessment.DoesNotExist, NoPart.
    """
    if by.post_id is None:
        raise CannotAssess("A professional decides and signs.")
    if outcome not in OF_TEST[test]:
        raise CannotAssess("Choose what you decide.")
    found = assessment_of(by, assessment_id)
    with assessing_in(by, found.case_id):
        function = RESERVED.get(test)
        if function is not None:
            may = may_do(by.post_id, function, at)
            if not may:
                raise CannotAssess(may.why)
        there = worked_out_for(found, test)
        if there is None:
            raise CannotAssess("Sign the section first whose answers it is worked out from.")
        if outcome is not there.worked_out.outcome and not because.strip():
            raise CannotAssess(
                "What you decide is not what the answers come to. Say why: overrides are read."
            )
        made = EligibilityDecision.objects.create(
            case_id=found.case_id,
            assessment=found,
            person_id=found.person_id,
            section_id=there.section_id,
            test=test,
            framework=there.framework.key,
            worked_out=there.worked_out.outcome,
            line=there.worked_out.line,
            signed=outcome,
            because=because.strip(),
            signed_by_id=by.post_id,
            signed_at=at,
        )
        leave_a_line(
            by, found.case_id, "signed a decision on eligibility", at,
            {"test": test, "signed": outcome, "override": outcome is not there.worked_out.outcome,
             "day": day_of(at).isoformat()},
        )  # fmt: skip
    return made
