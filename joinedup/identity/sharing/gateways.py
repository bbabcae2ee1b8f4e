"""The table of lawful sharing: who may see what about whom, why, and how it is told when they may not.

The information governance lead owns this table. Each row says which agencies may receive which
categories of data from which others, for which purposes, how much of it, and what must be so before
it opens. What no row opens stays shut. `docs/access-table.md` is made from it for reading.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.identity.sharing.choices import Category as C
from joinedup.identity.sharing.choices import Level, Purpose, Telling


class ConsentNeeded(StrEnum):
    """What the person must have said, by the common law of confidence, before a row opens."""

    NOTHING = "nothing"
    NO_OBJECTION = "no_objection"
    GIVEN = "given"


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """One row: what it opens, on which law it rests, and all that must hold before it opens."""

    code: str
    sentence: str
    purposes: frozenset[Purpose]
    recipients: frozenset[Kind]
    holders: frozenset[Kind]
    categories: frozenset[C]
    level: Level
    article_6: str
    article_9: str
    common_law: str
    opt_outs: str = "none"
    agreement_needed: bool = True
    consent: ConsentNeeded = ConsentNeeded.NOTHING
    involvement_needed: bool = True
    disclosure_needed: bool = False
    """The holder's own recorded decision, item by item (P9)."""
    emergency_needed: bool = False
    overrides_withholding: bool = False
    """Opens though the holder has chosen to withhold: a duty stands above the choice."""
    revealing_holders: bool = False
    """Opens what an agency holds whose very name reveals: a refuge, a clinic (P8, P17)."""
    telling: Telling = Telling.IN_FULL

    @property
    def opens(self) -> bool:
        """Whether it ever shows anything; some rows are there to say that a purpose shows nobody."""
        return self.level is not Level.NOTHING


TEAM_BOUND = frozenset(
    {
        C.ADULT_SOCIAL_CARE, C.CHILDRENS_SOCIAL_CARE, C.SAFEGUARDING, C.DOMESTIC_ABUSE,
        C.SEXUAL_HEALTH, C.MAPPA, C.INTELLIGENCE,
    }
)  # fmt: skip
"""Of its own agency's data, a post sees these only while its team, or the post itself, is involved."""

OWN_PAGE = frozenset(
    {
        C.IDENTITY, C.NHS_NUMBER, C.ADDRESS, C.CONTACT, C.INVOLVEMENT, C.EDUCATION, C.HOUSING,
        C.FIRE_SAFETY, C.CARE_PLAN,
    }
)  # fmt: skip
"""What people see on their own page, as a summary; somebody may be made to open it before another (P39)."""

NEVER_TOLD = frozenset({C.SEXUAL_HEALTH, C.DOMESTIC_ABUSE, C.MAPPA, C.INTELLIGENCE})
"""Withheld, these are neither confirmed nor denied, whatever the purpose (P8)."""

NO_SIGHT = frozenset({Purpose.CASEFINDING, Purpose.COMMISSIONING, Purpose.EVALUATION})
"""Purposes that are served by pseudonyms and counts: under them nobody's data is seen, one's own included."""

# ---------------------------------------------------------------- words that the rows use

_CARE = frozenset({Kind.HEALTH, Kind.SOCIAL_CARE})
_FRONT_LINE = frozenset(Kind) - {Kind.COMMISSIONER, Kind.PUBLIC_HEALTH, Kind.LICENSED_PREMISES}
_NOT_HEALTH = _FRONT_LINE - {Kind.HEALTH}
_NOT_CARE = _FRONT_LINE - _CARE
_RESPONSIBLE = frozenset(
    {
        Kind.POLICE, Kind.COUNCIL, Kind.SOCIAL_CARE, Kind.HOUSING, Kind.HEALTH, Kind.FIRE,
        Kind.PARTNERSHIP,
    }
)  # fmt: skip
_STATUTORY = frozenset(
    {Kind.SOCIAL_CARE, Kind.HEALTH, Kind.POLICE, Kind.EDUCATION, Kind.COUNCIL, Kind.PARTNERSHIP}
)
_POLICE = frozenset({Kind.POLICE})
_HEALTH = frozenset({Kind.HEALTH})

