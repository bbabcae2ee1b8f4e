"""How a referral reads to whoever works at it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, listed, moment, years_on
from joinedup.support.frontdoor.choices import (
    Agreement,
    Characteristic,
    ContactReason,
    EmergencyService,
    EntryRoute,
    ForWhom,
    FoundKind,
    HighRiskRoute,
    MatchAnswer,
    Need,
    ReferralState,
    Source,
)
from joinedup.support.frontdoor.models import Match, Referral, Subject
from joinedup.support.frontdoor.presenters.queue import UNNAMED, age
from joinedup.support.frontdoor.queries.evidence import agency_in_words
from joinedup.support.frontdoor.queries.referral import Sent, Triaged, Where
from joinedup.support.questions.queries.answers import Answered

_COLOURS = {
    ReferralState.WITH_FRONT_DOOR: "yellow",
    ReferralState.OFFERED: "blue",
    ReferralState.ACCEPTED: "green",
    ReferralState.SIGNPOSTED: "purple",
    ReferralState.WITHDRAWN: "grey",
    ReferralState.CLOSED: "grey",
}


@dataclass(frozen=True)
class RouteLine:
    """One route that was considered, as it is told."""

    name: str
    when: str
    words: tuple[str, ...]
    is_warm: bool


def name_of(sent: Sent) -> str:
    """Whom it is for, as they were typed; the first of several."""
    first = next(iter(sent.subjects), None)
    name = f"{first.given_name} {first.family_name}".strip() if first else ""
    more = len(sent.subjects) - 1
    return f"{name or UNNAMED}{f' and {count(more, "other")}' if more > 0 else ''}"


def state_tag(referral: Referral) -> dict[str, str]:
    """Its state as a tag."""
    state = ReferralState(referral.state)
    return {"text": state.label, "classes": f"govuk-tag--{_COLOURS.get(state, 'yellow')}"}


def facts(sent: Sent, at: datetime.datetime) -> list[dict[str, Any]]:
    """What was sent, as a summary list."""
    referral = sent.referral
    rows = [
        ("What is going on", referral.going_on),
        ("What they want", referral.wanted),
        ("Needs", listed([Need(need).label.lower() for need in referral.needs]).capitalize()),
        (
            "Agencies needed, as its sender says",
            listed([agency_in_words(kind) for kind in referral.agencies_needed]),
        ),
        ("For", ForWhom(referral.for_whom).label),
        ("Knows and agrees", _agreement(referral)),
        ("Sent by", _sender(referral)),
        ("Sent", f"{moment(referral.submitted_at)}, {age(referral.submitted_at, at)} ago"),
        ("Reached at", referral.sender_reach),
        (
            "Passed on before",
            count(referral.hand_offs_before, "time") if referral.hand_offs_before else "",
        ),
    ]
    return [_row(key, value) for key, value in rows if value]


def people(sent: Sent, at: datetime.datetime, *, may_settle: bool = False) -> Table:
    """Whom it is for, and whom the spine, or a worker, took each for; the front door says who it is."""
    return table(
        "Who it is for",
        ["Name as typed", "Born", "Lives", "Telephone", "One of ours?"],
        [
            [
                Cell(
                    f"{each.given_name} {each.family_name}".strip() or UNNAMED,
                    note=" · ".join(part for part in (each.relation, each.school) if part),
                ),
                _born(each, at),
                _lives(each),
                each.phone,
                _match(sent.matches.get(each.pk), may_settle=may_settle),
            ]
            for each in sent.subjects
        ],
    )


def answers(answered: Iterable[Answered]) -> list[dict[str, Any]]:
    """What was answered, each with where it was known from if it was not asked."""
    return [
        _row(
            each.question.text,
            each.words
            + (
                f" ({each.source}{', ' + day(each.source_on) if each.source_on else ''})"
                if each.source
                else ""
            ),
        )
        for each in answered
        if each.words
    ]


def routes(triaged: Triaged) -> dict[str, Any]:
    """The best route with the next two and why not they; then all others, each with why not."""
    found = triaged.triage.routes if triaged.triage else []
    fit = [_line(each) for each in found if each["fits"]]
    unfit = [_line(each) for each in found if not each["fits"]]
    return {"best": fit[0] if fit else None, "next_two": fit[1:3], "others": fit[3:] + unfit}


def _line(each: dict[str, Any]) -> RouteLine:
    words = tuple(each["why_not"] or each["reasons"])
    return RouteLine(each["name"], each["when"], words, each["is_warm"])


def found_out(triaged: Triaged) -> list[str]:
    """What the front door learned, by whom and when, and how it is known."""
    return [
        f"{FoundKind(each.kind).label}: {_FOUND[FoundKind(each.kind)](each.code)}. {each.words} "
        f"({each.by_post.user.name}, {moment(each.at)})"
        for each in triaged.found
    ]


_FOUND: dict[FoundKind, Callable[[str], str]] = {
    FoundKind.AGENCY: agency_in_words,
    FoundKind.CHARACTERISTIC: lambda code: Characteristic(code).label,
    FoundKind.NEED: lambda code: Need(code).label,
    FoundKind.HIGH_RISK: lambda code: HighRiskRoute(code).label,
}


def evidence(triaged: Triaged) -> Table | None:
    """The counts that this viewer may see, against the threshold each was held to."""
    if not triaged.evidence:
        return None
    return table(
        "Counted from what agencies hold",
        ["Contacts with", Column("How many", numeric=True), "Last", "Threshold", "Held by"],
        [
            [
                Cell(
                    EmergencyService(row.service).label,
                    note=f"{ContactReason(row.reason).label}{', and counts' if row.characteristic else ''}",
                ),
                row.contacts,
                day(row.last_on),
                row.threshold,
                row.holder.name,
            ]
            for row in triaged.evidence
        ],
        caption_size="s",
    )


def clock(where: Where) -> str:
    """Who answers for it now, and by when the next step is due."""
    running = [step for step in where.steps if step.done_at is None and step.stopped_at is None]
    due = min((step.due_at for step in running), default=None)
    who = (
        f"{where.duty.post.user.name} answers for it" if where.duty else "Nobody answers for it now"
    )
    return f"{who}; due by {day(due - datetime.timedelta(minutes=1))}." if due else f"{who}."


def posts_to_name(posts: Iterable[Post], mine: object) -> list[tuple[str, str]]:
    """The posts that can take something on, one’s own first."""
    ordered = sorted(posts, key=lambda post: (post.pk != mine, post.user.name))
    return [
        (str(post.pk), f"{post.user.name}{' (you)' if post.pk == mine else ''}") for post in ordered
    ]


def routes_to_choose(triaged: Triaged, ids: dict[str, int]) -> list[tuple[str, str]]:
    """The routes to choose from, the rule’s own first, then those that fit, then the others."""
    found = triaged.triage.routes if triaged.triage else []
    return [(str(ids[each["code"]]), _choice(each)) for each in found if each["code"] in ids]


def _choice(each: dict[str, Any]) -> str:
    when = f", {each['when']}" if each["when"] else ""
    if not each["fits"]:
        return f"{each['name']} (does not fit)"
    return f"{each['name']}{when}{'' if each['is_warm'] else ' (signpost)'}"


def _agreement(referral: Referral) -> str:
    because = f": {referral.agreement_because.rstrip('. ')}" if referral.agreement_because else ""
    by = f". To be told by {day(referral.inform_by)}" if referral.inform_by else ""
    return f"{Agreement(referral.agreement).label}{because}{by}"


def _sender(referral: Referral) -> str:
    entry = EntryRoute(referral.entry)
    if referral.by_post is not None and not entry.is_public:
        return f"{referral.by_post.user.name}, {referral.by_post.team}, {referral.by_agency}"
    source = referral.venue.name if referral.venue else Source(referral.source).label
    name = f"{referral.sender_name}, " if referral.sender_name else ""
    return f"{name}{entry.label.lower()} ({source})" if name else f"{entry.label} ({source})"


def _born(subject: Subject, at: datetime.datetime) -> str:
    if subject.born_on:
        return f"{day(subject.born_on)}, {years_on(subject.born_on, day_of(at))}"
    return f"About {subject.age}" if subject.age is not None else "Not known"


def _lives(subject: Subject) -> str:
    if subject.no_fixed_address:
        return "No fixed address"
    return ", ".join(part for part in (subject.address, subject.postcode) if part) or "Not known"


def unsettled(sent: Sent) -> list[Subject]:
    """Those of whom nobody has said yet who they are, in order."""
    return [
        each
        for each in sent.subjects
        if (match := sent.matches.get(each.pk)) is not None
        and match.answer != MatchAnswer.OURS
        and match.by_post_id is None
    ]


def _match(match: Match | None, *, may_settle: bool) -> Cell:
    if match is None:
        return Cell("Not asked")
    if may_settle:
        words = "Nobody known here" if match.by_post_id else MatchAnswer(match.answer).label
        settled = match.answer == MatchAnswer.OURS
        return Cell(
            MatchAnswer.OURS.label if settled else words,
            href=reverse("who", args=[match.matter_id, match.subject.place]),
        )
    href = (
        reverse("person", args=[match.person_id])
        if match.person_id and match.answer == MatchAnswer.OURS
        else ""
    )
    return Cell(MatchAnswer(match.answer).label, href=href)


def _row(key: str, value: str) -> dict[str, Any]:
    return {"key": {"text": key}, "value": {"text": value}}
