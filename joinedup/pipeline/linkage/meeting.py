"""Which pairs meet, reckoned in arrays: the same keys and limits as blocking has in SQL."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_array

from joinedup.pipeline.linkage.blocking import KEYS, ROOT, Key, most_in_block
from joinedup.pipeline.linkage.coded import Coded, Numbers, Places, coded
from joinedup.pipeline.linkage.edges import Flags, Whole
from joinedup.pipeline.linkage.identities import Identities

Small = NDArray[np.int32]
"""Places where there are so many that half the room counts."""

_NONE: Small = np.array([], dtype=np.int32)

_AT_A_TIME = 1 << 22
"""How many pairs are put in order at once, half in each of two threads, in not more than so many turns."""
_MOST_TURNS = 8


class Met:
    """All pairs that meet by any rule, from which each is had once, part by part."""

    def __init__(self, people: Identities, threads: int = 2) -> None:
        free = people.anchor < 0
        rules = [(rule, list(keys)) for rule, keys in groupby(KEYS, key=lambda key: key.rule)]

        def met_by(one: tuple[str, list[Key]]) -> tuple[Small, Small]:
            rule, keys = one
            return _pairs(_keyed(people, keys), free, most_in_block(rule))

        with ThreadPoolExecutor(threads) as pool:
            self._met = list(pool.map(met_by, rules))
        self._size = len(people)
        pairs = sum(len(left) for left, _ in self._met)
        # The smaller of two places is rather a small one: even parts of pairs are not even parts of places.
        parts = threads * min(_MOST_TURNS, pairs // _AT_A_TIME + 1)
        share = 1 - np.sqrt(1 - np.arange(parts + 1) / parts)
        self.parts = list(pairwise((share * self._size).astype(int).tolist()))

    def part(self, nth: int) -> tuple[Small, Small]:
        """The pairs of which the smaller place is in that part, each once and in order."""
        low, end = self.parts[nth]
        if low == end:
            return _NONE, _NONE
        some = [(of >= low) & (of < end) for of, _ in self._met]
        left, right = (
            np.concatenate(
                [pair[side][chosen] for pair, chosen in zip(self._met, some, strict=True)]
            )
            for side in (0, 1)
        )
        # As a sparse matrix: rows are counted and not sorted, which takes half as long.
        held = coo_array(
            (np.ones(len(left), dtype=bool), (left - low, right)), shape=(end - low, self._size)
        ).tocsr()
        times = np.diff(held.indptr)
        return np.repeat(np.arange(low, end, dtype=np.int32), times), held.indices


def meet(people: Identities) -> tuple[Small, Small]:
    """The pairs of places to weigh, the smaller first, each once: those that share a key few others share.

    Two that both stand on a verified NHS number are never compared.
    """
    met = Met(people)
    left, right = zip(*(met.part(nth) for nth in range(len(met.parts))), strict=True)
    return np.concatenate(left), np.concatenate(right)


def _changes(ordered: Whole) -> Flags:
    """Which differ from the one before."""
    new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def _keyed(people: Identities, keys: list[Key]) -> tuple[Whole, Places]:
    """Each key of a rule as a whole number, with the place that has it; a place may have several."""
    numbers, holders = [], []
    lanes = [_codes(people, parts) for parts in zip(*(key.parts for key in keys), strict=True)]
    for nth in range(len(keys)):
        spread = [of for lane in lanes if (of := lane[nth][1]) is not None]
        places = spread[0] if spread else np.arange(len(people))
        number = np.zeros(len(places), dtype=np.int64)
        known = np.ones(len(places), dtype=bool)
        for lane in lanes:
            codes, of = lane[nth]
            here = codes if of is not None else codes[places]
            known &= here >= 0
            number = number * (max(int(c.max(initial=0)) for c, _ in lane) + 1) + here
        numbers.append(number[known])
        holders.append(places[known])
    return np.concatenate(numbers), np.concatenate(holders)


def _codes(people: Identities, parts: Sequence[str]) -> list[tuple[Whole, Places | None]]:
    """For each key of a rule the codes of one part, the same for the same value; -1 for none.

    With the places, where a place has several.
    """
    if set(parts) == {ROOT}:
        return [_roots(people)] * len(parts)
    lanes = [people.lanes.column(part) for part in parts]
    if len(set(parts)) == 1:
        return [(_whole(lanes[0]), None)] * len(parts)
    texts = [lane for lane in lanes if isinstance(lane, Coded)]
    together = coded(pa.concat_arrays([lane.values for lane in texts]))
    starts = np.cumsum([0, *(len(lane.values) for lane in texts)])
    return [
        (_whole(Coded(together.codes[lane.codes + start], together.values)), None)
        for lane, start in zip(texts, starts, strict=False)
    ]


def _whole(lane: Coded | Numbers) -> Whole:
    if isinstance(lane, Numbers):
        values = lane.values.astype(np.int64)
        return values if lane.known is None else np.where(lane.known, values, -1)
    return np.where(lane.codes == lane.null, -1, lane.codes).astype(np.int64)


def _roots(people: Identities) -> tuple[Whole, Places]:
    """Each form a given name may be of, with the place that has it."""
    names = people.lanes.columns["roots"]
    several = pc.fill_null(pc.list_value_length(names.values), 0).to_numpy(zero_copy_only=False)
    begins = np.cumsum(several) - several
    flat = _whole(coded(pc.list_flatten(names.values)))
    times = several[names.codes]
    places = np.repeat(np.arange(len(people)), times)
    nth = np.arange(len(places)) - np.repeat(np.cumsum(times) - times, times)
    return flat[np.repeat(begins[names.codes], times) + nth], places


def _in_order(number: Whole, places: Places, free: Flags) -> tuple[Whole, Places]:
    """By key; of one key those without a verified number first; then by place."""
    bits = len(free).bit_length()
    if int(number.max()) < 1 << (62 - bits):
        # All three in one whole number: sorted several times quicker than places by their keys.
        packed = np.sort((number * 2 + ~free[places] << bits) + places)
        return packed >> (bits + 1), packed & ((1 << bits) - 1)
    order = np.lexsort((places, number * 2 + ~free[places]))
    return number[order], places[order]


def _pairs(keyed: tuple[Whole, Places], free: Flags, most: int) -> tuple[Small, Small]:
    """Two places, the smaller first, for all that share a key; those without a verified number first."""
    number, places = keyed
    if not len(number):
        return _NONE, _NONE
    number, places = _in_order(number, places, free)
    once = _changes(number) | _changes(places)
    number, places = number[once], places[once]
    first = np.flatnonzero(_changes(number))
    sizes = np.diff(first, append=len(number))
    follow = np.repeat(first + sizes, sizes) - np.arange(len(number)) - 1
    rows = np.flatnonzero(free[places] & (np.repeat(sizes, sizes) <= most) & (follow > 0))
    times = follow[rows]
    one = np.repeat(rows, times)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times)
    small = places.astype(np.int32)
    a, b = small[one], small[other]
    return np.minimum(a, b), np.maximum(a, b)
