"""What is known of people and agencies, read in bulk as the system: what derivation reckons with."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import connection

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.queries import exits
from joinedup.foundations.core.dates import start_of
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    Purpose,
    RestrictionKind,
    mask_of,
)
from joinedup.identity.sharing.models import (
    Consent,
    Disclosure,
    EmergencyAccess,
    Involvement,
    Restriction,
    SharingFlow,
)
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts
from joinedup.identity.sharing.rules.agreements import open_spans
from joinedup.identity.sharing.rules.known import Known, Pairs
from joinedup.identity.sharing.rules.sight import (
    ALL,
    Body,
    Decided,
    Flow,
    Ground,
    Kept,
    Word,
)
from joinedup.identity.sharing.rules.spans import FOREVER, from_now

Ids = list[uuid.UUID]


def ground(at: datetime.datetime) -> Ground:
    """The agencies, and what live agreements carry between them from now on."""
    agencies = Agency.objects.values_list("code", "kind", "name_reveals")
    bodies = {code: Body(AgencyKind(kind), reveals) for code, kind, reveals in agencies}
    spans = {
        pk: [
            span
            for start, end in open_spans(facts)
            if (span := from_now(start, end, at)) is not None
        ]
        for pk, facts in agreement_facts().items()
    }
    leaving = {code: start_of(day) for code, day in exits().items()}
    flows: defaultdict[tuple[str, str], list[Flow]] = defaultdict(list)
    carrying = SharingFlow.objects.filter(pseudonymised=False).order_by("pk")
    for agreement, recipient, holder, purpose, gateway, categories, asks in carrying.values_list(
        "agreement", "recipient", "holder", "purpose", "gateway", "categories", "consent_needed"
    ):
        # What a party gives and gets under an agreement ends with the day on which it leaves (P15).
        left = min(leaving.get(recipient, FOREVER), leaving.get(holder, FOREVER))
        for open_span in spans[agreement]:
            span = from_now(open_span.start, min(open_span.end, left), at)
            if span is None:
                continue
            carried = Flow(Purpose(purpose), gateway, _mask(categories), asks, span)
            flows[recipient, holder].append(carried)
    return Ground(bodies, {pair: tuple(found) for pair, found in flows.items()}, at)


def purposes_between(pairs: Pairs) -> tuple[Purpose, ...]:
    """The purposes that any flow of any agreement between these has: (recipient, holder)."""
    flows = SharingFlow.objects.values_list("recipient_id", "holder_id", "purpose").distinct()
    found = {purpose for recipient, holder, purpose in flows if (recipient, holder) in pairs}
    return tuple(purpose for purpose in Purpose if purpose in found)


def known_of(ids: Iterable[uuid.UUID], *, at: datetime.datetime) -> list[Known]:
    """What is known of the people these identifiers stand for, one for each person."""
    people, of = _groups(ids)
    everyone = list(of)
    for consent in _latest_words(everyone, of):
        _add_word(of[consent["person_id"]], consent, at)
    for person_id, to, decided in _decisions(everyone, of, at):
        of[person_id].decided.append((to, decided))
    _add_restrictions(everyone, of, at)
    _add_involvements(everyone, of, at)
    _add_emergencies(everyone, of, at)
    return people


def same_person(person_id: uuid.UUID) -> Ids:
    """Every identifier that stands for the same person, this one among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_identifiers(%s)", [person_id])
        (found,) = cursor.fetchone()
    return sorted(found) if found else [person_id]


