"""A further night: what happened in the block, and which records each agency sends again."""

import numpy as np

from joinedup.pipeline.synthetic.block import Block


def make_night(block: Block, night: int) -> dict[str, np.ndarray]:
    """Let a night pass over the block; for each agency, A, C, D or nothing for each record."""
    return {code: np.full(len(held), "", dtype=object) for code, held in block.held.items()}
