"""What practice stands on in the demo: what needs are worth, who may do and authorise what, what is kept how long."""

import datetime

from django.db import transaction

from joinedup.demo.personas import IN_POST_SINCE, persona
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.operations.retention import set_retention
from joinedup.partnership.funds.models import PointsTable
from joinedup.partnership.funds.operations import LimitSaid, Worth, publish_table, set_limit
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.operations import approve, enter_function

_POINTS = (
    Worth("Washing, dressing and the toilet", "Manages", 0),
    Worth("Washing, dressing and the toilet", "Needs somebody nearby", 6),
    Worth("Washing, dressing and the toilet", "Needs help every day", 14),
    Worth("Meals and the home", "Manages", 0),
    Worth("Meals and the home", "Needs help some days", 5),
    Worth("Meals and the home", "Needs help every day", 10),
    Worth("Getting out and seeing people", "Manages", 0),
    Worth("Getting out and seeing people", "Goes if somebody goes along", 6),
    Worth("Getting out and seeing people", "Does not leave the house", 11),
    Worth("Work and learning", "Manages, or does not want it", 0),
    Worth("Work and learning", "Needs somebody to begin with", 7),
    Worth("Being safe", "Safe alone", 0),
    Worth("Being safe", "Not safe alone at times", 9),
    Worth("What family and friends do", "Enough, and willing to go on", 0),
    Worth("What family and friends do", "Some of it", 4),
    Worth("What family and friends do", "Nobody is there", 8),
)
_LIMITS = (
    LimitSaid("adult_care", "team_manager", 12_000_00, 500_00, "Scheme of delegation, clause 4.2"),
    LimitSaid("adult_care", "duty_manager", 3_000_00, 0, "Scheme of delegation, clause 4.5"),
    LimitSaid("children", "team_manager", 10_000_00, 500_00, "Children’s scheme, clause 3.1"),
)
_FUNCTIONS = (
    (FunctionCode.CARE_ACT_ASSESSMENT, "adult_care", "adult_care", Route.ITS_OWN, ""),
    (FunctionCode.CARERS_ASSESSMENT, "adult_care", "adult_care", Route.ITS_OWN, ""),
    (FunctionCode.ADULT_SAFEGUARDING, "adult_care", "adult_care", Route.ITS_OWN, ""),
    (FunctionCode.AMHP, "adult_care", "adult_care", Route.ITS_OWN, ""),
    (FunctionCode.CHILD_IN_NEED, "children", "children", Route.ITS_OWN, ""),
    (FunctionCode.CHILD_PROTECTION, "children", "children", Route.ITS_OWN, ""),
)


@transaction.atomic
def set_standing(*, at: datetime.datetime) -> None:
    """Set it down once, each thing by whoever keeps it."""
    if PointsTable.objects.exists():
        return
    keeper, administrator = _viewer("funds"), _viewer("administrator")
    publish_table(
        by=keeper, lines=_POINTS, pence_a_point=185_00,
        source="Adult social care policy 2025/26, appendix C", starts_on=IN_POST_SINCE, at=at,
    )  # fmt: skip
    for limit in _LIMITS:
        set_limit(by=keeper, said=limit, starts_on=IN_POST_SINCE, at=at)
    for function, accountable, operating, route, reference in _FUNCTIONS:
        enter_function(
            by=administrator, function=function, accountable=_agency(accountable),
            operating=_agency(operating), route=route, reference=reference,
            evidence="Constitution, part 3", starts_on=IN_POST_SINCE, at=at,
        )  # fmt: skip
    approve(
        by=administrator, holder_id=_post("social-worker").user_id, function=FunctionCode.AMHP,
        given_by=_agency("adult_care"), evidence="Warrant 2025/14", starts_on=IN_POST_SINCE,
        ends_on=IN_POST_SINCE.replace(year=IN_POST_SINCE.year + 3), at=at,
    )  # fmt: skip
    set_retention(
        by=_viewer("data-manager"), agency="adult_care", months=84,
        starts_on=day_of(at) + datetime.timedelta(days=1),
        reference="Council retention schedule 2025, line 3.2", at=at,
    )  # fmt: skip


def _post(code: str) -> Post:
    found = persona(code)
    if found is None:
        raise LookupError(f"There is no persona {code}.")
    return Post.objects.select_related("team__agency", "user").get(pk=found.post_id)


def _viewer(code: str) -> Viewer:
    return Viewer.of_post(_post(code))


def _agency(code: str) -> Agency:
    return Agency.objects.get(code=code)
