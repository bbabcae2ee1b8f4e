"""The table of lawful sharing, row by row: what opens it, and that anything less does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.foundations.agencies.roles import ROLES
from joinedup.identity.sharing.choices import Category as C
from joinedup.identity.sharing.choices import (
    ConsentState,
    DisclosureDecision,
    Level,
    Purpose,
    Telling,
)
from joinedup.identity.sharing.gateways import (
    GATEWAYS,
    NEVER_TOLD,
    NO_SIGHT,
    OWN_PAGE,
    TEAM_BOUND,
    ConsentNeeded,
    Gateway,
    by_code,
    rows_for,
    telling_of,
)
from joinedup.identity.sharing.policy import SILENT, Carried, Facts, decide
from joinedup.identity.sharing.presenters.access_table import access_table

OPENING = [row for row in GATEWAYS if row.opens]
SAFEGUARDING = {Purpose.SAFEGUARD_CHILD, Purpose.SAFEGUARD_ADULT}


def just_enough(row: Gateway) -> Facts:
    """Exactly what the row asks, and nothing more."""
    said = {
        ConsentNeeded.GIVEN: ConsentState.GIVEN,
        ConsentNeeded.NO_OBJECTION: ConsentState.NOT_ASKED,
        ConsentNeeded.NOTHING: ConsentState.OBJECTED,
    }
    return Facts(
        purpose=min(row.purposes),
        category=min(row.categories),
        recipient=min(row.recipients),
        holder=min(row.holders),
        involved=row.involvement_needed,
        flows=frozenset({Carried(row.code)} if row.agreement_needed else ()),
        consent=said[row.consent],
        disclosure=DisclosureDecision.DISCLOSE if row.disclosure_needed else None,
        emergency=row.emergency_needed,
    )


def opened_by(row: Gateway, facts: Facts) -> bool:
    """Whether the row opens, or one that opens as much and stands before it."""
    decision = decide(facts)
    rows = rows_for(facts.purpose, facts.recipient, facts.holder, facts.category)
    before = {each.code for each in rows if each.level >= row.level}
    return decision.level >= row.level and decision.line in before


def others_shut(row: Gateway, facts: Facts) -> bool:
    """Whether this row alone could open it, so that its refusal is seen."""
    rows = rows_for(facts.purpose, facts.recipient, facts.holder, facts.category)
    return rows == (row,)


@pytest.mark.parametrize("row", OPENING, ids=lambda row: row.code)
def test_a_row_opens_on_what_it_asks(row: Gateway) -> None:
    assert opened_by(row, just_enough(row))


@pytest.mark.parametrize("row", OPENING, ids=lambda row: row.code)
def test_a_row_stays_shut_on_anything_less(row: Gateway) -> None:
    """Tried on every purpose, kind and category that this row alone serves."""
    enough = just_enough(row)
    alone = [
        facts
        for purpose in row.purposes
        for recipient in row.recipients
        for holder in row.holders
        for category in row.categories
        for facts in [
            replace(enough, purpose=purpose, recipient=recipient, holder=holder, category=category)
        ]
        if others_shut(row, facts)
    ]
    for facts in alone:
        for less in _less(row, facts):
            assert decide(less).level is Level.NOTHING, less


def _less(row: Gateway, facts: Facts) -> list[Facts]:
    unsaid = {
        ConsentNeeded.GIVEN: set(ConsentState) - {ConsentState.GIVEN},
        ConsentNeeded.NO_OBJECTION: {ConsentState.OBJECTED, ConsentState.DECLINED},
        ConsentNeeded.NOTHING: set(),
    }
    undecided = (None, DisclosureDecision.DO_NOT_DISCLOSE)
    lacking: list[tuple[bool, dict[str, object]]] = [
        (row.agreement_needed, {"flows": frozenset()}),
        (row.agreement_needed, {"flows": frozenset({Carried("another_row")})}),
        (row.involvement_needed, {"involved": False}),
        *((True, {"consent": state}) for state in unsaid[row.consent]),
        *((row.disclosure_needed, {"disclosure": decision}) for decision in undecided),
        (row.emergency_needed, {"emergency": False}),
        (not row.overrides_withholding, {"withheld": True}),
        (not row.revealing_holders, {"name_reveals": True}),
        (True, {"barred": True}),
        (True, {"held": False}),
    ]
    return [replace(facts, **less) for asked, less in lacking if asked]


def test_every_purpose_has_its_rows() -> None:
    assert {purpose for row in GATEWAYS for purpose in row.purposes} == set(Purpose)


def test_every_row_says_its_law_in_words() -> None:
    for row in GATEWAYS:
        assert row.sentence.endswith(".")
        assert row.article_6
        assert row.article_9
        assert row.common_law
        assert row.opt_outs


def test_codes_are_unique_and_found() -> None:
    assert len({row.code for row in GATEWAYS}) == len(GATEWAYS)
    assert by_code("direct_care").level is Level.DETAIL


def test_what_keeps_people_safe_needs_no_agreement() -> None:
    """P7: direct care, safeguarding, live warnings and the lead's contact outlive any agreement."""
    for code in (
        "direct_care",
        "live_warning",
        "lead_contact",
        "safeguard_child",
        "safeguard_adult",
    ):
        assert not by_code(code).agreement_needed
    for row in OPENING:
        if row.purposes <= SAFEGUARDING:
            assert not row.agreement_needed, row.code


