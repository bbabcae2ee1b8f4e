"""Who may supervise and who may sign off: separate acts, and by separate people where P37 says."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.support.cases.choices import Programme


@dataclass(frozen=True)
class Apart:
    """That a programme's phase keeps supervision and sign-off in separate hands, from a day on."""

    programme: Programme
    from_on: datetime.date


APART: tuple[Apart, ...] = (Apart(Programme.TRANSFORMING_LIVES, datetime.date(2026, 1, 1)),)
"""What the phases say; elsewhere it follows from who employs the author."""


@dataclass(frozen=True)
class Author:
    """Whoever wrote what is signed: whom they answer to, who employs them, where they work."""

    user: uuid.UUID
    manager_user: uuid.UUID | None
    supervisor_user: uuid.UUID | None
    employer: str
    host: str
    has_left: bool = False


def kept_apart(author: Author, programme: Programme, today: datetime.date) -> bool:
    """Whether supervision and sign-off must be by two people."""
    if author.employer != author.host:
        return True
    return any(each.programme is programme and each.from_on <= today for each in APART)


def why_not_signed(
    signer: uuid.UUID,
    author: Author,
    *,
    is_manager: bool,
    apart: bool,
    supervised_by: frozenset[uuid.UUID] = frozenset(),
) -> str | None:
    """Why this user may not sign off the author's work; None where they may.

    `supervised_by` are those who supervised the author at this case.
    """
    if signer == author.user:
        return "Nobody signs off their own work. Ask your operational manager."
    if signer != author.manager_user and not is_manager:
        return (
            "Only the author’s operational manager, or whoever stands in for them, signs this off."
        )
    if apart and (signer == author.supervisor_user or signer in supervised_by):
        return (
            "Supervision and sign-off are kept in separate hands here. You supervise this work, so "
            "another manager signs it off."
        )
    return None


def why_not_supervised(
    supervisor: uuid.UUID,
    author: Author,
    *,
    apart: bool,
    signed_by: frozenset[uuid.UUID] = frozenset(),
) -> str | None:
    """Why this user may not supervise the author's work; `signed_by` signed work of theirs off here."""
    if supervisor == author.user:
        return "Nobody supervises their own work."
    if author.supervisor_user is not None and supervisor != author.supervisor_user:
        return (
            "Another post is named as professional supervisor. Ask an administrator to change that."
        )
    if apart and (supervisor == author.manager_user or supervisor in signed_by):
        return (
            "Supervision and sign-off are kept in separate hands here. You sign this work off, so "
            "another supervises it."
        )
    return None
