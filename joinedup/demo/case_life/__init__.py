"""Gives a brought-over case the life of its arc: what happened, what was found, the plan, reviews, and its end."""

from joinedup.demo.case_life.life import Going
from joinedup.demo.case_life.written import write_lives

__all__ = ["Going", "write_lives"]