def test_a_live_warning_reaches_everybody_on_the_front_line() -> None:
    """P7: whoever the recipient, whatever the purpose, nobody is asked."""
    row = by_code("live_warning")
    assert row.purposes == frozenset(Purpose) - NO_SIGHT
    assert not row.involvement_needed
    assert row.consent is ConsentNeeded.NOTHING


@pytest.mark.parametrize("category", sorted(NEVER_TOLD))
def test_what_may_not_be_known_of_is_neither_confirmed_nor_denied(category: C) -> None:
    """P8: sexual health, refuge, MAPPA and covert intelligence, whatever the row or the kinds."""
    for purpose in Purpose:
        for recipient in Kind:
            for holder in Kind:
                assert telling_of(purpose, recipient, holder, category) is Telling.NEITHER


@pytest.mark.parametrize("purpose", [Purpose.MARAC, Purpose.MAPPA])
def test_conferences_tell_nothing_of_what_they_withhold(purpose: Purpose) -> None:
    """P8: only a live warning, which every front-line post has anyway, is ever told of there."""
    for category in set(C) - {C.LIVE_WARNING, C.IDENTITY, C.ADDRESS, C.CONTACT, C.NHS_NUMBER}:
        told = telling_of(purpose, Kind.HOUSING, Kind.POLICE, category)
        assert told is Telling.NEITHER or category is C.SAFEGUARDING


def test_before_a_yes_a_health_body_discloses_only_by_its_own_decision() -> None:
    """P9: outside care, protection and emergencies nothing else opens what health holds."""
    beyond = set(Purpose) - NO_SIGHT - SAFEGUARDING - {Purpose.DIRECT_CARE, Purpose.VITAL_INTEREST}
    about_who = {C.IDENTITY, C.ADDRESS, C.CONTACT, C.NHS_NUMBER, C.LIVE_WARNING}
    for row in OPENING:
        if Kind.HEALTH in row.holders and row.purposes & beyond and row.categories - about_who:
            asks = row.consent is ConsentNeeded.GIVEN or row.disclosure_needed
            assert asks, row.code


def test_before_a_yes_a_health_body_may_be_told() -> None:
    """P9: receiving asks no consent, only that nobody objected."""
    facts = Facts(
        Purpose.EARLY_HELP, C.HOUSING, Kind.HEALTH, Kind.HOUSING, involved=True,
        flows=frozenset({Carried("before_yes_health_receives")}),
    )  # fmt: skip
    assert decide(facts).line == "before_yes_health_receives"
    assert not decide(replace(facts, consent=ConsentState.OBJECTED)).allowed


