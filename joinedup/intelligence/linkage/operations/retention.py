"""Set how long what a controller deleted is kept, and end that (P15)."""

import datetime

from django.db import IntegrityError, transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import count, day
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.intelligence.linkage.choices import MOST_MONTHS
from joinedup.intelligence.linkage.models import RetentionRule
from joinedup.intelligence.linkage.queries.retention import controllers


class CannotSetRetention(Exception):
    """Nothing was set; the message says how to mend it, and `field` what it is about."""

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.field = field


def set_retention(
    *, by: Viewer, agency: str, months: int, starts_on: datetime.date, reference: str,
    at: datetime.datetime, controller: str = "", seen: int = 0,
) -> RetentionRule:  # fmt: skip
    """Set for how many months what this controller deleted, or sends no longer, is kept from that day on.

    From tomorrow at the earliest: till then its page says how many records that will be. `seen` is the latest row
    that whoever sets it had before them; what somebody else set since is told first, and so not lost.
    Raises CannotSetRetention, NotPermitted.
    """
    _must(by, agency)
    if not 0 <= months <= MOST_MONTHS:
        raise CannotSetRetention(
            f"Write a number of months from 0 to {MOST_MONTHS}: 0 keeps nothing past the day it went.",
            "months",
        )
    if controller and controller not in controllers(agency):
        raise CannotSetRetention(
            f"{controller} sends nothing through this agency. Choose a controller of the list, or the whole agency.",
            "controller",
        )
    return _add(by, agency, controller, months, starts_on, reference, seen, at)


def end_retention(
    *, by: Viewer, agency: str, starts_on: datetime.date, reference: str, at: datetime.datetime,
    controller: str = "", seen: int = 0,
) -> RetentionRule:  # fmt: skip
    """End a controller's rule from that day on, and say why: what it deletes then stays until it is recalled.

    Where its agency has a rule, that is what holds from then on. `seen` as in set_retention.
    Raises CannotSetRetention, NotPermitted.
    """
    _must(by, agency)
    return _add(by, agency, controller, None, starts_on, reference, seen, at)


def _must(by: Viewer, agency: str) -> None:
    by.must(Permission.SEND_DELIVERIES)
    if not by.is_system and by.agency != agency:
        raise NotPermitted("An agency’s retention is its own.")


def _add(
    by: Viewer, agency: str, controller: str, months: int | None, starts_on: datetime.date,
    reference: str, seen: int, at: datetime.datetime,
) -> RetentionRule:  # fmt: skip
    said = reference.strip()
    if not said:
        raise CannotSetRetention(
            "Say where your own retention schedule says so, or why the rule ends.", "reference"
        )
    first, when = day_of(at), "today"
    if months is not None:
        first, when = first + datetime.timedelta(days=1), "tomorrow"
    if starts_on < first:
        raise CannotSetRetention(
            f"It holds from {when} at the earliest: write {day(first)} or a later day.",
            "starts_on",
        )
    try:
        with transaction.atomic():
            if not Agency.objects.select_for_update(no_key=True).filter(pk=agency).exists():
                raise CannotSetRetention(f"There is no agency {agency}. Look at its code.")
            latest = RetentionRule.objects.of(agency, controller).first()
            _must_be_known(latest, seen)
            if months is None and (latest is None or latest.months is None):
                raise CannotSetRetention("There is no rule to end.")
            rule = RetentionRule.objects.create(
                agency_id=agency, controller=controller, months=months, starts_on=starts_on,
                reference=said, set_by_id=by.post_id, set_at=at, before=latest,
            )  # fmt: skip
            record_change(
                at=at, post_id=by.post_id, act="ended" if months is None else "set",
                subject_kind="retention", subject_id=str(rule.pk), purpose=by.purpose, holder=agency,
                detail={"months": months},
            )  # fmt: skip
    except IntegrityError as why:
        # Nobody gets past the lock together; should two, the line without a fork keeps one of them.
        raise CannotSetRetention(_CHANGED) from why
    return rule


_CHANGED = "Somebody else changed this rule meanwhile. Look at it as it is now, then set yours."


def _must_be_known(latest: RetentionRule | None, seen: int) -> None:
    if latest is None or latest.pk <= seen:
        return
    who = latest.set_by.user.name if latest.set_by else "The system"
    what = "ended it" if latest.months is None else f"set {count(latest.months, 'month')}"
    raise CannotSetRetention(
        f"{who} {what} from {day(latest.starts_on)} on, which you did not have before you. "
        "Look at it; send yours again if it is still to hold instead."
    )
