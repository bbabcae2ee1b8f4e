"""The columns each stage hands on, as Arrow schemas."""

import pyarrow as pa

_TEXT_FIELDS = (
    "given_name", "middle_names", "family_name", "previous_family_name", "known_as", "sex",
    "nhs_number", "nhs_number_status", "address", "postcode", "previous_address",
    "previous_postcode", "uprn", "phone", "email", "gp_practice", "birth_order",
)  # fmt: skip

RECORDS = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("controller", pa.string(), nullable=False),
        *(pa.field(name, pa.string()) for name in _TEXT_FIELDS),
        pa.field("born_on", pa.date32()),
        pa.field("died_on", pa.date32()),
        pa.field("updated_on", pa.date32()),
        pa.field("sealed", pa.bool_(), nullable=False),
    ]
)
"""One agency's identity of one person, checked and renamed; (agency, record_id) is the key."""

DELIVERED = RECORDS.append(pa.field("change", pa.string()))
"""RECORDS as a delivery brings them; `change` is A added, C changed or D deleted, null in a full one."""

QUARANTINE = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("column", pa.string()),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("raw", pa.string()),
        pa.field("record_id", pa.string()),
    ]
)
"""A thing wrong with a row that was kept back: row 1 is the first under the heading; `raw` is the row as
sent, as JSON, to be mended; `record_id` is null where it could not be read."""

LINKS = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("person", pa.string(), nullable=False),
        pa.field("tier", pa.string(), nullable=False),
        pa.field("weight", pa.float32()),
        pa.field("because", pa.string(), nullable=False),
    ]
)
"""Which person a record belongs to. Tier: alone, certain. `because` is a code in linkage's evidence list."""

POSSIBLE = pa.schema(
    [
        pa.field("person_a", pa.string(), nullable=False),
        pa.field("person_b", pa.string(), nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("because", pa.string(), nullable=False),
    ]
)
"""Probable links: possibly the same person; never one person on a practitioner's screen. a < b."""

REVIEW = pa.schema(
    [
        pa.field("agency_a", pa.string(), nullable=False),
        pa.field("record_id_a", pa.string(), nullable=False),
        pa.field("agency_b", pa.string(), nullable=False),
        pa.field("record_id_b", pa.string(), nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("because", pa.string(), nullable=False),
    ]
)
"""A pair for clerical review; (agency_a, record_id_a) < (agency_b, record_id_b)."""

DECISIONS = pa.schema(
    [
        pa.field("agency_a", pa.string(), nullable=False),
        pa.field("record_id_a", pa.string(), nullable=False),
        pa.field("agency_b", pa.string(), nullable=False),
        pa.field("record_id_b", pa.string(), nullable=False),
        pa.field("same", pa.bool_(), nullable=False),
    ]
)
"""What reviewers decided: True must link, False cannot link, for ever."""

FLOWS = pa.schema(
    [
        pa.field("contract", pa.string(), nullable=False),
        pa.field("controller", pa.string(), nullable=False),
        pa.field("population", pa.string(), nullable=False),
        pa.field("starts_on", pa.date32(), nullable=False),
        pa.field("ends_on", pa.date32()),
    ]
)
"""Which controller may deliver which population, from when and until (exclusive); P1."""

SEALS = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
    ]
)
"""Records that carry an earlier, sealed identity; dropped at the gate for ever; P2."""

TRUTH = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("true_person", pa.string(), nullable=False),
    ]
)
"""Synthetic only: whom a record is really of; kept apart from deliveries."""

TRUE_PEOPLE = pa.schema(
    [
        pa.field("true_person", pa.string(), nullable=False),
        pa.field("sex", pa.string(), nullable=False),
        pa.field("born_on", pa.date32(), nullable=False),
        pa.field("name_origin", pa.string(), nullable=False),
        pa.field("imd_decile", pa.int8()),
        pa.field("lsoa", pa.string()),
        pa.field("household", pa.string()),
    ]
)
"""Synthetic only: the people, with the groups by which missed links are measured."""

STANDARD = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("given", pa.string()),
        pa.field("given_root", pa.string()),
        pa.field("middle", pa.string()),
        pa.field("family", pa.string()),
        pa.field("other_family", pa.string()),
        pa.field("other_given", pa.string()),
        pa.field("sex", pa.string()),
        pa.field("born_on", pa.date32()),
        pa.field("died_on", pa.date32()),
        pa.field("nhs", pa.string()),
        pa.field("nhs_verified", pa.bool_(), nullable=False),
        pa.field("postcode", pa.string()),
        pa.field("house", pa.string()),
        pa.field("street", pa.string()),
        pa.field("previous_postcode", pa.string()),
        pa.field("uprn", pa.string()),
        pa.field("phone", pa.string()),
        pa.field("email", pa.string()),
        pa.field("birth_order", pa.string()),
    ]
)
"""A record with each value in one form, null where it says nothing.

`given` is the first given name and `middle` the rest; `given_root` the names it may be a form of, apart
by a space; `other_family` the earlier family name, `other_given` the name they go by; `sex` F, M or X;
`nhs_verified` where the number is valid, no junk and has status 01; `street` as in OAK RD;
`birth_order` 1 to 7 where born of several, 8 where born alone.
"""
