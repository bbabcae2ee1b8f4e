"""The questions of one matter: what was answered, what may be asked today, and what is known already."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models.team import TeamArea
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import Matter, MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.questions.models import SetVersion
from joinedup.support.questions.queries.answers import AnsweredSet, sets_answered, spared
from joinedup.support.questions.queries.asking import version_for
from joinedup.support.questions.queries.known import known_answers, known_in_matter
from joinedup.support.questions.queries.sets import sets_to_ask
from joinedup.support.questions.rules.asked import AskedVersion
from joinedup.support.questions.rules.known import Known

ASKED_AT_THE_DOOR = frozenset({"front-door", "front-door-public"})
"""What the way in asks; it is not asked a second time of a matter that came in."""

OF_AN_ASSESSMENT = "assessment-"
"""Sets that begin so are the sections of an assessment: asked there, where they are signed."""


@dataclass(frozen=True)
class MatterQuestions:
    """What a matter's page of questions shows."""

    matter_id: uuid.UUID
    answered: tuple[AnsweredSet, ...]
    to_ask: tuple[SetVersion, ...]

    @property
    def spared(self) -> int:
        """How many questions were not asked again."""
        return sum(spared(each.answers) for each in self.answered)


@dataclass(frozen=True)
class ToAsk:
    """A set about to be asked in a matter, with what is known."""

    matter_id: uuid.UUID
    version: AskedVersion
    known: dict[str, Known]
    people: tuple[uuid.UUID, ...] = ()
    """Whom the matter is about."""


def of_matter(viewer: Viewer, matter_id: uuid.UUID, *, at: datetime.datetime) -> MatterQuestions:
    """What was answered in a matter and what may be asked; raises Matter.DoesNotExist without work in it."""
    with looking(viewer, at=at, subject_kind="matter", subject_id=str(matter_id)):
        _must_work(viewer, matter_id)
        told_of(matters=[matter_id])
        answered = tuple(sets_answered(viewer, matter_id))
        place = locality_of(viewer, day_of(at))
        to_ask = (
            each for each in sets_to_ask(day_of(at), place)
            if _is_asked_here(each.question_set_id)
        )  # fmt: skip
        return MatterQuestions(matter_id, answered, tuple(to_ask))


def to_ask(
    viewer: Viewer, matter_id: uuid.UUID, set_code: str, *, at: datetime.datetime
) -> ToAsk | None:
    """A set as it is asked in a matter today, or None where it is not; raises Matter.DoesNotExist."""
    with looking(viewer, at=at, subject_kind="matter", subject_id=str(matter_id)):
        _must_work(viewer, matter_id)
        told_of(matters=[matter_id])
        today = day_of(at)
        version = version_for(set_code, today, locality_of(viewer, today))
        if version is None or not _is_asked_here(set_code):
            return None
        people = _people(matter_id)
        if len(people) == 1:
            known = known_answers(viewer, people[0], version, at)
        else:
            known = known_in_matter(matter_id, version, at)
        return ToAsk(matter_id, version, known, tuple(people))


def _is_asked_here(set_code: str) -> bool:
    return set_code not in ASKED_AT_THE_DOOR and not set_code.startswith(OF_AN_ASSESSMENT)


def locality_of(viewer: Viewer, today: datetime.date) -> str | None:
    """The one locality that the viewer's team serves; none where it serves several or the whole."""
    if viewer.team_id is None:
        return None
    served = TeamArea.objects.filter(team=viewer.team_id).on(today)
    places = {area.locality_id for area in served}
    return places.pop() if len(places) == 1 else None


def _must_work(viewer: Viewer, matter_id: uuid.UUID) -> None:
    if part_of(viewer, matter_id) is not PartLevel.WORK:
        raise Matter.DoesNotExist


def _people(matter_id: uuid.UUID) -> list[uuid.UUID]:
    """Whom the matter is about, each by one of their identifiers."""
    found: list[uuid.UUID] = []
    seen: set[uuid.UUID] = set()
    about = MatterPerson.objects.filter(matter_id=matter_id).order_by("pk")
    for person_id in about.values_list("person_id", flat=True):
        if person_id not in seen:
            found.append(person_id)
            seen.update(identifiers_of(person_id))
    return found
