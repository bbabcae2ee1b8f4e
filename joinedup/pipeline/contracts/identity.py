"""The six identity files: one contract for each kind of agency."""

from joinedup.pipeline.contracts.columns import Column, Contract, Kind

WHOLE_REGISTER = "whole-register"
ACTIVE_CASELOAD = "active-caseload"

_CHANGE = Column(
    "change", "change", Kind.CHANGE,
    "In a change-only delivery: A added, C changed, D deleted. Left out of a full delivery.",
)  # fmt: skip
_UPDATED = Column(
    "updated_on", "updated_on", Kind.PAST_DATE, "The day your system last changed this record."
)
_SEALED = Column(
    "sealed", "sealed", Kind.YES_NO,
    "Y where this is the earlier identity of somebody adopted, with gender recognition or protected. "
    "It is withdrawn at once and never linked, indexed or shown.",
)  # fmt: skip


def _identity(
    *,
    record: str,
    given: str,
    family: str,
    born: str,
    sex: str,
    address: str,
    postcode: str,
    nhs: str | None = None,
    middle: str | None = None,
    previous_family: str | None = None,
    known_as: str | None = None,
    died: str | None = None,
    previous_address: str | None = None,
    previous_postcode: str | None = None,
    uprn: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    birth_order: str | None = None,
) -> tuple[Column, ...]:
    """The columns common to identity files, under this agency's headings; None where it sends none."""
    asked = (
        (record, "record_id", Kind.IDENTIFIER, "Your own identifier of the record; one row each.", True),
        (nhs, "nhs_number", Kind.NHS_NUMBER, "Ten digits, with or without spaces.", False),
        (nhs and "nhs_number_status", "nhs_number_status", Kind.NHS_NUMBER_STATUS,
         "01 verified, 02 present not traced … 08 postponed (NHS Data Dictionary).", False),
        (family, "family_name", Kind.NAME, "Family name, as you hold it.", False),
        (given, "given_name", Kind.NAME, "First given name.", False),
        (middle, "middle_names", Kind.NAME, "Other given names.", False),
        (previous_family, "previous_family_name", Kind.NAME, "Maiden or earlier family name.", False),
        (known_as, "known_as", Kind.NAME, "Name the person goes by, or an alias.", False),
        (sex, "sex", Kind.SEX, "F, M, X or U (also female, male, other, unknown; 1, 2, 9, 0).", False),
        (born, "born_on", Kind.PAST_DATE, "Date of birth; dd/mm/yyyy or ISO.", False),
        (died, "died_on", Kind.PAST_DATE, "Date of death, where known.", False),
        (address, "address", Kind.ADDRESS, "One line, parts separated by commas; or NFA.", False),
        (postcode, "postcode", Kind.POSTCODE, "Postcode of that address.", False),
        (previous_address, "previous_address", Kind.ADDRESS, "The address before.", False),
        (previous_postcode, "previous_postcode", Kind.POSTCODE, "Postcode of the address before.", False),
        (uprn, "uprn", Kind.UPRN, "Unique property reference number.", False),
        (phone, "phone", Kind.PHONE, "Telephone.", False),
        (email, "email", Kind.EMAIL, "E-mail.", False),
        (birth_order, "birth_order", Kind.BIRTH_ORDER,
         "Of twins and more: 1 to 7, by who was born first; 8 where born alone; known since 2002.", False),
    )  # fmt: skip
    return tuple(Column(h, f, k, about, required) for h, f, k, about, required in asked if h)


GP = Contract(
    code="gp_registrations",
    agency="gp",
    title="GP practices: registered patients",
    populations=(WHOLE_REGISTER,),
    controller_field="gp_practice",
    columns=(
        Column("practice_code", "gp_practice", Kind.ORGANISATION, "ODS code of the practice.", True),
        *_identity(
            record="patient_id", nhs="nhs_number", family="surname", given="forename",
            middle="middle_names", previous_family="previous_surname", known_as="known_as",
            sex="gender", born="date_of_birth", died="date_of_death", address="address",
            postcode="postcode", previous_address="previous_address",
            previous_postcode="previous_postcode", uprn="uprn", phone="telephone", email="email",
            birth_order="birth_order",
        ),
        _SEALED, _UPDATED, _CHANGE,
    ),
)  # fmt: skip

ADULT_CARE = Contract(
    code="adult_social_care",
    agency="adult_care",
    title="Adult social care: people known",
    populations=(ACTIVE_CASELOAD, WHOLE_REGISTER),
    columns=(
        *_identity(
            record="person_id", nhs="nhs_no", family="last_name", given="first_name",
            middle="middle_name", previous_family="maiden_name", known_as="preferred_name",
            sex="sex", born="dob", died="dod", address="home_address", postcode="home_postcode",
            previous_address="former_address", previous_postcode="former_postcode",
            uprn="uprn", phone="contact_number", email="email_address",
        ),
        _SEALED, _UPDATED, _CHANGE,
    ),
)  # fmt: skip

CHILDREN = Contract(
    code="childrens_services",
    agency="children",
    title="Children's services: children and their family members",
    populations=(ACTIVE_CASELOAD, WHOLE_REGISTER),
    columns=(
        *_identity(
            record="child_ref", nhs="nhs_number", family="surname", given="forename",
            middle="middle_names", known_as="also_known_as", sex="gender", born="birth_date",
            address="placement_or_home_address", postcode="postcode",
            previous_address="previous_address", previous_postcode="previous_postcode", uprn="uprn",
            phone="parent_phone",
        ),
        _SEALED, _UPDATED, _CHANGE,
    ),
)  # fmt: skip

POLICE = Contract(
    code="police_nominals",
    agency="police",
    title="Police: people recorded",
    populations=(ACTIVE_CASELOAD,),
    columns=(
        *_identity(
            record="nominal_ref", family="SURNAME", given="FORENAME1", middle="FORENAME2",
            known_as="alias", sex="sex", born="DOB", address="last_known_address",
            postcode="last_known_postcode", previous_address="previous_known_address",
            previous_postcode="previous_known_postcode", uprn="uprn", phone="mobile", email="email",
        ),
        _SEALED, _UPDATED, _CHANGE,
    ),
)  # fmt: skip

FIRE = Contract(
    code="fire_home_visits",
    agency="fire",
    title="Fire and rescue: home safety visits",
    populations=(ACTIVE_CASELOAD,),
    columns=(
        *_identity(
            record="visit_person_id", family="family_name", given="given_name", sex="sex",
            born="date_of_birth", address="premises_address", postcode="premises_postcode",
            uprn="uprn", phone="phone", email="email",
        ),
        _SEALED, _UPDATED, _CHANGE,
    ),
)  # fmt: skip

HOUSING = Contract(
    code="housing_tenants",
    agency="housing",
    title="Housing: tenants, household members and applicants",
    populations=(ACTIVE_CASELOAD, WHOLE_REGISTER),
    columns=(
        *_identity(
            record="tenancy_person_ref", family="tenant_surname", given="tenant_forename",
            middle="middle_names",
            previous_family="previous_name", known_as="known_as", sex="gender",
            born="d_o_b", died="date_deceased", address="property_address",
            postcode="property_postcode", previous_address="previous_address",
            previous_postcode="previous_postcode", uprn="uprn", phone="telephone", email="email",
        ),
        _SEALED, _UPDATED, _CHANGE,
    ),
)  # fmt: skip

CONTRACTS: tuple[Contract, ...] = (GP, ADULT_CARE, CHILDREN, POLICE, FIRE, HOUSING)
