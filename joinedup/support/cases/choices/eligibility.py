"""What a test of eligibility or a threshold comes to."""

from enum import StrEnum


class Test(StrEnum):
    """What is worked out from answers, and signed off by a professional."""

    CARE_ACT_ADULT = "care_act_adult"
    CARE_ACT_CARER = "care_act_carer"
    HELP_LEVEL = "help_level"

    __test__ = False

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "care_act_adult": "Eligible needs of an adult",
            "care_act_carer": "Eligible needs of a carer",
            "help_level": "Level of help for a family",
        }[self.value]


class Outcome(StrEnum):
    """What the answers, or the professional, come to."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    TOO_LITTLE_KNOWN = "too_little_known"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    LEVEL_4 = "level_4"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "eligible": "Eligible",
            "not_eligible": "Not eligible",
            "too_little_known": "Too little is known to say",
            "level_1": "Level 1: what everybody has",
            "level_2": "Level 2: early help",
            "level_3": "Level 3: intensive family help",
            "level_4": "Level 4: statutory, children’s social care",
        }[self.value]


OF_TEST: dict[Test, tuple[Outcome, ...]] = {
    Test.CARE_ACT_ADULT: (Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE),
    Test.CARE_ACT_CARER: (Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE),
    Test.HELP_LEVEL: (Outcome.LEVEL_1, Outcome.LEVEL_2, Outcome.LEVEL_3, Outcome.LEVEL_4),
}
"""What may be signed for each; that too little is known is a reason to ask, and is signed by nobody."""
