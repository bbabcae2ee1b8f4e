"""The words of self-directed support."""

from enum import StrEnum


class _Labelled(StrEnum):
    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _LABELS.get(self, self.value.replace("_", " ").capitalize())


class OfferAnswer(_Labelled):
    """What became of asking somebody whether they want to direct their own support."""

    WANTED = "wanted"
    DECLINED = "declined"
    NOT_OFFERED = "not_offered"


class BudgetState(_Labelled):
    """Where a personal budget stands."""

    DRAFT = "draft"
    WAITS = "waits"
    AUTHORISED = "authorised"
    SENT_BACK = "sent_back"
    ENDED = "ended"


class BudgetRoute(_Labelled):
    """Who holds the money and arranges the support (Care Act 2014 s26 and after)."""

    DIRECT_PAYMENT = "direct_payment"
    MANAGED = "managed"
    INDIVIDUAL_SERVICE_FUND = "individual_service_fund"


class Working(_Labelled):
    """Whether somebody works, twelve months on."""

    PAID = "paid"
    VOLUNTEERING = "volunteering"
    LOOKING = "looking"
    NOT_WORKING = "not_working"
    RETIRED = "retired"
    NOT_SAID = "not_said"


class Learning(_Labelled):
    """Whether somebody learns, twelve months on."""

    EDUCATION = "education"
    TRAINING = "training"
    NONE = "none"
    NOT_SAID = "not_said"


_LABELS: dict[StrEnum, str] = {
    OfferAnswer.WANTED: "Wants to direct their own support",
    OfferAnswer.DECLINED: "Was asked, and does not want it",
    OfferAnswer.NOT_OFFERED: "Was not asked",
    BudgetState.DRAFT: "Being written",
    BudgetState.WAITS: "Waits to be authorised",
    BudgetRoute.MANAGED: "Managed by the council",
    Working.PAID: "In paid work",
    Working.VOLUNTEERING: "Volunteers",
    Working.LOOKING: "Looks for work",
    Working.NOT_WORKING: "Does not work",
    Working.NOT_SAID: "Did not say",
    Learning.EDUCATION: "In education",
    Learning.TRAINING: "In training",
    Learning.NONE: "Neither",
    Learning.NOT_SAID: "Did not say",
}
