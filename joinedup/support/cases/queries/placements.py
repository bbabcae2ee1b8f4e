"""Sites with their places and how many are free; stays of a case."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.support.cases.models import BedPlaces, BedSite, Placement, of_its_people

COUNTING = Viewer.system("counting free places in community beds")


@dataclass(frozen=True)
class SiteNow:
    """A site, how many places it has today and how many are free."""

    site: BedSite
    places: int
    taken: int

    @property
    def free(self) -> int:
        """How many are free."""
        return max(0, self.places - self.taken)


def sites(at: datetime.datetime) -> list[SiteNow]:
    """Every site with its places of that day; who stays there is not told."""
    with acting(COUNTING):
        found = list(
            BedSite.objects.select_related("agency")
            .annotate(taken=Count("placements", filter=Q(placements__ends_on__isnull=True)))
            .order_by("name", "pk")
        )
        places = dict(BedPlaces.objects.on(day_of(at)).values_list("site_id", "places"))
    return [SiteNow(each, places.get(each.pk, 0), each.taken) for each in found]


def stays_of(viewer: Viewer, matter_id: uuid.UUID) -> list[Placement]:
    """The stays of the people of a case, the running ones first."""
    with reading(viewer):
        found = Placement.objects.filter(of_its_people(), case=matter_id).select_related(
            "site__agency"
        )
        return sorted(found, key=lambda each: (each.ends_on is not None, each.starts_on))
