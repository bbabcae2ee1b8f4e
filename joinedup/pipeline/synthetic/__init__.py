"""The made-up borough: people, households, agencies' errors, truth."""

from joinedup.pipeline.synthetic.borough import FIRST_DAY, Borough, make_borough
from joinedup.pipeline.synthetic.rates import sparse

__all__ = ["FIRST_DAY", "Borough", "make_borough", "sparse"]
