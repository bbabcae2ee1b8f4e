"""Random worlds: agencies, agreements, what people said, involvement, restrictions, decisions, emergencies.

A world is drawn from a number, written into the database, and kept in memory beside it. What follows
from its facts is reckoned here a second time and from their plain meaning, one viewer, person, holder
and category at a time, with nothing of what the product derives by.
"""

import datetime
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.foundations.agencies.models import Agency, AgencyExit, Post, Team
from joinedup.foundations.agencies.roles import ROLES, role
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.people.models import (
    Holding,
    HoldingDetail,
    HoldingSummary,
    Person,
    Record,
)
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    Purpose,
    RestrictionKind,
)
from joinedup.identity.sharing.gateways import GATEWAYS
from joinedup.identity.sharing.models import (
    AgreementParty,
    Consent,
    Disclosure,
    EmergencyAccess,
    Involvement,
    Restriction,
    SharingAgreement,
    SharingFlow,
)
from joinedup.identity.sharing.policy import Carried, Facts
from tests.sharing import built

Moment = datetime.datetime
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
ALWAYS_THERE = (Kind.HEALTH, Kind.SOCIAL_CARE, Kind.POLICE, Kind.HOUSING)
SOMETIMES = (
    Kind.HEALTH, Kind.FIRE, Kind.EDUCATION, Kind.VOLUNTARY, Kind.COUNCIL, Kind.PARTNERSHIP,
    Kind.LICENSED_PREMISES, Kind.COMMISSIONER,
)  # fmt: skip
AT_WORK = [each.code for each in ROLES if each.purposes]
OTHERS = [each.code for each in ROLES if not each.purposes]


@dataclass
class World:
    """All of one world, as it was drawn."""

    number: int
    at: Moment
    agencies: list[Agency] = field(default_factory=list)
    posts: list[tuple[Post, str]] = field(default_factory=list)
    """Each with the purpose it works for."""
    people: list[Person] = field(default_factory=list)
    agreements: list[tuple[SharingAgreement, list[AgreementParty], list[SharingFlow]]] = field(
        default_factory=list
    )
    consents: list[Consent] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    emergencies: list[EmergencyAccess] = field(default_factory=list)
    leaves: dict[str, datetime.date] = field(default_factory=dict)
    """The agencies that leave or have left the partnership, and from when (P15)."""

    def same(self, person: Person) -> frozenset[uuid.UUID]:
        """Every identifier that stands for this person."""
        root = person.merged_into_id or person.pk
        return frozenset(p.pk for p in self.people if root in (p.pk, p.merged_into_id))


def drawn(number: int, at: Moment, *, posts: int = 12, people: int = 10) -> World:
    """The world of that number, written into the database."""
    chance = random.Random(number)
    world = World(number, at)
    _agencies(world, chance)
    _posts(world, chance, posts)
    for _ in range(people):
        into = chance.choice(world.people) if world.people and chance.random() < 0.2 else None
        into = None if into is None or into.merged_into_id else into
        world.people.append(built.person(at, merged_into=into))
    for _ in range(chance.randint(6, 14)):
        _agreement(world, chance)
    _exits(world, random.Random(f"{number} leaves"))
    for person in world.people:
        _facts_about(world, person, chance)
    _holdings(world)
    return world


def _agencies(world: World, chance: random.Random) -> None:
    kinds = [*ALWAYS_THERE, *chance.sample(SOMETIMES, 2)]
    for place, kind in enumerate(kinds):
        code = f"w{world.number}{kind.value[:6]}{place}"
        world.agencies.append(built.agency(code, kind, name_reveals=chance.random() < 0.15))


