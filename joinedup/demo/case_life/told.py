"""What happened in an invented life, and how those who help were in touch."""

import datetime
from collections.abc import Iterable, Iterator
from random import Random

from joinedup.demo.case_arcs import Happened
from joinedup.demo.case_life.calendar import in_term, in_term_before, is_own_time, saturday, working
from joinedup.demo.case_life.course import Way
from joinedup.demo.case_life.life import Life, Rows
from joinedup.demo.case_turns import BETWEEN, NOT_IN
from joinedup.support.cases.choices import Significance, Topic
from joinedup.support.cases.models import StoryEntry
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.rules.working_days import is_working_day

_ANY_DAY = (Topic.FAMILY, Topic.POLICE, Topic.SUBSTANCES)
_SUDDEN = ("Fell", "fall", "hospital", "A&E", "999", "floor", "rescue pack", "fire")
"""What happens in a life happens on any day; what is done at work, on a working one."""


_DAYS = {
    "nine days with": 9,
    "twelve days": 12,
    "for a week": 7,
    "three weeks": 21,
    "in ten days": 10,
}
_NOT_ALONE = ("{m}", "Mum", "else was there")
_NOT_LIKED = {"his mother": (How.PHONE, How.TEXT)}
"""Ways that those of a kind asked not to be reached by."""


def write_story(life: Life, rows: Rows) -> None:
    """What happened until now; now and then something was left out, or written down late."""
    for each in _happened(life):
        day = _day(life, each)
        if day > life.until:
            continue
        late = life.chance.choice((0, 0, 0, 0, 1, 1, 3, 9))
        written = working(max(day, life.begins) + datetime.timedelta(days=late))
        rows.add(
            StoryEntry(
                case=life.case,
                person_id=life.persons[0],
                starts_on=day - _lasted(each),
                ends_on=day + datetime.timedelta(days=2 if "weekend" in each.what else 1),
                topic=each.topic,
                significance=each.weight,
                role=each.role,
                source_id=life.case.agency_id,
                what=life.said(each.what),
                words=life.said(each.words),
                meant=life.said(each.meant),
                written_by=life.going.lead,
                written_at=life.moment(min(written, life.until)),
            )
        )


def _lasted(each: Happened) -> datetime.timedelta:
    """For how many days it had gone on by the day on which it is told."""
    days = next((days for words, days in _DAYS.items() if words in each.what), 0)
    return datetime.timedelta(days=days)


def _happened(life: Life) -> Iterable[Happened]:
    """The arc's own, as far as this life follows it, and some small things of which another has others."""
    course, chance = life.course, life.chance
    own = [
        each
        for each in life.arc.story
        if each.day < 0 or (course.happens(each.day) and _is_told(each, chance))
    ]
    also = chance.sample(life.more.also, k=chance.randint(2, 4))
    found = [*own, *(each for each in also if course.happens(each.day))]
    if course.setback is not None:
        found.append(course.setback)
    return sorted(found, key=lambda each: each.day)


def _is_told(each: Happened, chance: Random) -> bool:
    dropped = {Significance.ORDINARY: 0.4, Significance.NOTABLE: 0.22}.get(each.weight, 0)
    return chance.random() >= dropped


def _day(life: Life, each: Happened) -> datetime.date:
    """The day of an entry in this life: of school, when it is open; of work, when anybody is there."""
    shift = life.chance.randint(-3, 3) if each.day > 0 else life.chance.randint(-2, 0)
    if each is life.course.setback:
        shift = 0
    day = life.on(life.course.day_of(each.day) + shift)
    if "weekend" in each.what:
        return saturday(day)
    if each.topic is Topic.SCHOOL or "nursery" in f"{each.what} {each.words}".casefold():
        return in_term(day) if each.day >= 0 else in_term_before(day)
    told = f"{each.what} {each.words}"
    sudden = any(sign in told for sign in _SUDDEN)
    if each.day <= 0 or each.topic in _ANY_DAY or sudden or is_own_time(told):
        return day
    return working(day)


def write_contacts(life: Life, rows: Rows) -> None:
    """One every one to three weeks; in a few cases nobody has been in touch for a while."""
    quiet = 0 if life.is_closed or life.chance.random() > 0.15 else life.chance.randint(29, 50)
    last = life.until - datetime.timedelta(days=quiet)
    day = life.on(life.chance.randint(1, 5))
    talks = _talks(life)
    while day <= last:
        if is_working_day(day):
            _contact(life, rows, day, *next(talks))
        day += datetime.timedelta(days=life.chance.randint(6, 19))


def _contact(life: Life, rows: Rows, day: datetime.date, how: How, words: str, theirs: str) -> None:
    seen = _seen(how, life)
    if seen is Seen.SEEN_ALONE and any(sign in words for sign in _NOT_ALONE):
        seen = Seen.SEEN
    if seen is Seen.NOT_SEEN:
        words, theirs = life.chance.choice(NOT_IN), ""
    at = life.moment(day)
    late = datetime.timedelta(days=life.chance.choice((0, 0, 0, 1, 3)))
    rows.add(
        Contact(
            matter_id=life.case.pk,
            person_id=life.persons[0],
            how=how,
            at=at,
            recorded_at=min(at + late, life.at),
            by=life.going.lead,
            seen=seen,
            words=life.said(words),
            their_words=life.said(theirs),
        )
    )


def _talks(life: Life) -> Iterator[tuple[How, str, str]]:
    """What the contacts of a life were about: its arc's own words once each, and between them the usual."""
    own = [*life.arc.contacts]
    if life.course.way in {Way.IN_PART, Way.STOPPED}:
        own = own[:2]  # what is told later in an arc tells that it was reached
    own[2:2] = life.chance.sample(life.more.talks, k=2)
    usual = [
        (How(how), *said)
        for how, told in BETWEEN.items()
        for said in told
        if how not in _NOT_LIKED.get(life.arc.member[1], ())
    ]
    while True:
        life.chance.shuffle(usual)
        for place, each in enumerate(usual):
            if own and place % 2 == 0:
                yield own.pop(0)
            yield each


def _seen(how: How, life: Life) -> Seen:
    if not how.is_face_to_face:
        return Seen.NOT_APPLICABLE
    if how is How.MEETING:
        return Seen.SEEN
    return life.chance.choices((Seen.SEEN, Seen.SEEN_ALONE, Seen.NOT_SEEN), (6, 3, 1))[0]
