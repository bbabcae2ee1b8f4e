"""Ask whether somebody is known, as their identity is typed: for practitioners, with a purpose, counted (P17)."""

import dataclasses
import datetime
import uuid
from dataclasses import dataclass

from django.db import connection

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.identity.sharing.access import NotPermitted, Viewer, reading
from joinedup.intelligence.linkage.queries.find import (
    Identity,
    OneOfOurs,
    Recognised,
    recognise,
)
from joinedup.intelligence.linkage.queries.find_shown import Answer
from joinedup.support.cases.queries import AlreadyOpen, already_open
from joinedup.support.frontdoor.choices import MatchAnswer
from joinedup.support.frontdoor.models import Draft, MatchQuestion
from joinedup.support.frontdoor.rules.typed import TypedSubject
from joinedup.support.frontdoor.rules.ways_in import A_DAY, TEN_MINUTES, Asked, why_not_asked

MOST_SHOWN = 5
ASK = "Say why you are looking, and the form tells you whether they are known here."
_ASKED = """
SELECT count(*), coalesce(sum(keys), 0)::int, count(*) FILTER (WHERE lately > 0), coalesce(sum(lately), 0)::int
FROM (SELECT count(*) AS keys, count(*) FILTER (WHERE at > %s) AS lately FROM frontdoor_matchquestion
      WHERE post_id = %s AND at > %s GROUP BY draft, date_trunc('minute', at)) AS each
"""
"""How many people a post has asked about and by how many keys: in a day, and in the last ten minutes."""
_ANSWERS = {
    OneOfOurs.YES: MatchAnswer.OURS,
    OneOfOurs.NO: MatchAnswer.NOT_FOUND,
    OneOfOurs.UNSURE: MatchAnswer.MAYBE,
}


@dataclass(frozen=True)
class MatchLine:
    """What a practitioner is told of an identity: an answer, or why there is none yet."""

    answer: MatchAnswer | None = None
    waits: str = ""
    person: uuid.UUID | None = None
    may_be: tuple[Answer, ...] = ()
    open_to: tuple[AlreadyOpen, ...] = ()
    """Who has a case open, as far as a gateway lets this post know."""


def viewer_for(by: Viewer, purpose: str) -> Viewer | None:
    """The viewer under the purpose stated in the form; none where it is not one of the role's."""
    if by.post_id is None or purpose not in role(by.role).purposes:
        return None
    return dataclasses.replace(by, purpose=purpose)


def ask_who_it_is(
    *,
    by: Viewer,
    draft_id: uuid.UUID,
    purpose: str,
    subject: TypedSubject,
    at: datetime.datetime,
) -> MatchLine:
    """Tell a practitioner whether the person typed in a draft of theirs is known to the spine.

    Each question is counted, and how many there may be is limited. Raises NotPermitted for whoever only refers (P17),
    Draft.DoesNotExist.
    """
    if not by.may(Permission.FIND_PEOPLE):
        raise NotPermitted("Whoever only refers is not told who is known.")
    viewer = viewer_for(by, purpose)
    if viewer is None:
        return MatchLine(waits=ASK)
    with reading(by):
        draft = Draft.objects.only("pk").get(pk=draft_id)
        waits = _why_it_waits(by, at)
    if waits:
        return MatchLine(waits=waits)
    found = recognise(viewer, _identity(subject), at=at, limit=MOST_SHOWN)
    if found.needed:
        return MatchLine(waits=found.needed)
    answer = _ANSWERS[found.verdict]
    with reading(by):
        MatchQuestion.objects.create(
            post_id=by.post_id or uuid.uuid4(), draft=draft.pk, purpose=purpose[:40],
            answer=answer, at=at,
        )  # fmt: skip
    return _line(viewer, found, answer, at)


def _line(
    viewer: Viewer, found: Recognised, answer: MatchAnswer, at: datetime.datetime
) -> MatchLine:
    open_to = already_open(viewer, [found.person], at) if found.person else []
    return MatchLine(answer, person=found.person, may_be=found.may_be, open_to=tuple(open_to))


def _identity(subject: TypedSubject) -> Identity:
    return Identity(
        given_name=subject.given_name,
        family_name=subject.family_name,
        born_on=subject.born_on,
        postcode=subject.postcode,
    )


def _why_it_waits(by: Viewer, at: datetime.datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [at - TEN_MINUTES, by.post_id, at - A_DAY])
        people, keys, people_lately, keys_lately = cursor.fetchone()
    return why_not_asked(Asked(people_lately, keys_lately), Asked(people, keys))
