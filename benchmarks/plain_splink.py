"""Plain Splink as a peer: every record scored by the saved model over the same blocks, then clustered."""

import pyarrow as pa
from splink import Linker

from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.blocking import block
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS, describe, put_names
from joinedup.pipeline.linkage.model import load_model, splink_settings


def cluster(standard: pa.Table) -> int:
    """Link standard records as Splink does it alone; return the clusters found."""
    model = load_model()
    with on_this_machine(memory="4GB") as engine:
        put_names(engine, model)
        place = pa.array(range(standard.num_rows))
        engine.put("each", standard.append_column("identity", place))
        engine.make("said", "SELECT 1 AS records, 1 AS registered, * FROM each")
        describe(engine, said="said", described="described")
        anchor(engine, described="described", identities="identities")
        block(engine, identities="identities", pairs="pairs")
        engine.make("people", f"SELECT identity, {', '.join(IDENTITY_FIELDS)} FROM identities")
        splink = engine.splink()
        linker = Linker(splink.register("people"), splink_settings(model), log_level=None)
        linker.table_management.register_blocked_pairs_for_predict(splink.register("pairs"))
        weight = model.thresholds.certain
        scored = linker.inference.predict(threshold_match_weight=weight, warning_mode="never")
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            scored, threshold_match_weight=weight
        )
        found = engine.fetch(
            f"SELECT count(DISTINCT cluster_id) AS n FROM {clusters.physical_name}"
        )
        return int(found["n"][0].as_py())
