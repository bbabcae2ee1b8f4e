"""What a controller holds about somebody who asked, thing by thing in plain words: what is read and released."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.core import wording
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, ConsentState, LeftOutBecause, Purpose
from joinedup.identity.sharing.models import Consent, Involvement, SubjectPart, SubjectRedaction
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.plan import ActionState, GoalOutcome
from joinedup.support.cases.choices.story import Topic
from joinedup.support.cases.models import Case, Finding, Goal, OwnWords, PlanAction, StoryEntry
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact

GATHERING = Viewer.system("preparing what a controller holds on somebody who asked")


@dataclass(frozen=True)
class Item:
    """One thing that is held: what it is called, when it was, what it says, and what its author marked."""

    key: str
    when: str
    what: str
    words: str = ""
    ground: LeftOutBecause | None = None
    """Why whoever wrote it kept it from the person's own page."""
    because: str = ""


@dataclass(frozen=True)
class Group:
    """What is held of one sort, under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Marked:
    """A thing that is held, and what was decided about giving it."""

    item: Item
    redaction: SubjectRedaction | None = None

    @property
    def waits(self) -> bool:
        """Whether its author marked it and nobody of the controller has decided yet."""
        return self.redaction is not None and self.redaction.is_proposed

    @property
    def words_given(self) -> tuple[str, str] | None:
        """What it is and says to whoever asked; nothing where all of it is left out."""
        if self.redaction is None:
            return self.item.what, self.item.words
        return (self.redaction.instead, "") if self.redaction.instead else None


def held_of(part: SubjectPart) -> list[Group]:
    """Everything that this controller holds, group by group; gathered as the system.

    Only for whoever the part was shown to: `one_part` is asked first.
    """
    ids = identifiers_of(part.person_id)
    with acting(GATHERING):
        groups = [
            Group("Who you are, as it is written down", tuple(_records(part.agency_id, ids))),
            Group("What is held about you", tuple(_held(part.agency_id, ids))),
            Group("Who has worked with you, and why", tuple(_involved(part.agency_id, ids))),
            Group("What you said about sharing", tuple(_said(part.agency_id, ids))),
            *(
                Group(heading, tuple(items))
                for case in _cases(part.agency_id, ids)
                for heading, items in _of_case(case, ids)
            ),
        ]
    return [group for group in groups if group.items]


def marked(
    groups: Iterable[Group], redactions: Iterable[SubjectRedaction]
) -> list[tuple[str, list[Marked]]]:
    """The groups with what was decided beside each thing."""
    by_item = {each.item: each for each in redactions}
    return [
        (group.heading, [Marked(item, by_item.get(item.key)) for item in group.items])
        for group in groups
    ]


def _records(agency: str, ids: list[uuid.UUID]) -> Iterable[Item]:
    for row in Record.objects.filter(agency=agency, person__in=ids).order_by("received_on", "pk"):
        lines = (
            ("Name", " ".join(filter(None, (row.given_name, row.middle_names, row.family_name)))),
            ("Name before", row.previous_family_name), ("Known as", row.known_as),
            ("Born", wording.day(row.born_on) if row.born_on else ""), ("NHS number", row.nhs_number),
            ("Address", " ".join(filter(None, (row.address, row.postcode)))),
            ("Address before", " ".join(filter(None, (row.previous_address, row.previous_postcode)))),
            ("Telephone", row.phone), ("E-mail", row.email), ("GP practice", row.gp_practice),
        )  # fmt: skip
        said = ". ".join(f"{name}: {text}" for name, text in lines if text)
        yield Item(f"record:{row.pk}", _day(row.received_on), f"Record {row.record_id}", said)


def _held(agency: str, ids: list[uuid.UUID]) -> Iterable[Item]:
    rows = Holding.objects.filter(holder=agency, person__in=ids).select_related("summary", "detail")
    for row in rows.order_by("starts_on", "pk"):
        said = (
            row.summary.summary if hasattr(row, "summary") else "",
            row.detail.detail if hasattr(row, "detail") else "",
        )
        label = Category(row.category).label
        yield Item(
            f"held:{row.pk}", _day(row.starts_on), f"{label}: {row.headline}", " ".join(filter(None, said))
        )  # fmt: skip


def _involved(agency: str, ids: list[uuid.UUID]) -> Iterable[Item]:
    rows = Involvement.objects.filter(agency=agency, person__in=ids).select_related("team")
    for row in rows.order_by("starts_at", "pk"):
        until = f" until {wording.day(row.ends_at)}" if row.ends_at else ""
        yield Item(
            f"involved:{row.pk}", _day(row.starts_at), f"{row.team.name}{until}", row.because
        )


def _said(agency: str, ids: list[uuid.UUID]) -> Iterable[Item]:
    rows = Consent.objects.filter(agency=agency, person__in=ids)
    for row in rows.select_related("holder", "recipient").order_by("said_at", "pk"):
        answer = "Yes" if row.state == ConsentState.GIVEN else "No"
        holder = row.holder.name if row.holder else "any agency"
        to = row.recipient.name if row.recipient else "the others"
        back = f" Taken back on {wording.day(row.withdrawn_at)}." if row.withdrawn_at else ""
        yield Item(
            f"said:{row.pk}", _day(row.said_at), f"{answer}: {holder} may tell {to}",
            f"{Purpose(row.purpose).label}.{back}",
        )  # fmt: skip


def _cases(agency: str, ids: list[uuid.UUID]) -> list[Case]:
    found = Case.objects.filter(agency=agency, matter__persons__person__in=ids).distinct()
    return list(found.order_by("opened_at"))


def _of_case(case: Case, ids: list[uuid.UUID]) -> Iterable[tuple[str, list[Item]]]:
    of = f"in the case of {wording.day(case.opened_at)}"
    theirs = {"case": case, "person__in": ids}
    yield f"What happened, {of}", [
        Item(
            f"entry:{row.pk}", _day(row.starts_on), f"{Topic(row.topic).label}: {row.what}",
            " ".join(filter(None, (row.words, row.meant))), _ground(row.hidden), row.hidden_because,
        )
        for row in StoryEntry.objects.filter(**theirs).order_by("starts_on", "pk")
    ]  # fmt: skip
    yield f"When you were in contact, {of}", [
        Item(
            f"contact:{row.pk}", _day(row.at), How(row.how).label,
            " ".join(filter(None, (row.words, row.their_words))),
        )
        for row in Contact.objects.filter(matter=case.pk, person__in=ids).order_by("at", "pk")
    ]  # fmt: skip
    yield (
        f"What was found, {of}",
        [
            Item(f"finding:{row.pk}", _day(row.recorded_at), row.words)
            for row in Finding.objects.filter(**theirs).order_by("recorded_at", "pk")
        ],
    )
    yield f"What you want, {of}", [
        Item(
            f"goal:{row.pk}", _day(row.set_on), row.words,
            f"{GoalOutcome(row.outcome).label}. {row.outcome_words}" if row.outcome else "",
            _ground(row.hidden_from_person), _BY_ITS_AUTHOR,
        )
        for row in Goal.objects.filter(**theirs).order_by("set_on", "pk")
    ]  # fmt: skip
    yield f"What was promised, {of}", [
        Item(
            f"action:{row.pk}", _day(row.recorded_at), row.words,
            " ".join(filter(None, (ActionState(row.state).label, row.became))),
            _ground(row.hidden_from_person), _BY_ITS_AUTHOR,
        )
        for row in PlanAction.objects.filter(**theirs).order_by("recorded_at", "pk")
    ]  # fmt: skip
    yield f"What you wrote yourself, {of}", [
        Item(
            f"own:{row.pk}", _day(row.at), row.words, f"The answer: {row.answer}" if row.answer else ""
        )
        for row in OwnWords.objects.filter(**theirs).order_by("at", "pk")
    ]  # fmt: skip


_BY_ITS_AUTHOR = "Kept from the person by whoever wrote it."


def _ground(hidden: str) -> LeftOutBecause | None:
    return LeftOutBecause(hidden) if hidden else None


def _day(when: datetime.date | datetime.datetime | None) -> str:
    return wording.day(when) if when else ""
