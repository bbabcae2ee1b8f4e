"""Gives some of the demo's people a life on record: what agencies hold, who is involved, what was said."""

import datetime
import random
import uuid
from collections.abc import Callable, Iterable

from django.db import connection, transaction

from joinedup.demo.held import HOLDERS, MANY, THE_ONE, Made
from joinedup.demo.personas import IN_POST_SINCE, persona
from joinedup.demo.slips import make_slips
from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.agencies.roles import DUTY_MANAGER
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import ConsentState, Method, Purpose
from joinedup.identity.sharing.operations.consents import Words, record_consent
from joinedup.identity.sharing.operations.holdings import record_holding
from joinedup.identity.sharing.operations.involve import begin_involvement

LIVES = 90
DESK = "Records desk"
LOOKING = Viewer.system("choosing people for the demo")
Progress = Callable[[str, float], None]

_INVOLVED = {
    "housing": ("housing", "visits about the tenancy"),
    "adult_care": ("social-worker", "an assessment of needs is under way"),
    "police": ("police", "met in the emergency department"),
    "gp": ("gp", "registered patient"),
}
_KNOWN_TO_ALL = """
    SELECT r.person_id FROM people_record r JOIN people_person p ON p.id = r.person_id
    WHERE r.gone_on IS NULL AND p.died_on IS NULL AND p.merged_into_id IS NULL
    GROUP BY r.person_id
    HAVING count(DISTINCT r.agency_id) FILTER (
             WHERE r.agency_id IN ('gp', 'housing', 'police', 'adult_care')) = 4
       AND max(r.sex) = 'M' AND max(r.born_on) BETWEEN %s AND %s
       AND bool_or(r.agency_id = 'adult_care' AND r.born_on IS NOT NULL)
    ORDER BY count(DISTINCT r.agency_id) DESC, r.person_id LIMIT 1
"""
_OTHERS = """
    SELECT r.person_id, array_agg(DISTINCT r.agency_id), coalesce(max(r.born_on) < %s, false)
    FROM people_record r JOIN people_person p ON p.id = r.person_id
    WHERE r.gone_on IS NULL AND p.died_on IS NULL AND p.merged_into_id IS NULL
    GROUP BY r.person_id HAVING count(DISTINCT r.agency_id) >= 3
    ORDER BY r.person_id LIMIT %s
"""


def are_written() -> bool:
    """Whether lives have been written down."""
    with acting(LOOKING):
        return Holding.objects.exists()


@transaction.atomic
def make_lives(*, at: datetime.datetime, progress: Progress, many: int = LIVES) -> None:
    """Write them down as practitioners would, once."""
    if are_written():
        return
    with acting(LOOKING):
        him, others = _him(at), _others(many, at)
    desks = {
        code: _desk(code)
        for code in ("gp", "housing", "police", "adult_care", "children", "fire", *HOLDERS)
    }
    if him is not None:
        _live(him, THE_ONE, _INVOLVED, desks, at)
        _say(him, Words(purpose=Purpose.EARLY_HELP, state=ConsentState.GIVEN), at)
        make_slips(him, at=at)
    chance = random.Random(41)
    for done, (person_id, known_to, adult) in enumerate(others):
        if person_id != him:
            _one_of_many(person_id, known_to, chance, desks, at, adult=adult)
        progress("Writing lives", done / len(others))


def _one_of_many(
    person_id: uuid.UUID,
    known_to: list[str],
    chance: random.Random,
    desks: dict[str, Viewer],
    at: datetime.datetime,
    *,
    adult: bool,
) -> None:
    fitting = [made for made in MANY if made.holder in known_to or made.holder in HOLDERS]
    made = chance.sample(fitting, min(len(fitting), chance.randint(1, 4)))
    teams = {
        code: _INVOLVED[code] for code in known_to if code in _INVOLVED and chance.random() < 0.5
    }
    _live(person_id, made, teams, desks, at)
    said = chance.choice((None, ConsentState.GIVEN, ConsentState.DECLINED, ConsentState.OBJECTED))
    # For a child somebody else speaks, by an authority that the demo does not invent (P12).
    if said is not None and adult:
        how = chance.choice((Method.IN_PERSON, Method.BY_PHONE))
        _say(person_id, Words(purpose=Purpose.EARLY_HELP, state=said, method=how), at)


def _live(
    person_id: uuid.UUID,
    made: Iterable[Made],
    teams: dict[str, tuple[str, str]],
    desks: dict[str, Viewer],
    at: datetime.datetime,
) -> None:
    for thing in made:
        for ago in thing.days_ago:
            record_holding(
                by=desks[thing.holder],
                person_id=person_id,
                category=thing.category,
                headline=thing.headline,
                summary=thing.summary,
                detail=thing.detail,
                handling_code=thing.handling_code,
                event_code=thing.event,
                starts_on=(at - datetime.timedelta(days=ago)).date(),
                at=at,
            )
    for code, because in teams.values():
        begin_involvement(by=_viewer(code), person_id=person_id, because=because, at=at)


def _say(person_id: uuid.UUID, words: Words, at: datetime.datetime) -> None:
    record_consent(by=_viewer("front-door"), person_id=person_id, words=words, at=at)


def _him(at: datetime.datetime) -> uuid.UUID | None:
    oldest, youngest = (at - datetime.timedelta(days=365 * age) for age in (60, 30))
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_TO_ALL, [oldest.date(), youngest.date()])
        found = cursor.fetchone()
    return found[0] if found else None


def _others(many: int, at: datetime.datetime) -> list[tuple[uuid.UUID, list[str], bool]]:
    grown_up_before = (at - datetime.timedelta(days=19 * 366)).date()
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [grown_up_before, many])
        return list(cursor.fetchall())


def _viewer(code: str) -> Viewer:
    found = persona(code)
    if found is None:
        raise KeyError(code)
    post = Post.objects.select_related("team__agency", "user").get(pk=found.post_id)
    return Viewer.of_post(post)


def _desk(agency: str) -> Viewer:
    """Who writes down what an agency holds; made up, and not on the sign-in page."""
    found = Post.objects.filter(team__agency=agency, team__name=DESK)
    post = found.select_related("team__agency", "user").first()
    if post is None:
        team, _ = Team.objects.get_or_create(agency_id=agency, name=DESK)
        user = User.objects.create(
            email=f"records-{agency.replace('_', '-')}@joinedup.invalid", name="Records desk"
        )
        user.set_unusable_password()
        user.save()
        Post.objects.create(user=user, team=team, role=DUTY_MANAGER.code, starts_on=IN_POST_SINCE)
        post = found.select_related("team__agency", "user").get()
    return Viewer.of_post(post)
