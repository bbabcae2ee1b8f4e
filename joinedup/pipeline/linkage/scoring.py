"""Splink weighs the pairs that blocking found, with the saved model."""

from splink import Linker

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS
from joinedup.pipeline.linkage.judging import (
    BORN_SQL,
    CHILD_SQL,
    FAMILY_SQL,
    GIVEN_SQL,
    NEAR_SQL,
    NHS_SQL,
    OWN_SQL,
    SEX_SQL,
    SHARED_NAME_SQL,
)
from joinedup.pipeline.linkage.model import Model, splink_settings


def score(engine: Engine, model: Model, *, identities: str, pairs: str, edges: str) -> None:
    """Make the edges worth keeping: both identities, the weight, and how dates and names stand."""
    splink = engine.splink()
    engine.make("compared", f"SELECT identity, {', '.join(IDENTITY_FIELDS)} FROM {identities}")
    linker = Linker(splink.register("compared"), splink_settings(model), log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(splink.register(pairs))
    scored = linker.inference.predict(
        threshold_match_weight=model.thresholds.review, warning_mode="never"
    )
    engine.make(
        edges,
        f"""
        SELECT e.identity_l, e.identity_r, cast(round(e.match_weight, 3) AS float) AS weight,
            {BORN_SQL} AS born, {GIVEN_SQL} AS given, {FAMILY_SQL} AS family,
            {SEX_SQL} AS sex, {NHS_SQL} AS nhs, {NEAR_SQL} AS near, {OWN_SQL} AS own,
            {CHILD_SQL} AS child, {SHARED_NAME_SQL} AS shared_name
        FROM {scored.physical_name} e
        JOIN {identities} l ON l.identity = e.identity_l
        JOIN {identities} r ON r.identity = e.identity_r
        """,
    )
    scored.drop_table_from_database_and_remove_from_cache()
    engine.drop("compared")
