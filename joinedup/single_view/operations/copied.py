"""What rooms copied out of a record goes where its source takes it back: names, and what was answered (P15).

What somebody typed is theirs and stays: it is no copy of the source's, though it says the same.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import SubjectAnswer
from joinedup.intelligence.linkage.operations.taken_back import TakenBack
from joinedup.support.cases.models import ReferredOut
from joinedup.support.frontdoor.models import Subject
from joinedup.support.handovers.models import HandoverMessage
from joinedup.support.panels.models import (
    ApproachPerson,
    ItemLeft,
    ItemPerson,
    MinutesPage,
    PanelItem,
)

FORGETTING = Viewer.system("taking out of copies what its source recalled")
NO_NAME = "Name taken back"
NO_RECORD = "A record that its source has taken back"
COPIED = (
    "panels_itemperson", "panels_approachperson", "panels_minutespage", "panels_itemleft",
    "cases_referredout", "handovers_handovermessage", "sharing_subjectanswer",
)  # fmt: skip


def forget_copied(taken: Sequence[TakenBack], at: datetime.datetime) -> Mapping[str, int]:
    """Take it out of items and approaches of panels, minutes, requests to services, and answers; count the rows."""
    counts = dict.fromkeys(COPIED, 0)
    with acting(FORGETTING):
        for each in taken:
            _out_of_panels(each, counts)
            _out_of_minutes(each, counts)
            _out_of_requests(each, counts)
            _out_of_answers(each, counts)
    return counts


def _out_of_panels(taken: TakenBack, counts: dict[str, int]) -> None:
    for person in ItemPerson.objects.filter(person__in=taken.people).select_related("item"):
        if _is_copy(person.name, person.item, taken):
            _unname(person)
            counts["panels_itemperson"] += 1
    met = ApproachPerson.objects.filter(person__in=taken.people).select_related("approach__item")
    for each in met:
        if _is_copy(each.name, each.approach.item, taken):
            _unname(each)
            counts["panels_approachperson"] += 1


def _out_of_minutes(taken: TakenBack, counts: dict[str, int]) -> None:
    of_theirs = ItemPerson.objects.filter(person__in=taken.people).values("item")
    for page in MinutesPage.objects.filter(item__in=of_theirs).select_related("item"):
        names = taken.names - _typed(page.item)
        said = {**page.said, **{key: _without(page.said.get(key), names) for key in _WHO}}
        if said != page.said:
            page.said = said
            page.save(update_fields=["said"])
            counts["panels_minutespage"] += 1
    for left in ItemLeft.objects.filter(item__in=of_theirs).select_related("item"):
        names = _without(left.names, taken.names - _typed(left.item))
        if names != left.names:
            left.names = names
            left.save(update_fields=["names"])
            counts["panels_itemleft"] += 1


_WHO = ("names", "people")
"""Where minutes say who an item was about; all else of them is somebody's words."""


def _is_copy(name: str, item: PanelItem, taken: TakenBack) -> bool:
    return name.casefold() in taken.names - _typed(item)


def _typed(item: PanelItem) -> frozenset[str]:
    """The names that a referrer typed."""
    typed = Subject.objects.filter(matter=item.referral_id) if item.referral_id else ()
    return frozenset(f"{each.given_name} {each.family_name}".strip().casefold() for each in typed)


def _unname(person: ItemPerson | ApproachPerson) -> None:
    person.name, person.born_on, person.age = NO_NAME, None, None
    person.save(update_fields=["name", "born_on", "age"])


def _without(said: Any, names: Iterable[str]) -> Any:
    """A sentence, or several, without these names and the birth date that follows one."""
    if isinstance(said, list):
        return [_without(each, names) for each in said]
    for name in names:
        said = re.sub(
            rf"\b{re.escape(name)}\b(, born [^,]+)?", NO_NAME, said or "", flags=re.IGNORECASE
        )
    return said


def _out_of_requests(taken: TakenBack, counts: dict[str, int]) -> None:
    """A request to a service begins with whom it is about; the words after that are the sender's."""
    for request in ReferredOut.objects.filter(person__in=taken.people):
        name, colon, words = request.words.partition(": ")
        if not colon or name.casefold() not in taken.names:
            continue
        was, request.words = request.words, f"{NO_NAME}: {words}"
        request.save(update_fields=["words"])
        counts["cases_referredout"] += 1
        counts["handovers_handovermessage"] += HandoverMessage.objects.filter(
            handover=request.handover_id, words=was
        ).update(words=request.words)


def _out_of_answers(taken: TakenBack, counts: dict[str, int]) -> None:
    """What this agency gave whoever asked for everything it holds; what another gave is that one's."""
    mine = SubjectAnswer.objects.filter(person__in=taken.people, part__agency=taken.agency)
    for answer in mine:
        said = {**answer.said, "groups": [_group(each, taken) for each in answer.said["groups"]]}
        if said != answer.said:
            answer.said = said
            answer.save(update_fields=["said"])
            counts["sharing_subjectanswer"] += 1


def _group(group: dict[str, Any], taken: TakenBack) -> dict[str, Any]:
    what = f"Record {taken.record_id}"
    return {
        **group,
        "items": [
            {**each, "what": NO_RECORD, "words": ""} if each["what"] == what else each
            for each in group["items"]
        ],
    }
