"""The only door to people: who is looking, as what and why, comes first."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from psycopg.pq import TransactionStatus

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.operations.record import About, Look
from joinedup.foundations.core import clock
from joinedup.foundations.core.database.prepared import Question, Rows, ask, ask_together
from joinedup.identity.people.models import Household, Person, Record, RecordVersion
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.looked import leave_the_look, noting
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number

OWN_PAGE_PURPOSE = "seeing what is held about oneself"

LONGEST_CHAIN = 50
"""A chain of merges longer than this is a fault in the spine, not history."""


class NotPermitted(Exception):
    """The viewer's role does not carry this; the message is fit for the page."""


class NotActing(Exception):
    """People were asked for in the name of somebody whom the database was not told of: a fault of ours."""


@dataclass(frozen=True)
class Viewer:
    """A post with a purpose, a person on their own page, or a named purpose of the system itself."""

    post_id: uuid.UUID | None
    user_id: uuid.UUID | None
    name: str
    agency: str
    agency_kind: AgencyKind
    role: str
    purpose: str
    team_id: int | None = None
    own_access_id: uuid.UUID | None = None
    is_protected: bool = False
    """Their looks are left out of what people are told: it might bring them harm (P14)."""
    home: str = ""
    """Digest of their own home, where they said it: by it a look at somebody who lives there shows."""

    @classmethod
    def of_post(cls, post: Post, *, purpose: str = "") -> "Viewer":
        """The viewer who looks from this post, for this purpose or for the usual one of its role."""
        agency = post.team.agency
        return cls(
            post_id=post.id,
            user_id=post.user_id,
            name=post.user.name,
            agency=agency.code,
            agency_kind=AgencyKind(agency.kind),
            role=post.role,
            purpose=purpose or role(post.role).usual_purpose,
            team_id=post.team_id,
            is_protected=post.user.is_protected,
            home=post.user.home,
        )

    @classmethod
    def of_person(cls, own_access_id: uuid.UUID) -> "Viewer":
        """The person who looks at what is held about themselves, by the code they were handed."""
        return cls(
            post_id=None,
            user_id=None,
            name="",
            agency="",
            agency_kind=AgencyKind.PARTNERSHIP,
            role="",
            purpose=OWN_PAGE_PURPOSE,
            own_access_id=own_access_id,
        )

    @classmethod
    def system(cls, purpose: str) -> "Viewer":
        """The system at work for a named purpose: the night, a rebuild, a benchmark."""
        return cls(None, None, "Joined Up", "", AgencyKind.PARTNERSHIP, "", purpose)

    @property
    def is_system(self) -> bool:
        """Whether this is the system itself and no post."""
        return self.post_id is None and self.own_access_id is None

    def may(self, permission: Permission) -> bool:
        """Whether the viewer may do this; NHS numbers are for health and social care (P3)."""
        if self.is_system:
            return True
        if self.post_id is None:
            return False
        if permission is Permission.SEE_NHS_NUMBER and not self.agency_kind.may_hold_nhs_numbers:
            return False
        return permission in role(self.role).permissions

    def must(self, permission: Permission) -> None:
        """Raise NotPermitted unless the viewer may do this."""
        if not self.may(permission):
            raise NotPermitted("Your role does not let you do this.")


def viewer_of(
    post_id: uuid.UUID | str, user_id: uuid.UUID | str, at: datetime.datetime, purpose: str = ""
) -> Viewer | None:
    """The viewer of that post, or None where it is not the user's or is not held on that day.

    A purpose that the post's role does not have is passed over for its usual one.
    """
    today = timezone.localtime(at).date()
    held = next(iter(ask(_POST_HELD, str(post_id), str(user_id), str(today))), None)
    if held is None:
        return None
    post, user, name, agency, kind, its_role, team, is_protected, home = held
    its = role(its_role)
    return Viewer(
        post_id=post,
        user_id=user,
        name=name,
        agency=agency,
        agency_kind=AgencyKind(kind),
        role=its_role,
        purpose=purpose if purpose and purpose in its.purposes else its.usual_purpose,
        team_id=team,
        is_protected=is_protected,
        home=home,
    )


# Asked for each page: as it stands and planned once it costs a third of what it costs to compose.
_POST_HELD = """
    SELECT p.id, p.user_id, u.name, a.code, a.kind, p.role, p.team_id, u.is_protected, u.home
    FROM agencies_post p
    JOIN accounts_user u ON u.id = p.user_id AND u.is_active
    JOIN agencies_team t ON t.id = p.team_id
    JOIN agencies_agency a ON a.code = t.agency_id
    WHERE p.id = $1::uuid AND p.user_id = $2::uuid
      AND p.starts_on <= $3::date AND (p.ends_on IS NULL OR p.ends_on > $3::date)
"""