def same_people(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Ids]:
    """The same for several at once: for each all identifiers of the one person, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one.id, wall_identifiers(one.id) FROM unnest(%s::uuid[]) AS one (id)",
            [list(set(person_ids))],
        )
        return {one: sorted(found) if found else [one] for one, found in cursor.fetchall()}


def _groups(ids: Iterable[uuid.UUID]) -> tuple[list[Known], dict[uuid.UUID, Known]]:
    """One for each person, with all its identifiers, every merge followed up and down."""
    by_root: dict[uuid.UUID, Known] = {}
    of: dict[uuid.UUID, Known] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT root, id FROM wall_same(%s) ORDER BY root, id", [list(ids)])
        for root, one in cursor.fetchall():
            known = by_root.setdefault(root, Known([]))
            known.ids.append(one)
            of[one] = known
    return list(by_root.values()), of


def _rows(model: Any, ids: Ids, *fields: str, **only: object) -> Iterator[dict[str, Any]]:
    found = model.objects.filter(person_id__in=ids, **only).order_by(*fields[:1], "pk")
    yield from found.values("person_id", *fields)


def _latest_words(ids: Ids, of: dict[uuid.UUID, Known]) -> list[dict[str, Any]]:
    """What was said, the earlier first; a word said anew of the same matter ends the one before."""
    last: dict[tuple[Any, ...], dict[str, Any]] = {}
    said = []
    for row in _rows(
        Consent, ids, "said_at", "purpose", "holder_id", "recipient_id", "categories", "state",
        "expires_at", "withdrawn_at",
    ):  # fmt: skip
        row["ends"] = min(row["expires_at"] or FOREVER, row["withdrawn_at"] or FOREVER)
        matter = (
            id(of[row["person_id"]]),
            row["purpose"],
            row["holder_id"],
            row["recipient_id"],
            frozenset(row["categories"]),
        )
        if matter in last:
            last[matter]["ends"] = min(last[matter]["ends"], row["said_at"])
        last[matter] = row
        said.append(row)
    return said


def _add_word(known: Known, row: dict[str, Any], at: datetime.datetime) -> None:
    span = from_now(row["said_at"], row["ends"], at)
    if span is None:
        return
    named = sum(bool(row[name]) for name in ("holder_id", "recipient_id", "categories"))
    word = Word(
        Purpose(row["purpose"]),
        row["holder_id"],
        _mask(row["categories"]) or ALL,
        row["state"] == ConsentState.GIVEN,
        named,
        span,
    )
    known.words.append((row["recipient_id"], word))


def _decisions(
    ids: Ids, of: dict[uuid.UUID, Known], at: datetime.datetime
) -> Iterator[tuple[uuid.UUID, str, Decided]]:
    """What holders decided, category by category: the later decision ends the one before."""
    last: dict[tuple[Any, ...], list[Any]] = {}
    each: list[tuple[tuple[Any, ...], list[Any]]] = []
    for row in _rows(
        Disclosure, ids, "decided_at", "holder_id", "recipient_id", "purpose", "categories",
        "decision", "ends_at",
    ):  # fmt: skip
        for category in row["categories"]:
            person = id(of[row["person_id"]])
            key = (person, row["holder_id"], row["recipient_id"], row["purpose"], category)
            if key in last:
                last[key][1] = min(last[key][1], row["decided_at"])
            last[key] = [row["decided_at"], row["ends_at"] or FOREVER, row]
            each.append((key, last[key]))
    masks: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    for key, (start, end, row) in each:
        span = from_now(start, end, at)
        if span is not None:
            masks[row["person_id"], row["recipient_id"], row["purpose"], row["holder_id"],
                  row["decision"], span] |= Category(str(key[-1])).bit  # fmt: skip
    for (person_id, to, purpose, holder, decision, span), mask in sorted(masks.items()):
        disclose = decision == DisclosureDecision.DISCLOSE
        yield person_id, to, Decided(Purpose(purpose), holder, mask, disclose, span)


def _add_restrictions(ids: Ids, of: dict[uuid.UUID, Known], at: datetime.datetime) -> None:
    kind = RestrictionKind.HOLDER_WITHHOLDS.value
    for row in _rows(
        Restriction, ids, "starts_at", "ends_at", "holder_id", "categories", kind=kind
    ):
        span = from_now(row["starts_at"], row["ends_at"], at)
        if span is not None:
            kept = Kept(row["holder_id"], _mask(row["categories"]) or ALL, span)
            of[row["person_id"]].kept.append(kept)


def _add_involvements(ids: Ids, of: dict[uuid.UUID, Known], at: datetime.datetime) -> None:
    for row in _rows(
        Involvement, ids, "starts_at", "ends_at", "team_id", "team__agency_id", "post_id",
        "post__team_id", "post__team__agency_id",
    ):  # fmt: skip
        span = from_now(row["starts_at"], row["ends_at"], at)
        if span is None:
            continue
        known = of[row["person_id"]]
        if row["post_id"] is None:
            known.teams.setdefault((row["team__agency_id"], row["team_id"]), []).append(span)
        else:
            post = (row["post__team__agency_id"], row["post__team_id"], row["post_id"])
            known.posts.setdefault(post, ([], []))[0].append(span)


def _add_emergencies(ids: Ids, of: dict[uuid.UUID, Known], at: datetime.datetime) -> None:
    for row in _rows(
        EmergencyAccess, ids, "starts_at", "ends_at", "post_id", "post__team_id",
        "post__team__agency_id",
    ):  # fmt: skip
        span = from_now(row["starts_at"], row["ends_at"], at)
        if span is not None:
            post = (row["post__team__agency_id"], row["post__team_id"], row["post_id"])
            of[row["person_id"]].posts.setdefault(post, ([], []))[1].append(span)


def _mask(categories: Iterable[str]) -> int:
    return _mask_of(frozenset(categories))


@cache
def _mask_of(categories: frozenset[str]) -> int:
    return mask_of(frozenset(map(Category, categories)))
