"""Self-directed support in an invented life: asked, and of some a budget with its lines and its spending."""

import datetime
from collections.abc import Sequence

from joinedup.demo.case_life.calendar import working
from joinedup.demo.case_life.life import Life
from joinedup.foundations.agencies.models import Post
from joinedup.partnership.funds.models import DelegatedLimit, PointsTable
from joinedup.support.cases.choices.budget import BudgetRoute, BudgetState, OfferAnswer
from joinedup.support.cases.models import BudgetLine, BudgetSpend, PersonalBudget, SelfDirectedOffer

_OFFERED_ON_DAY, _FROM_DAY, _REVIEW_AFTER = 20, 30, 180
_LINES: dict[str, tuple[tuple[str, str, BudgetRoute, int], ...]] = {
    "his mother": (
        ("Support worker, six hours a week", "Of his own choosing", BudgetRoute.DIRECT_PAYMENT, 5_200_00),
        ("Travel and quiet places to meet", "", BudgetRoute.DIRECT_PAYMENT, 420_00),
    ),
    "her daughter": (
        ("A carer each morning", "Brightside home care", BudgetRoute.MANAGED, 7_300_00),
        ("Lift to the lunch club", "Dial-a-ride", BudgetRoute.MANAGED, 310_00),
    ),
}  # fmt: skip
_WHY_NOT = (
    "I would not know where to begin with it.",
    "I am content as it is arranged now.",
    "Not this year. Ask me again.",
)


def write_money(lives: Sequence[Life]) -> None:
    """Write what was asked and agreed in those lives that social care leads."""
    table = PointsTable.objects.order_by("-number").first()
    limit = DelegatedLimit.objects.order_by("pk").first()
    if table is None or limit is None:
        return
    offers, budgets, lines, spends = [], [], [], []
    for life in lives:
        wanted = _LINES.get(life.arc.member[1])
        if wanted is None or life.at_work(_OFFERED_ON_DAY) > life.until:
            continue
        wants = life.chance.random() < 0.75
        offers.append(
            SelfDirectedOffer(
                case=life.case, person_id=life.persons[0],
                answer=OfferAnswer.WANTED if wants else OfferAnswer.DECLINED,
                because="" if wants else life.chance.choice(_WHY_NOT), by=life.going.lead,
                at=life.moment(life.at_work(_OFFERED_ON_DAY)),
            )
        )  # fmt: skip
        manager = _manager(life.going.lead)
        if not wants or manager is None or life.at_work(_FROM_DAY) >= life.until:
            continue
        budget, its = _budget(life, wanted, table, limit.scheme, manager)
        budgets.append(budget)
        lines += its
        spends += _spent(life, budget, its)
    SelfDirectedOffer.objects.bulk_create(offers)
    PersonalBudget.objects.bulk_create(budgets)
    BudgetLine.objects.bulk_create(lines)
    BudgetSpend.objects.bulk_create(spends)


def _manager(lead: Post) -> Post | None:
    held = Post.objects.filter(
        team__agency=lead.team.agency_id, role="team_manager", ends_on__isnull=True
    )
    return held.exclude(pk=lead.pk).order_by("pk").first()


def _budget(
    life: Life,
    wanted: Sequence[tuple[str, str, BudgetRoute, int]],
    table: PointsTable,
    scheme: str,
    manager: Post,
) -> tuple[PersonalBudget, list[BudgetLine]]:
    starts = life.at_work(_FROM_DAY)
    agreed = sum(pence for *_, pence in wanted)
    points = round(agreed / table.pence_a_point)
    at = life.moment(starts - datetime.timedelta(days=3))
    budget = PersonalBudget(
        case=life.case, person_id=life.persons[0], table=table,
        state=BudgetState.ENDED if life.is_closed else BudgetState.AUTHORISED,
        indicative_pence=points * table.pence_a_point, agreed_pence=agreed,
        why_other="What the lines come to, by the penny",
        contribution_pence=life.chance.choice((0, 0, 520_00, 1_040_00)), made_by=life.going.lead, made_at=at,
        authorised_by=manager, authorised_at=at + datetime.timedelta(hours=3), scheme=scheme,
        starts_on=starts, review_on=working(starts + datetime.timedelta(days=_REVIEW_AFTER)),
        ends_on=life.until if life.is_closed else None,
        end_words="The case closed, and the support goes on with the review team." if life.is_closed else "",
    )  # fmt: skip
    lines = [
        BudgetLine(
            case=life.case, budget=budget, place=place, what=what, provider=provider, route=route, pence=pence,
        )
        for place, (what, provider, route, pence) in enumerate(wanted, 1)
    ]  # fmt: skip
    return budget, lines


def _spent(life: Life, budget: PersonalBudget, lines: Sequence[BudgetLine]) -> list[BudgetSpend]:
    """Month by month, now a little more and now a little less than planned."""
    found, day = [], budget.starts_on + datetime.timedelta(days=28)
    while day <= life.until:
        for line in lines:
            pence = round(line.pence / 13 * life.chance.uniform(0.8, 1.1))
            found.append(
                BudgetSpend(
                    case=life.case, budget=budget, line=line, on=day, pence=pence,
                    words=f"{line.what}, four weeks", by=life.going.lead, recorded_at=life.moment(day),
                )
            )  # fmt: skip
        day += datetime.timedelta(days=28)
    return found
