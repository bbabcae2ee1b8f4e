"""What the room's page is drawn from: words, and the forms that are open to the viewer just now."""

import datetime
import functools
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.meetings.choices import Attendance, ItemState, Standing
from joinedup.support.panels.choices import Box, PanelItemState
from joinedup.support.panels.forms.room import ActionForm, BecauseForm, DecideForm, InterestForm
from joinedup.support.panels.operations.room import is_going_on
from joinedup.support.panels.presenters import room as words
from joinedup.support.panels.queries.register import workload_of_agencies
from joinedup.support.panels.queries.room import ItemShown, RoomShown, there_now


def page_context(
    request: HttpRequest, shown: RoomShown, at: datetime.datetime, bound: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything that the room's page and its parts show."""
    viewer = request.viewer  # type: ignore[attr-defined]
    item = shown.shown
    opens = forms_of(request, shown, {}) | dict(bound)
    context: dict[str, Any] = {
        "meeting": shown.room.meeting,
        "panel": shown.room.panel,
        "room": shown.room,
        "seats": words.seats(shown, viewer.post_id),
        "there": len(there_now(shown)),
        "lines": words.lines(shown),
        "moves": sum(each.moves for each in shown.seats),
        "lacks": shown.lacks,
        "looks_at": shown.looks_at,
        "shown": item,
        "goes_on": is_going_on(shown.room.meeting),
        "attendances": [
            (each.value, each.label) for each in Attendance if each is not Attendance.EXPECTED
        ],
        "forms": opens,
        # The error summary stands above the page.
        "form": next((each for each in bound.values()), None),
    }
    context["head_key"] = words.head_key(shown, context["seats"])
    context["agenda_key"] = words.agenda_key(context["lines"])
    if shown.looks_at is not None:
        context["line"] = next(each for each in context["lines"] if each.is_current)
        context["is_open"] = shown.looks_at.line.state == ItemState.OPEN
        context["is_waiting"] = shown.looks_at.line.state == ItemState.WAITING
    if item is not None:
        context |= {
            "about": words.about(item),
            "decisions": words.decisions(item.decisions),
            "interests": words.interests(item.interests),
            "leads": [each for each in context["seats"] if each.seat.post_id in item.leads],
            # Read only where the form is drawn: it asks for everyone's cases.
            "loads": functools.cache(lambda: _loads(request, item, at)),
            "forms_key": _key(item, opens),
        }
    return context


def forms_of(
    request: HttpRequest, shown: RoomShown, data: Mapping[str, Any]
) -> dict[str, forms.Form]:
    """The forms that the viewer may use at the item shown; `data` has what was typed in one of them."""
    viewer, line, item = request.viewer, shown.looks_at, shown.shown  # type: ignore[attr-defined]
    if line is None or not is_going_on(shown.room.meeting) or line.line.title or line.is_shut:
        return {}
    found: dict[str, forms.Form] = {}
    if not ItemState(line.line.state).is_over:
        posts = _who(shown, shown.seats, viewer.post_id)
        if posts:
            found["interest"] = InterestForm(posts, data.get("interest"), auto_id="interest_%s")
    if item is None or not shown.room.runs:
        return found
    barred = {each.post_id for each in item.interests}
    if item.is_open and item.item.state == PanelItemState.ON_AGENDA:
        found["decide"] = _decide_form(shown, item, data.get("decide"))
        if item.item.deferred_at is None:
            found["put_off"] = BecauseForm(
                "Why is it put off?", data.get("put_off"), auto_id="put_off_%s"
            )
    owners = [
        (each.post_id, f"{each.post.user.name}, {each.agency.name}")
        for each in shown.seats
        if each.post_id not in barred
    ]
    if item.line.state != ItemState.WAITING:
        found["action"] = ActionForm(owners, data.get("action"), auto_id="action_%s")
    return found


def _who(shown: RoomShown, seats: Any, own: uuid.UUID | None) -> list[tuple[uuid.UUID, str]]:
    """Whose interest the viewer may declare: one's own, and whoever runs it everybody's."""
    barred = {each.post_id for each in shown.shown.interests} if shown.shown else set()
    return [
        (each.post_id, f"{each.post.user.name}, {each.agency.name}")
        for each in seats
        if each.post_id not in barred and (shown.room.runs or each.post_id == own)
    ]


def _decide_form(shown: RoomShown, item: ItemShown, data: Any) -> DecideForm:
    barred = {each.post_id for each in item.interests}
    there: dict[str, tuple[str, uuid.UUID]] = {}
    for seat in [each for each in there_now(shown) if each.post_id not in barred]:
        if seat.agency_id not in there or seat.standing == Standing.CHAIR:
            there[seat.agency_id] = (seat.agency.name, seat.post_id)
    own_words = "".join(each.words for each in item.boxes if each.box is Box.OWN_WORDS)
    sits = {
        each.agency_id: each.agency.name for each in shown.seats if Standing(each.standing).counts
    }
    return DecideForm(
        item.may_decide, lead_agencies(shown.seats), there, list(sits.items()), data, auto_id="decide_%s",
        asks_for_words=not own_words.strip(),
    )  # fmt: skip


def lead_agencies(seats: Any) -> list[tuple[str, str]]:
    """Agencies that can be named as lead: those that work with people, first those at the table."""
    at_it = {each.agency_id for each in seats}
    found = Agency.objects.filter(is_provider=True).order_by("name").values_list("code", "name")
    return sorted(found, key=lambda each: (each[0] not in at_it, each[1]))


def _loads(request: HttpRequest, item: ItemShown, at: datetime.datetime) -> list[Any]:
    """Everyone's workload, where the lead is to be chosen."""
    if not item.is_open or item.item.state != PanelItemState.ON_AGENDA:
        return []
    return workload_of_agencies(request.viewer, item.item.pk, at)  # type: ignore[attr-defined]


def _key(item: ItemShown, opens: Mapping[str, Any]) -> str:
    """Another word whenever other forms are open: then they are drawn anew, and else left to who types."""
    there = sorted(opens["decide"].there) if "decide" in opens else []
    barred = sorted(str(each.post_id) for each in item.interests)
    parts = [item.line.state, str(len(item.decisions)), *sorted(opens), *there, *barred]
    if "decide" in opens:
        parts.append(str("without_words_because" in opens["decide"].fields))
    return "|".join(parts)