_WHO = frozenset({C.IDENTITY, C.ADDRESS, C.CONTACT})
_PLACE = frozenset({C.EDUCATION, C.HOUSING, C.FIRE_SAFETY, C.ANTISOCIAL})
_SOCIAL = frozenset({C.ADULT_SOCIAL_CARE, C.CHILDRENS_SOCIAL_CARE})
_HEALTH_DATA = frozenset({C.HEALTH, C.MENTAL_HEALTH, C.SUBSTANCE_MISUSE})

_EVERY = frozenset(Purpose) - NO_SIGHT - {Purpose.VITAL_INTEREST}
_SAFEGUARD = frozenset({Purpose.SAFEGUARD_CHILD, Purpose.SAFEGUARD_ADULT})
_BEFORE_YES = frozenset({Purpose.EARLY_HELP, Purpose.ADULT_PANEL})
_ORDER = frozenset({Purpose.CRIME_DISORDER, Purpose.ANTISOCIAL_BEHAVIOUR, Purpose.IOM})

_PUBLIC_TASK = "6(1)(e) public task"
_DUTY = "6(1)(c) legal obligation, 6(1)(e) public task"
_CARE_BASIS = "9(2)(h) health or social care"
_PARA_18 = "9(2)(g), DPA 2018 Sch 1 para 18 safeguarding"
_PARA_6 = "9(2)(g), DPA 2018 Sch 1 para 6 statutory purposes"
_ARTICLE_10 = "Article 10, DPA 2018 Sch 1 para 6; criminal-offence data"
_NO_OPT_OUT = "neither national data opt-out nor Type 1: individual care"


def _only(purpose: Purpose) -> frozenset[Purpose]:
    return frozenset({purpose})


# ---------------------------------------------------------------- the rows