_ACTING: ContextVar[Viewer | None] = ContextVar("acting", default=None)
_IN_ONE_PIECE: ContextVar[bool] = ContextVar("in one piece", default=False)


@contextmanager
def acting(viewer: Viewer | None) -> Iterator[None]:
    """Tell the database who is looking, or that nobody is, until this ends.

    A transaction of its own, or a part of the one around it that is undone where it fails; then the
    viewer around it comes back. Raises NotPermitted where the post is not held now, or its role has
    not that purpose.
    """
    outer = _ACTING.get()
    entering = viewer is None or not _is_entered(viewer, outer)
    with transaction.atomic(savepoint=not _IN_ONE_PIECE.get()):
        if entering:
            _enter(viewer)
        token = _ACTING.set(viewer)
        try:
            yield
        finally:
            _ACTING.reset(token)
        # Where this ends by an exception, or ends the transaction, the database forgets by itself.
        within = len(connection.atomic_blocks) > 1
        if entering and viewer != outer and within and not connection.needs_rollback:
            _enter(outer)


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Let all that is done inside stand or fall together: no step of it keeps a way back of its own.

    Each way back costs two questions to the database. Where a step fails inside, all of it has failed,
    and Django answers nothing more until it is undone; a failure that is to be survived is put in a
    `transaction.atomic()` of its own.
    """
    with transaction.atomic():
        token = _IN_ONE_PIECE.set(True)
        try:
            yield
        finally:
            _IN_ONE_PIECE.reset(token)


class Reading:
    """What a look reads, and who looks; its transaction may be its own."""

    def __init__(self, first: Rows, *, is_all: bool) -> None:
        self.first = first
        """The answer to what was asked with entering."""
        self._is_all = is_all

    def ask_last(self, question: str, *values: str | None) -> Rows:
        """Ask for the last time: where all of the transaction is this reading, it ends with the answer."""
        [answer] = ask_together((question, values), ends=self._is_all)
        if self._is_all:
            _ACTING.set(None)  # the database has forgotten them with the transaction
        return answer


@contextmanager
def reading(viewer: Viewer, first: Question | None = None) -> Iterator[Reading]:
    """As `acting`, for what reads and leaves the line of its look: with nothing to undo, it keeps no way back.

    Where the viewer acts already it costs nothing. What is asked `first` goes out with entering: its answer
    is for whoever is entered, or is dropped. Raises as `acting` does.
    """
    outer = _ACTING.get()
    if not connection.in_atomic_block:
        with transaction.atomic(), _acting_as(viewer):
            yield Reading(_enter(viewer, first), is_all=True)
        return
    entering = not _is_entered(viewer, outer)
    try:
        with _acting_as(viewer):
            if entering:
                answer = _enter(viewer, first)
            else:
                [answer] = ask_together(first) if first else [[]]
            yield Reading(answer, is_all=False)
    finally:
        # After an error of the database nothing is answered until a way back is taken, which
        # brings back who was entered when it was kept.
        if entering and viewer != outer and _answers():
            _enter(outer)


@contextmanager
def _acting_as(viewer: Viewer | None) -> Iterator[None]:
    token = _ACTING.set(viewer)
    try:
        yield
    finally:
        _ACTING.reset(token)


def _answers() -> bool:
    if connection.needs_rollback:
        return False
    status = connection.connection.info.transaction_status
    return bool(status == TransactionStatus.INTRANS)


def _is_entered(viewer: Viewer, outer: Viewer | None) -> bool:
    """Whether the database has been told enough already: the system is the system, whatever for."""
    if outer is None:
        return False
    return viewer == outer or (viewer.is_system and outer.is_system and bool(viewer.purpose))


def _enter(viewer: Viewer | None, first: Question | None = None) -> Rows:
    """Tell the database who looks; the answer to what is asked with it."""
    if viewer is None:
        [(_, now)] = ask("SELECT wall_leave(), joinedup_now()")
        clock.told(now)
        return []
    entering = _entering(viewer)
    entered, *answers = ask_together(entering, first) if first else ask_together(entering)
    if entered != [(True,)]:
        raise NotPermitted("Your post does not open this, or not for this purpose.")
    return answers[0] if answers else []


def _entering(viewer: Viewer) -> Question:
    if viewer.post_id is not None:
        return "SELECT wall_enter($1::uuid, $2)", (str(viewer.post_id), viewer.purpose)
    if viewer.own_access_id is not None:
        return "SELECT wall_enter_person($1::uuid)", (str(viewer.own_access_id),)
    return "SELECT wall_enter_system($1)", (viewer.purpose,)


def must_act(viewer: Viewer) -> None:
    """Raise NotActing unless this very viewer is acting."""
    if _ACTING.get() != viewer:
        raise NotActing("People are read only inside `acting(viewer)`, as that very viewer.")


@contextmanager
def looking(
    viewer: Viewer,
    *,
    at: datetime.datetime,
    subject_kind: str,
    subject_id: str = "",
    detail: dict[str, Any] | None = None,
) -> Iterator[About]:
    """Read inside this, as the viewer: the look and its line in the audit stand or fall together.

    What it gives may be added to inside: what only the reading tells of the look. Each person of whom
    `told_of` was said inside has a line of their own, for "who has looked".
    """
    about = marks(viewer)
    with acting(viewer), noting() as whom:
        yield about
        look = Look(
            at=at,
            post_id=viewer.post_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            purpose=viewer.purpose,
            detail=detail,
        )
        leave_the_look(whom, look, **about)


def must_act_as_system() -> None:
    """Raise NotActing unless a named purpose of the system is acting.

    What reads all people at once would else take the empty answer that nobody gets for an empty place.
    """
    viewer = _ACTING.get()
    if viewer is None or not viewer.is_system:
        raise NotActing("All people are read only inside `acting(Viewer.system(...))`.")


def marks(viewer: Viewer, outcome: Outcome = Outcome.SEEN) -> About:
    """What an audit line tells of whoever looks and what became of it, all of it coded.

    A look for a purpose that must leave no trace for the person leaves none, nor does one of
    protected staff (P14).
    """
    about: About = {"agency": viewer.agency, "role": viewer.role, "outcome": outcome}
    if viewer.team_id is not None:
        about["team"] = str(viewer.team_id)
    purpose = Purpose(viewer.purpose) if viewer.purpose in Purpose else None
    told = purpose is None or not purpose.leaves_no_trace_for_the_person
    about["traceless"] = viewer.is_protected or not told
    return about


def people(viewer: Viewer, *, permission: Permission = Permission.SEE_RECORD) -> QuerySet[Person]:
    """The people this viewer may see; raises NotPermitted, NotActing."""
    viewer.must(permission)
    must_act(viewer)
    return Person.objects.all()


def records(viewer: Viewer, *, permission: Permission = Permission.SEE_RECORD) -> QuerySet[Record]:
    """The agencies' records this viewer may see; raises NotPermitted, NotActing."""
    viewer.must(permission)
    must_act(viewer)
    return Record.objects.select_related("agency")


