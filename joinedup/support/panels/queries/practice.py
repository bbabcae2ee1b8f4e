"""Whom a practice nominates from, who holds which care role, how far each practice has got."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass

from joinedup.foundations.places.models import Practice
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.intelligence.linkage.queries.find import find_people
from joinedup.intelligence.linkage.queries.find_shown import Answer
from joinedup.support.panels.choices import (
    CareRoleKind,
    DecisionKind,
    PanelTemplate,
    RolloutStage,
)
from joinedup.support.panels.models import (
    CareRole,
    Decision,
    Panel,
    PanelItem,
    PanelMeeting,
    Rollout,
)


@dataclass(frozen=True)
class PatientsFound:
    """What a search among the practice's patients brought."""

    answers: tuple[Answer, ...]
    needed: str
    elsewhere: int
    """How many fit and are no patients of this practice."""


def find_patients(
    viewer: Viewer, panel: Panel, text: str, *, at: datetime.datetime
) -> PatientsFound:
    """Patients of the practice whom a line of text may mean: found as anybody is found (P3).

    Raises NotPermitted.
    """
    found = find_people(viewer, text, at=at)
    with acting(viewer):
        ours = [
            each
            for each in found.answers
            if Record.objects.filter(
                person__in=identifiers_of(each.person), gp_practice=panel.practice_id, gone_on=None
            ).exists()
        ]
    return PatientsFound(tuple(ours), found.needed, len(found.answers) - len(ours))


@dataclass(frozen=True)
class RoleHeld:
    """A care role as it is held now."""

    pk: int
    item: str
    item_id: uuid.UUID
    about: str
    kind: CareRoleKind
    who: str
    agency: str
    since: datetime.datetime
    is_mine: bool


def roles_held(viewer: Viewer, panel: Panel) -> list[RoleHeld]:
    """The care roles of a practice's patients that the viewer works at, by patient."""
    with acting(viewer):
        found = CareRole.objects.filter(item__panel=panel, ends_at__isnull=True)
        rows = (
            found.select_related("item", "post__user", "post__team__agency")
            .prefetch_related("item__people")
            .order_by("item__reference", "kind", "pk")
        )
        told_of(matters=[each.item_id for each in rows])
        return [
            RoleHeld(
                each.pk, each.item.reference, each.item_id,
                ", ".join(who.name for who in each.item.people.all()), CareRoleKind(each.kind),
                each.post.user.name, each.post.team.agency.name, each.starts_at,
                each.post_id == viewer.post_id,
            )
            for each in rows
        ]  # fmt: skip


@dataclass(frozen=True)
class RolesOwed:
    """A patient whose care the meeting agreed to coordinate, with a role still to be named."""

    item_id: uuid.UUID
    about: str
    missing: tuple[CareRoleKind, ...]


def roles_owed(viewer: Viewer, panel: Panel) -> list[RolesOwed]:
    """Patients whom the meeting agreed to coordinate, where one of the two roles is still nobody's (P31)."""
    with acting(viewer):
        agreed = Decision.objects.in_force().filter(
            item__panel=panel, kind=DecisionKind.COORDINATE, corrected_by__isnull=True
        )
        items = PanelItem.objects.filter(
            pk__in=agreed.values("item"), matter__closed_at__isnull=True
        )
        found = []
        for each in items.prefetch_related("people", "care_roles").order_by("decided_at", "pk"):
            told_of(matters=[each.pk])
            held = {role.kind for role in each.care_roles.all() if role.ends_at is None}
            missing = tuple(kind for kind in CareRoleKind if kind not in held)
            if missing:
                about = ", ".join(who.name for who in each.people.all())
                found.append(RolesOwed(each.pk, about, missing))
        return found


@dataclass(frozen=True)
class PracticeStands:
    """How far one practice has got."""

    practice: Practice
    stage: RolloutStage
    since: datetime.date | None
    words: str
    panel: Panel | None
    meetings: int


def rollout(today: datetime.date) -> list[PracticeStands]:
    """Every practice with the stage it stands at, and how often its team has met. About no person."""
    said: dict[str, Rollout] = {}
    for each in Rollout.objects.filter(on__lte=today).order_by("on", "pk"):
        said[each.practice_id] = each
    panels = {
        each.practice_id: each
        for each in Panel.objects.filter(template=PanelTemplate.CARE_TEAM).order_by("starts_on")
    }
    ended = PanelMeeting.objects.filter(meeting__state="ended").values_list(
        "panel__practice", flat=True
    )
    met = Counter(ended)
    return [
        PracticeStands(
            each, RolloutStage(said[each.pk].stage) if each.pk in said else RolloutStage.NOT_BEGUN,
            said[each.pk].on if each.pk in said else None,
            said[each.pk].words if each.pk in said else "", panels.get(each.pk), met[each.pk],
        )
        for each in Practice.objects.select_related("locality").order_by("locality__name", "name")
    ]  # fmt: skip
