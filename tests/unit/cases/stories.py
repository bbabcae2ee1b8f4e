"""A case with a story, for tests: who leads it, what is written, what agencies hold."""

import datetime
import uuid
from typing import Any

from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding, HoldingSummary
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import Programme, Topic
from joinedup.support.cases.models import Case, StoryEntry
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.story import EntrySaid, write_entry
from joinedup.support.cases.queries.frame import Frame, frame_of
from joinedup.support.cases.queries.story import Story, story_of
from joinedup.support.cases.rules.story import Asked
from joinedup.support.cases.rules.when import read_when
from tests.sharing import walled
from tests.unit.handovers.sides import post_of


def now(days: float = 0) -> datetime.datetime:
    """The moment by the clock, or so many days after."""
    return clock.now() + datetime.timedelta(days=days)


def a_lead(role: str = "housing_officer", purpose: str = "") -> Viewer:
    """Somebody of housing's tenancies team who may lead a case."""
    walled.agency("housing", "housing")
    return walled.viewer("housing", role, purpose, team="Tenancies")


def a_case(lead: Viewer, *about: uuid.UUID, days_ago: float = 100) -> Case:
    """A case about these people that this post leads."""
    return open_case(
        by=lead, person_ids=about, programme=Programme.HOUSING_SUPPORT, lead_post_id=post_of(lead),
        at=now(-days_ago),
    )  # fmt: skip


def said(what: str = "Moved into Alder Court", when: str = "yesterday", **more: Any) -> EntrySaid:
    """What an entry says."""
    plain = {"topic": Topic.HOME, "source": "housing", **more}
    return EntrySaid(when=read_when(when, now().date()), what=what, **plain)


def written(by: Viewer, case: Case, what: str = "Moved in", **more: Any) -> StoryEntry:
    """An entry in the story of this case."""
    return write_entry(by=by, case_id=case.pk, said=said(what, **more), at=now())


def holding(person: uuid.UUID, holder: str, category: Category, headline: str) -> Holding:
    """Something an agency holds about somebody."""
    key = {"person_id": person, "holder_id": holder, "category": category.value}
    with acting(walled.SYSTEM):
        held = Holding.objects.create(
            **key, headline=headline, recorded_at=now(), starts_on=now(-30).date()
        )
        HoldingSummary.objects.create(holding=held, summary=f"More of: {headline}", **key)
    return held


def the_frame(viewer: Viewer, case: Case) -> Frame:
    """The head of the case's pages."""
    return frame_of(viewer, case.pk, at=now(), page="story")


def the_story(
    viewer: Viewer, case: Case, since: datetime.datetime | None = None, **asked: Any
) -> Story:
    """The story as this viewer reads it."""
    return story_of(viewer, the_frame(viewer, case), Asked(**asked), now(), since)


def told(story: Story) -> list[str]:
    """What the lines of a page say, newest first: how the work went aside."""
    words = story.words
    shown = []
    for line in story.window.lines:
        if line.key in words.entries:
            shown.append(words.entries[line.key].what)
        elif line.key in words.held:
            shown.append(words.held[line.key].headline)
        elif line.key in words.contacts:
            shown.append(words.contacts[line.key].words)
    return shown
