"""Self-directed support: asked, planned to the penny, authorised within a limit, and asked a year on."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.funds.operations import LimitSaid, Worth, publish_table, set_limit
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.budget import (
    BudgetRoute,
    BudgetState,
    Learning,
    OfferAnswer,
    Working,
)
from joinedup.support.cases.models import Case, PersonalBudget
from joinedup.support.cases.operations import close_case, open_case
from joinedup.support.cases.operations.budget import (
    BudgetChanged,
    BudgetSaid,
    ask_about_it,
    authorise,
    make_budget,
    send_back,
    send_to_authorise,
    write_support_plan,
)
from joinedup.support.cases.operations.budget_grounds import CannotKeepBudget
from joinedup.support.cases.operations.budget_life import (
    YearOn,
    end_budget,
    follow_up,
    spend,
    taper,
)
from joinedup.support.cases.presenters.budget import uptake_table
from joinedup.support.cases.queries.budget import Uptake, one_budget, uptake, waits_for_authority
from joinedup.support.cases.rules.budget import (
    Offered,
    PlanLine,
    amount_on,
    due_until,
    route_of,
    spending_says,
    why_ask,
    why_not_whole,
)
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, post_of

DAY = datetime.date(2026, 11, 18)
DIRECT, MANAGED = BudgetRoute.DIRECT_PAYMENT, BudgetRoute.MANAGED


def ago(days: int) -> datetime.date:
    return DAY - datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("offers", "has_budget", "eligible", "says"),
    [
        ([], False, True, "eligible"),
        ([], False, False, "Nobody has asked"),
        ([], True, True, ""),
        ([Offered(OfferAnswer.WANTED, ago(500))], False, True, ""),
        ([Offered(OfferAnswer.DECLINED, ago(100))], False, True, ""),
        ([Offered(OfferAnswer.DECLINED, ago(365))], False, True, "more than a year"),
        ([Offered(OfferAnswer.NOT_OFFERED, ago(3))], False, True, "were not asked"),
        ([Offered(OfferAnswer.NOT_OFFERED, ago(3))], False, False, ""),
    ],
)
def test_when_to_ask(offers: list[Offered], has_budget: bool, eligible: bool, says: str) -> None:
    """S4-39: whoever could benefit is found by rule, and no is heard for a year."""
    found = why_ask(offers, has_budget=has_budget, is_eligible=eligible, today=DAY)
    assert (says in found) if says else (found == "")
    if not offers:
        of_family = why_ask([], has_budget=False, is_eligible=eligible, today=DAY, of_family=True)
        assert bool(of_family) is eligible, "a child is not asked for the asking's sake"


def test_lines_come_to_the_agreed_amount_to_the_penny() -> None:
    lines = [PlanLine("Cleaner", 500_00, DIRECT), PlanLine("Swimming", 299_99, MANAGED)]
    assert why_not_whole(lines, 799_99) == ""
    assert "£0.01 is not planned" in why_not_whole(lines, 800_00)
    assert "too much" in why_not_whole(lines, 700_00)
    assert "Write the support plan" in why_not_whole([], 0)
    assert (route_of(lines), route_of(lines[:1])) == ("Mixed", "Direct payment")


def test_what_falls_to_the_days_until_now_follows_the_taper() -> None:
    tapers = [(DAY + datetime.timedelta(days=100), 365_00)]
    assert amount_on(730_00, tapers, DAY) == 730_00
    assert amount_on(730_00, tapers, DAY + datetime.timedelta(days=100)) == 365_00
    assert due_until(730_00, tapers, DAY, DAY + datetime.timedelta(days=150)) == 250_00
    assert due_until(730_00, [], DAY, DAY) == 0


@pytest.mark.parametrize(
    ("spent", "days", "says"),
    [(0, 20, ""), (40, 100, "Less than half"), (90, 100, ""), (120, 100, "More is spent")],
)
def test_spending_tells_of_too_much_and_of_support_that_is_not_there(
    spent: int, days: int, says: str
) -> None:
    found = spending_says(spent, 100, days)
    assert (says in found) if says else (found == "")


@pytest.fixture
def lead() -> Viewer:
    walled.agency("care", "social_care")
    keeper = walled.viewer("care", "pooled_fund_manager")
    publish_table(
        by=keeper, lines=[Worth("Meals", "Daily help", 4), Worth("Meals", "None", 0)],
        pence_a_point=200_00, source="Cabinet", starts_on=DAY, at=AT,
    )  # fmt: skip
    said = LimitSaid("care", "team_manager", 1_000_00, 0, "Scheme 7")
    set_limit(by=keeper, said=said, starts_on=DAY, at=AT)
    return walled.viewer("care", "social_worker", team="Adults")


@pytest.fixture
def manager(lead: Viewer) -> Viewer:
    return walled.viewer("care", "team_manager", team="Adults")


@pytest.fixture
def person(lead: Viewer) -> uuid.UUID:
    return walled.person("care", born_on=datetime.date(1950, 1, 1))


@pytest.fixture
def case(lead: Viewer, person: uuid.UUID) -> Case:
    return open_case(
        by=lead, person_ids=[person], programme=Programme.SOCIAL_CARE, lead_post_id=post_of(lead),
        at=AT,
    )  # fmt: skip


def said(person: uuid.UUID, **more: object) -> BudgetSaid:
    first = PersonalBudget._meta.get_field("table").related_model.objects.get().lines.first()
    base: dict[str, object] = {
        "person_id": person, "point_lines": (first.pk,), "agreed_pence": None, "starts_on": DAY,
        "review_on": DAY + datetime.timedelta(days=42), **more,
    }  # fmt: skip
    return BudgetSaid(**base)  # type: ignore[arg-type]


def planned(lead: Viewer, case: Case, person: uuid.UUID, **more: object) -> PersonalBudget:
    budget = make_budget(by=lead, matter_id=case.pk, said=said(person, **more), at=AT)
    lines = [PlanLine("Cooked meals", budget.agreed_pence, DIRECT)]
    write_support_plan(by=lead, budget_id=budget.pk, lines=lines, edited=0, at=AT)
    return send_to_authorise(by=lead, budget_id=budget.pk, at=AT)


@pytest.mark.django_db
def test_a_budget_is_authorised_by_a_second_person_within_their_limit(
    lead: Viewer, manager: Viewer, case: Case, person: uuid.UUID
) -> None:
    """S4-28: maker is not checker, and the scheme stands beside the name."""
    budget = planned(lead, case, person)
    assert budget.indicative_pence == 800_00
    with pytest.raises(CannotKeepBudget, match="No scheme"):
        authorise(by=lead, budget_id=budget.pk, at=AT)
    assert [each.pk for each in waits_for_authority(manager)] == [budget.pk]
    done = authorise(by=manager, budget_id=budget.pk, at=AT)
    assert (done.state, done.scheme) == (BudgetState.AUTHORISED, "Scheme 7")
    assert done.follow_up_on == DAY + datetime.timedelta(days=365)


@pytest.mark.django_db
def test_above_the_limit_it_waits_for_somebody_with_a_higher_one(
    lead: Viewer, manager: Viewer, case: Case, person: uuid.UUID
) -> None:
    budget = planned(lead, case, person, agreed_pence=1_200_00, why_other="Lives far out")
    with pytest.raises(CannotKeepBudget, match="higher limit"):
        authorise(by=manager, budget_id=budget.pk, at=AT)
    back = send_back(by=manager, budget_id=budget.pk, because="Try the lunch club", at=AT)
    assert back.state == BudgetState.SENT_BACK


@pytest.mark.django_db
def test_aftercare_bears_no_contribution(lead: Viewer, case: Case, person: uuid.UUID) -> None:
    """P38: by the operation, and by the database itself."""
    with pytest.raises(CannotKeepBudget, match="section 117"):
        make_budget(
            by=lead, matter_id=case.pk, at=AT,
            said=said(person, is_aftercare=True, contribution_pence=1),
        )  # fmt: skip
    budget = make_budget(by=lead, matter_id=case.pk, said=said(person, is_aftercare=True), at=AT)
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        PersonalBudget.objects.filter(pk=budget.pk).update(contribution_pence=1)


@pytest.mark.django_db
def test_what_does_not_add_up_is_refused(lead: Viewer, case: Case, person: uuid.UUID) -> None:
    for more in (
        {"agreed_pence": 1},
        {"contribution_pence": 800_01},
        {"review_on": DAY},
        {"point_lines": (0,)},
        {"starts_on": ago(1)},
    ):
        with pytest.raises(CannotKeepBudget):
            make_budget(by=lead, matter_id=case.pk, said=said(person, **more), at=AT)
    make_budget(by=lead, matter_id=case.pk, said=said(person), at=AT)
    with pytest.raises(CannotKeepBudget, match="already"):
        make_budget(by=lead, matter_id=case.pk, said=said(person), at=AT)


@pytest.mark.django_db
def test_the_second_of_two_writers_is_shown_what_the_first_kept(
    lead: Viewer, manager: Viewer, case: Case, person: uuid.UUID
) -> None:
    budget = make_budget(by=lead, matter_id=case.pk, said=said(person), at=AT)
    first = [PlanLine("Meals", 800_00, DIRECT)]
    write_support_plan(by=lead, budget_id=budget.pk, lines=first, edited=0, at=AT)
    with pytest.raises(BudgetChanged) as why:
        write_support_plan(by=manager, budget_id=budget.pk, lines=[], edited=0, at=AT)
    assert [line.what for line in why.value.lines] == ["Meals"]


@pytest.mark.django_db
def test_it_is_tapered_spent_corrected_ended_and_asked_after_a_year(
    lead: Viewer, manager: Viewer, case: Case, person: uuid.UUID
) -> None:
    budget = planned(lead, case, person)
    with pytest.raises(CannotKeepBudget, match="not in force"):
        spend(by=lead, budget_id=budget.pk, on=DAY, pence=1, words="Meals", at=AT)
    authorise(by=manager, budget_id=budget.pk, at=AT)
    wrong = spend(by=lead, budget_id=budget.pk, on=DAY, pence=90_00, words="Meals", at=AT)
    spend(
        by=lead, budget_id=budget.pk, on=DAY, pence=9_00, words="Meals", at=AT, instead_of=wrong.pk
    )
    taper(
        by=lead, budget_id=budget.pk, from_on=DAY + datetime.timedelta(days=90), pence=400_00,
        because="Cooks three days a week herself", at=AT,
    )  # fmt: skip
    with pytest.raises(CannotKeepBudget, match="no less"):
        taper(
            by=lead, budget_id=budget.pk, from_on=DAY + datetime.timedelta(days=180),
            pence=500_00, because="More", at=AT,
        )  # fmt: skip
    assert one_budget(lead, budget.pk, DAY).spent_pence == 9_00
    end_budget(by=lead, budget_id=budget.pk, on=DAY, words="Manages", at=AT)
    close_case(by=lead, matter_id=case.pk, words="Manages well", at=later(1))
    year = YearOn(DAY, Working.PAID, Learning.NONE, still_served=False, words="I run my own day")
    assert follow_up(by=lead, budget_id=budget.pk, said=year, at=later(366)).working == "paid"
    with pytest.raises(CannotKeepBudget, match="closed"):
        make_budget(by=lead, matter_id=case.pk, said=said(person), at=later(2))


@pytest.mark.django_db
def test_who_works_elsewhere_neither_sees_nor_touches_it(
    lead: Viewer, case: Case, person: uuid.UUID
) -> None:
    budget = make_budget(by=lead, matter_id=case.pk, said=said(person), at=AT)
    stranger = walled.viewer("care", "social_worker", team="Elsewhere")
    with pytest.raises(PersonalBudget.DoesNotExist):
        one_budget(stranger, budget.pk, DAY)
    with pytest.raises(NoPart):
        ask_about_it(
            by=stranger, matter_id=case.pk, person_id=person, answer=OfferAnswer.WANTED,
            because="", at=AT,
        )  # fmt: skip


@pytest.mark.django_db
def test_uptake_is_counted_by_group_and_small_numbers_are_withheld(
    lead: Viewer, case: Case, person: uuid.UUID
) -> None:
    """S4-36, P44."""
    ask_about_it(
        by=lead, matter_id=case.pk, person_id=person, answer=OfferAnswer.DECLINED, because="",
        at=AT,
    )  # fmt: skip
    counted = uptake(walled.viewer("care", "analyst"), AT)
    assert counted["Age"] == {"65 and over": Uptake(asked=1, not_asked=0, with_budget=0)}
    shown = uptake_table("Age", counted["Age"])
    assert all("withheld" in cell.text for cell in shown.rows[0][1:])
