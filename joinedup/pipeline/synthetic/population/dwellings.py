"""Dwellings: house numbers, flats, care homes and the hostel, at the postcodes of one block of the place."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.place import Place
from joinedup.pipeline.synthetic.population.households import Kind
from joinedup.pipeline.synthetic.randomness import Numbers, Words, words
from joinedup.pipeline.synthetic.vocabulary import places

_FIRST_UPRN = 999_900_000_000
"""Twelve digits that begin with 9999: no authority's range of property references begins so."""
_UPRNS_PER_BLOCK = 1_000_000


@dataclass(frozen=True)
class Dwellings:
    """Side by side: where each dwelling is and how its address begins."""

    postcode: Numbers
    """Positions in the place's postcodes."""
    flat: Words
    """Flat 3, or empty."""
    building: Words
    """A block's or a home's name, or empty."""
    number: Words
    uprn: Numbers

    def __len__(self) -> int:
        return len(self.postcode)


def make_dwellings(
    rng: np.random.Generator,
    place: Place,
    lsoas: Numbers,
    kinds: Numbers,
    *,
    block: int,
    spare: int,
    elsewhere: int,
) -> Dwellings:
    """A dwelling for each household kind, then spare ones in these LSOAs, then some elsewhere."""
    inside = place.postcodes_of(lsoas)
    count = len(kinds) + spare
    shuffled = rng.permutation(count)
    postcode = np.empty(count + elsewhere, dtype=np.int64)
    postcode[:count] = inside[shuffled % len(inside)]
    postcode[count:] = place.elsewhere[rng.integers(0, len(place.elsewhere), elsewhere)]
    rank = np.empty(count + elsewhere, dtype=np.int64)
    rank[:count] = shuffled // len(inside)
    rank[count:] = rng.integers(0, 400, elsewhere)
    block_name = place.postcode_block[postcode]
    in_flats = block_name != ""
    first = place.postcode_first_number[postcode]
    flat = np.where(in_flats, _numbered("Flat ", rank + 1), "")
    number = _numbered("", np.where(in_flats, first, first + rank))
    kind = np.concatenate([kinds, np.full(spare + elsewhere, Kind.ALONE)])
    homes, hostel = kind == Kind.CARE_HOME, kind == Kind.HOSTEL
    care_names = words(places.CARE_HOMES)[rng.integers(0, 10, len(kind))] + " Care Home"
    building = np.where(homes, care_names, np.where(hostel, "Bridge Foyer", block_name))
    return Dwellings(
        postcode=postcode,
        flat=np.where(homes | hostel, "", flat),
        building=building,
        number=number,
        uprn=_FIRST_UPRN + block * _UPRNS_PER_BLOCK + rng.permutation(count + elsewhere),
    )


def _numbered(before: str, numbers: Numbers) -> Words:
    texts = np.array([f"{before}{n}" for n in range(int(numbers.max(initial=0)) + 1)], dtype=object)
    return np.asarray(texts[numbers], dtype=object)


def address_lines(place: Place, dwellings: Dwellings, at: Numbers) -> tuple[Words, Words, Words]:
    """The parts of the addresses of these dwellings: flat and building with commas, number, street."""
    flat, building = dwellings.flat[at], dwellings.building[at]
    comma = np.array(["", ", "], dtype=object)
    front = flat + comma[(flat != "").astype(int)]
    front = front + building + comma[(building != "").astype(int)]
    return front, dwellings.number[at], place.postcode_street[dwellings.postcode[at]]
