"""Propose who leads each item of an agenda; the chair changes any of it; say what an item asks for."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import transaction

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.support.handovers.operations.grounds import leave_a_line, must_work_at
from joinedup.support.panels.models import ItemNeed, Panel, PanelItem, ProposedLead
from joinedup.support.panels.operations.allocating import keep_how_many_can
from joinedup.support.panels.queries.kept_from import kept_from
from joinedup.support.panels.queries.leading import asked_of, workers
from joinedup.support.panels.queries.panel import standing
from joinedup.support.panels.queries.proposing import facts_of, items_to_lead
from joinedup.support.panels.rules.allocating import what_is_not_entered, why_cannot
from joinedup.support.panels.rules.proposal import ToLead, can_lead, propose

PROPOSING = Viewer.system("proposing who leads what stands on an agenda")


class CannotPropose(Exception):
    """Nobody can be proposed so; says why."""


@dataclass(frozen=True)
class Proposed:
    """What a proposal came to: how many have a lead, and what it costs beside a greedy one."""

    items: int
    led: int
    cost: int
    greedy: int


@dataclass(frozen=True)
class NeedSaid:
    """What is said of an item's needs."""

    competences: Collection[CompetenceCode]
    function: FunctionCode | None = None
    language: str = ""
    worker_sex: WorkerSex | None = None


def propose_leads(*, by: Viewer, panel_id: int, at: datetime.datetime) -> Proposed:
    """Propose who leads each item of the panel's agenda; what the chair chose stays as it is.

    How many could lead each is kept for the report of gaps. Raises CannotPropose.
    """
    panel = Panel.objects.get(pk=panel_id)
    _must_keep(by, panel, at)
    with transaction.atomic(), acting(PROPOSING):
        items = items_to_lead(panel)
        if not items:
            raise CannotPropose(
                "Nothing stands on an agenda or in the queue. Take somebody in first."
            )
        facts, every = facts_of(items, at)
        chosen = dict(
            ProposedLead.objects.filter(
                item__in=items, is_changed=True, post__isnull=False
            ).values_list("item_id", "post_id")
        )
        weights = {each.key: each.weight for each in facts}
        laden = [
            replace(w, weight=w.weight + sum(weights[k] for k, p in chosen.items() if p == w.post))
            for w in every
        ]
        open_ones = [_beside(each, chosen) for each in facts if each.key not in chosen]
        found = propose(open_ones, laden)
        agencies = {worker.post: worker.agency for worker in every}
        by_key = {item.pk: item for item in items}
        for each in facts:
            able = [worker for worker in every if can_lead(each, worker)]
            keep_how_many_can(by_key[each.key], able, at)
        for each in open_ones:
            post = found.best.leads[each.key]
            ProposedLead.objects.update_or_create(
                item_id=each.key,
                defaults={
                    "post_id": post, "agency_id": agencies[post] if post else each.only_of or None,
                    "why": found.why[each.key], "is_changed": False, "set_by_id": None, "set_at": at,
                },
            )  # fmt: skip
            leave_a_line(by, each.key, "proposed a lead", at)
    led = sum(post is not None for post in found.best.leads.values()) + len(chosen)
    return Proposed(len(items), led, found.best.cost, found.greedy.cost)


def choose_lead(
    *, by: Viewer, item_id: uuid.UUID, post_id: uuid.UUID, why: str, at: datetime.datetime
) -> ProposedLead:
    """Put another in the place of whom the product proposed; the agency's manager still decides.

    Refused for whoever cannot lead it at all (P28). Raises CannotPropose, NoPart.
    """
    must_work_at(by, item_id)
    if not why.strip():
        raise CannotPropose("Say why you choose somebody else.")
    with transaction.atomic(), acting(PROPOSING):
        item = PanelItem.objects.select_related("panel").get(pk=item_id)
        _must_keep(by, item.panel, at)
        asked = asked_of(item)
        functions = [asked.function] if asked.function else ()
        worker = next(iter(workers(at, posts=[post_id], functions=functions)), None)
        if worker is None:
            raise CannotPropose("Nobody who takes work on holds this post today.")
        wrong = why_cannot(asked, worker, kept_from=bool(kept_from(item, [post_id], at)))
        if wrong:
            raise CannotPropose(wrong)
        said = why.strip()
        missing = what_is_not_entered(asked, worker)
        made, _ = ProposedLead.objects.update_or_create(
            item=item,
            defaults={
                "post_id": post_id, "agency_id": worker.agency, "is_changed": True,
                "why": f"{said} {missing}" if missing else said, "set_by_id": by.post_id, "set_at": at,
            },
        )  # fmt: skip
        leave_a_line(by, item_id, "chose a lead", at)
    return made


def say_need(*, by: Viewer, item_id: uuid.UUID, said: NeedSaid, at: datetime.datetime) -> ItemNeed:
    """Say what an item asks of whoever leads it; what was proposed before no longer stands.

    Raises CannotPropose, NoPart.
    """
    must_work_at(by, item_id)
    with transaction.atomic(), acting(PROPOSING):
        item = PanelItem.objects.select_related("panel").get(pk=item_id)
        _must_keep(by, item.panel, at)
        if not said.competences and said.function is None:
            raise CannotPropose("Tick at least one thing that whoever leads must be able to do.")
        made, _ = ItemNeed.objects.update_or_create(
            item=item,
            defaults={
                "competences": sorted(said.competences), "function": said.function or "",
                "language": " ".join(said.language.split()).capitalize(),
                "worker_sex": said.worker_sex or "", "set_by_id": by.post_id, "set_at": at,
            },
        )  # fmt: skip
        ProposedLead.objects.filter(item=item, is_changed=False).delete()
        leave_a_line(by, item_id, "said what an item needs", at)
    return made


def _beside(each: ToLead, chosen: dict[uuid.UUID, uuid.UUID]) -> ToLead:
    """Whoever the chair chose for somebody kept apart from this one is kept from it."""
    taken = {chosen[other] for other in each.apart if other in chosen}
    if not taken:
        return each
    near = dict(each.near)
    for post in taken & set(near):
        near[post] = replace(near[post], kept_from=True)
    return replace(each, near=near)


def _must_keep(by: Viewer, panel: Panel, at: datetime.datetime) -> None:
    if not by.is_system and not standing(by, panel, day_of(at)).keeps:
        raise CannotPropose("Whoever chairs or coordinates this panel does that.")
