"""Which pairs of identities are worth comparing: those that share a key few others share."""

from dataclasses import dataclass

from joinedup.pipeline.engines import Engine

_DAY = "month(born_on) * 100 + day(born_on)"
_CANONICAL_DAY = (
    "year(born_on) * 10000 + least(month(born_on), day(born_on)) * 100"
    " + greatest(month(born_on), day(born_on))"
)
ROOT = "root"
"""Each form a given name may be of is a key of its own."""
_INITIALS = "least(left(given, 1), left(family, 1)) || greatest(left(given, 1), left(family, 1))"


@dataclass(frozen=True)
class Key:
    """One way to meet: identities with equal parts, none of them missing, in blocks up to `most`."""

    rule: str
    parts: tuple[str, ...]
    most: int = 400


KEYS = (
    Key("birth date, given name", (_CANONICAL_DAY, ROOT)),
    Key("birth date, initials", (_CANONICAL_DAY, _INITIALS)),
    Key("birth date, family name", (_CANONICAL_DAY, "family")),
    Key("birth date, postcode", (_CANONICAL_DAY, "postcode")),
    Key("birth year, names", ("family", ROOT, "year(born_on)")),
    Key("birth day, names", ("family", ROOT, _DAY)),
    Key("postcode, given name", ("postcode", ROOT)),
    Key("postcode, given name", ("previous_postcode", ROOT)),
    Key("postcode, name gone by", ("postcode", "given")),
    Key("postcode, name gone by", ("postcode", "other_given")),
    Key("postcode, family name, initial", ("postcode", "family", "left(given, 1)")),
    Key("house and street, initials", ("house", "street", _INITIALS)),
    Key("rare names", ("family", ROOT), most=20),
    Key("telephone", ("phone",), most=40),
    Key("e-mail", ("email",), most=40),
    Key("NHS number", ("nhs",)),
)
"""Keys of one rule meet each other: an earlier postcode meets a present one."""

RULES = tuple(dict.fromkeys(key.rule for key in KEYS))


def keys_sql(engine: Engine, rule: str, identities: str) -> str:
    """Every identity with its keys under a rule; `free` where it stands on no verified NHS number."""
    queries = []
    for key in (key for key in KEYS if key.rule == rule):
        present = " AND ".join(f"({part}) IS NOT NULL" for part in key.parts)
        source = identities
        if ROOT in key.parts:
            source = f"(SELECT *, unnest(roots) AS root FROM {identities}) i"
        queries.append(
            f"SELECT identity, anchor IS NULL AS free, {engine.key(*key.parts)} AS key"
            f" FROM {source} WHERE {present}"
        )
    return " UNION ".join(queries)


def most_in_block(rule: str) -> int:
    """The size above which a block says too little to compare its members."""
    return min(key.most for key in KEYS if key.rule == rule)


def block(engine: Engine, *, identities: str, pairs: str) -> None:
    """Make the pairs to score: (join_key_l, join_key_r), the smaller first, each once.

    Two identities that both stand on a verified NHS number are never compared: the number has
    already said whether they are one.
    """
    for number, rule in enumerate(RULES):
        engine.make(
            "block_keys", f"SELECT *, true AS chosen FROM ({keys_sql(engine, rule, identities)}) k"
        )
        pair_off(engine, rule, keys="block_keys", pairs=f"block_pairs_{number}")
    gather_pairs(engine, pairs)
    engine.drop("block_keys")


def pair_off(engine: Engine, rule: str, *, keys: str, pairs: str) -> None:
    """Make the pairs of a rule from whole blocks (identity, free, key, chosen), of which one is chosen."""
    engine.make(
        "block_sizes",
        f"""
        SELECT key FROM {keys} GROUP BY key
        HAVING count(*) BETWEEN 2 AND {most_in_block(rule)} AND bool_or(free)
        """,
    )
    engine.make(
        pairs,
        f"""
        SELECT least(l.identity, r.identity) AS join_key_l,
            greatest(l.identity, r.identity) AS join_key_r
        FROM {keys} l JOIN block_sizes s ON s.key = l.key JOIN {keys} r ON r.key = l.key
        WHERE l.free AND l.identity <> r.identity AND (NOT r.free OR l.identity < r.identity)
            AND (l.chosen OR r.chosen)
        """,
    )
    engine.drop("block_sizes")


def gather_pairs(engine: Engine, pairs: str) -> None:
    """Make one table of the pairs of all rules, each once."""
    found = [f"block_pairs_{number}" for number in range(len(RULES))]
    every = " UNION ALL ".join(f"SELECT * FROM {table}" for table in found)
    engine.make(pairs, f"SELECT DISTINCT join_key_l, join_key_r, '0' AS match_key FROM ({every}) p")
    engine.drop(*found)
