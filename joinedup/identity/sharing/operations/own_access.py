"""A person's code to their own page: handed over in person, opened, revoked at once (P39)."""

import datetime
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from joinedup.foundations.accounts.operations.attempts import CannotSignIn, attempt
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.operations import record_change, record_look
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, marks, people
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import Involvement, OwnAccess
from joinedup.identity.sharing.queries.facts import identifiers_of

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that is mistaken for another when it is read out or copied."""
GROUPS, IN_A_GROUP = 4, 4
OPENING = Viewer.system("opening a person’s own page")
UNUSED_FOR = datetime.timedelta(days=14)
"""A code that nobody has opened the page with by then is a card that lies about (propose)."""
IDLE_FOR = datetime.timedelta(days=90)
"""A code in use ends when it has not been used for so long (propose)."""
WRONG = (
    "That code and date of birth do not open a page. Check both, or ask the person who gave "
    "you the code for a new one."
)


class CannotHandOver(Exception):
    """Why no code is made, fit for the page."""


class CannotOpenOwnPage(Exception):
    """The one answer to every wrong code or birth date, fit for the page."""


@dataclass(frozen=True)
class HeldBy:
    """Who is to hold a code, by what right; the person themselves unless said otherwise (P12)."""

    right: PageFor = PageFor.PERSON
    name: str = ""
    paper: str = ""


def hand_over_code(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    asked_about_coercion: bool,
    at: datetime.datetime,
    held_by: HeldBy = HeldBy(),
) -> tuple[OwnAccess, str]:
    """Make a code for the person in front of you; it is shown once and only its hash is kept.

    Earlier codes of the same holder stop working. A carer or parent holds one only where the person
    agrees or the law gives them the right, with the paper seen (P12, P39).

    Raises CannotHandOver, Person.DoesNotExist, NotPermitted.
    """
    by.must(Permission.RECORD_CONSENT)
    if by.post_id is None:
        raise NotPermitted("A code is handed over by somebody, never by the system.")
    if not asked_about_coercion:
        raise CannotHandOver(
            "First ask, alone with the person, whether anybody could make them show the page."
        )
    if held_by.right is not PageFor.PERSON and not held_by.name.strip():
        raise CannotHandOver("Say who is to hold the code.")
    if held_by.right.needs_paper and not held_by.paper.strip():
        raise CannotHandOver(
            "Say which document you saw, and when: one adult never speaks for another."
        )
    with acting(by):
        people(by).get(pk=person_id)
    code = "-".join(
        "".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS)
    )
    with acting(OPENING):
        if not _works_with(by, person_id, at):
            raise CannotHandOver(
                "Only a team that works with the person hands over a code. Record your "
                "involvement first, or ask the team that is involved."
            )
        name = held_by.name.strip() if held_by.right is not PageFor.PERSON else ""
        _revoke(person_id, at, name)
        made = OwnAccess.objects.create(
            person_id=person_id,
            code_hash=hash_of(code),
            agency_id=by.agency,
            handed_over_by_id=by.post_id,
            handed_over_at=at,
            asked_about_coercion=True,
            right=held_by.right,
            held_by=name,
            paper=held_by.paper.strip(),
        )
        _on_record(by, made, "handed over a code", at)
    return made, code


def revoke_codes(*, by: Viewer, person_id: uuid.UUID, at: datetime.datetime) -> int:
    """Shut the person's own page at once, on their word or on a worry; return how many codes died."""
    by.must(Permission.RECORD_CONSENT)
    with acting(by):
        people(by).get(pk=person_id)
    with acting(OPENING):
        revoked = _revoke(person_id, at)
        record_change(
            at=at,
            post_id=by.post_id,
            act="revoked codes",
            subject_kind="own access",
            subject_id="",
            purpose=by.purpose,
            person_id=person_id,
            agency=by.agency,
            detail={"codes": revoked},
        )
    return revoked


def open_own_page(
    *, code: str, born_on: datetime.date, at: datetime.datetime, address: str = ""
) -> OwnAccess:
    """The access that this code and birth date open; raises CannotOpenOwnPage, always in one voice.

    Guesses are counted as those at signing in are: for each code, so that nobody tries birth dates
    with a card that was found, and for each address they come from. Each leaves its line.
    """
    with acting(OPENING):
        try:
            found = attempt(
                email=hash_of(code),
                address=address,
                at_door="own page ",
                at=at,
                check=lambda: _opened_by(code, born_on, at),
                wrong=WRONG,
                failed=lambda: _leave_refusal(code, at),
            )
        except CannotSignIn as why:
            # The failure stays counted and its line stays written: no exception leaves this block.
            refused: str | None = str(why)
        else:
            refused = None
            _note_opening(found, at)
    if refused is not None:
        raise CannotOpenOwnPage(refused)
    return found


def _opened_by(code: str, born_on: datetime.date, at: datetime.datetime) -> OwnAccess | None:
    found = OwnAccess.objects.select_for_update().filter(code_hash=hash_of(code)).first()
    if found is None or found.revoked_at is not None or ends_at(found) <= at:
        return None
    known = Record.objects.filter(
        person__in=identifiers_of(found.person_id), born_on=born_on, gone_on=None
    )
    return found if known.exists() else None


def ends_at(access: OwnAccess) -> datetime.datetime:
    """When the code stops working by itself, unless it is used before."""
    if access.opened_last_at is None:
        return access.handed_over_at + UNUSED_FOR
    return access.opened_last_at + IDLE_FOR


def _leave_refusal(code: str, at: datetime.datetime) -> None:
    """A wrong guess is on record, under the person where the code was somebody's."""
    whose = OwnAccess.objects.filter(code_hash=hash_of(code)).first()
    about = marks(OPENING, Outcome.REFUSED)
    about["person_id"] = whose.person_id if whose else None
    record_look(
        at=at,
        post_id=None,
        subject_kind="own access",
        subject_id=str(whose.pk) if whose else "",
        purpose="the person on their own page",
        **about,
    )


def _note_opening(found: OwnAccess, at: datetime.datetime) -> None:
    found.opened_first_at = found.opened_first_at or at
    found.opened_before_at, found.opened_last_at = found.opened_last_at, at
    found.save()
    record_change(
        at=at,
        post_id=None,
        act="opened own page",
        subject_kind="own access",
        subject_id=str(found.pk),
        purpose="the person on their own page",
        person_id=found.person_id,
    )


def hash_of(code: str) -> str:
    """The keyed hash a code is kept as; spaces, dashes and small letters do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()


def _revoke(person_id: uuid.UUID, at: datetime.datetime, held_by: str | None = None) -> int:
    """Every code of the person, or of one holder, by whichever identifier it was handed over."""
    live = OwnAccess.objects.filter(person__in=identifiers_of(person_id), revoked_at__isnull=True)
    if held_by is not None:
        live = live.filter(held_by=held_by)
    return live.update(revoked_at=at)


def _works_with(by: Viewer, person_id: uuid.UUID, at: datetime.datetime) -> bool:
    """Whether the post, or its team, is involved: or a code would open to anybody all they may not see."""
    live = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    theirs = Q(post=by.post_id) | Q(post__isnull=True, team=by.team_id)
    of_person = Involvement.objects.filter(person__in=identifiers_of(person_id), starts_at__lte=at)
    return of_person.filter(live, theirs).exists()


def _on_record(by: Viewer, access: OwnAccess, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="own access",
        subject_id=str(access.pk),
        purpose=by.purpose,
        person_id=access.person_id,
        agency=by.agency,
    )
