"""Indicators, targets, charts, evaluation, equity of access."""
