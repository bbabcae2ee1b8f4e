"""Keep to the retention of each controller, every day, by the clock (P15)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.db import OperationalError, transaction

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.trouble import Trouble
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.models import RetentionRule, RetentionRun
from joinedup.intelligence.linkage.operations.night_lock import may_answer
from joinedup.intelligence.linkage.operations.recall import Recalled, forget_deleted
from joinedup.intelligence.linkage.operations.taken_back import Elsewhere, nowhere_else
from joinedup.intelligence.linkage.queries import retention as queries

RUNNING = Viewer.system("keeping to the retention of a controller")
PAGE = "/deliveries/retention/"
MOST_IN_A_ROUND = 500
"""So few take seconds: whoever is in danger is rung for between one round and the next."""
IN_THE_LOG = (
    "It could not go on. Why stands in the log of the server: ask whoever runs it. "
    "It is tried again tomorrow."
)

_log = structlog.get_logger(__name__)


class RetentionFailed(Exception):
    """Some rules could not be kept to; their runs say why."""


@dataclass(frozen=True)
class Where:
    """What a taking back reaches beside the tables of this room."""

    data: Path
    inbox: Path
    elsewhere: Elsewhere = nowhere_else


def run_retention(*, where: Where, at: datetime.datetime) -> int:
    """Take back what each rule in force no longer keeps; return how many records that was.

    Each rule once a day, by a row that says so in the same transaction: what was killed, or waits for a night, has
    not ended there and goes on in the next round; so does what is more than a round takes. One that fails says so on
    its page, stops no other and is tried tomorrow. Raises RetentionFailed when all are done.
    """
    day, room, failed = day_of(at), MOST_IN_A_ROUND, 0
    for rule in queries.still_to_run(day):
        if not room:
            break
        try:
            room -= _run(rule, day, room, where, at)
        except Exception as why:
            _log.error("a rule of retention failed", rule=rule.pk, exc_info=why)
            failed += 1
            if not isinstance(why, OperationalError):  # the database may be well in a minute
                _say_it_failed(rule, day, why, at)
    if failed:
        raise RetentionFailed(f"{failed} rules of retention could not be kept to")
    return MOST_IN_A_ROUND - room


def _run(
    rule: RetentionRule, day: datetime.date, most: int, where: Where, at: datetime.datetime
) -> int:
    with transaction.atomic(), acting(RUNNING):
        if not (may_answer() and _is_still_to_run(rule, day)):
            return 0
        over = queries.how_many(rule, day)
        done = _take_back(rule, day, most, where, at) if over else None
        _say_it_ran(rule, day, done, at, ended=over <= most)
        return done.counts["people_record"] if done else 0


def _take_back(
    rule: RetentionRule, day: datetime.date, most: int, where: Where, at: datetime.datetime
) -> Recalled:
    return forget_deleted(
        by=RUNNING, agency=rule.agency_id, controller=rule.controller,
        gone_before=queries.gone_before(rule, day), besides=queries.ruled_apart(rule, day),
        most=most, data=where.data, inbox=where.inbox, elsewhere=where.elsewhere, at=at,
    )  # fmt: skip


def _is_still_to_run(rule: RetentionRule, day: datetime.date) -> bool:
    """Whether it holds still and nobody else runs it now; locked until the caller's transaction ends.

    Asked again, as it may have been ended or run since the round began: what goes does not come back.
    """
    rules = RetentionRule.objects.select_for_update(skip_locked=True, no_key=True)
    return rules.filter(pk=rule.pk).exists() and rule in queries.still_to_run(day)


def _say_it_ran(
    rule: RetentionRule, day: datetime.date, done: Recalled | None, at: datetime.datetime,
    *, ended: bool,
) -> None:  # fmt: skip
    run, _ = RetentionRun.objects.get_or_create(rule=rule, day=day, defaults={"at": at})
    run.ended_at = at if ended else None
    if done:
        run.records += done.counts["people_record"]
        run.copies += [str(copy.entry_id) for copy in done.copies]
    run.save()
    if done and done.copies:
        _tell(run, {rule.agency_id, *queries.agencies_of(done.copies)}, at)


def _say_it_failed(
    rule: RetentionRule, day: datetime.date, why: Exception, at: datetime.datetime
) -> None:
    with transaction.atomic():
        run, _ = RetentionRun.objects.get_or_create(rule=rule, day=day, defaults={"at": at})
        run.trouble = str(why) if isinstance(why, Trouble) else IN_THE_LOG
        run.ended_at = at
        run.save()
        _tell(run, {rule.agency_id}, at)


def _tell(run: RetentionRun, agencies: Iterable[str], at: datetime.datetime) -> None:
    """Tell the managers of whoever runs it, and of whoever took a copy out and is to see to it."""
    posts = [post for code in sorted(agencies) for post in queries.who_is_told(code, run.day)]
    tell(
        by=None, posts=posts, kind=NoticeKind.RETENTION_RAN, link=PAGE, at=at,
        once=f"retention {run.pk}",
    )  # fmt: skip
