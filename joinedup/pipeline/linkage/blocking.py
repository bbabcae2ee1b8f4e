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


def block(engine: Engine, *, identities: str, pairs: str, chosen: str | None = None) -> None:
    """Make the pairs to score: (join_key_l, join_key_r), the smaller first, each once.

    Two identities that both stand on a verified NHS number are never compared: the number has
    already said whether they are one. With `chosen`, only pairs with one of those identities.
    """
    found = []
    for number, rule in enumerate(RULES):
        _keys(engine, rule, identities, chosen)
        engine.make(
            "block_sizes",
            f"""
            SELECT key FROM block_keys GROUP BY key
            HAVING count(*) BETWEEN 2 AND {most_in_block(rule)} AND bool_or(free)
            """,
        )
        engine.make(
            f"block_pairs_{number}",
            f"""
            SELECT least(l.identity, r.identity) AS join_key_l,
                greatest(l.identity, r.identity) AS join_key_r
            FROM block_keys l JOIN block_sizes s ON s.key = l.key JOIN block_keys r ON r.key = l.key
            WHERE l.free AND l.identity <> r.identity AND (NOT r.free OR l.identity < r.identity)
                AND {"(l.chosen OR r.chosen)" if chosen else "true"}
            """,
        )
        found.append(f"SELECT * FROM block_pairs_{number}")
    engine.make(
        pairs,
        f"SELECT DISTINCT join_key_l, join_key_r, '0' AS match_key FROM ({' UNION ALL '.join(found)}) p",
    )
    engine.drop("block_keys", "block_sizes", *(f"block_pairs_{n}" for n in range(len(RULES))))


def _keys(engine: Engine, rule: str, identities: str, chosen: str | None) -> None:
    """Make `block_keys` of a rule: of all identities, or of those that share a key with the chosen."""
    keys = keys_sql(engine, rule, identities)
    if chosen:
        engine.make(
            "block_wanted",
            f"SELECT DISTINCT key FROM ({keys}) k SEMI JOIN {chosen} c ON c.identity = k.identity",
        )
        keys = f"""
            SELECT k.*, c.identity IS NOT NULL AS chosen FROM ({keys}) k
            SEMI JOIN block_wanted w ON w.key = k.key LEFT JOIN {chosen} c ON c.identity = k.identity
        """
    engine.make("block_keys", keys)


def outgrown(engine: Engine, *, identities: str, was: str, now: str, members: str) -> None:
    """Make `members`: identities of blocks that grew too large, or are no longer, by this change.

    `was` are the changed and withdrawn identities as they were, `now` the changed and new as they
    are; `identities` are all as they are.
    """
    found = []
    for number, rule in enumerate(RULES):
        engine.make(
            "block_wanted",
            f"""
            SELECT key, sum(n) AS more FROM (
                SELECT key, 1 AS n FROM ({keys_sql(engine, rule, now)}) k
                UNION ALL SELECT key, -1 FROM ({keys_sql(engine, rule, was)}) k
            ) k GROUP BY key
            """,
        )
        most = most_in_block(rule)
        engine.make(
            f"block_outgrown_{number}",
            f"""
            WITH k AS (
                SELECT k.identity, k.key, w.more FROM ({keys_sql(engine, rule, identities)}) k
                JOIN block_wanted w ON w.key = k.key AND w.more <> 0
            ), crossed AS (
                SELECT key FROM k GROUP BY key, more
                HAVING (count(*) <= {most}) <> (count(*) - more <= {most})
            )
            SELECT DISTINCT k.identity FROM k JOIN crossed c ON c.key = k.key
            """,
        )
        found.append(f"SELECT identity FROM block_outgrown_{number}")
    engine.make(members, " UNION ".join(found))
    engine.drop("block_wanted", *(f"block_outgrown_{n}" for n in range(len(RULES))))
