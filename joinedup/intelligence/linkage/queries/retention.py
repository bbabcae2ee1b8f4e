"""Rules of retention: which hold, what they would take back next, how they ran, whom that concerns (P15)."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.audit.queries.copies import Copy, copies_by_line
from joinedup.foundations.core.dates import day_of, months_on
from joinedup.foundations.places.models import Practice
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting, must_act_as_system
from joinedup.intelligence.linkage.models import Flow, RetentionRule, RetentionRun
from joinedup.pipeline.contracts.identity import CONTRACTS

COUNTING = Viewer.system("counting what retention would take back")
RUNS_SHOWN = 20
COPIES_SHOWN = datetime.timedelta(days=90)
"""For so long the page names the copies outside that a run reached."""
_MANAGE = [role.code for role in ROLES if Permission.SEND_DELIVERIES in role.permissions]


def in_force(day: datetime.date, agency: str = "") -> list[RetentionRule]:
    """The rules that hold on that day, of one agency or of all, by agency and controller."""
    rules = RetentionRule.objects.filter(agency=agency) if agency else RetentionRule.objects.all()
    standing = rules.standing_on(day).select_related("agency", "set_by__user")
    return [rule for rule in standing if rule.months is not None]


def still_to_run(day: datetime.date) -> list[RetentionRule]:
    """The rules in force that were not kept to the end on that day, nor failed on it."""
    done = set(RetentionRun.objects.ended_on(day).values_list("rule_id", flat=True))
    return [rule for rule in in_force(day) if rule.pk not in done]


def gone_before(rule: RetentionRule, day: datetime.date) -> datetime.date:
    """What was gone before this day is taken back on that one.

    At the end of a month that is up to three days later than the schedule says, and never earlier: what went on
    28 February and is kept for six months goes on 1 September, as it does where it went on 29 February.
    """
    return months_on(day, -(rule.months or 0))


def ruled_apart(rule: RetentionRule, day: datetime.date) -> list[str]:
    """The controllers whose records a rule of their whole agency leaves alone: each has a rule of its own."""
    if rule.controller:
        return []
    return [each.controller for each in in_force(day, rule.agency_id) if each.controller]


def how_many(rule: RetentionRule, day: datetime.date) -> int:
    """How many records this rule takes back on that day; live ones are never among them."""
    must_act_as_system()
    gone = Record.objects.filter(agency=rule.agency_id, gone_on__lt=gone_before(rule, day))
    if rule.controller:
        gone = gone.filter(controller=rule.controller)
    return gone.exclude(controller__in=ruled_apart(rule, day)).count()


def controllers(agency: str) -> dict[str, str]:
    """Those that an agency sends for, each by its code, with its name: practices, or nobody but itself."""
    shared = [c.code for c in CONTRACTS if c.agency == agency and c.controller_field is not None]
    codes = Flow.objects.filter(contract__in=shared).values_list("controller", flat=True)
    names = dict(Practice.objects.values_list("ods_code", "name"))
    return {code: names.get(code, code) for code in sorted(set(codes))}


def who_is_told(agency: str, day: datetime.date) -> list[uuid.UUID]:
    """The agency's data managers."""
    posts = Post.objects.held_on(day).filter(team__agency=agency, role__in=_MANAGE)
    return list(posts.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Ruling:
    """A rule that holds or is to hold, when it runs next, and how many records that would take back."""

    rule: RetentionRule
    next_on: datetime.date
    records: int
    last: RetentionRun | None


def rulings(viewer: Viewer, at: datetime.datetime) -> list[Ruling]:
    """The rules of the viewer's agency that hold, and those to come; raises NotPermitted."""
    viewer.must(Permission.SEE_DELIVERIES)
    today = day_of(at)
    done = set(RetentionRun.objects.ended_on(today).values_list("rule_id", flat=True))
    holding = in_force(today, viewer.agency)
    later = RetentionRule.objects.filter(agency=viewer.agency, starts_on__gt=today)
    days = sorted(set(later.values_list("starts_on", flat=True)))
    coming = [
        rule for day in days for rule in in_force(day, viewer.agency) if rule.starts_on == day
    ]
    rules = [*holding, *coming]
    with acting(COUNTING):
        return [
            Ruling(rule, (on := _next(rule, today, done)), how_many(rule, on), _last(rule))
            for rule in sorted(rules, key=lambda rule: (rule.controller, rule.starts_on))
        ]


def _next(rule: RetentionRule, today: datetime.date, done: set[int]) -> datetime.date:
    tomorrow = today + datetime.timedelta(days=1)
    return max(rule.starts_on, tomorrow if rule.pk in done else today)


def _last(rule: RetentionRule) -> RetentionRun | None:
    return rule.runs.order_by("-day").first()


def everything_set(viewer: Viewer) -> QuerySet[RetentionRule]:
    """Whatever was set for the viewer's agency and its controllers, the latest first; raises NotPermitted."""
    viewer.must(Permission.SEE_DELIVERIES)
    rules = RetentionRule.objects.filter(agency=viewer.agency)
    return rules.select_related("set_by__user").order_by("-pk")


def runs_that_did_something(viewer: Viewer) -> list[RetentionRun]:
    """The last runs of the viewer's agency that took something back or failed; raises NotPermitted."""
    viewer.must(Permission.SEE_DELIVERIES)
    runs = RetentionRun.objects.filter(rule__agency=viewer.agency).select_related("rule")
    return list(runs.exclude(records=0, trouble="").order_by("-day", "-pk")[:RUNS_SHOWN])


def copies_to_see_to(viewer: Viewer, at: datetime.datetime) -> list[tuple[Copy, Post]]:
    """The copies that people of the viewer's agency took out and that somebody's retention reached lately.

    Its own or another's: not whose, as that would tell who works with them (P8). Raises NotPermitted.
    """
    viewer.must(Permission.SEE_DELIVERIES)
    runs = RetentionRun.objects.filter(at__gte=at - COPIES_SHOWN).exclude(copies=[])
    lines = [uuid.UUID(line) for copies in runs.values_list("copies", flat=True) for line in copies]
    with acting(COUNTING):
        copies = copies_by_line(lines)
    posts = _posts(copies).filter(team__agency=viewer.agency).select_related("user", "team")
    by = {post.pk: post for post in posts}
    return [(copy, by[copy.post_id]) for copy in copies if copy.post_id in by]


def agencies_of(copies: Iterable[Copy]) -> set[str]:
    """The agencies whose people took these copies out: they are to see to them."""
    return set(_posts(copies).values_list("team__agency_id", flat=True))


def _posts(copies: Iterable[Copy]) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=[copy.post_id for copy in copies if copy.post_id])