_CARE_ROWS = (
    Gateway(
        code="direct_care",
        sentence="Those who care for a person together share what the care needs.",
        purposes=_only(Purpose.DIRECT_CARE),
        recipients=_CARE,
        holders=_CARE,
        categories=_WHO | {C.NHS_NUMBER, C.INVOLVEMENT, C.HEALTH, C.ADULT_SOCIAL_CARE, C.CARE_PLAN},
        level=Level.DETAIL,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="implied consent; duty to share, HSCA 2012 s251B; an objection is respected",
        opt_outs=_NO_OPT_OUT,
        agreement_needed=False,
        consent=ConsentNeeded.NO_OBJECTION,
    ),
    Gateway(
        code="direct_care_mind",
        sentence="Mental health, and children’s social care, reach those who care as a summary.",
        purposes=_only(Purpose.DIRECT_CARE),
        recipients=_CARE,
        holders=_CARE,
        categories=frozenset({C.MENTAL_HEALTH, C.CHILDRENS_SOCIAL_CARE}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="implied consent; duty to share, HSCA 2012 s251B; an objection is respected",
        opt_outs=_NO_OPT_OUT,
        agreement_needed=False,
        consent=ConsentNeeded.NO_OBJECTION,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="direct_care_substance_misuse",
        sentence="Treatment for drugs or alcohol is shared in care only when the person says yes.",
        purposes=_only(Purpose.DIRECT_CARE),
        recipients=_CARE,
        holders=_CARE | {Kind.VOLUNTARY},
        categories=frozenset({C.SUBSTANCE_MISUSE}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="the person’s consent",
        opt_outs=_NO_OPT_OUT,
        agreement_needed=False,
        consent=ConsentNeeded.GIVEN,
        revealing_holders=True,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="direct_care_sexual_health",
        sentence="Sexual health stays in its clinic unless the person says yes.",
        purposes=_only(Purpose.DIRECT_CARE),
        recipients=_HEALTH,
        holders=_HEALTH,
        categories=frozenset({C.SEXUAL_HEALTH}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="the person’s consent; NHS Trusts and PCTs (Sexually Transmitted Diseases) Directions 2000",
        opt_outs=_NO_OPT_OUT,
        agreement_needed=False,
        consent=ConsentNeeded.GIVEN,
        revealing_holders=True,
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="care_team_guests",
        sentence="Housing or a voluntary body joins a care team only on the person’s explicit yes (P31).",
        purposes=_only(Purpose.DIRECT_CARE),
        recipients=frozenset({Kind.HOUSING, Kind.VOLUNTARY}),
        holders=_CARE,
        categories=frozenset({C.CONTACT, C.INVOLVEMENT, C.CARE_PLAN}),
        level=Level.SUMMARY,
        article_6="6(1)(e) public task; 6(1)(f) legitimate interests where the body is voluntary",
        article_9="9(2)(a) explicit consent",
        common_law="the person’s consent",
        opt_outs=_NO_OPT_OUT,
        consent=ConsentNeeded.GIVEN,
        telling=Telling.EXISTENCE_ONLY,
    ),
)

_EVERYWHERE_ROWS = (
    Gateway(
        code="live_warning",
        sentence="A live warning reaches whoever may meet the person or the danger; no agreement is needed.",
        purposes=_EVERY | {Purpose.VITAL_INTEREST},
        recipients=_FRONT_LINE,
        holders=_FRONT_LINE,
        categories=frozenset({C.LIVE_WARNING}),
        level=Level.SUMMARY,
        article_6="6(1)(c) legal obligation (Health and Safety at Work Act 1974), 6(1)(d) vital interests",
        article_9=_PARA_18,
        common_law="overriding public interest",
        agreement_needed=False,
        involvement_needed=False,
    ),
    Gateway(
        code="lead_contact",
        sentence="Whoever is involved learns who else is, and how to reach the lead; no agreement is needed.",
        purposes=_EVERY - {Purpose.LAW_ENFORCEMENT, Purpose.MARAC, Purpose.MAPPA},
        recipients=_FRONT_LINE,
        holders=_NOT_HEALTH,
        categories=frozenset({C.INVOLVEMENT}),
        level=Level.HEADLINE,
        article_6=_PUBLIC_TASK,
        article_9="not special category data",
        common_law="reasonable expectation; an objection is respected",
        agreement_needed=False,
        consent=ConsentNeeded.NO_OBJECTION,
    ),
    Gateway(
        code="identity_matching",
        sentence="Agencies that have agreed to it match who a person is, so that one person is one person.",
        purposes=_EVERY,
        recipients=_FRONT_LINE,
        holders=_NOT_HEALTH,
        categories=_WHO,
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9="not special category data",
        common_law="reasonable expectation; an objection is respected",
        consent=ConsentNeeded.NO_OBJECTION,
        involvement_needed=False,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="identity_matching_health",
        sentence="Whom a health body knows is matched for those who care and for the front door only (P9).",
        purposes=_EVERY,
        recipients=_CARE | {Kind.COUNCIL, Kind.PARTNERSHIP},
        holders=_HEALTH,
        categories=_WHO | {C.NHS_NUMBER},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="reasonable expectation; an objection is respected",
        consent=ConsentNeeded.NO_OBJECTION,
        involvement_needed=False,
        telling=Telling.EXISTENCE_ONLY,
    ),
)

_EARLY_ROWS = (
    Gateway(
        code="early_help",
        sentence="Agencies that help early share what the person has agreed to.",
        purposes=_only(Purpose.EARLY_HELP),
        recipients=_FRONT_LINE,
        holders=_FRONT_LINE,
        categories=_WHO | _PLACE | _SOCIAL | {C.INVOLVEMENT, C.HEALTH, C.CARE_PLAN},
        level=Level.SUMMARY,
        article_6="6(1)(e) public task; 6(1)(f) legitimate interests where the body is voluntary",
        article_9="9(2)(g), DPA 2018 Sch 1 para 18, or 9(2)(h) social care",
        common_law="the person’s consent",
        opt_outs="national data opt-out where patient information is used beyond individual care",
        consent=ConsentNeeded.GIVEN,
    ),
    Gateway(
        code="early_help_sensitive",
        sentence="Of the mind, of drugs or alcohol and of crime suffered, early help has the headline only.",
        purposes=_only(Purpose.EARLY_HELP),
        recipients=_FRONT_LINE,
        holders=_FRONT_LINE,
        categories=frozenset({C.MENTAL_HEALTH, C.SUBSTANCE_MISUSE, C.CRIME_VICTIM}),
        level=Level.HEADLINE,
        article_6=_PUBLIC_TASK,
        article_9="9(2)(a) explicit consent",
        common_law="the person’s consent",
        opt_outs="national data opt-out where patient information is used beyond individual care",
        consent=ConsentNeeded.GIVEN,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="before_yes_health_receives",
        sentence="Before the person has said yes, a health body may be told what others hold (P9).",
        purposes=_BEFORE_YES,
        recipients=_HEALTH,
        holders=_NOT_HEALTH,
        categories=_PLACE | {C.INVOLVEMENT, C.ADULT_SOCIAL_CARE},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_6,
        common_law="reasonable expectation; an objection is respected",
        consent=ConsentNeeded.NO_OBJECTION,
    ),
    Gateway(
        code="before_yes_health_discloses",
        sentence="Before the person has said yes, a health body shows only what it decides to, item by item (P9).",
        purposes=_BEFORE_YES | _ORDER,
        recipients=_FRONT_LINE,
        holders=_HEALTH,
        categories=_HEALTH_DATA | {C.INVOLVEMENT, C.CARE_PLAN},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="the holder’s decision in the public interest, with its reason",
        opt_outs="national data opt-out does not apply to an overriding public interest",
        agreement_needed=False,
        disclosure_needed=True,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="homelessness_duty_to_refer",
        sentence="Who may become homeless is referred to housing when they say yes to it.",
        purposes=_only(Purpose.HOMELESSNESS),
        recipients=frozenset({Kind.HOUSING, Kind.COUNCIL}),
        holders=_FRONT_LINE,
        categories=_WHO | {C.HOUSING, C.INVOLVEMENT},
        level=Level.SUMMARY,
        article_6=_DUTY,
        article_9=_PARA_6,
        common_law="consent to refer, Housing Act 1996 s213B",
        agreement_needed=False,
        consent=ConsentNeeded.GIVEN,
    ),
    Gateway(
        code="adult_panel",
        sentence="A panel for adults below the safeguarding test shares what its agreement lists.",
        purposes=_only(Purpose.ADULT_PANEL),
        recipients=_FRONT_LINE,
        holders=_NOT_HEALTH,
        categories=_WHO
        | {C.INVOLVEMENT, C.HOUSING, C.FIRE_SAFETY, C.ANTISOCIAL, C.ADULT_SOCIAL_CARE},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_18,
        common_law="reasonable expectation; an objection is respected; Care Act 2014 ss6 and 7",
        opt_outs="national data opt-out where patient information is used beyond individual care",
        consent=ConsentNeeded.NO_OBJECTION,
    ),
    Gateway(
        code="adult_panel_health",
        sentence="The panel sees health, mind, and drugs or alcohol, only when the person says yes.",
        purposes=_only(Purpose.ADULT_PANEL),
        recipients=_FRONT_LINE,
        holders=_FRONT_LINE,
        categories=_HEALTH_DATA | _WHO | {C.INVOLVEMENT},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9="9(2)(a) explicit consent",
        common_law="the person’s consent",
        opt_outs="national data opt-out where patient information is used beyond individual care",
        consent=ConsentNeeded.GIVEN,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="safeguarding_release_summary",
        sentence="What was gathered to protect somebody follows no step down; its holder writes a release (P11).",
        purposes=_BEFORE_YES | {Purpose.DIRECT_CARE, Purpose.OWN_WORK, Purpose.MARAC},
        recipients=_FRONT_LINE,
        holders=_STATUTORY,
        categories=frozenset({C.SAFEGUARDING}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_18,
        common_law="the holder’s decision for the new purpose, with its reason",
        agreement_needed=False,
        disclosure_needed=True,
        telling=Telling.EXISTENCE_ONLY,
    ),
)

_PROTECTION_ROWS = (
    Gateway(
        code="safeguarding_known",
        sentence="Whether somebody is known to be at risk is answered to those with a duty to protect.",
        purposes=_SAFEGUARD,
        recipients=_STATUTORY,
        holders=_STATUTORY,
        categories=frozenset({C.SAFEGUARDING}),
        level=Level.HEADLINE,
        article_6=_DUTY,
        article_9=_PARA_18,
        common_law="statute and overriding public interest",
        agreement_needed=False,
        involvement_needed=False,
        overrides_withholding=True,
    ),
    Gateway(
        code="safeguard_child",
        sentence="To protect a child, those with the duty share what bears on it; the reason is recorded.",
        purposes=_only(Purpose.SAFEGUARD_CHILD),
        recipients=_STATUTORY,
        holders=_FRONT_LINE,
        categories=_WHO
        | _PLACE
        | _SOCIAL
        | _HEALTH_DATA
        | {C.NHS_NUMBER, C.INVOLVEMENT, C.SAFEGUARDING, C.LIVE_WARNING, C.CARE_PLAN},
        level=Level.DETAIL,
        article_6=_DUTY,
        article_9=_PARA_18,
        common_law="Children Act 2004 ss11 and 16LA, overriding public interest; consent is the wrong basis",
        agreement_needed=False,
        overrides_withholding=True,
        revealing_holders=True,
    ),
    Gateway(
        code="safeguard_adult",
        sentence="To protect an adult at risk, those with the duty share what bears on it; the reason is recorded.",
        purposes=_only(Purpose.SAFEGUARD_ADULT),
        recipients=_STATUTORY,
        holders=_FRONT_LINE,
        categories=_WHO
        | _PLACE
        | _HEALTH_DATA
        | {
            C.NHS_NUMBER,
            C.INVOLVEMENT,
            C.ADULT_SOCIAL_CARE,
            C.SAFEGUARDING,
            C.LIVE_WARNING,
            C.CARE_PLAN,
        },
        level=Level.DETAIL,
        article_6=_DUTY,
        article_9=_PARA_18,
        common_law="Care Act 2014 ss42, 45; the person is asked unless others are at risk, or capacity lacks",
        agreement_needed=False,
        overrides_withholding=True,
        revealing_holders=True,
    ),
    Gateway(
        code="safeguarding_by_others",
        sentence="Housing, fire and voluntary bodies that are involved have what keeps somebody safe, as a summary.",
        purposes=_SAFEGUARD,
        recipients=frozenset({Kind.HOUSING, Kind.FIRE, Kind.VOLUNTARY}),
        holders=_FRONT_LINE,
        categories=_WHO | {C.INVOLVEMENT, C.SAFEGUARDING, C.LIVE_WARNING},
        level=Level.SUMMARY,
        article_6="6(1)(e) public task; recognised legitimate interest (safeguarding) where the body is voluntary",
        article_9=_PARA_18,
        common_law="overriding public interest",
        agreement_needed=False,
    ),
    Gateway(
        code="safeguarding_victim",
        sentence="That somebody was a victim, or lives with abuse, is shared to protect them; never beside offending.",
        purposes=_SAFEGUARD,
        recipients=_STATUTORY,
        holders=_FRONT_LINE,
        categories=frozenset({C.CRIME_VICTIM, C.DOMESTIC_ABUSE}),
        level=Level.SUMMARY,
        article_6=_DUTY,
        article_9=_PARA_18,
        common_law="statute and overriding public interest",
        agreement_needed=False,
        overrides_withholding=True,
        revealing_holders=True,
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="safeguarding_offender",
        sentence="Offending is shared to protect somebody when the police decide so, item by item.",
        purposes=_SAFEGUARD,
        recipients=_STATUTORY,
        holders=_POLICE,
        categories=frozenset({C.CRIME_OFFENDER}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_ARTICLE_10,
        common_law="common-law police disclosure; the decision is recorded",
        agreement_needed=False,
        disclosure_needed=True,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="vital_interest",
        sentence="When life is at risk, emergency access shows one post one person for some hours, and is reviewed.",
        purposes=_only(Purpose.VITAL_INTEREST),
        recipients=_FRONT_LINE,
        holders=_FRONT_LINE,
        categories=_WHO
        | _SOCIAL
        | _HEALTH_DATA
        | {
            C.NHS_NUMBER,
            C.INVOLVEMENT,
            C.EDUCATION,
            C.HOUSING,
            C.FIRE_SAFETY,
            C.SAFEGUARDING,
            C.CARE_PLAN,
        },
        level=Level.SUMMARY,
        article_6="6(1)(d) vital interests",
        article_9="9(2)(c) vital interests",
        common_law="overriding public interest; an address restricted for safety is not among it (P13)",
        agreement_needed=False,
        involvement_needed=False,
        emergency_needed=True,
        overrides_withholding=True,
        telling=Telling.EXISTENCE_ONLY,
    ),
)

_CRIME_ROWS = (
    Gateway(
        code="crime_disorder",
        sentence="Responsible authorities share what helps to prevent crime and disorder.",
        purposes=_only(Purpose.CRIME_DISORDER),
        recipients=_RESPONSIBLE,
        holders=_RESPONSIBLE - _HEALTH,
        categories=_WHO | {C.INVOLVEMENT, C.HOUSING, C.FIRE_SAFETY, C.ANTISOCIAL},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_6,
        common_law="power to disclose, Crime and Disorder Act 1998 s115",
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="criminal_offence_data",
        sentence="What the police hold of somebody’s offending reaches responsible authorities as a summary.",
        purposes=frozenset({Purpose.CRIME_DISORDER, Purpose.ANTISOCIAL_BEHAVIOUR}),
        recipients=_RESPONSIBLE - {Kind.HEALTH, Kind.FIRE},
        holders=_POLICE,
        categories=frozenset({C.CRIME_OFFENDER}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_ARTICLE_10,
        common_law="power to disclose, Crime and Disorder Act 1998 s115",
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="crime_victim",
        sentence="That somebody was a victim is shared with their yes, and never beside offending (P10).",
        purposes=frozenset({Purpose.CRIME_DISORDER, Purpose.ANTISOCIAL_BEHAVIOUR}),
        recipients=_RESPONSIBLE | {Kind.VOLUNTARY},
        holders=_POLICE,
        categories=frozenset({C.CRIME_VICTIM}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_6,
        common_law="the person’s consent; Code of Practice for Victims of Crime",
        consent=ConsentNeeded.GIVEN,
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="antisocial_behaviour",
        sentence="Agencies that act on anti-social behaviour share reports of it and the tenancy it touches.",
        purposes=_only(Purpose.ANTISOCIAL_BEHAVIOUR),
        recipients=frozenset(
            {Kind.POLICE, Kind.COUNCIL, Kind.HOUSING, Kind.FIRE, Kind.PARTNERSHIP}
        ),
        holders=frozenset({Kind.POLICE, Kind.COUNCIL, Kind.HOUSING, Kind.FIRE, Kind.PARTNERSHIP}),
        categories=_WHO | {C.INVOLVEMENT, C.HOUSING, C.ANTISOCIAL},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9="not special category data",
        common_law="Anti-social Behaviour, Crime and Policing Act 2014; Crime and Disorder Act 1998 s115",
    ),
    Gateway(
        code="marac",
        sentence="The conference on the highest risk of domestic abuse shares what lowers it.",
        purposes=_only(Purpose.MARAC),
        recipients=_FRONT_LINE - {Kind.FIRE},
        holders=_NOT_HEALTH,
        categories=_WHO
        | _SOCIAL
        | {C.INVOLVEMENT, C.HOUSING, C.EDUCATION, C.DOMESTIC_ABUSE, C.CRIME_VICTIM},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_18,
        common_law="overriding public interest",
        revealing_holders=True,
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="marac_perpetrator",
        sentence="Of the one who abuses, the conference has the offending; never in the row of the one abused.",
        purposes=_only(Purpose.MARAC),
        recipients=_FRONT_LINE - {Kind.FIRE},
        holders=_POLICE,
        categories=frozenset({C.CRIME_OFFENDER}),
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_ARTICLE_10,
        common_law="overriding public interest",
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="mappa",
        sentence="Bodies with the duty to cooperate share what manages a dangerous offender.",
        purposes=_only(Purpose.MAPPA),
        recipients=_RESPONSIBLE | {Kind.EDUCATION},
        holders=(_RESPONSIBLE | {Kind.EDUCATION}) - _HEALTH,
        categories=_WHO | {C.INVOLVEMENT, C.HOUSING, C.MAPPA, C.CRIME_OFFENDER},
        level=Level.SUMMARY,
        article_6=_DUTY,
        article_9=_ARTICLE_10,
        common_law="duty to cooperate, Criminal Justice Act 2003 s325, under its memorandum",
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="conference_health",
        sentence="To MARAC and MAPPA a health body shows what it decides to, item by item (P9).",
        purposes=frozenset({Purpose.MARAC, Purpose.MAPPA}),
        recipients=_FRONT_LINE - {Kind.FIRE},
        holders=_HEALTH,
        categories=_WHO | {C.INVOLVEMENT, C.HEALTH, C.MENTAL_HEALTH, C.DOMESTIC_ABUSE, C.MAPPA},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_PARA_18,
        common_law="the holder’s decision in the public interest, with its reason",
        agreement_needed=False,
        disclosure_needed=True,
        revealing_holders=True,
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="iom",
        sentence="Those who manage repeat offending together share what turns somebody from it.",
        purposes=_only(Purpose.IOM),
        recipients=_RESPONSIBLE | {Kind.VOLUNTARY},
        holders=(_RESPONSIBLE | {Kind.VOLUNTARY}) - _HEALTH,
        categories=_WHO | {C.INVOLVEMENT, C.HOUSING, C.ANTISOCIAL, C.CRIME_OFFENDER},
        level=Level.SUMMARY,
        article_6=_PUBLIC_TASK,
        article_9=_ARTICLE_10,
        common_law="power to disclose, Crime and Disorder Act 1998 s115",
        telling=Telling.EXISTENCE_ONLY,
    ),
    Gateway(
        code="law_enforcement",
        sentence="For law enforcement the police are shown what a holder decides to, item by item.",
        purposes=_only(Purpose.LAW_ENFORCEMENT),
        recipients=_POLICE,
        holders=_FRONT_LINE,
        categories=_WHO
        | _PLACE
        | {C.INVOLVEMENT, C.HEALTH, C.ADULT_SOCIAL_CARE, C.CHILDRENS_SOCIAL_CARE},
        level=Level.SUMMARY,
        article_6="holder: 6(1)(e); police: DPA 2018 Part 3, s35",
        article_9="police: DPA 2018 Sch 8; holder: Sch 1 para 10",
        common_law="the holder’s decision, with its reason",
        agreement_needed=False,
        disclosure_needed=True,
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="covert_intelligence",
        sentence="Intelligence passes only between forces, on the recorded decision of the one that holds it.",
        purposes=frozenset({Purpose.LAW_ENFORCEMENT, Purpose.MAPPA}),
        recipients=_POLICE,
        holders=_POLICE,
        categories=frozenset({C.INTELLIGENCE}),
        level=Level.SUMMARY,
        article_6="DPA 2018 Part 3, s35",
        article_9="DPA 2018 Sch 8",
        common_law="handling code of the force that holds it (P10)",
        agreement_needed=False,
        disclosure_needed=True,
        telling=Telling.NEITHER,
    ),
)

_NO_SIGHT_ROWS = (
    Gateway(
        code="case_finding",
        sentence="Finding who may need help works on pseudonyms; nobody is shown. The practice re-identifies.",
        purposes=_only(Purpose.CASEFINDING),
        recipients=frozenset(Kind),
        holders=frozenset(Kind),
        categories=frozenset(C),
        level=Level.NOTHING,
        article_6=_PUBLIC_TASK,
        article_9=_CARE_BASIS,
        common_law="not direct care: set aside by s251 (CAG 7-04(a)/2013), or pseudonyms, or explicit consent",
        opt_outs="national data opt-out; Type 1 stops data leaving the practice; objectors leave before scoring",
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="commissioning",
        sentence="Commissioners see pseudonyms and counts, and never who somebody is.",
        purposes=_only(Purpose.COMMISSIONING),
        recipients=frozenset(Kind),
        holders=frozenset(Kind),
        categories=frozenset(C),
        level=Level.NOTHING,
        article_6=_PUBLIC_TASK,
        article_9="9(2)(h) or 9(2)(i)",
        common_law="pseudonymised or aggregate only",
        opt_outs="national data opt-out; Type 1",
        telling=Telling.NEITHER,
    ),
    Gateway(
        code="evaluation",
        sentence="Evaluation and planning use anonymised data; nobody is shown.",
        purposes=_only(Purpose.EVALUATION),
        recipients=frozenset(Kind),
        holders=frozenset(Kind),
        categories=frozenset(C),
        level=Level.NOTHING,
        article_6=_PUBLIC_TASK,
        article_9="9(2)(j) or 9(2)(h)",
        common_law="anonymised by the ICO’s code, or consent, or s251",
        opt_outs="national data opt-out where somebody could be identified",
        telling=Telling.NEITHER,
    ),
)

GATEWAYS: tuple[Gateway, ...] = (
    *_CARE_ROWS, *_EVERYWHERE_ROWS, *_EARLY_ROWS, *_PROTECTION_ROWS, *_CRIME_ROWS, *_NO_SIGHT_ROWS,
)  # fmt: skip
"""All rows; where several open at one level, the one that stands first is named."""

_BY_CODE = {row.code: row for row in GATEWAYS}


def by_code(code: str) -> Gateway:
    """The row of that code; raises KeyError where there is none."""
    return _BY_CODE[code]


@cache
def rows_for(purpose: Purpose, recipient: Kind, holder: Kind, category: C) -> tuple[Gateway, ...]:
    """The rows that may open this category of that kind of holder to that kind of recipient."""
    return tuple(
        row
        for row in GATEWAYS
        if row.opens
        and purpose in row.purposes
        and recipient in row.recipients
        and holder in row.holders
        and category in row.categories
    )


@cache
def telling_of(purpose: Purpose, recipient: Kind, holder: Kind, category: C) -> Telling:
    """How it is told that this is withheld: what the strictest of its rows says; without a row, not at all.

    It hangs on kinds alone and on no fact about a person, so that the telling itself tells nothing.
    """
    rows = rows_for(purpose, recipient, holder, category)
    if category in NEVER_TOLD or not rows:
        return Telling.NEITHER
    return max((row.telling for row in rows), key=list(Telling).index)
