"""A year’s referrals, invented: sent, triaged, handed over and heard of by the product’s own operations."""

import datetime
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from joinedup.demo.becoming import LOOKING, become, viewer_as
from joinedup.demo.personas import IN_POST_SINCE
from joinedup.demo.stories import STORIES, Story
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import EntryRoute
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations.submit import submit
from joinedup.support.frontdoor.rules.typed import TypedAnswers, TypedReferral, TypedSubject
from joinedup.support.questions.queries.asking import version_for

A_YEAR_PER_PERSON = 2_000 / 150_000
"""A borough of 150,000 sends about 2,000 referrals a year."""
MOST_BEFORE = 12
"""So many are sent before the demo is served, and the others beside it."""
MAKING = Viewer.system("the demo")
Progress = Callable[[str, float], None]
_GROUPS = (("white", "asian", "black", "mixed", "other", "not_said"), (62, 25, 4, 3, 3, 3))
"""Drawn at random for each referral, and as little true of anybody as the rest."""

_WHO = """
    SELECT r.person_id, r.given_name, r.family_name, r.born_on, r.address, r.postcode
    FROM people_record r JOIN people_person p ON p.id = r.person_id
    WHERE r.gone_on IS NULL AND p.died_on IS NULL AND p.merged_into_id IS NULL
      AND r.born_on IS NOT NULL AND r.postcode <> '' AND r.given_name <> '' AND r.agency_id = 'gp'
    ORDER BY md5(r.person_id::text) LIMIT %s
"""


@dataclass(frozen=True)
class _Known:
    person_id: uuid.UUID
    given_name: str
    family_name: str
    born_on: datetime.date
    address: str
    postcode: str


def are_sent() -> bool:
    """Whether the newest referrals have been sent."""
    with acting(LOOKING):
        return Referral.objects.exists()


def make_newest(*, people: int, at: datetime.datetime, seed: int, progress: Progress) -> int:
    """Send the newest referrals, so that the queue has something in it; return how many."""
    sent, many = 0, min(MOST_BEFORE, max(2, people // 600))
    for each in _planned(people, at, seed):
        _make(each, at)
        sent += 1
        progress("Sending the newest referrals", sent / many)
        if sent >= many:
            break
    return sent


def make_the_year(
    *, people: int, at: datetime.datetime, seed: int, go_on: Callable[[], bool]
) -> int:
    """Send the rest of the year's, newest first, while `go_on` says so; return how many there are.

    Each is its own transaction and has its own submission key: a kill leaves whole referrals, and begun
    again it goes on from there.
    """
    sent = 0
    for each in _planned(people, at, seed):
        if not go_on():
            break
        _make(each, at)
        sent += 1
    return sent


@dataclass(frozen=True)
class _Planned:
    """A referral that is to be: which, when, by which story, about whom."""

    key: uuid.UUID
    moment: datetime.datetime
    story: Story
    known: _Known
    chance: random.Random


def _planned(people: int, at: datetime.datetime, seed: int) -> Iterator[_Planned]:
    """The referrals of the last year, or since the posts began: the same of each day, newest day first."""
    first = max(day_of(at) - datetime.timedelta(days=365), IN_POST_SINCE)
    who = _people(min(max(people, 500), 6_000))
    a_day = people * A_YEAR_PER_PERSON / 365
    weights = [story.often for story in STORIES]
    for back in range((day_of(at) - first).days + 1):
        day = day_of(at) - datetime.timedelta(days=back)
        chance = random.Random(f"referrals {seed} {day}")
        wanted = a_day * (0.3 if day.weekday() > 4 else 1.28)
        for number in range(int(wanted) + (chance.random() < wanted % 1)):
            moment = datetime.datetime.combine(
                day, datetime.time(chance.randint(8, 17), chance.randint(0, 59)), LONDON
            )
            story = chance.choices(STORIES, weights)[0]
            known = _of_age(who, story, day, chance)
            if moment < at and known is not None:
                key = uuid.uuid5(uuid.NAMESPACE_OID, f"referral {seed} {day} {number}")
                yield _Planned(key, moment, story, known, chance)


def _people(many: int) -> list[_Known]:
    with acting(LOOKING), connection.cursor() as cursor:
        cursor.execute(_WHO, [many])
        return [_Known(*row) for row in cursor.fetchall()]


def _of_age(
    who: list[_Known], story: Story, day: datetime.date, chance: random.Random
) -> _Known | None:
    """Somebody of the story's age; now and then somebody is referred twice."""
    lowest, highest = story.ages
    start = chance.randrange(len(who)) if who else 0
    for each in (*who[start:], *who[:start]):
        if lowest <= (day - each.born_on).days // 365 <= highest:
            return each
    return None


def _make(planned: _Planned, now: datetime.datetime) -> None:
    with acting(LOOKING):
        if Referral.objects.filter(submission_key=planned.key).exists():
            return
    referral = submit(
        by=viewer_as(planned.story.sender) or MAKING,
        submission_key=planned.key,
        entry=planned.story.entry,
        source=planned.story.source,
        typed=_typed(planned.story, planned.known, planned.moment, planned.chance),
        at=planned.moment,
    )
    become(referral, planned.story, planned.moment, planned.chance, now)


def _typed(
    story: Story, known: _Known, moment: datetime.datetime, chance: random.Random
) -> TypedReferral:
    unknown = story.entry is EntryRoute.ANONYMOUS
    subject = TypedSubject(
        given_name="" if unknown else known.given_name,
        family_name="" if unknown else known.family_name,
        born_on=None if unknown or chance.random() < 0.1 else known.born_on,
        age=chance.randint(30, 50) if unknown else None,
        address="" if unknown else known.address,
        postcode=known.postcode,
        no_fixed_address=unknown,
    )
    public = story.entry.is_public
    version = version_for(
        "front-door-public" if public else "front-door", day_of(moment), None
    ) or version_for("front-door", day_of(moment), None)
    answers = TypedAnswers(version.id, dict(story.answers)) if version and story.answers else None
    return TypedReferral(
        subjects=(subject,),
        going_on=story.going_on,
        wanted=story.wanted,
        agreement=story.agreement,
        agreement_because=story.because,
        communication=story.communication,
        answers=answers,
    )
