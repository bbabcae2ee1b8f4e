"""NHS numbers that were never given to anybody, each with its check digit."""

from itertools import product

import numpy as np

from joinedup.pipeline.synthetic.randomness import Numbers, stream

TEST_RANGE = 999
"""999 000 0000 to 999 999 9999: kept for tests by NHS England, about 909,000 with a check digit."""
SPARE_RANGE = 998
"""Used for what the test range cannot hold: issued numbers begin with 3, 4, 6 or 7, never with 9."""
_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)


def with_check_digit(first_nine: Numbers) -> Numbers:
    """The ten-digit numbers; -1 where no check digit exists."""
    total = np.zeros_like(first_nine)
    rest = first_nine.copy()
    for weight in reversed(_WEIGHTS):
        total += (rest % 10) * weight
        rest //= 10
    check = (11 - total % 11) % 11
    return np.where(check == 10, -1, first_nine * 10 + check)


def allocate(seed: int, wanted: int) -> Numbers:
    """So many different NHS numbers, in an order of this seed; the test range first."""
    numbers = _range(seed, TEST_RANGE)
    if wanted > len(numbers):
        numbers = np.concatenate([numbers, _range(seed, SPARE_RANGE)])
    if wanted > len(numbers):
        raise ValueError(
            f"{wanted:,} people need more NHS numbers than the {len(numbers):,} unused."
        )
    return numbers[:wanted]


def _range(seed: int, first_three: int) -> Numbers:
    numbers = with_check_digit(np.arange(first_three * 10**6, (first_three + 1) * 10**6))
    numbers = numbers[numbers > 0]
    numbers = numbers[~np.isin(numbers, _placeholders(first_three))]
    stream(seed, "nhs", first_three).shuffle(numbers)
    return numbers


def _placeholders(first_three: int) -> list[int]:
    """Numbers of two different digits at most: to a checker they are junk, so nobody gets one."""
    front = str(first_three)
    kinds = ["".join(sorted({*front, digit})) for digit in "0123456789"]
    return [
        int(front + "".join(rest))
        for kind in kinds
        if len(kind) <= 2
        for rest in product(kind, repeat=7)
    ]
