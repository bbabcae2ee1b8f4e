"""Addresses as agencies write them."""

import numpy as np

from joinedup.pipeline.synthetic.population.dwellings import address_lines
from joinedup.pipeline.synthetic.randomness import Numbers, Words
from joinedup.pipeline.synthetic.records.clerk import EMPTY, Clerk, Sheet, choose, drawn_from, upper
from joinedup.pipeline.synthetic.records.slips import mistype, mistype_postcodes
from joinedup.pipeline.synthetic.vocabulary import places

_NO_FIXED_ADDRESS = ("NFA", "NFA", "No fixed abode", "NO FIXED ADDRESS")


def write_addresses(clerk: Clerk, sheet: Sheet) -> None:
    """Write the address, the postcode, the property's number and the address before."""
    people, who, rng = clerk.world.people, clerk.who, clerk.rng
    earlier = people.earlier_home[who]
    before = (clerk.updated < people.moved[who]) & (earlier >= 0)
    still = before & clerk.happens("still_earlier_address")
    home = np.where(still, earlier, people.home[who])
    address, postcode = _addresses(clerk, home)
    uprns = clerk.world.dwellings.uprn[home].tolist()
    uprn = choose(
        clerk.happens("uprn_present"), np.array([str(n) for n in uprns], dtype=object), EMPTY
    )
    mistype(rng, address, np.flatnonzero(clerk.happens("address_typed_wrong")))
    mistype_postcodes(rng, postcode, np.flatnonzero(clerk.happens("postcode_typed_wrong")))
    missing = clerk.happens("address_missing")
    none = people.no_address[who] & ~still
    nfa = drawn_from(rng, _NO_FIXED_ADDRESS, len(who))
    address = choose(none, nfa, choose(missing, EMPTY, address))
    gone = none | missing
    sheet["address"] = upper(address) if clerk.habits.capitals else address
    sheet["postcode"] = choose(gone, EMPTY, postcode)
    sheet["uprn"] = choose(gone, EMPTY, uprn)
    shown = (earlier >= 0) & ~still & clerk.happens("previous_address_present")
    old_address, old_postcode = _addresses(clerk, np.maximum(earlier, 0))
    sheet["previous_address"] = choose(shown, old_address, EMPTY)
    sheet["previous_postcode"] = choose(shown, old_postcode, EMPTY)


def _addresses(clerk: Clerk, homes: Numbers) -> tuple[Words, Words]:
    """Addresses and postcodes of dwellings in the agency's own manner."""
    place, dwellings = clerk.world.place, clerk.world.dwellings
    front, number, street = address_lines(place, dwellings, homes)
    at = dwellings.postcode[homes]
    _, _, after = clerk.habits.address.partition("{number}")
    gap, _, rest = after.partition("{street}")
    address = front + number + gap + street
    if "{town}" in rest:
        lead, _, county = rest.partition("{town}")
        address = address + lead + place.postcode_town[at]
        address = address + county.replace("{county}", places.COUNTY)
    postcode = place.postcodes[at]
    if not clerk.habits.postcode_spaced:
        postcode = np.array([text.replace(" ", "") for text in postcode.tolist()], dtype=object)
    for spot in np.flatnonzero(clerk.rng.random(len(homes)) < clerk.habits.line_breaks).tolist():
        address[spot] = address[spot].replace(", ", "\n", 1)
    return address.astype(object), postcode.astype(object)
