"""The facts about one person as one viewer meets them, and what is decided on them: the why of a page."""

import datetime
import uuid
from collections.abc import Callable

from django.db.models import Q

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.roles import role
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.choices import Category, Purpose, RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.policy import SILENT, SYSTEM, Decision, Facts, decide
from joinedup.identity.sharing.queries.known import ground, known_of, same_person
from joinedup.identity.sharing.rules.known import Known
from joinedup.identity.sharing.rules.sight import Ground

DECIDING = Viewer.system("deciding what a viewer sees and why")

Decisions = dict[tuple[str, Category], Decision]
"""By holder and category; every agency and every category is in it."""


def decisions(viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime) -> Decisions:
    """What this viewer sees of this person, of every holder and category, and because of which line."""
    with reading(DECIDING):
        land = ground(at)
        known = next(iter(known_of([person_id], at=at)), Known([]))
        barred = _barred(viewer.post_id, known, at)
    if viewer.is_system:
        return _each(land, lambda holder, category: SYSTEM)
    if viewer.own_access_id is not None:
        return _on_own_page(land, known, at)
    return _for_post(viewer, land, known, barred=barred, at=at)


def identifiers_of(person_id: uuid.UUID) -> list[uuid.UUID]:
    """Every identifier that stands for this person: rooms keep the one they were given."""
    return same_person(person_id)


def _for_post(
    viewer: Viewer, land: Ground, known: Known, *, barred: bool, at: datetime.datetime
) -> Decisions:
    if viewer.post_id is None or viewer.team_id is None:
        return _each(land, lambda holder, category: SILENT)
    works_for = role(viewer.role)
    purpose = Purpose(viewer.purpose) if viewer.purpose in works_for.purposes else None
    about = known.about(viewer.agency)
    reason = known.reason_of_post(viewer.agency, viewer.team_id, viewer.post_id)
    situations = {
        holder: land.situation(
            viewer.agency, holder, purpose or Purpose.OWN_WORK, about, reason, at=at
        )
        for holder in land.bodies
    }
    return _each(
        land,
        lambda holder, category: decide(
            situations[holder].about(
                category,
                purpose=purpose,
                held=purpose is not None or not works_for.purposes,
                role_carries=category.value in works_for.categories,
                barred=barred,
            )
        ),
    )


def _on_own_page(land: Ground, known: Known, at: datetime.datetime) -> Decisions:
    withheld = {holder: mask for holder in land.bodies for mask in [_kept_by(known, holder, at)]}
    return _each(
        land,
        lambda holder, category: decide(
            Facts(
                purpose=Purpose.OWN_WORK,
                category=category,
                recipient=AgencyKind.PARTNERSHIP,
                holder=land.bodies[holder].kind,
                themselves=True,
                withheld=bool(withheld[holder] & category.bit),
                name_reveals=land.bodies[holder].name_reveals,
            )
        ),
    )


def _kept_by(known: Known, holder: str, at: datetime.datetime) -> int:
    mask = 0
    for kept in known.kept:
        if kept.holder == holder and kept.span.holds(at):
            mask |= kept.categories
    return mask


def _each(land: Ground, decided: Callable[[str, Category], Decision]) -> Decisions:
    return {
        (holder, category): decided(holder, category)
        for holder in land.bodies
        for category in Category
    }


def is_barred(post_id: uuid.UUID | None, person_id: uuid.UUID, *, at: datetime.datetime) -> bool:
    """Whether a restriction keeps this post from this person, by whichever identifier it was set."""
    if post_id is None:
        return False
    with reading(DECIDING):
        known = next(iter(known_of([person_id], at=at)), Known([]))
        return _barred(post_id, known, at)


def _barred(post_id: uuid.UUID | None, known: Known, at: datetime.datetime) -> bool:
    if post_id is None:
        return False
    in_force = Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    kind = RestrictionKind.BARRED_POST.value
    return Restriction.objects.filter(
        in_force, kind=kind, barred_id=post_id, person_id__in=known.ids
    ).exists()
