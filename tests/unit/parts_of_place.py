"""A place whose parts overlap and change: what tests look at it by."""

import datetime

from joinedup.foundations.places.models import Area, AreaLsoa, Locality, Lsoa, Postcode

NORTH, SOUTH = "ZZ1 1AA", "ZZ2 2BB"
"""A postcode in each of the two localities."""


def two_localities(moved_on: datetime.date) -> None:
    """North and south; a ward has north's homes until that day, and south's from then on."""
    since = datetime.date(2026, 1, 1)
    ward = Area.objects.create(code="w1", name="Mill", kind="ward", starts_on=since)
    for code, postcode in (("north", NORTH), ("south", SOUTH)):
        locality = Locality.objects.create(code=code, name=code.title(), starts_on=since)
        lsoa = Lsoa.objects.create(
            code=f"E-{code}", name=code, locality=locality, population=1700, imd_decile=3,
            imd_release="2025",
        )  # fmt: skip
        Postcode.objects.create(postcode=postcode, lsoa=lsoa)
    for code, first, last in (("north", since, moved_on), ("south", moved_on, None)):
        AreaLsoa.objects.create(area=ward, lsoa_id=f"E-{code}", starts_on=first, ends_on=last)
