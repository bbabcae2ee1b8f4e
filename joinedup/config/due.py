"""Everything that falls due by the clock alone, in one list, in the order it is done."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import DatabaseError, connections

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.mail import MailServer
from joinedup.foundations.notices.operations import send_due
from joinedup.identity.accountability.operations.breaches import tell_of_breaches_in_time
from joinedup.identity.accountability.operations.complaints import tell_of_complaints_in_time
from joinedup.identity.sharing.operations.agreement_warnings import warn_of_agreements
from joinedup.identity.sharing.operations.leaving import tell_who_lost
from joinedup.intelligence.linkage.operations.run_retention import Where, run_retention
from joinedup.partnership.workforce.operations import warn_of_lapsing_approvals
from joinedup.partnership.workforce.operations.training import warn_of_training
from joinedup.single_view.operations.copied import forget_copied
from joinedup.support.cases.operations import name_acting_leads
from joinedup.support.cases.operations.combined import hand_on_alerts
from joinedup.support.cases.operations.combined_check import check_combined_factors
from joinedup.support.cases.operations.disagreeing import climb_disagreements
from joinedup.support.cases.operations.placing import find_splits
from joinedup.support.cases.operations.reviews import tell_late_reviews
from joinedup.support.frontdoor.operations.batches import take_waiting_rows
from joinedup.support.frontdoor.operations.drafts import end_old_drafts
from joinedup.support.frontdoor.operations.public import take_in_arrivals
from joinedup.support.handovers.operations import (
    escalate_silence,
    open_to_stand_ins,
    settle_duties,
    tell_what_is_late,
)
from joinedup.support.handovers.queries.system import unanswered
from joinedup.support.panels.operations.after import follow_up_decisions
from joinedup.support.panels.operations.allocating_answers import settle_allocations
from joinedup.support.panels.operations.checks import chase_checks
from joinedup.support.panels.operations.meeting_actions import tell_late_actions
from joinedup.support.panels.operations.moving import follow_moves
from joinedup.support.panels.operations.parted import find_item_splits
from joinedup.support.panels.operations.queue import tell_full_queues
from joinedup.support.safeguarding import operations as safeguarding

_log = structlog.get_logger(__name__)

Does = Callable[[datetime.datetime], int]


@dataclass(frozen=True)
class Thing:
    """Something that falls due: its name, what it does in a sentence, and how often it is looked for."""

    name: str
    sentence: str
    does: Does
    daily: bool = False


@dataclass(frozen=True)
class Done:
    """What one round did: how many of each thing, what failed, what nobody answers for."""

    counts: dict[str, int]
    failed: list[str]
    unanswered: int


def _warn(at: datetime.datetime) -> int:
    return warn_of_agreements(day=day_of(at), at=at)


def _send(at: datetime.datetime) -> int:
    if not settings.MAIL_SERVER:
        return 0
    server = MailServer.at(settings.MAIL_SERVER, settings.MAIL_SENDER)
    return send_due(send=server.send, site=settings.SITE_ADDRESS, at=at).sent


def _duties(at: datetime.datetime) -> int:
    moved = settle_duties(at=at)
    open_to_stand_ins(at=at)
    return moved


def _retention(at: datetime.datetime) -> int:
    return run_retention(where=Where(settings.DATA, settings.INBOX, forget_copied), at=at)


def _combined(at: datetime.datetime) -> int:
    return hand_on_alerts(at=at) + check_combined_factors(at=at)


THINGS = (
    Thing("ring-on", "rings on where nobody has acknowledged a danger (P19)",
          lambda at: safeguarding.ring_on(at=at)),
    Thing("arrivals", "takes in what the public sent and could not be taken in then",
          lambda at: take_in_arrivals(at=at)),
    Thing("batches", "takes in the rows of step-downs that were cut off (P22)",
          lambda at: take_waiting_rows(at=at)),
    Thing("duties", "gives duties to cover, and back, and of ended posts to who acts (P33)", _duties),
    Thing("acting-leads", "names who acts for a lead whose post has ended (P33)",
          lambda at: name_acting_leads(at=at)),
    Thing("disagreements", "takes disagreements about steps up their ladder (P40)",
          lambda at: climb_disagreements(at=at)),
    Thing("silence", "takes hand-overs without an answer up (P33)",
          lambda at: escalate_silence(at=at)),
    Thing("allocations", "follows allocations that were answered elsewhere, and tells the chair of silence (P27)",
          lambda at: settle_allocations(at=at)),
    Thing("moved-cases", "follows moved cases that were answered elsewhere (S0-97)",
          lambda at: follow_moves(at=at)),
    Thing("late-steps", "tells whoever answers of a step past its time (P33)",
          lambda at: tell_what_is_late(at=at)),
    Thing("late-exits", "tells of a danger decided or written up too late (P19)",
          lambda at: safeguarding.tell_what_is_late(at=at)),
    Thing("silent-exits", "tells who raised a danger what to do after three silent days (P19)",
          lambda at: safeguarding.tell_silent_referrers(at=at)),
    Thing("data-breaches", "tells of breaches of data whose 72 hours run out, or have (P15)",
          lambda at: tell_of_breaches_in_time(at=at)),
    Thing("risk-plans", "tells of warning notes that are to be reviewed, and of those past it",
          lambda at: safeguarding.tell_plans_to_review(at=at)),
    Thing("splits", "marks in cases what is to be placed where one person turned out to be two",
          lambda at: find_splits(at=at)),
    Thing("split-items", "marks items of panels whose person turned out to be two, and lets them follow",
          lambda at: find_item_splits(at=at)),
    Thing("case-reviews", "tells lead and manager of a case that is past its review (P33)",
          lambda at: tell_late_reviews(at=at)),
    Thing("agency-checks", "chases checks before a meeting, and notes what was not answered by its start",
          lambda at: chase_checks(at=at)),
    Thing("meeting-actions", "tells owners of actions from meetings that are past their day",
          lambda at: tell_late_actions(at=at), daily=True),
    Thing("decisions", "finds what became of each decision of a panel after 6 and 26 weeks",
          lambda at: follow_up_decisions(at=at), daily=True),
    Thing("combined-factors", "gives a lead’s alerts to who stands in, and looks for what bears on a child (P36)",
          _combined, daily=True),
    Thing("agreements", "warns of agreements that will close, tells of those that have (P7)",
          _warn, daily=True),
    Thing("data-complaints", "tells of complaints about data that are to be acknowledged, and of late ones (P15)",
          lambda at: tell_of_complaints_in_time(at=at), daily=True),
    Thing("agencies-left", "tells practitioners who see less since an agency left the partnership (P15)",
          lambda at: tell_who_lost(day=day_of(at), at=at), daily=True),
    Thing("approvals", "warns of approvals by name that are about to end, and of those that have",
          lambda at: warn_of_lapsing_approvals(at=at), daily=True),
    Thing("panel-queues", "tells who coordinates a panel that its queue will be longer than it can take (S0-92)",
          lambda at: tell_full_queues(at=at), daily=True),
    Thing("training", "warns of courses that are about to end, and of those that have (S0-96)",
          lambda at: warn_of_training(at=at), daily=True),
    Thing("drafts", "throws away drafts that nobody has gone on with",
          lambda at: end_old_drafts(at=at), daily=True),
    # Looked for in each round: what waited for a night, or was killed, is not left for tomorrow.
    Thing("retention", "takes back what a controller deleted and no longer keeps, each rule once a day (P15)",
          _retention),
    Thing("e-mails", "sends the e-mails that wait, where a mail server is named", _send),
)  # fmt: skip
"""Safety first; e-mails last, so that what this round tells goes out in it."""


def _mend_the_connection() -> None:
    connection = connections["default"]
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def do_what_is_due(at: datetime.datetime, *, daily: bool) -> Done:
    """Do each thing in turn; one that fails is logged by its place, and the others are done."""
    counts: dict[str, int] = {}
    failed = []
    for thing in THINGS:
        if thing.daily and not daily:
            continue
        try:
            counts[thing.name] = thing.does(at)
        except Exception as error:
            failed.append(thing.name)
            _log.error(
                "a thing that is due failed",
                what=thing.name,
                exc_info=(type(error), error, error.__traceback__),
            )
            _mend_the_connection()
    return Done(counts, failed, len(unanswered(at)))


def rounds(clock: Callable[[], datetime.datetime], wait: Callable[[], bool]) -> Iterator[Done]:
    """Round after round until `wait` says to stop; what is daily in the first round of each day.

    A database that is away for a while costs the rounds meanwhile, and not those after.
    """
    last: datetime.date | None = None
    while True:
        try:
            at = clock()
            done = do_what_is_due(at, daily=day_of(at) != last)
        except DatabaseError as error:
            _log.error(
                "a round of what is due failed", exc_info=(type(error), error, error.__traceback__)
            )
            _mend_the_connection()
        else:
            last = day_of(at)
            yield done
        if not wait():
            return
