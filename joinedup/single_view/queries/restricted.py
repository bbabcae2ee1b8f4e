"""What an agency keeps of a person from sight, as those of the agency who see the person read it (P13)."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, looking, people
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.queries.facts import identifiers_of


def restrictions_of(
    viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime
) -> list[Restriction]:
    """What the viewer's own agency keeps now, latest first; raises Person.DoesNotExist. Leaves a look."""
    with looking(viewer, at=at, subject_kind="restrictions", subject_id=str(person_id)) as about:
        people(viewer).get(pk=person_id)
        about["person_id"] = person_id
        found = Restriction.objects.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at),
            holder=viewer.agency, person__in=identifiers_of(person_id),
        )  # fmt: skip
        return list(
            found.select_related("set_by__user", "barred__user").order_by("-starts_at", "pk")
        )


def restriction_of(
    viewer: Viewer, restriction_id: uuid.UUID, *, at: datetime.datetime
) -> Restriction:
    """One that the viewer's agency set; raises Restriction.DoesNotExist, Person.DoesNotExist. Leaves a look."""
    with looking(
        viewer, at=at, subject_kind="restriction", subject_id=str(restriction_id)
    ) as about:
        found = Restriction.objects.select_related("set_by__user", "barred__user").get(
            pk=restriction_id, holder=viewer.agency
        )
        people(viewer).get(pk=found.person_id)
        about["person_id"] = found.person_id
        return found


def post_at(email: str, at: datetime.datetime) -> Post | None:
    """The post that somebody with that e-mail address holds today; about no person."""
    held = Post.objects.held_on(day_of(at)).filter(user__email__iexact=email.strip())
    return held.order_by("starts_on", "pk").first()
