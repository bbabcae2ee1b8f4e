"""Which records are of one person: collapse, block, compare, score, resolve, keep identifiers stable."""

from joinedup.pipeline.linkage.explain import Evidence, explain, match_weight
from joinedup.pipeline.linkage.keys import lay_out_keys
from joinedup.pipeline.linkage.model import Model, Thresholds, load_model, save_model
from joinedup.pipeline.linkage.once import each_once
from joinedup.pipeline.linkage.quality import Measure, quality, reviewed_quality
from joinedup.pipeline.linkage.run import Linked, link
from joinedup.pipeline.linkage.state import NeedsFullRun

__all__ = [
    "Evidence", "Linked", "Measure", "Model", "NeedsFullRun", "Thresholds", "each_once", "explain",
    "lay_out_keys", "link", "load_model", "match_weight", "quality", "reviewed_quality", "save_model",
]  # fmt: skip
