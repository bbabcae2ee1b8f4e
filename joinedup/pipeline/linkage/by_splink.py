"""What Splink does for us: it learns the model, and weighs pairs on a cluster; no page needs it."""

from typing import Any

from splink import DuckDBAPI, Linker, SettingsCreator
from splink.comparison_level_library import CustomLevel, ElseLevel

from joinedup.pipeline.engines import DuckDB, Engine
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS
from joinedup.pipeline.linkage.comparisons import COMPARISONS, Comparison, Level
from joinedup.pipeline.linkage.identities import BLOCKED_BY
from joinedup.pipeline.linkage.judging import FACTS, GRADED
from joinedup.pipeline.linkage.model import Model


def splink_on(engine: DuckDB) -> DuckDBAPI:
    """Splink's own view of this machine's engine."""
    return DuckDBAPI(engine.connection)


def splink_settings(model: Model, *, trained: bool = True) -> SettingsCreator:
    """The model as Splink takes it, for whichever engine scores; untrained, without m and u."""
    odds = 2.0**model.prior
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="identity",
        comparisons=[_splink_comparison(model, c, trained) for c in COMPARISONS],
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=odds / (1 + odds),
        retain_matching_columns=False,
    )


def _splink_comparison(model: Model, comparison: Comparison, trained: bool) -> dict[str, Any]:
    levels = [_splink_level(level) for level in comparison.levels]
    if trained:
        m, u = model.m[comparison.field], model.u[comparison.field]
        for level, creator in zip(comparison.levels, levels, strict=True):
            creator.configure(m_probability=m[level.code], u_probability=u[level.code])
    missing = CustomLevel(comparison.missing.sql, "missing", base_dialect_str="duckdb")
    return {
        "output_column_name": comparison.field,
        "comparison_levels": [missing.configure(is_null_level=True), *levels],
    }


def _splink_level(level: Level) -> Any:
    if level.sql == "ELSE":
        return ElseLevel()
    return CustomLevel(level.sql, level.code, base_dialect_str="duckdb")


def weigh_by_splink(
    engine: Engine, splink: Any, model: Model, *, identities: str, pairs: str, edges: str
) -> None:
    """Make the same edges as in arrays, from a table of pairs (join_key_l, join_key_r, match_key).

    `splink` is its own view of the engine.
    """
    engine.make(
        "compared",
        f"SELECT identity, {', '.join((*IDENTITY_FIELDS, *BLOCKED_BY))} FROM {identities}",
    )
    linker = Linker(splink.register("compared"), splink_settings(model), log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(splink.register(pairs))
    scored = linker.inference.predict(
        threshold_match_weight=model.thresholds.review, warning_mode="never"
    )
    graded = ", ".join(f"{g.sql} AS {name}" for name, g in GRADED.items())
    facts = ", ".join(f"{sql} AS {name}" for name, (sql, _) in FACTS.items())
    engine.make(
        edges,
        f"""
        SELECT e.identity_l, e.identity_r, cast(round(e.match_weight, 3) AS float) AS weight,
            {graded}, {facts}
        FROM {scored.physical_name} e
        JOIN {identities} l ON l.identity = e.identity_l
        JOIN {identities} r ON r.identity = e.identity_r
        """,
    )
    scored.drop_table_from_database_and_remove_from_cache()
    engine.drop("compared")