def versions(viewer: Viewer) -> QuerySet[RecordVersion]:
    """What records said before, for those who may see them; raises NotPermitted, NotActing."""
    viewer.must(Permission.SEE_RECORD)
    must_act(viewer)
    return RecordVersion.objects.all()


def households(viewer: Viewer) -> QuerySet[Household]:
    """The households this viewer may see; raises NotPermitted, NotActing."""
    viewer.must(Permission.SEE_RECORD)
    must_act(viewer)
    return Household.objects.all()


def canonical(viewer: Viewer, person_id: uuid.UUID) -> Person:
    """The person that identifier stands for today, every merge followed.

    Raises Person.DoesNotExist, or NotPermitted.
    """
    visible = people(viewer)
    person = visible.get(pk=person_id)
    for _ in range(LONGEST_CHAIN):
        if person.merged_into_id is None:
            return person
        person = visible.get(pk=person.merged_into_id)
    raise Person.DoesNotExist("The merges of this person run in a circle.")


def nhs_number_for(viewer: Viewer, nhs_number: str) -> str:
    """The NHS number, or nothing for a viewer who may not be shown it (P3)."""
    return nhs_number if viewer.may(Permission.SEE_NHS_NUMBER) else ""


WITHHELD_NUMBER = "number not shown"


def own_number_for(viewer: Viewer, record_id: str, nhs_number: str) -> str:
    """An agency's own number of a record; withheld where it is the NHS number in disguise (P3)."""
    if viewer.may(Permission.SEE_NHS_NUMBER):
        return record_id
    digits = "".join(letter for letter in record_id if letter.isdigit())
    disguised = standard_nhs_number(digits) or (nhs_number and nhs_number in digits)
    return WITHHELD_NUMBER if disguised else record_id