def _posts(world: World, chance: random.Random, how_many: int) -> None:
    for place in range(how_many):
        agency = world.agencies[place % len(world.agencies)]
        code = chance.choice(AT_WORK if chance.random() < 0.9 else OTHERS)
        teams = list(Team.objects.filter(agency=agency))
        team = chance.choice(teams) if teams and chance.random() < 0.4 else None
        post = built.post(agency, code, world.at, team)
        if chance.random() < 0.1:
            post.ends_on = day_of(world.at) + chance.randint(-3, 12) * DAY
            post.save()
        purposes = role(code).purposes
        purpose = chance.choice(purposes) if purposes and chance.random() < 0.95 else "own_work"
        world.posts.append((post, purpose))


def _exits(world: World, chance: random.Random) -> None:
    """Now and then one leaves, has left, or was to and stays; its posts are let be, so that sight is judged."""
    for agency in chance.sample(world.agencies, 2):
        leaves_on = day_of(world.at) + chance.randint(-6, 12) * DAY
        stays = {"taken_back_at": world.at, "taken_back_because": "drawn"}
        taken_back = chance.random() < 0.3
        if chance.random() < 0.6:
            AgencyExit.objects.create(
                agency=agency, leaves_on=leaves_on, because="drawn", data_becomes="drawn",
                decided_by=world.posts[0][0], decided_at=world.at - 20 * DAY,
                **(stays | {"taken_back_by": world.posts[0][0]} if taken_back else {}),
            )  # fmt: skip
            if not taken_back:
                world.leaves[agency.pk] = leaves_on


def _moment(world: World, chance: random.Random, earliest: int, latest: int) -> Moment:
    """Some time from so many days before until so many after, now and then at a midnight in London."""
    at = world.at + chance.randint(earliest * 24 * 3600, latest * 24 * 3600) * datetime.timedelta(
        seconds=1
    )
    return start_of(day_of(at)) if chance.random() < 0.2 else at


def _maybe(
    world: World, chance: random.Random, share: float, earliest: int, latest: int
) -> Moment | None:
    return _moment(world, chance, earliest, latest) if chance.random() < share else None


def _some(chance: random.Random, at_most: int) -> list[str]:
    return sorted(c.value for c in chance.sample(list(Category), chance.randint(1, at_most)))


def _agreement(world: World, chance: random.Random) -> None:
    """One with up to four flows, most of which fit a row of the table; live, or not in one of many ways."""
    day = day_of(world.at)
    starts_on = day + chance.randint(-20, 4) * DAY
    lasts = chance.choice([None, None, 3, 12, 25, 60])
    hand = world.posts[0][0]
    suspended = _maybe(world, chance, 0.12, -5, 20)
    agreement = SharingAgreement.objects.create(
        reference=f"W{world.number}-{len(world.agreements)}",
        title="Drawn",
        state="signed",
        starts_on=starts_on,
        ends_on=None if lasts is None else starts_on + lasts * DAY,
        review_on=day + chance.randint(-3, 30) * DAY if chance.random() < 0.4 else None,
        suspended_at=suspended,
        suspended_because="drawn" if suspended else "",
        ended_at=_maybe(world, chance, 0.1, -5, 20),
        ended_because="drawn",
        made_at=world.at - 50 * DAY,
    )
    flows = [_flow(world, chance, agreement) for _ in range(chance.randint(1, 4))]
    flows = [flow for flow in flows if flow is not None]
    parties = []
    for code in {flow.holder_id for flow in flows} | {flow.recipient_id for flow in flows}:
        signed_at = None if chance.random() < 0.05 else _moment(world, chance, -40, -21)
        parties.append(
            AgreementParty.objects.create(
                agreement=agreement, agency_id=code, signed_at=signed_at,
                signed_by=hand if signed_at else None,
            )
        )  # fmt: skip
    world.agreements.append((agreement, parties, flows))


