"""What rooms copied out of a record goes where its source takes it back: names, and what was answered (P15).

What somebody typed is theirs and stays: it is no copy of the source's, though it says the same.
"""

import datetime
import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from joinedup.foundations.audit.operations.copies import recall_copies
from joinedup.foundations.audit.queries.copies import Copy, copies_about
from joinedup.foundations.core.wording import day
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models import SubjectAnswer
from joinedup.identity.sharing.operations.holdings import recall_holding
from joinedup.identity.sharing.queries.known import same_people
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
NO_HOLDING = "Something that we have taken back"
COPIED = (
    "panels_itemperson", "panels_approachperson", "panels_minutespage", "panels_itemleft",
    "cases_referredout", "handovers_handovermessage", "sharing_subjectanswer",
)  # fmt: skip


def forget_copied(taken: Sequence[TakenBack], at: datetime.datetime) -> Mapping[str, int]:
    """Take it out of items and approaches of panels, minutes, requests to services, and answers; count the rows."""
    counts = dict.fromkeys(COPIED, 0)
    with acting(FORGETTING):
        copied = _anywhere({person for each in taken for person in each.people})
        for each in taken:
            if copied.isdisjoint(each.people):
                continue
            _out_of_panels(each, counts)
            _out_of_minutes(each, counts)
            _out_of_requests(each, counts)
            _out_of_answers(each, counts)
    return counts


def _anywhere(people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of whom something was copied: of most that a retention takes back nothing ever was."""
    return {
        person
        for copies in (ItemPerson, ApproachPerson, ReferredOut, SubjectAnswer)
        for person in copies.objects.filter(person__in=people).values_list("person_id", flat=True)
        if person is not None
    }


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
    what = f"Record {taken.record_id}"
    counts["sharing_subjectanswer"] += _out_of_given(
        taken.agency, taken.people, NO_RECORD, lambda item: item["what"] == what
    )


def take_back_holding(
    *, by: Viewer, holding_id: uuid.UUID, at: datetime.datetime
) -> tuple[Copy, ...]:
    """Take back what the viewer's agency holds, from answers that it gave as well.

    Return the agency's own copies about the person that left, to be looked at by hand: what others took out
    could tell who works with them (P8). Raises as `recall_holding` does.
    """
    with transaction.atomic():
        with acting(FORGETTING):
            found = Holding.objects.get(pk=holding_id)
        recall_holding(by=by, holding_id=holding_id, at=at)
        what, when = f"{Category(found.category).label}: {found.headline}", day(found.starts_on)
        with acting(FORGETTING):
            people = same_people([found.person_id])[found.person_id]
            _out_of_given(
                found.holder_id, people, NO_HOLDING,
                lambda item: (item["what"], item["when"]) == (what, when),
            )  # fmt: skip
            copies = tuple(each for each in copies_about(people) if each.holder == by.agency)
            recall_copies(by=by.post_id, copies=copies, purpose=by.purpose, at=at)
    return copies


def _out_of_given(
    agency: str, people: Iterable[uuid.UUID], instead: str, is_it: Callable[[dict[str, str]], bool]
) -> int:
    changed = 0
    for answer in SubjectAnswer.objects.filter(person__in=people, part__agency=agency):
        groups = [
            {
                **group,
                "items": [
                    {**item, "what": instead, "words": ""} if is_it(item) else item
                    for item in group["items"]
                ],
            }
            for group in answer.said["groups"]
        ]
        if groups != answer.said["groups"]:
            answer.said = {**answer.said, "groups": groups}
            answer.save(update_fields=["said"])
            changed += 1
    return changed
