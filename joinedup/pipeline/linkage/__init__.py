"""Collapse, block, compare, score, resolve, keep identifiers stable, measure quality."""
