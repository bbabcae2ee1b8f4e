"""Risk models, strata, cohorts."""
