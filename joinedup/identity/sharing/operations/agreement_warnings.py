"""Tell those who govern sharing that an agreement will close, and everybody affected that it has (P7)."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import AgreementChange
from joinedup.identity.sharing.operations.preview import foretold, lost_by_lapse
from joinedup.identity.sharing.queries.agreements_due import Due, agreements_due, who_governs

WARNING = Viewer.system("telling of agreements that close")


def warn_of_agreements(*, day: datetime.date, at: datetime.datetime) -> int:
    """Send the warnings of that day and tell of each lapse; return how many posts were told.

    Asked twice for a day it tells nobody twice.
    """
    told = 0
    for due in agreements_due(day):
        with transaction.atomic(), acting(WARNING):
            told += _lapsed(due, day, at) if due.lapsed else _warned(due, day, at)
    return told


def _warned(due: Due, day: datetime.date, at: datetime.datetime) -> int:
    governing = who_governs(due.agreement, day)
    told = _tell(governing, NoticeKind.AGREEMENT_REVIEW_DUE, due, at, page=True)
    would = foretold(due.agreement, AgreementChange.LAPSE, at=at)
    return told + _tell(would.posts_losing_safety, NoticeKind.SAFETY_FACT_AT_RISK, due, at)


def _lapsed(due: Due, day: datetime.date, at: datetime.datetime) -> int:
    told = _tell(who_governs(due.agreement, day), NoticeKind.AGREEMENT_CLOSED, due, at, page=True)
    lost = lost_by_lapse(due.agreement, at=at)
    return told + _tell(lost.posts, NoticeKind.SIGHT_LOST, due, at)


def _tell(
    posts: Iterable[uuid.UUID],
    kind: NoticeKind,
    due: Due,
    at: datetime.datetime,
    *,
    page: bool = False,
) -> int:
    """Governing posts are led to the agreement; a practitioner's role does not open that, so to the start."""
    link = f"/agreements/{due.agreement.pk}/" if page else "/"
    return tell(by=None, posts=sorted(posts), kind=kind, link=link, at=at, once=due.once)
