"""The peer: Splink 5 as it comes, with our trained model and our blocking keys, no frame around it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from splink import Linker, block_on

from benchmarks.measured import peak_bytes
from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.linkage import load_model
from joinedup.pipeline.linkage.by_splink import splink_on, splink_settings
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS, SAID, describe, put_names

THRESHOLDS = (0.95, 0.99, 0.999, 0.9999, 0.99999)

_MOVED = "l.postcode = r.previous_postcode AND l.root = r.root"
_RULES = (
    ("day", "root"), ("day", "initials"), ("day", "family"), ("day", "postcode"),
    ("family", "root", "born_year"), ("family", "root", "month_day"), ("postcode", "root"),
    ("postcode", "family", "initial"), ("house", "street", "initials"), ("phone",), ("email",), ("nhs",),
)  # fmt: skip


@dataclass(frozen=True)
class Plain:
    """Seconds to score and to cluster once, and who was found together at each threshold."""

    seconds: float
    """From standard records to clusters: what we are measured by as well."""
    preparing: float
    """Of these, what it took to lay out the columns it compares."""
    pairs: int
    peak_bytes: int
    """The most memory held until then: what is fetched to be judged afterwards is not counted."""
    links: dict[float, pa.Table]


def plain_splink(
    standard: Path,
    scratch: Path,
    memory: str = "6GB",
    thresholds: Sequence[float] = THRESHOLDS,
    spill: str = "20GB",
) -> Plain:
    """Score and cluster every record, from the same standard records that we begin with.

    Pairs are kept from the lowest of all thresholds on, whichever of them are then clustered at.
    """
    model = load_model()
    began = time.perf_counter()
    with on_this_machine(scratch=scratch, memory=memory) as engine:
        engine.run(f"SET max_temp_directory_size = '{spill}'")
        engine.put("standard", standard)
        put_names(engine, model)
        engine.make(
            "said",
            f"""SELECT row_number() OVER (ORDER BY agency, record_id) AS identity, agency, record_id,
                1 AS records, 0 AS registered, {", ".join(SAID)} FROM standard""",
        )
        describe(engine, said="said", described="described")
        engine.make(
            "compared",
            f"""
            SELECT identity, house, street, {", ".join(f for f in IDENTITY_FIELDS if f != "nhs")},
                nhs_said AS nhs, roots[1] AS root, left(given, 1) AS initial,
                year(born_on) * 10000 + least(month(born_on), day(born_on)) * 100
                    + greatest(month(born_on), day(born_on)) AS day,
                year(born_on) AS born_year, month(born_on) * 100 + day(born_on) AS month_day,
                least(left(given, 1), left(family, 1))
                    || greatest(left(given, 1), left(family, 1)) AS initials
            FROM described
            """,
        )
        settings = splink_settings(model)
        settings.blocking_rules_to_generate_predictions = [
            *(block_on(*columns) for columns in _RULES),
            {"blocking_rule": f"({_MOVED})"},
        ]
        preparing = time.perf_counter() - began
        api = splink_on(engine)
        linker = Linker(api.register("compared"), settings, log_level=None)
        scored = linker.inference.predict(
            threshold_match_probability=THRESHOLDS[0], warning_mode="never"
        )
        (pairs,) = engine.fetch(f"SELECT count(*) AS pairs FROM {scored.physical_name}")["pairs"]
        links, seconds, peak = {}, 0.0, 0
        for threshold in thresholds:
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
                scored, threshold_match_probability=threshold
            )
            seconds = seconds or time.perf_counter() - began
            peak = peak or peak_bytes()
            links[threshold] = engine.fetch(
                f"""SELECT s.agency, s.record_id, cast(c.cluster_id AS varchar) AS person
                FROM {clusters.physical_name} c JOIN said s ON s.identity = c.identity"""
            )
    return Plain(seconds, preparing, pairs.as_py(), peak, links)