def _flow(world: World, chance: random.Random, agreement: SharingAgreement) -> SharingFlow | None:
    row = chance.choice([row for row in GATEWAYS if row.agreement_needed and row.opens])
    to = [a for a in world.agencies if a.kind in row.recipients]
    by = [a for a in world.agencies if a.kind in row.holders]
    if not to or not by:
        return None
    recipient, holder = chance.choice(to), chance.choice(by)
    categories = [c.value for c in row.categories if chance.random() < 0.8]
    purpose = chance.choice(sorted(row.purposes))
    if (
        recipient == holder
        or SharingFlow.objects.filter(
            agreement=agreement,
            holder=holder,
            recipient=recipient,
            purpose=purpose,
            gateway=row.code,
        ).exists()
    ):
        return None
    return SharingFlow.objects.create(
        agreement=agreement, holder=holder, recipient=recipient, purpose=purpose,
        categories=sorted(categories), gateway=row.code,
        consent_needed=chance.random() < 0.15, pseudonymised=chance.random() < 0.1,
    )  # fmt: skip


def _facts_about(world: World, person: Person, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        _involvement(world, person, chance)
    for _ in range(chance.randint(0, 6)):
        _consent(world, person, chance)
    for _ in range(chance.choice([0, 0, 1, 2])):
        _restriction(world, person, chance)
    for _ in range(chance.randint(0, 4)):
        _disclosure(world, person, chance)
    if chance.random() < 0.3:
        _emergency(world, person, chance)


def _ends(
    world: World, chance: random.Random, share: float, after: Moment, latest: int
) -> Moment | None:
    ends_at = _maybe(world, chance, share, -4, latest)
    return ends_at if ends_at is None or ends_at > after else None


def _involvement(world: World, person: Person, chance: random.Random) -> None:
    post = chance.choice(world.posts)[0]
    starts_at = _moment(world, chance, -20, 5)
    world.involvements.append(
        built.involved(
            post.team, person, world.at, starts_at=starts_at,
            post=post if chance.random() < 0.4 else None,
            ends_at=_ends(world, chance, 0.5, starts_at, 20),
        )
    )  # fmt: skip


def _consent(world: World, person: Person, chance: random.Random) -> None:
    hand, purpose = chance.choice(world.posts)
    said_at = _moment(world, chance, -20, -1)
    holder, recipient = (
        chance.choice(world.agencies) if chance.random() < 0.4 else None for _ in range(2)
    )
    world.consents.append(
        built.said(
            person, Purpose(purpose), hand, world.at, chance.choice(["given"] * 3 + ["declined", "objected"]),
            said_at=said_at + chance.randint(1, 999) * datetime.timedelta(milliseconds=1),
            holder=holder, recipient=recipient,
            categories=_some(chance, 8) if chance.random() < 0.3 else [],
            expires_at=_ends(world, chance, 0.3, said_at + DAY, 20),
            withdrawn_at=_ends(world, chance, 0.2, said_at + DAY, 20),
        )
    )  # fmt: skip


def _restriction(world: World, person: Person, chance: random.Random) -> None:
    starts_at = _moment(world, chance, -10, 3)
    barred = chance.choice(world.posts)[0] if chance.random() < 0.4 else None
    kind = RestrictionKind.BARRED_POST if barred else RestrictionKind.HOLDER_WITHHOLDS
    world.restrictions.append(
        Restriction.objects.create(
            person=person, kind=kind.value, holder=chance.choice(world.agencies), barred=barred,
            categories=[] if barred or chance.random() < 0.3 else _some(chance, 9),
            because="drawn", starts_at=starts_at,
            ends_at=_ends(world, chance, 0.5, starts_at, 20),
        )
    )  # fmt: skip


def _disclosure(world: World, person: Person, chance: random.Random) -> None:
    post, purpose = chance.choice(world.posts)
    decided_at = _moment(world, chance, -15, -1)
    holder = chance.choice(world.agencies)
    world.disclosures.append(
        Disclosure.objects.create(
            person=person, holder=holder, recipient=post.team.agency, purpose=purpose,
            categories=_some(chance, 12),
            decision=chance.choice(["disclose", "disclose", "do_not_disclose"]), reason="drawn",
            decided_by=post,
            decided_at=decided_at + chance.randint(1, 999) * datetime.timedelta(milliseconds=1),
            ends_at=_ends(world, chance, 0.4, decided_at + DAY, 20),
        )
    )  # fmt: skip


def _emergency(world: World, person: Person, chance: random.Random) -> None:
    post = chance.choice(world.posts)[0]
    starts_at = _moment(world, chance, -1, 1)
    world.emergencies.append(
        EmergencyAccess.objects.create(
            person=person, post=post, agency=post.team.agency, reason="life_at_risk",
            words="drawn", starts_at=starts_at, ends_at=starts_at + chance.randint(2, 60) * HOUR,
        )
    )  # fmt: skip


def _holdings(world: World) -> None:
    """Everybody holds something of every category about everybody, in every level; and a record."""
    day = day_of(world.at)
    keys = [
        {"person": person, "holder": agency, "category": category.value}
        for person in world.people
        for agency in world.agencies
        for category in Category
    ]
    held = Holding.objects.bulk_create(
        Holding(headline="h", recorded_at=world.at, starts_on=day, **key) for key in keys
    )
    HoldingSummary.objects.bulk_create(
        HoldingSummary(holding=one, summary="s", **key) for one, key in zip(held, keys, strict=True)
    )
    HoldingDetail.objects.bulk_create(
        HoldingDetail(holding=one, detail="d", **key) for one, key in zip(held, keys, strict=True)
    )
    Record.objects.bulk_create(
        Record(
            agency=agency, record_id=f"{world.number}-{place}", controller=agency.code,
            person=person, linked_on=day, received_on=day, changed_on=day,
        )
        for place, person in enumerate(world.people)
        for agency in world.agencies
    )  # fmt: skip


# ---------------------------------------------------------------- what follows, from plain meaning


Facts_of = Iterator[tuple[Agency, Category, Facts]]


def facts(world: World, post: Post, purpose: str, person: Person, at: Moment) -> Facts_of:
    """All that bears on what one practitioner sees of one person, holder by holder and category by category."""
    mine, same, work = post.team.agency, world.same(person), role(post.role)
    held = post.starts_on <= day_of(at) and (post.ends_on is None or day_of(at) < post.ends_on)
    of_viewer: dict[str, object] = {
        "purpose": Purpose(purpose) if work.purposes else None,
        "recipient": Kind(mine.kind),
        "held": held and (purpose in work.purposes or not work.purposes),
        "barred": any(
            r.barred_id == post.pk and r.person_id in same and _in(r.starts_at, r.ends_at, at)
            for r in world.restrictions
        ),
        "involved": any(
            i.person_id in same
            and (i.post_id == post.pk if i.post_id else i.team_id == post.team_id)
            and _in(i.starts_at, i.ends_at, at)
            for i in world.involvements
        ),
        "emergency": any(
            e.post_id == post.pk and e.person_id in same and _in(e.starts_at, e.ends_at, at)
            for e in world.emergencies
        ),
    }
    for holder in world.agencies:
        asked = Asked(world, same, purpose, mine, holder, at)
        flows, said, decided, kept = asked.flows(), asked.said(), asked.decided(), asked.kept()
        for category in Category:
            yield (
                holder,
                category,
                Facts(
                    category=category,
                    holder=Kind(holder.kind),
                    own=mine == holder,
                    role_carries=category.value in work.categories,
                    flows=frozenset(
                        Carried(f.gateway, f.consent_needed)
                        for f in flows
                        if category.value in f.categories
                    ),
                    consent=_consent_in(said, category),
                    disclosure=_decision_in(decided, category, at),
                    withheld=any(not r.categories or category.value in r.categories for r in kept),
                    name_reveals=holder.name_reveals,
                    **of_viewer,  # type: ignore[arg-type]
                ),
            )


def _in(starts_at: Moment, ends_at: Moment | None, at: Moment) -> bool:
    return starts_at <= at and (ends_at is None or at < ends_at)


@dataclass
class Asked:
    """The facts of a world on one person, one holder, one recipient and one purpose."""

    world: World
    same: frozenset[uuid.UUID]
    purpose: str
    mine: Agency
    holder: Agency
    at: Moment

    def flows(self) -> list[SharingFlow]:
        """What live agreements carry, with identity in it."""
        wanted = (self.mine.pk, self.holder.pk, self.purpose)
        return [
            flow
            for agreement, parties, flows in self.world.agreements
            for flow in flows
            if (flow.recipient_id, flow.holder_id, flow.purpose) == wanted
            and not flow.pseudonymised
            and _in_force(agreement, parties, self.at)
            and not {flow.recipient_id, flow.holder_id} & self._gone()
        ]

    def _gone(self) -> set[str]:
        """Who is partner to nothing by then."""
        return {code for code, on in self.world.leaves.items() if on <= day_of(self.at)}

    def said(self) -> list[Consent]:
        """What was said of this, the later last, without what was said anew of the same matter or is over."""
        said = [c for c in self.world.consents
                if c.person_id in self.same and c.purpose == self.purpose and c.said_at <= self.at
                and c.holder_id in (None, self.holder.pk) and c.recipient_id in (None, self.mine.pk)]  # fmt: skip
        said.sort(key=lambda c: c.said_at)
        last = {(c.holder_id, c.recipient_id, frozenset(c.categories)): c for c in said}
        standing = list(last.values())
        return sorted((c for c in standing if not _over(c, self.at)), key=lambda c: c.said_at)

    def decided(self) -> list[Disclosure]:
        """What the holder decided, the later last."""
        asked = (self.purpose, self.mine.pk, self.holder.pk)
        return sorted((d for d in self.world.disclosures
                       if d.person_id in self.same and d.decided_at <= self.at
                       and (d.purpose, d.recipient_id, d.holder_id) == asked),
                      key=lambda d: d.decided_at)  # fmt: skip

    def kept(self) -> list[Restriction]:
        """What the holder withholds."""
        return [r for r in self.world.restrictions
                if r.barred_id is None and r.person_id in self.same
                and r.holder_id == self.holder.pk and _in(r.starts_at, r.ends_at, self.at)]  # fmt: skip


def _over(word: Consent, at: Moment) -> bool:
    return any(end is not None and end <= at for end in (word.withdrawn_at, word.expires_at))


def _in_force(agreement: SharingAgreement, parties: list[AgreementParty], at: Moment) -> bool:
    """Signed by all, begun, and neither over nor past its review, nor suspended, nor ended (P7)."""
    day = day_of(at)
    return (
        all(party.signed_at is not None and party.signed_at <= at for party in parties)
        and agreement.starts_on <= day
        and (agreement.ends_on is None or day < agreement.ends_on)
        and (agreement.review_on is None or day < agreement.review_on)
        and (agreement.suspended_at is None or at < agreement.suspended_at)
        and (agreement.ended_at is None or at < agreement.ended_at)
    )


def _consent_in(said: list[Consent], category: Category) -> ConsentState:
    """The later word counts, but a no is lifted only by a yes that names its matter as closely."""
    yes = False
    standing: list[Consent] = []
    for word in said:
        if word.categories and category.value not in word.categories:
            continue
        if word.state == "given":
            standing = [no for no in standing if _closely(no) > _closely(word)]
            yes = yes or not standing
        else:
            standing.append(word)
            yes = False
    if standing:
        return ConsentState.OBJECTED
    return ConsentState.GIVEN if yes else ConsentState.NOT_ASKED


def _closely(word: Consent) -> int:
    return (word.holder_id is not None) + (word.recipient_id is not None) + bool(word.categories)


def _decision_in(
    decided: list[Disclosure], category: Category, at: Moment
) -> DisclosureDecision | None:
    """The latest on this item; once that is over there is none."""
    latest = next((d for d in reversed(decided) if category.value in d.categories), None)
    if latest is None or (latest.ends_at is not None and latest.ends_at <= at):
        return None
    return DisclosureDecision(latest.decision)
