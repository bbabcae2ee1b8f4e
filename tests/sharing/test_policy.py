"""What deciding can never do, tried on facts drawn at random; and each of its early answers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundations.agencies.choices import AgencyKind as Kind
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
    OWN_PAGE,
    TEAM_BOUND,
    telling_of,
)
from joinedup.identity.sharing.policy import (
    EXISTENCE,
    OWN_NOT_INVOLVED,
    OWN_RECORDS,
    OWN_TEAM,
    SILENT,
    SYSTEM,
    THEMSELVES,
    Carried,
    Facts,
    Opens,
    decide,
)

CODES = [row.code for row in GATEWAYS]
FLOWS = st.frozensets(
    st.builds(Carried, st.sampled_from(CODES), st.booleans()), max_size=6
) | st.just(frozenset(map(Carried, CODES)))
FACTS = st.builds(
    Facts,
    purpose=st.sampled_from(Purpose),
    category=st.sampled_from(C),
    recipient=st.sampled_from(Kind),
    holder=st.sampled_from(Kind),
    own=st.booleans(),
    role_carries=st.booleans(),
    barred=st.booleans(),
    involved=st.booleans(),
    flows=FLOWS,
    consent=st.sampled_from(ConsentState),
    disclosure=st.sampled_from([None, *DisclosureDecision]),
    withheld=st.booleans(),
    emergency=st.booleans(),
    name_reveals=st.booleans(),
)
NO = {ConsentState.DECLINED, ConsentState.OBJECTED}
UNSAID = {ConsentState.NOT_ASKED, ConsentState.WITHDRAWN, ConsentState.EXPIRED}


@given(FACTS)
def test_taking_away_what_opens_never_opens_more(facts: Facts) -> None:
    before = decide(facts).level
    fewer = [
        replace(facts, involved=False),
        replace(facts, emergency=False),
        replace(facts, flows=frozenset()),
        replace(facts, role_carries=False),
        replace(facts, held=False),
        *(replace(facts, flows=facts.flows - {flow}) for flow in facts.flows),
    ]
    if facts.consent is ConsentState.GIVEN:
        fewer += [replace(facts, consent=state) for state in ConsentState]
    if facts.consent in UNSAID:
        fewer += [replace(facts, consent=state) for state in NO]
    if facts.disclosure is DisclosureDecision.DISCLOSE:
        fewer.append(replace(facts, disclosure=None))
    assert all(decide(less).level <= before for less in fewer)


@given(FACTS)
def test_adding_what_shuts_never_opens_more(facts: Facts) -> None:
    before = decide(facts).level
    more = [
        replace(facts, barred=True),
        replace(facts, withheld=True),
        replace(facts, name_reveals=True),
        replace(facts, disclosure=DisclosureDecision.DO_NOT_DISCLOSE),
    ]
    assert all(decide(each).level <= before for each in more)


@given(FACTS)
def test_a_yes_withdrawn_or_expired_is_as_if_nobody_had_asked(facts: Facts) -> None:
    answers = {decide(replace(facts, consent=state)) for state in UNSAID}
    assert len(answers) == 1


@given(FACTS)
def test_declined_closes_what_objected_closes(facts: Facts) -> None:
    assert len({decide(replace(facts, consent=state)) for state in NO}) == 1


@given(FACTS, FACTS)
def test_what_is_never_told_is_answered_alike_whatever_the_facts(one: Facts, other: Facts) -> None:
    """P8: shut, two worlds cannot be told apart; not by line, sentence, nor what would open it."""
    for category in NEVER_TOLD:
        answers = {decide(replace(facts, category=category)) for facts in (one, other)}
        assert {answer for answer in answers if not answer.allowed} <= {SILENT}


@given(FACTS)
def test_the_telling_hangs_on_kinds_alone(facts: Facts) -> None:
    """P8: how a thing is told tells nothing of the person."""
    decision = decide(facts)
    if decision.allowed or facts.own or facts.barred:
        return
    told = telling_of(facts.purpose, facts.recipient, facts.holder, facts.category)
    assert decision.told in {told, Telling.NEITHER}
    if told is Telling.NEITHER or facts.name_reveals:
        assert decision is SILENT
    if decision.told is Telling.EXISTENCE_ONLY:
        assert decision is EXISTENCE


@given(FACTS)
def test_what_is_told_to_open_it_does_open_it(facts: Facts) -> None:
    """What the page says it would take is enough, and none of it is there already."""
    decision = decide(facts)
    if decision.told is not Telling.IN_FULL or decision.line == "own_team":
        return
    opened = facts
    for opener in decision.would_open:
        opened = _with(opened, opener, decision.line)
    assert decide(opened).allowed
    assert decision.would_open


def _with(facts: Facts, opener: Opens, line: str) -> Facts:
    match opener:
        case Opens.AGREEMENT:
            return replace(facts, flows=facts.flows | {Carried(line)})
        case Opens.CONSENT:
            return replace(facts, consent=ConsentState.GIVEN)
        case Opens.INVOLVEMENT:
            return replace(facts, involved=True)
        case Opens.DISCLOSURE:
            return replace(facts, disclosure=DisclosureDecision.DISCLOSE)
        case Opens.EMERGENCY:
            return replace(facts, emergency=True)
        case Opens.HOLDER:
            kept = facts.disclosure is DisclosureDecision.DO_NOT_DISCLOSE
            return replace(facts, withheld=False, disclosure=None if kept else facts.disclosure)


@given(FACTS)
def test_emergency_access_alone_opens_the_purpose_of_vital_interest(facts: Facts) -> None:
    """Without it only a live warning is open under that purpose, as under any other."""
    asked = replace(facts, purpose=Purpose.VITAL_INTEREST, own=False, emergency=False)
    assert (
        decide(asked).line in {"live_warning", "nothing", "existence_only"}
        or not decide(asked).allowed
    )


@given(FACTS)
def test_whoever_is_barred_or_holds_no_post_is_told_nothing(facts: Facts) -> None:
    assert decide(replace(facts, barred=True)) is SILENT
    assert decide(replace(facts, held=False)) is SILENT


@given(FACTS)
def test_who_only_refers_sees_nobody(facts: Facts) -> None:
    """P18."""
    assert decide(replace(facts, recipient=Kind.LICENSED_PREMISES)) is SILENT


def test_ownership_alone_is_not_sight() -> None:
    own = Facts(Purpose.OWN_WORK, C.HEALTH, Kind.HEALTH, Kind.HEALTH, own=True)
    assert decide(own) is OWN_RECORDS
    assert decide(replace(own, role_carries=False)) is SILENT


def test_social_care_of_ones_own_agency_needs_the_team() -> None:
    own = Facts(Purpose.OWN_WORK, C.ADULT_SOCIAL_CARE, Kind.SOCIAL_CARE, Kind.SOCIAL_CARE, own=True)
    assert decide(own) is OWN_NOT_INVOLVED
    assert decide(replace(own, involved=True)) is OWN_TEAM
    assert decide(replace(own, role_carries=False)) is SILENT


def test_what_is_never_told_is_not_told_within_an_agency_either() -> None:
    """P8."""
    for category in TEAM_BOUND & NEVER_TOLD:
        own = Facts(Purpose.OWN_WORK, category, Kind.HEALTH, Kind.HEALTH, own=True)
        assert decide(own) is SILENT


def test_people_see_on_their_own_page_what_is_on_it_and_no_more() -> None:
    """P39: nothing of a holder whose name reveals, nothing that is withheld."""
    for category in C:
        facts = Facts(Purpose.OWN_WORK, category, Kind.PARTNERSHIP, Kind.HOUSING, themselves=True)
        assert decide(facts) is (THEMSELVES if category in OWN_PAGE else SILENT)
        assert decide(replace(facts, name_reveals=True)) is SILENT
        assert decide(replace(facts, withheld=True)) is SILENT


def test_the_system_sees_all_by_name() -> None:
    assert decide(Facts(Purpose.EVALUATION, C.MAPPA, Kind.FIRE, Kind.POLICE, system=True)) is SYSTEM


def test_a_flow_may_ask_for_consent_where_its_row_does_not() -> None:
    """P7: an agreement may be stricter than the table, never milder."""
    facts = Facts(
        Purpose.ADULT_PANEL, C.HOUSING, Kind.SOCIAL_CARE, Kind.HOUSING, involved=True,
        flows=frozenset({Carried("adult_panel", consent_needed=True)}),
    )  # fmt: skip
    assert decide(facts).would_open == (Opens.CONSENT,)
    assert decide(replace(facts, consent=ConsentState.GIVEN)).line == "adult_panel"
    milder = facts.flows | {Carried("adult_panel")}
    assert decide(replace(facts, flows=milder)).line == "adult_panel"


def test_a_holder_may_decide_not_to_show_what_an_agreement_carries() -> None:
    """P9, s16LA: its decision not to share shuts, but not above the duty to safeguard."""
    facts = Facts(
        Purpose.EARLY_HELP, C.HOUSING, Kind.SOCIAL_CARE, Kind.HOUSING, involved=True,
        consent=ConsentState.GIVEN, flows=frozenset({Carried("early_help")}),
    )  # fmt: skip
    kept = replace(facts, disclosure=DisclosureDecision.DO_NOT_DISCLOSE)
    assert decide(facts).allowed
    assert decide(kept).would_open == (Opens.HOLDER,)
    child = replace(kept, purpose=Purpose.SAFEGUARD_CHILD)
    assert decide(child).level is Level.DETAIL


def test_why_it_is_shut_is_said_in_words() -> None:
    """P8: which agency and category the page knows; what would open it is said here."""
    facts = Facts(Purpose.EARLY_HELP, C.HOUSING, Kind.SOCIAL_CARE, Kind.HOUSING)
    decision = decide(facts)
    assert decision.told is Telling.IN_FULL
    assert decision.would_open == (Opens.AGREEMENT, Opens.CONSENT, Opens.INVOLVEMENT)
    assert decision.sentence == (
        "Not shown to you. It would take a live agreement that carries it, and the person’s yes, "
        "and your involvement, or your team’s."
    )
