"""Whom the demo's panels are about, and who acts for it."""

import datetime
import uuid

from django.db import connection

from joinedup.demo.personas import persona
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.models import ItemPerson

LOOKING = Viewer.system("choosing people for the demo’s panels")
_WHO = """
    SELECT r.person_id, r.given_name, r.family_name, r.born_on, r.address, r.postcode
    FROM people_record r JOIN people_person p ON p.id = r.person_id
    WHERE r.gone_on IS NULL AND p.died_on IS NULL AND p.merged_into_id IS NULL
      AND r.given_name <> '' AND r.agency_id = 'gp' AND r.born_on BETWEEN %s AND %s
      AND (%s = '' OR r.gp_practice = %s) AND (%s = '' OR upper(left(r.sex, 1)) = %s)
      AND r.person_id <> ALL (%s)
    ORDER BY md5(r.person_id::text || 'panels') LIMIT 1
"""


def somebody_in(
    ages: tuple[int, int], at: datetime.datetime, practice: str, sex: str
) -> tuple[uuid.UUID, str, str, datetime.date, str, str] | None:
    """Somebody of these ages whom no item is about yet: person, names, birth date, address, postcode."""
    first, last = (day_of(at).replace(day=1, year=at.year - age) for age in reversed(ages))
    with acting(LOOKING), connection.cursor() as cursor:
        taken = list(ItemPerson.objects.exclude(person=None).values_list("person_id", flat=True))
        cursor.execute(_WHO, [first, last, practice, practice, sex, sex, taken])
        return cursor.fetchone()


def post_of(code: str) -> Post:
    """The post of a made-up practitioner."""
    made_up = persona(code)
    if made_up is None:
        raise KeyError(code)
    return Post.objects.select_related("team__agency", "user").get(pk=made_up.post_id)


def viewer_of(code: str) -> Viewer:
    """Somebody made up, acting from their post."""
    return Viewer.of_post(post_of(code))
