"""Where in the place something is: the parts it can be looked at by on a day, and what lies in each. About nobody."""

import datetime

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from joinedup.foundations.places.choices import AreaKind
from joinedup.foundations.places.models import Area, AreaLsoa, Locality, Postcode

LOCALITY, AREA = "locality", "area"
ELSEWHERE = "elsewhere"
"""In no locality of the place, or nobody has said where."""


Choices = list[tuple[str, str]]
"""A field's choices: what stands in the address, and its words."""


def parts_to_choose(day: datetime.date) -> Choices:
    """Everywhere, the localities of that day, and by kind the areas that lie across them; in one statement."""
    there = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    text = CharField()
    localities = Locality.objects.filter(there).annotate(
        key=Concat(Value(f"{LOCALITY}:"), "code", output_field=text),
        of=Value(LOCALITY, output_field=text),
    )
    areas = Area.objects.filter(there).annotate(
        key=Concat(Value(f"{AREA}:"), "code", output_field=text), of=F("kind")
    )
    columns = ("of", "name", "key")
    rows = localities.values_list(*columns).union(areas.values_list(*columns)).order_by("name")
    kinds = [LOCALITY, *AreaKind]
    parts = sorted(rows, key=lambda row: kinds.index(row[0]))
    return [
        ("", "Everywhere"),
        *(
            (key, name if of == LOCALITY else f"{name} ({AreaKind(of).label})")
            for of, name, key in parts
        ),
        (ELSEWHERE, "Elsewhere, or not known"),
    ]


def postcodes_in(part: str, day: datetime.date) -> QuerySet[Postcode]:
    """The postcodes that lie in a part of the place on that day; `part` is one of `parts_to_choose`.

    Parts overlap, and a postcode lies in each of them. For ELSEWHERE: every postcode of the place's localities of
    that day, in which whatever is elsewhere is not.
    """
    kind, _, code = part.partition(":")
    if kind == AREA:
        lsoas = AreaLsoa.objects.on(day).filter(area=code)
        return Postcode.objects.filter(lsoa__in=lsoas.values("lsoa"))
    there = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    localities = Locality.objects.filter(there)
    if part != ELSEWHERE:
        localities = localities.filter(code=code if kind == LOCALITY else "")
    return Postcode.objects.filter(lsoa__locality__in=localities)