def test_that_health_knows_somebody_is_itself_a_disclosure() -> None:
    """P9: no headline of involvement comes from a health body without its decision or the person's yes."""
    for purpose in set(Purpose) - SAFEGUARDING - {Purpose.VITAL_INTEREST}:
        facts = Facts(purpose, C.INVOLVEMENT, Kind.HOUSING, Kind.HEALTH, involved=True,
                      flows=frozenset(Carried(row.code) for row in GATEWAYS))  # fmt: skip
        assert not decide(facts).allowed, purpose


def test_no_row_shows_victim_and_offender_together() -> None:
    """P10: what somebody suffered stands apart from what they did."""
    for row in OPENING:
        assert not {C.CRIME_VICTIM, C.CRIME_OFFENDER} <= row.categories, row.code


def test_offending_comes_from_the_police_or_from_those_who_manage_it() -> None:
    """P9, P10: criminal-offence data rests on Article 10 in each of its rows."""
    for row in OPENING:
        if C.CRIME_OFFENDER in row.categories:
            assert row.article_9.startswith("Article 10"), row.code


def test_what_was_gathered_to_protect_follows_no_step_down() -> None:
    """P11: outside safeguarding and life at risk, only its holder's decision releases it."""
    for row in OPENING:
        if C.SAFEGUARDING in row.categories and not row.purposes <= SAFEGUARDING:
            assert row.disclosure_needed or row.emergency_needed, row.code


def test_homelessness_is_referred_only_with_a_yes() -> None:
    """P9, P20: the duty to refer needs consent to refer."""
    assert by_code("homelessness_duty_to_refer").consent is ConsentNeeded.GIVEN


def test_housing_joins_a_care_team_only_on_explicit_consent() -> None:
    """P31."""
    for row in OPENING:
        if row.purposes == {Purpose.DIRECT_CARE} and row.recipients & {
            Kind.HOUSING,
            Kind.VOLUNTARY,
        }:
            assert row.consent is ConsentNeeded.GIVEN


def test_emergency_access_opens_nothing_of_what_is_never_told() -> None:
    """P13: nor is it the way to MAPPA, intelligence, refuge or offending."""
    row = by_code("vital_interest")
    assert not row.categories & (NEVER_TOLD | {C.CRIME_OFFENDER, C.CRIME_VICTIM})
    assert row.level < Level.DETAIL


@pytest.mark.parametrize("purpose", sorted(NO_SIGHT))
def test_pseudonymous_purposes_show_nobody_even_ones_own(purpose: Purpose) -> None:
    """Standards 1.1 and 1.4: commissioners, analysts and evaluators never see identity."""
    for category in C:
        facts = Facts(purpose, category, Kind.HEALTH, Kind.HEALTH, own=True, involved=True)
        assert decide(facts) is SILENT
    rows = [row for row in GATEWAYS if purpose in row.purposes]
    assert [row.level for row in rows] == [Level.NOTHING]


def test_no_post_works_under_a_pseudonymous_purpose() -> None:
    assert not [role.code for role in ROLES if set(role.purposes) & NO_SIGHT]


def test_own_page_holds_nothing_that_could_endanger() -> None:
    """P39: the page may be opened before somebody's eyes."""
    dangerous = NEVER_TOLD | {C.SAFEGUARDING, C.LIVE_WARNING, C.CRIME_OFFENDER, C.CRIME_VICTIM}
    assert not OWN_PAGE & dangerous


def test_social_care_is_bound_to_the_team() -> None:
    assert {C.ADULT_SOCIAL_CARE, C.CHILDRENS_SOCIAL_CARE, C.SAFEGUARDING} <= TEAM_BOUND


def test_every_purpose_and_category_of_a_role_is_one_the_table_knows() -> None:
    for role in ROLES:
        assert {Purpose(purpose) for purpose in role.purposes} <= set(Purpose)
        assert {C(category) for category in role.categories} <= set(C)


def test_the_page_of_the_table_is_up_to_date() -> None:
    """`joinedup wall table` writes it anew."""
    assert Path("docs/access-table.md").read_text(encoding="utf-8") == access_table()
