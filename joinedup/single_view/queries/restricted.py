"""What an agency keeps of a person from sight, and what it holds itself, for those of it who see the person (P13)."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, looking, people
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.names import names_of_people


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


def holding_of(viewer: Viewer, holding_id: uuid.UUID, *, at: datetime.datetime) -> Holding:
    """Something the viewer's own agency holds and the viewer sees; raises Holding.DoesNotExist. Leaves a look."""
    with looking(viewer, at=at, subject_kind="holding", subject_id=str(holding_id)) as about:
        found = Holding.objects.get(pk=holding_id, holder=viewer.agency)
        about["person_id"], about["categories"] = found.person_id, (found.category,)
        return found


def name_of(viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime) -> str:
    """What the viewer knows somebody as; raises Person.DoesNotExist. Leaves a look."""
    with looking(viewer, at=at, subject_kind="person", subject_id=str(person_id)) as about:
        people(viewer).get(pk=person_id)
        about["person_id"] = person_id
        return names_of_people({person_id}).get(person_id, "")
