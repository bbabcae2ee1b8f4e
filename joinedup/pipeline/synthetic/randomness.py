"""Random draws that are the same on every machine: named streams of one seed, and choices by weight."""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.object_]
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_TOPICS = (
    "rates", "place", "households", "names", "identities", "coverage", "records", "night", "nhs",
)  # fmt: skip


def stream(seed: int, topic: str, *numbers: int) -> np.random.Generator:
    """The stream of this seed for this topic (and block, night): independent of every other."""
    return np.random.Generator(np.random.PCG64([seed, _TOPICS.index(topic), *numbers]))


def words(text: str) -> Words:
    """The words of a text as an array."""
    return np.array(text.split(), dtype=object)


def pick(rng: np.random.Generator, weights: NDArray[np.float64], size: int) -> Numbers:
    """Positions drawn by weight."""
    edges = np.cumsum(weights)
    found = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return np.minimum(found, len(edges) - 1).astype(np.int64)


def falling(size: int, steepness: float = 0.8) -> NDArray[np.float64]:
    """Weights for a list with the commonest first, as name frequencies fall."""
    return np.asarray(1.0 / (np.arange(size) + 6.0) ** steepness, dtype=np.float64)


def pick_words(
    rng: np.random.Generator, choices: Words, size: int, steepness: float = 0.8
) -> Words:
    """Words drawn from a list with the commonest first."""
    return np.asarray(choices[pick(rng, falling(len(choices), steepness), size)], dtype=object)


def bell(rng: np.random.Generator, mean: float, spread: float, size: int) -> NDArray[np.float64]:
    """Values about a mean; a sum of uniforms, because it rounds alike on every machine."""
    three = rng.random(size) + rng.random(size) + rng.random(size)
    return mean + spread * 2.0 * (three - 1.5)


def chance(rng: np.random.Generator, rate: float, size: int) -> Mask:
    """True at this rate."""
    return rng.random(size) < rate
