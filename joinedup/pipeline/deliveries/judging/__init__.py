"""Cells, columns and rows judged: what loads, what is kept back, what is left empty."""
