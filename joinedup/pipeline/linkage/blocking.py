"""Which pairs of identities are worth comparing: those that share a key few others share."""

from dataclasses import dataclass

from joinedup.pipeline.engines import Engine

_DAY = "month(born_on) * 100 + day(born_on)"
_CANONICAL_DAY = (
    "year(born_on) * 10000 + least(month(born_on), day(born_on)) * 100"
    " + greatest(month(born_on), day(born_on))"
)
_INITIALS = "least(left(given, 1), left(family, 1)) || greatest(left(given, 1), left(family, 1))"


@dataclass(frozen=True)
class Key:
    """One way to meet: identities with equal parts, none of them missing, in blocks up to `most`."""

    rule: str
    parts: tuple[str, ...]
    most: int = 400


KEYS = (
    Key("birth date, given name", (_CANONICAL_DAY, "root_a")),
    Key("birth date, given name", (_CANONICAL_DAY, "root_b")),
    Key("birth date, initials", (_CANONICAL_DAY, _INITIALS)),
    Key("birth year, names", ("family", "root_a", "year(born_on)")),
    Key("birth day, names", ("family", "root_a", _DAY)),
    Key("postcode, given name", ("postcode", "root_a")),
    Key("postcode, given name", ("previous_postcode", "root_a")),
    Key("postcode, family name, initial", ("postcode", "family", "left(given, 1)")),
    Key("telephone, initial", ("phone", "left(given, 1)")),
    Key("e-mail, initial", ("email", "left(given, 1)")),
    Key("NHS number", ("nhs",)),
)
"""Keys of one rule meet each other: an earlier postcode meets a present one."""

RULES = tuple(dict.fromkeys(key.rule for key in KEYS))


def keys_sql(rule: str, identities: str) -> str:
    """Every identity with its keys under a rule; `free` where it stands on no verified NHS number."""
    number = RULES.index(rule)
    queries = []
    for key in (key for key in KEYS if key.rule == rule):
        present = " AND ".join(f"({part}) IS NOT NULL" for part in key.parts)
        text = " || '|' || ".join(f"cast({part} AS varchar)" for part in key.parts)
        queries.append(
            f"SELECT identity, anchor IS NULL AS free, '{number}|' || {text} AS key"
            f" FROM {identities} WHERE {present}"
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
    found = []
    for number, rule in enumerate(RULES):
        engine.make("block_keys", keys_sql(rule, identities))
        engine.make(
            "block_sizes",
            f"""
            SELECT key FROM block_keys GROUP BY key
            HAVING count(*) BETWEEN 2 AND {most_in_block(rule)} AND bool_or(free)
            """,
        )
        engine.make(
            f"block_pairs_{number}",
            """
            SELECT DISTINCT least(l.identity, r.identity) AS join_key_l,
                greatest(l.identity, r.identity) AS join_key_r
            FROM block_keys l JOIN block_sizes s ON s.key = l.key JOIN block_keys r ON r.key = l.key
            WHERE l.free AND l.identity <> r.identity AND (NOT r.free OR l.identity < r.identity)
            """,
        )
        found.append(f"SELECT * FROM block_pairs_{number}")
    engine.make(
        pairs,
        f"SELECT DISTINCT join_key_l, join_key_r, '0' AS match_key FROM ({' UNION ALL '.join(found)}) p",
    )
    engine.drop("block_keys", "block_sizes", *(f"block_pairs_{n}" for n in range(len(RULES))))
