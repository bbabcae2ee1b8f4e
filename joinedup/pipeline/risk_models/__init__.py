"""Outcomes, splits, train, score, explain, fairness, model cards."""
