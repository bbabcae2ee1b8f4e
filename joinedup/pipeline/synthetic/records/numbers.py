"""NHS numbers, telephone numbers and e-mail addresses as agencies write them."""

import numpy as np

from joinedup.pipeline.synthetic.randomness import Words
from joinedup.pipeline.synthetic.records.clerk import EMPTY, Clerk, Sheet, choose, drawn_from
from joinedup.pipeline.synthetic.records.slips import exchange_digits

_UNVERIFIED = ("02", "02", "02", "03", "04")
_WITHOUT_NUMBER = ("03", "07", "04")
_RELATIVES_VERIFIED = 0.1
"""Of numbers taken from a relative, those marked as verified all the same."""
_UNUSED_AREA = "01632"
"""An area code that Ofcom gives to no place."""


def write_nhs_numbers(clerk: Clerk, sheet: Sheet) -> None:
    """Write NHS numbers with their status: absent, of a relative, or with digits exchanged."""
    people, who = clerk.world.people, clerk.who
    numbers = people.nhs[who].copy()
    other = np.flatnonzero(clerk.happens("nhs_of_family_member"))
    numbers[other] = people.nhs[clerk.family_members(who[other])]
    wrong = np.flatnonzero(clerk.happens("nhs_invalid"))
    for at in wrong.tolist():
        numbers[at] = exchange_digits(int(numbers[at]), at % 6)
    present = clerk.happens("nhs_present")
    verified = clerk.happens("nhs_verified")
    verified[wrong] = False
    verified[other] &= clerk.rng.random(len(other)) < _RELATIVES_VERIFIED
    texts = np.array([str(n) for n in numbers.tolist()], dtype=object)
    if clerk.habits.nhs_spaced:
        texts = np.array([f"{t[:3]} {t[3:6]} {t[6:]}" for t in texts.tolist()], dtype=object)
    sheet["nhs_number"] = choose(present, texts, EMPTY)
    unverified = drawn_from(clerk.rng, _UNVERIFIED, len(who))
    status = choose(verified, np.array(["01"], dtype=object), unverified)
    missing = drawn_from(clerk.rng, _WITHOUT_NUMBER, len(who))
    sheet["nhs_number_status"] = choose(present, status, missing)


def write_contacts(clerk: Clerk, sheet: Sheet) -> None:
    """Write telephone numbers, their own or a relative's, and e-mail addresses."""
    people, who = clerk.world.people, clerk.who
    lines = (people.home[who] * 37 + 11) % 10**6
    landline = np.array([f"{_UNUSED_AREA}{n:06d}" for n in lines.tolist()], dtype=object)
    own = choose(people.mobile[who] != "", people.mobile[who], landline)
    theirs = clerk.happens("phone_of_family_member")
    own = choose(theirs, people.mobile[clerk.family_members(who)], own)
    phone = choose(clerk.happens("phone_present"), own, EMPTY)
    sheet["phone"] = _phones(phone, clerk.habits.phone)
    sheet["email"] = choose(clerk.happens("email_present"), people.email[who], EMPTY)


def _phones(phones: Words, form: str) -> Words:
    if form == "spaced":
        return np.array([f"{p[:5]} {p[5:]}" if p else "" for p in phones.tolist()], dtype=object)
    if form == "international":
        return np.array(
            [f"+44 {p[1:5]} {p[5:]}" if p else "" for p in phones.tolist()], dtype=object
        )
    return phones
