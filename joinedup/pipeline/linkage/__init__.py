"""Which records are of one person: collapse, block, compare, score, resolve, keep identifiers stable."""

from joinedup.pipeline.linkage.model import Model, load_model
from joinedup.pipeline.linkage.run import Linked, link

__all__ = ["Linked", "Model", "link", "load_model"]
