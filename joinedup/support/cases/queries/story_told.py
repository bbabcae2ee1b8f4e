"""What the story tells elsewhere: the overview of a case, and lists of many cases at once."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.choices import LineKind, Significance
from joinedup.support.cases.models import StoryEntry
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.story import (
    Story,
    names_of_frame,
    pins_of,
)
from joinedup.support.cases.queries.story_kept import kept_of
from joinedup.support.cases.queries.story_words import words_of
from joinedup.support.cases.rules.story import Window, in_order
from joinedup.support.safeguarding.queries.plans import plans_of

LATEST = 4


@dataclass(frozen=True)
class WarningStands:
    """A warning note that stands, when it is reviewed, and whether that is past."""

    warning: str
    review_on: datetime.date
    is_overdue: bool


@dataclass(frozen=True)
class Glance:
    """The story at a glance: the latest that was written or recorded, what matters, warnings."""

    story: Story
    warnings: tuple[WarningStands, ...]


def for_overview(viewer: Viewer, frame: Frame, at: datetime.datetime) -> Glance:
    """The latest lines of the case's own, its pins and its warning notes; `presenters.story.glance` says them."""
    case_id, persons = frame.matter_id, frame.same
    with reading(viewer):
        tables = kept_of(case_id, [each for _, ids in persons for each in ids], at)
        pins = pins_of(case_id, tables)
        latest = [line for each in tables[:2] for line in each.latest(LATEST)]
        latest = in_order(line for line in latest if not line.corrected)[:LATEST]
        shown = [*latest, *(pin.line for pin in pins)]
        of_others = any(pin.line.kind is LineKind.HELD for pin in pins)
        words = words_of(viewer, case_id, shown, persons if of_others else (), at)
        agencies = dict(Agency.objects.values_list("code", "name"))
    story = Story(
        window=Window(tuple(latest), 1, 1, len(latest), ()), pinned=tuple(pins), words=words,
        drawn=(), counted={}, agencies=agencies, present=(), new=0, new_since=None,
        whose=names_of_frame(frame), recording=None, is_empty=not latest,
    )  # fmt: skip
    return Glance(story, _warnings(viewer, case_id, day_of(at)))


def _warnings(
    viewer: Viewer, case_id: uuid.UUID, today: datetime.date
) -> tuple[WarningStands, ...]:
    return tuple(
        WarningStands(shown.plan.warning, shown.plan.review_on, shown.plan.review_on < today)
        for shown in plans_of(viewer, case_id)
    )


def last_written_of_cases(
    case_ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, datetime.datetime]:
    """When anything was last written into the story of each case; inside `acting(viewer)`."""
    found = StoryEntry.objects.filter(case__in=case_ids).values("case")
    return {row["case"]: row["last"] for row in found.annotate(last=Max("written_at"))}


def last_serious_of_cases(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime.date]:
    """When the last serious event of each case began, as it stands; inside `acting(viewer)`."""
    serious = StoryEntry.objects.filter(
        case__in=case_ids, significance=Significance.SERIOUS, corrected_by__isnull=True
    )
    found = serious.values("case").annotate(last=Max("starts_on"))
    return {row["case"]: row["last"] for row in found}
