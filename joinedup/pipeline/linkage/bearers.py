"""Who may stand on the verified NHS number that they bear, judged in arrays by the rules that anchors has in SQL."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from joinedup.pipeline.linkage.coded import Coded, Places, grouped, numbers_of
from joinedup.pipeline.linkage.edges import Flags, Whole
from joinedup.pipeline.linkage.lanes import Lanes
from joinedup.pipeline.linkage.scoring import graded

_LAST = 1 << 40
"""After every day."""


def judged(lanes: Lanes, number: Coded, verified: Flags, support: Whole) -> tuple[Flags, Flags]:
    """Who agrees with the identity that speaks for their number; and for whom it may be evidence at least.

    `support` are the records of each, those of a GP register counted for three.
    """
    bears = verified & (number.codes != number.null)
    times = np.bincount(number.codes[bears], minlength=number.null + 1)[number.codes]
    agrees = bears & (times == 1)
    nearly = agrees.copy()
    rows = np.flatnonzero(bears & (times > 1))
    if len(rows):
        _, of = grouped(number.codes[rows].astype(np.int64))
        speaker = rows[_speakers(lanes, rows, of, support[rows])][of]
        fits, nearly_fits = _fit(lanes, rows, speaker)
        total = np.bincount(of, support[rows])
        settled = 2 * np.bincount(of, support[rows] * (fits | nearly_fits)) > total
        agrees[rows] = fits & settled[of]
        nearly[rows] = nearly_fits & settled[of]
    return agrees, agrees | nearly


def _speakers(lanes: Lanes, rows: Places, of: Whole, support: Whole) -> Places:
    """Of each number, which of the rows speaks for it: the best supported, together with those of its name and day."""
    born, root = lanes.columns["born_on"], lanes.column("roots[1]")
    assert isinstance(root, Coded)
    alike = (of * len(born.values) + born.codes[rows]) * len(root.values) + root.codes[rows]
    _, alike = grouped(alike)
    backing = np.bincount(alike, support)[alike]
    days = numbers_of(born.values[: born.null]).values
    day = np.append(days, _LAST)[born.codes[rows]]
    order = np.lexsort((rows, day, -support, -backing, of))
    return order[np.flatnonzero(np.diff(of[order], prepend=-1))]


def _fit(lanes: Lanes, rows: Places, speaker: Places) -> tuple[Flags, Flags]:
    """Whether each agrees with its speaker; and whether it does but for the given name."""
    fits, nearly = rows == speaker, rows == speaker
    other = np.flatnonzero(~fits)
    with ThreadPoolExecutor(2) as pool:
        born, given, family, sex = pool.map(
            lambda name: graded(lanes, name, rows[other], speaker[other]),
            ("born", "given", "family", "sex"),
        )
    unsure = (given == 0) & (family >= 0) & ((born == 3) | (sex >= 0))
    agrees = (born >= 1) & ((given >= 1) | unsure)
    fits[other] = agrees | ((born == 0) & (given >= 1) & (family == 1))
    nearly[other] = (born == 3) & (family == 1) & (sex >= 0)
    return fits, nearly
