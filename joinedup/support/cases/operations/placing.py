"""Somebody of a case turned out to be two people: find what was written before, and place it entry by entry."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.intelligence.linkage.choices import SpineEventKind
from joinedup.intelligence.linkage.models import SpineEvent
from joinedup.support.cases.models import (
    Assessment,
    Case,
    CaseSplit,
    Finding,
    FindingLink,
    Goal,
    Lead,
    Measurement,
    Placing,
    PlanAction,
    StoryPin,
    of_its_people,
)
from joinedup.support.cases.operations.placed_answers import set_answers_aside
from joinedup.support.cases.queries.placed_kinds import BY_NAME, KINDS, Kind
from joinedup.support.cases.queries.placing import may_place
from joinedup.support.handovers.operations.grounds import locked, must_work_at
from joinedup.support.handovers.rules.roles import MANAGERS

PLACING = Viewer.system("placing what was written of somebody who turned out to be two")

Ids = frozenset[uuid.UUID]


class CannotPlace(Exception):
    """Why it cannot be placed so; fit for the page."""


def find_splits(*, at: datetime.datetime) -> int:
    """Mark what is to be placed in every case whose person the spine has parted; return how many cases.

    Until somebody decides everything stays where it was. The lead and the team's managers are told, once.
    """
    found = 0
    with transaction.atomic(), acting(PLACING):
        _forget_what_was_sealed()
        for event in _events():
            one, other = (_group(each) for each in (event.person_id, event.other_id))
            if not one & other:
                found += sum(_mark(case, event, one, other, at) for case in _cases(event, one | other))  # fmt: skip
    return found


def place(
    *, by: Viewer, case_id: uuid.UUID, decisions: Mapping[int, uuid.UUID], at: datetime.datetime
) -> int:
    """Say of each of these things to whom it belongs; return how many were placed.

    What belongs to the other person leaves the story: to an open case of the same agency about them,
    else it is kept apart until there is one. Nothing is copied. Raises CannotPlace, NoPart.
    """
    must_work_at(by, case_id)
    if not may_place(by, case_id):
        raise CannotPlace("Whoever leads the case, or a manager of their team, decides this.")
    with transaction.atomic(), acting(PLACING):
        locked(case_id)
        rows = Placing.objects.filter(pk__in=list(decisions), case=case_id)
        waiting = list(rows.select_for_update(of=("self",)).select_related("split", "case"))
        if len(waiting) != len(decisions) or any(row.decided_at for row in waiting):
            raise CannotPlace(
                "Somebody has placed some of these meanwhile. Look again at what waits."
            )
        for row in waiting:
            _place(by, row, decisions[row.pk], at)
        _part_what_hung_together(case_id)
        _settle(case_id, at)
    return len(waiting)


def _forget_what_was_sealed() -> None:
    """Where an identity is sealed the spine's event goes; what ties the two here goes with it (P2).

    But for what was decided to be the other's: it would come back into this story.
    """
    gone = CaseSplit.objects.exclude(event__in=SpineEvent.objects.values("pk"))
    gone = gone.exclude(placings__decided_at__isnull=False)
    keys = list(gone.values_list("pk", flat=True))
    Placing.objects.filter(split__in=keys).delete()
    CaseSplit.objects.filter(pk__in=keys).delete()


def _events() -> Iterable[SpineEvent]:
    """Every parting that touches a case's person by name or by merge, and is not marked in it yet.

    Each is looked at again until its cases are marked: partings are few.
    """
    known = CaseSplit.objects.values("event")
    splits = SpineEvent.objects.filter(kind=SpineEventKind.SPLIT, other__isnull=False)
    of_cases = MatterPerson.objects.filter(matter__case__isnull=False).values("person")
    about = Q(person__in=of_cases) | Q(other__in=of_cases)
    about |= Q(person__merged_from__in=of_cases) | Q(other__merged_from__in=of_cases)
    return splits.filter(about).exclude(pk__in=known).order_by("at", "pk").distinct()


def _group(person_id: uuid.UUID | None) -> Ids:
    return frozenset(identifiers_of(person_id)) if person_id else frozenset()


def _cases(event: SpineEvent, halves: Ids) -> list[Case]:
    found = Case.objects.filter(matter__persons__person__in=halves, opened_at__lte=event.at)
    return list(found.distinct().order_by("pk"))


def _mark(case: Case, event: SpineEvent, one: Ids, other: Ids, at: datetime.datetime) -> bool:
    """Whether the split was new to this case; with it what was written before it, of either half."""
    named = MatterPerson.objects.filter(matter=case.pk, person__in=one | other).order_by("pk")
    stays = named.values_list("person", flat=True)[0]
    goes = event.person_id if stays in other or event.other_id is None else event.other_id
    split, new = CaseSplit.objects.get_or_create(
        case=case, event=event.pk, defaults={"stays_id": stays, "goes_id": goes, "found_at": at}
    )
    if not new:
        return False
    rows = [
        Placing(case=case, split=split, kind=kind.name, row=kind.name_of(pk))
        for kind in KINDS
        for pk in kind.of_case(case.pk)
        .filter(**{f"{kind.person}__in": one | other, f"{kind.written}__lte": event.at})
        .values_list("pk", flat=True)
    ]
    Placing.objects.bulk_create(rows)
    if rows:
        _tell(case, at)
    else:
        CaseSplit.objects.filter(pk=split.pk).update(settled_at=at)
    return True


def _tell(case: Case, at: datetime.datetime) -> None:
    lead = Lead.objects.filter(case=case, ends_at__isnull=True).select_related("post").first()
    if lead is None:
        return
    managers = Post.objects.held_on(day_of(at)).filter(team=lead.post.team_id, role__in=MANAGERS)
    posts = {lead.post_id, *managers.values_list("pk", flat=True)}
    tell(
        by=None, posts=sorted(posts), kind=NoticeKind.STORY_TO_PLACE, at=at,
        link=f"/cases/{case.pk}/story/placing/",
    )  # fmt: skip


def _place(by: Viewer, row: Placing, belongs_to: uuid.UUID, at: datetime.datetime) -> None:
    split = row.split
    if belongs_to not in {split.stays_id, split.goes_id}:
        raise CannotPlace("It belongs to one of the two, or to neither: then correct it instead.")
    kind = BY_NAME[row.kind]
    moves = belongs_to == split.goes_id and not kind.stays
    new_case = _case_about(belongs_to, row.case) if moves else None
    changed = {kind.person: belongs_to, **({kind.matter: new_case} if new_case else {})}
    chain = _chain(kind, kind.key_of(row.row))
    kind.model._default_manager.filter(pk__in=chain).update(**changed)
    for placed in kind.rows([row.row]) if belongs_to == split.goes_id else ():
        if isinstance(placed, Assessment | Measurement):
            set_answers_aside(placed)
    for each in kind.goes:
        along = {each.person: belongs_to} if each.person else {}
        along |= {"case": new_case} if new_case else {}
        if along:
            each.model._default_manager.filter(**{f"{each.by}__in": chain}).update(**along)
    if belongs_to == split.goes_id:
        StoryPin.objects.filter(Q(entry__in=chain) | Q(contact__in=chain), case=row.case).delete()
    row.belongs_to_id, row.decided_by_id, row.decided_at = belongs_to, by.post_id, at
    row.save(update_fields=["belongs_to", "decided_by", "decided_at"])
    for person in (split.stays_id, split.goes_id):
        record_change(
            at=at, post_id=by.post_id, act="placed after a split", subject_kind="matter",
            subject_id=str(row.case_id), purpose=by.purpose, person_id=person, agency=by.agency,
            role=by.role, detail={"kind": row.kind, "is_theirs": person == belongs_to},
        )  # fmt: skip


def _part_what_hung_together(case_id: uuid.UUID) -> None:
    """An action no longer serves a goal of somebody else, and no need makes another person's worse."""
    with_goal = PlanAction.objects.filter(goal__isnull=False).filter(
        Q(case=case_id) | Q(goal__case=case_id)
    )
    for action in with_goal.select_related("goal"):
        if action.goal is not None and _where(action) != _where(action.goal):
            PlanAction.objects.filter(pk=action.pk).update(goal=None)
    links = FindingLink.objects.filter(Q(finding__case=case_id) | Q(affects__case=case_id))
    for link in links.select_related("finding", "affects"):
        if _where(link.finding) != _where(link.affects):
            link.delete()
        else:
            FindingLink.objects.filter(pk=link.pk).update(case=link.finding.case_id)
    of_another = Finding.objects.filter(assessment__case=case_id).exclude(case=case_id)
    of_another.update(assessment=None)


def _where(row: PlanAction | Finding | Goal) -> tuple[uuid.UUID, bool]:
    """Under which case it stands, and whether that is about whom it names."""
    here = type(row)._default_manager.filter(of_its_people(), pk=row.pk).exists()
    return row.case_id, here


def _chain(kind: Kind, row: Any) -> list[Any]:
    """The row, and whatever it stands instead of."""
    chain = [row]
    while kind.chain:
        earlier = kind.model._default_manager.filter(pk=chain[-1]).values_list(
            kind.chain, flat=True
        )
        before = earlier.first()
        if before is None:
            break
        chain.append(before)
    return chain


def _case_about(person_id: uuid.UUID, case: Case) -> uuid.UUID | None:
    """The open case of the same agency about the other person; to another agency nothing goes unasked."""
    found = Case.objects.open().filter(
        agency=case.agency_id, matter__persons__person__in=identifiers_of(person_id)
    )
    return found.exclude(pk=case.pk).order_by("-opened_at").values_list("pk", flat=True).first()


def _settle(case_id: uuid.UUID, at: datetime.datetime) -> None:
    open_ = CaseSplit.objects.filter(case=case_id, settled_at__isnull=True)
    open_.exclude(placings__decided_at__isnull=True).update(settled_at=at)
