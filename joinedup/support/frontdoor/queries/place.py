"""Which part of the place an address is in; about nobody."""

from joinedup.foundations.places.models import Postcode


def locality_of(postcode: str) -> str | None:
    """The code of the locality of a postcode; none where it is not one of the place's."""
    if not postcode:
        return None
    found = Postcode.objects.filter(pk=postcode).values_list("lsoa__locality", flat=True).first()
    return str(found) if found else None
