"""Verified NHS numbers: which identities may stand on theirs, and which numbers are in dispute."""

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.judging import BORN_SQL, FAMILY_SQL, GIVEN_SQL, SEX_SQL

_AGREES = """
    (born >= 1 AND given >= 1) OR (born >= 1 AND given = 0 AND family >= 0 AND (born = 3 OR sex >= 0))
    OR (born = 0 AND given >= 1 AND family = 1)
"""
"""Two bearers of one number are one person: birth dates agree and given names fit, or the next best.

Where neither birth date nor given name is the same, and sex differs, it is a brother's or a sister's number."""

_NEARLY = "born = 3 AND family = 1 AND sex >= 0"
"""Only the given name differs: another name of the person, or a twin's number."""


def anchor(engine: Engine, *, described: str, identities: str) -> None:
    """Make identities, each with its anchor: the verified NHS number it stands on, as a whole number."""
    judge_numbers(engine, described=described)
    engine.make(identities, anchored(described))
    engine.drop("anchor_judged")


def anchored(described: str) -> str:
    """SQL for the identities with their anchors, once the numbers are judged."""
    return f"""
        SELECT d.*, CASE WHEN NOT d.nhs_verified OR a.agrees OR a.nearly THEN d.nhs_said END AS nhs,
            CASE WHEN a.agrees THEN cast(a.nhs_said AS bigint) END AS anchor
        FROM {described} d
        LEFT JOIN (SELECT * FROM anchor_judged WHERE 2 * agreed > total) a ON a.identity = d.identity
        """


def judge_numbers(engine: Engine, *, described: str) -> None:
    """Make `anchor_judged`: who may stand on the verified number that they bear.

    Of those who bear one number, the identity best supported (by records; a GP register counts for
    three) speaks for it. Whoever does not agree with it loses the number: it is neither anchor nor
    evidence for them, so a number typed on the wrong record pulls nobody together; where only the
    given name differs it stays evidence. Where those who agree are not more than half, the number is
    in dispute and everybody loses it.
    """
    engine.make(
        "anchor_bearers",
        f"""
        SELECT identity, nhs_said, born_on, support,
            sum(support) OVER (PARTITION BY nhs_said, born_on, root) AS backing
        FROM (
            SELECT identity, nhs_said, born_on, roots[1] AS root, records + 2 * registered AS support
            FROM {described} WHERE nhs_verified AND nhs_said IS NOT NULL
        ) b
        """,
    )
    engine.make(
        "anchor_speakers",
        """
        SELECT identity, nhs_said, support, total FROM (
            SELECT identity, nhs_said, support, sum(support) OVER (PARTITION BY nhs_said) AS total,
                row_number() OVER (
                    PARTITION BY nhs_said ORDER BY backing DESC, support DESC, born_on NULLS LAST, identity
                ) AS place
            FROM anchor_bearers
        ) s WHERE place = 1
        """,
    )
    engine.make(
        "anchor_judged",
        f"""
        SELECT identity, nhs_said, total, agrees, nearly,
            sum(CASE WHEN agrees OR nearly THEN support END) OVER (PARTITION BY nhs_said) AS agreed
        FROM (
            SELECT identity, nhs_said, support, total, {_AGREES} AS agrees, {_NEARLY} AS nearly
            FROM (
                SELECT l.identity, l.nhs_said, b.support, s.total, {BORN_SQL} AS born,
                    {GIVEN_SQL} AS given, {FAMILY_SQL} AS family, {SEX_SQL} AS sex
                FROM anchor_bearers b JOIN anchor_speakers s
                    ON s.nhs_said = b.nhs_said AND s.identity <> b.identity
                JOIN {described} l ON l.identity = b.identity
                JOIN {described} r ON r.identity = s.identity
            ) j
            UNION ALL SELECT identity, nhs_said, support, total, true, true FROM anchor_speakers
        ) a
        """,
    )
    engine.drop("anchor_bearers", "anchor_speakers")
