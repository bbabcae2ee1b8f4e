"""Rows that say the same of the same person become one identity before anything is compared."""

import pyarrow as pa

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.linkage.name_order import in_order_sql, put_name_lists
from joinedup.pipeline.linkage.names_beside import BESIDE_FAMILY, BESIDE_GIVEN, BESIDE_ROOT

SAID = (
    "given", "given_root", "middle", "family", "other_family", "other_given", "sex", "born_on",
    "nhs", "nhs_verified", "postcode", "house", "street", "previous_postcode", "uprn", "phone", "email",
    "birth_order",
)  # fmt: skip
"""The standard columns an identity is made of: two records that agree in all are one identity."""

IDENTITY_FIELDS = (
    "given", "roots", "given_known", "beside", "middle", "family", "family_root", "family_band", "other_family",
    "other_given", "sex", "born_on", "nhs", "postcode", "previous_postcode", "home", "uprn", "phone", "email",
)  # fmt: skip
"""What the comparisons read of an identity."""

SAID_AGAIN = ", ".join(
    {
        "middle": "middle_names AS middle",
        "nhs": "nhs_said AS nhs",
        "born_on": "born_said AS born_on",
    }.get(field, field)
    for field in SAID
)
"""The same columns, read back from a described identity."""

COUNTS = "count(*) AS records, max(cast(m.agency = 'gp' AS int)) AS registered"

_SEPARATOR = "chr(31)"


def put_names(engine: Engine, model: Model) -> None:
    """Give the engine the model's lists of names that many people bear."""
    put_name_lists(engine, model)
    for table, column, names in (
        ("beside_given", "given", BESIDE_GIVEN),
        ("beside_family", "family", BESIDE_FAMILY),
    ):
        engine.put(table, pa.table({column: pa.array(sorted(names), pa.string())}))
    forms = sorted(model.other_forms.items())
    engine.put(
        "other_forms",
        pa.table(
            {
                "given": pa.array([name for name, _ in forms], pa.string()),
                "forms": pa.array([" ".join(of) for _, of in forms], pa.string()),
            }
        ),
    )
    roots = sorted(model.family_forms.items())
    engine.put(
        "family_forms",
        pa.table(
            {
                "family": pa.array([name for name, _ in roots], pa.string()),
                "root": pa.array([root for _, root in roots], pa.string()),
            }
        ),
    )
    bands = sorted(model.family_bands.items())
    engine.put(
        "family_bands",
        pa.table(
            {
                "family": pa.array([name for name, _ in bands], pa.string()),
                "band": pa.array([band for _, band in bands], pa.int8()),
            }
        ),
    )


def collapse(engine: Engine, *, standard: str, apart: str, members: str) -> None:
    """Say of which identity each record is, and what it says, its names in order.

    A record that lacks both birth date and NHS number is an identity of its own, or father and son of
    one name would be one before linking starts; so is a record named in `apart`, which a reviewer
    has kept from another.
    """
    engine.make(
        members,
        f"""
        SELECT s.agency, s.record_id, {identity_of(engine)} AS identity,
            {", ".join(f"s.{field}" for field in SAID)}
        FROM ({in_order_sql(standard, ("agency", "record_id", *SAID))}) s
        LEFT JOIN {apart} a ON a.agency = s.agency AND a.record_id = s.record_id
        """,
    )


def identity_of(engine: Engine) -> str:
    """SQL for the identity of a record `s`, which stands alone where there is an `a` beside it."""
    text = ", ".join(f"coalesce(cast(s.{field} AS varchar), '')" for field in SAID)
    own = f"s.agency || {_SEPARATOR} || s.record_id"
    alone = "a.record_id IS NOT NULL OR (s.born_on IS NULL AND s.nhs IS NULL)"
    content = f"concat_ws({_SEPARATOR}, {text}) || CASE WHEN {alone} THEN {own} ELSE '' END"
    return engine.fingerprint(content)


def gather(engine: Engine, *, members: str, said: str) -> None:
    """Make `said`: each identity once, what its records say, how many they are, whether one is a GP's."""
    engine.make(
        "members_counted",
        f"SELECT m.identity, {COUNTS} FROM {members} m GROUP BY m.identity",
    )
    # Most identities are of one record, and need no grouping of all that it says.
    engine.make(
        said,
        f"""
        SELECT c.identity, c.records, c.registered, {", ".join(f"m.{field}" for field in SAID)}
        FROM {members} m JOIN members_counted c ON c.identity = m.identity WHERE c.records = 1
        UNION ALL
        SELECT c.identity, any_value(c.records), any_value(c.registered),
            {", ".join(f"any_value(m.{field})" for field in SAID)}
        FROM {members} m JOIN members_counted c ON c.identity = m.identity WHERE c.records > 1
        GROUP BY c.identity
        """,
    )
    engine.drop("members_counted")


def describe(engine: Engine, *, said: str, described: str) -> None:
    """Make of what identities say what the comparisons read, keeping what was said beside it."""
    engine.make(
        described,
        f"""
        SELECT
            i.identity, i.records, i.registered, i.given, i.given_root,
            string_split(i.given_root || coalesce(' ' || o.forms, ''), ' ') AS roots,
            k.given IS NOT NULL AS given_known, g.given IS NOT NULL OR f.family IS NOT NULL
                OR split_part(coalesce(i.given_root, ''), ' ', 1) = '{BESIDE_ROOT}' AS beside,
            i.middle AS middle_names, nullif(split_part(i.middle, ' ', 1), '') AS middle,
            i.family, coalesce(r.root, i.family) AS family_root, coalesce(b.band, 0) AS family_band,
            i.other_family, i.other_given,
            i.sex, i.born_on AS born_said,
            nullif(i.born_on, DATE '1900-01-01') AS born_on, i.nhs AS nhs_said, i.nhs_verified,
            i.postcode, i.house, i.street,
            i.previous_postcode, i.postcode || '/' || coalesce(i.house, i.street) AS home,
            i.uprn, i.phone, i.email, i.birth_order
        FROM {said} i
        LEFT JOIN known_given k ON k.given = i.given
        LEFT JOIN other_forms o ON o.given = i.given
        LEFT JOIN family_bands b ON b.family = i.family
        LEFT JOIN family_forms r ON r.family = i.family
        LEFT JOIN beside_given g ON g.given = i.given
        LEFT JOIN beside_family f ON f.family = i.family
        """,
    )
