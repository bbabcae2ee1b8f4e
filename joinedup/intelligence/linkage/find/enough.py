"""Whether a question says enough for anybody to be shown, and how it was read (P3)."""

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.pipeline.standardise.dates import MONTHS

START = "Type a name with a date of birth or a postcode, or one number that is the person's own."
NHS_NUMBERS = "NHS numbers can be searched for by health and social care posts only."


def is_unique(asked: Asked) -> bool:
    """One number of the person's own was given."""
    return bool(asked.nhs or asked.numbers)


def what_is_needed(asked: Asked) -> str:
    """What must still be typed before anybody is shown, in a sentence; empty where it is enough.

    Two identifying elements of name, birth and home (P3). Part of a date of birth or of a postcode
    counts beside a given and a family name.
    """
    name, birth = bool(asked.names), asked.full_birth
    place = bool(asked.postcode or asked.home)
    if name + birth + place >= 2:
        return ""
    in_part = bool(asked.births or asked.part_of_postcode)
    if len(asked.names) >= 2 and in_part:
        return ""
    return _ask_for_more(asked, in_part=in_part)


def _ask_for_more(asked: Asked, *, in_part: bool) -> str:
    if asked.names and in_part:
        return "Add the other name, or the whole date of birth or postcode."
    if asked.names:
        return "Add a date of birth or a postcode: nobody is shown by a name alone."
    if asked.full_birth:
        return "Add a name or a postcode: nobody is shown by a date of birth alone."
    if asked.postcode or asked.home:
        return "Add a name or a date of birth: nobody is shown by an address alone."
    return "Add a name." if in_part else START


def how_it_was_read(asked: Asked) -> tuple[str, ...]:
    """What the box was taken to say, so that a slip is seen at once."""
    read = []
    if asked.names:
        read.append(f"name {' '.join(name.capitalize() for name in asked.names)}")
    if asked.births:
        read.append(f"born {' or '.join(_in_words(birth) for birth in asked.births)}")
    if asked.postcode or asked.part_of_postcode:
        read.append(f"postcode {asked.postcode or asked.part_of_postcode}")
    if asked.home:
        read.append(f"address {asked.home[0]} {asked.home[1].title()}")
    if asked.nhs:
        read.append(f"NHS number {asked.nhs[:3]} {asked.nhs[3:6]} {asked.nhs[6:]}")
    if asked.numbers and not asked.births:
        read.append(f"number {' or '.join(asked.numbers)}")
    return tuple(read) + asked.remarks


def _in_words(birth: Birth) -> str:
    month = MONTHS[birth.month - 1].capitalize() if birth.month else ""
    parts = (str(birth.day) if birth.day else "", month, str(birth.year) if birth.year else "")
    return " ".join(part for part in parts if part)
