"""Which system each figure comes from, who enters it, how it is merged, and how complete it came (S4-47)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, number
from joinedup.intelligence.linkage.models import Delivery

_HERE = "Joined Up"
_ALL = (
    "gp_registrations", "adult_social_care", "childrens_services", "police_nominals",
    "fire_home_visits", "housing_tenants",
)  # fmt: skip


@dataclass(frozen=True)
class Captured:
    """A figure: where it is entered, by whom, and what is done where two systems hold it."""

    figure: str
    system: str
    who: str
    merged: str
    contracts: tuple[str, ...] = ()
    """The deliveries that it comes by; none where nobody delivers it."""


FIGURES: tuple[Captured, ...] = (
    Captured(
        "People known, and to how many agencies", "Each agency’s own record system",
        "The agency’s staff, in their usual work",
        "Linked each night to one person, who is counted once",
        _ALL,
    ),
    Captured(
        "Patients by practice", "The practice’s register", "The practice, when somebody registers",
        "By the practice’s word alone", ("gp_registrations",),
    ),
    Captured(
        "Deaths", "The practice’s register; adult social care; housing", "Whoever is told",
        "One trusted day is enough; what differs goes back to its source as a correction",
        ("gp_registrations", "adult_social_care", "housing_tenants"),
    ),
    Captured(
        "Cases that were open before", "Each agency’s system before", "Brought over on the first day",
        "Kept with the system and the reference they come from; never typed again",
    ),
    Captured(
        "Referrals, and how long they wait", _HERE,
        "Whoever refers, and the front door; the clock counts by itself",
        "Entered once, here; copied out as “recorded in Joined Up”",
    ),
    Captured(
        "Decisions of panels, actions done in time", _HERE, "Coordinator and chair, in the meeting",
        "Entered once, here",
    ),
    Captured(
        "Cases, plans, reviews, goals reached", _HERE, "The lead and the members of the case",
        "Entered once, here; what was brought over is kept apart",
    ),
    Captured(
        "Equity of access", _HERE, "Whoever refers, and the front door; ethnic group by the person’s own answer",
        "Counted from referrals; deprivation by the postcode that the referral gives",
    ),
    Captured(
        "Referral fatigue", _HERE, "Nobody: counted from referrals, handovers and contacts",
        "All referrals of one person are one way to help",
    ),
    Captured(
        "Answers by question, and what was not asked again", _HERE, "Whoever fills in a form",
        "Entered once, here; an answer that is known already is not typed again",
    ),
    Captured(
        "Assessments, carers and what they are offered", _HERE, "Whoever assesses, and who offers",
        "Entered once, here; an assessment by several agencies is one",
    ),
    Captured(
        "Steps of pathways and their limits", _HERE,
        "Whoever marks a step; most are counted from the case’s own entries", "Entered once, here",
    ),
    Captured(
        "People by the groups that services are for", _HERE, "The members of the case",
        "Under whichever identifier, a person is counted once",
    ),
    Captured(
        "People in two programmes at once", _HERE, "Nobody: counted from the cases that are open",
        "Under whichever identifier, a person is counted once",
    ),
    Captured(
        "Contacts: seen, not seen, tried", _HERE, "Whoever made the contact",
        "Entered once, here; contacts in an agency’s own system are not counted with them",
    ),
)  # fmt: skip
"""The figures that the product shows today. A page that shows a new one adds its line here."""


def capture_map(latest: Iterable[Delivery]) -> Table:
    """Every figure with its system; of those that are delivered, how much of the latest files was loaded."""
    of = {each.contract: each for each in latest}
    return table(
        "Figures", ["Figure", "From which system", "Who enters it", "How it is merged", "Complete"],
        [
            [
                each.figure, each.system, each.who, each.merged,
                _complete([of[code] for code in each.contracts if code in of], each),
            ]
            for each in FIGURES
        ],
    )  # fmt: skip


def loaded_share(sent: int, loaded: int) -> float:
    """The share of the rows sent that were loaded; of a file without rows all of them were."""
    return loaded / sent if sent else 1.0


def _complete(latest: list[Delivery], of: Captured) -> Cell:
    if not of.contracts:
        return Cell("Entered at source", note="nothing is delivered")
    if not latest:
        return Cell("Nothing delivered yet", tag="govuk-tag--grey")
    worst = min(latest, key=lambda each: loaded_share(each.sent, each.loaded))
    missing = len(of.contracts) - len(latest)
    absent = (
        f"; {number(missing)} of {number(len(of.contracts))} not delivered yet" if missing else ""
    )
    return Cell(
        f"{number(worst.loaded)} of {number(worst.sent)} rows",
        note=f"the least complete: {worst.agency.name}, {day(worst.as_at)}{absent}",
        href=reverse("delivery", args=[worst.pk]),
    )
