"""Rules of cases: facts and dates in, an answer with its reason out."""
