"""The invented place: localities, LSOAs, practices, streets and postcodes."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.randomness import Numbers, Words, bell, pick, stream, words
from joinedup.pipeline.synthetic.vocabulary import places

AREA = "JU"
"""A postcode area Royal Mail does not use; it has the right shape."""
ELSEWHERE_AREA = "JX"
"""Another that it does not use, for where people came from."""
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_PEOPLE_PER_LSOA = 1700
_POSTCODES_PER_LSOA = 45
_PRACTICES = 29
_PRACTICES_UP_TO = 150_000
_DECILE_WEIGHTS = (24.0, 17.0, 13.0, 11.0, 9.0, 8.0, 6.0, 5.0, 4.0, 3.0)
"""Of LSOAs by deprivation decile, the most deprived first: an English borough in the old mill towns."""


@dataclass(frozen=True)
class Place:
    """Where the people live; arrays side by side for each kind of thing."""

    locality_codes: Words
    lsoa_codes: Words
    lsoa_locality: Numbers
    lsoa_decile: Numbers
    practice_codes: Words
    practice_names: Words
    practice_locality: Numbers
    postcodes: Words
    postcode_lsoa: Numbers
    """-1 for a postcode elsewhere."""
    postcode_street: Words
    postcode_town: Words
    postcode_block: Words
    """The name of the block of flats, or empty."""
    postcode_first_number: Numbers

    def postcodes_of(self, lsoas: Numbers) -> Numbers:
        """Positions of the postcodes of these LSOAs."""
        return np.flatnonzero(np.isin(self.postcode_lsoa, lsoas))

    @property
    def elsewhere(self) -> Numbers:
        """Positions of the postcodes outside the place."""
        return np.flatnonzero(self.postcode_lsoa < 0)


def make_place(people: int, seed: int) -> Place:
    """Make a place for so many people."""
    rng = stream(seed, "place")
    lsoas = max(8, round(people / _PEOPLE_PER_LSOA))
    practices = max(_PRACTICES, round(people * _PRACTICES / _PRACTICES_UP_TO))
    lsoa_locality = np.arange(lsoas) * 4 // lsoas
    practice_locality = np.arange(practices) * 4 // practices
    inside = lsoas * _POSTCODES_PER_LSOA
    outside = max(200, inside // 5)
    total = inside + outside
    lsoa = np.concatenate([np.arange(inside) // _POSTCODES_PER_LSOA, np.full(outside, -1)])
    return Place(
        locality_codes=np.array([f"L{n}" for n in range(1, 5)], dtype=object),
        lsoa_codes=np.array([f"E0199{n:04d}" for n in range(1, lsoas + 1)], dtype=object),
        lsoa_locality=lsoa_locality,
        lsoa_decile=_deciles(rng, lsoas),
        practice_codes=np.array([f"Z99{n:03d}" for n in range(1, practices + 1)], dtype=object),
        practice_names=_practice_names(rng, practices),
        practice_locality=practice_locality,
        postcodes=np.array(
            [_postcode(AREA, n, 90) for n in range(inside)]
            + [_postcode(ELSEWHERE_AREA, n, 200) for n in range(outside)],
            dtype=object,
        ),
        postcode_lsoa=lsoa,
        postcode_street=_streets(rng, total),
        postcode_town=_towns(rng, lsoa, lsoa_locality),
        postcode_block=_blocks(rng, total),
        postcode_first_number=(np.arange(total) % 4) * 40 + 1,
    )


def _postcode(area: str, number: int, per_sector: int) -> str:
    sector, unit = divmod(number, per_sector)
    district, digit = divmod(sector, 10)
    unit = unit * 7 % 400  # spread over the sector, so that neighbours are not one letter apart
    return f"{area}{district + 1} {digit}{_INWARD[unit // 20]}{_INWARD[unit % 20]}"


def _deciles(rng: np.random.Generator, lsoas: int) -> Numbers:
    """Deprivation that changes gradually over neighbours."""
    drawn = np.sort(pick(rng, np.array(_DECILE_WEIGHTS), lsoas)) + 1
    noisy = np.arange(lsoas) + bell(rng, 0, lsoas / 6, lsoas)
    order = np.argsort(noisy, kind="stable")
    folded = np.concatenate([order[::2], order[1::2][::-1]])
    deciles = np.empty(lsoas, dtype=np.int64)
    deciles[folded] = drawn
    return deciles


def _practice_names(rng: np.random.Generator, practices: int) -> Words:
    front, kinds = (
        words(places.STREET_FRONT),
        ("Surgery", "Medical Centre", "Health Centre", "Practice"),
    )
    chosen = front[rng.permutation(len(front))]
    return np.array(
        [
            f"{chosen[n % len(chosen)]} {kinds[(n + n // len(chosen)) % 4]}"
            for n in range(practices)
        ],
        dtype=object,
    )


def _streets(rng: np.random.Generator, postcodes: int) -> Words:
    """Four postcodes in a row share a street."""
    front, end = words(places.STREET_FRONT), words(places.STREET_END)
    streets = postcodes // 4 + 1
    names = (
        front[rng.integers(0, len(front), streets)] + " " + end[rng.integers(0, len(end), streets)]
    )
    return np.asarray(np.repeat(names, 4)[:postcodes], dtype=object)


def _towns(rng: np.random.Generator, lsoa: Numbers, lsoa_locality: Numbers) -> Words:
    own = np.array(places.TOWNS, dtype=object)
    towns = own[lsoa_locality[lsoa], lsoa % 3]
    away = np.array(places.ELSEWHERE, dtype=object)[
        rng.integers(0, len(places.ELSEWHERE), len(lsoa))
    ]
    return np.where(lsoa < 0, away, towns)


def _blocks(rng: np.random.Generator, postcodes: int) -> Words:
    names = words(places.BLOCK_NAMES)
    block = names[rng.integers(0, len(names), postcodes)] + " House"
    return np.where(rng.random(postcodes) < 0.14, block, "")
