"""Take over on day one what the system before has open, all of it at once (P41).

Nothing is typed twice: each case keeps the number it had there, and brought over again it is the same
one. What cannot be taken is given back with its reasons, and the others are taken all the same.
"""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel, RestrictionKind
from joinedup.identity.sharing.models import Involvement, Matter, MatterPerson, Part, Restriction
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.matters import of_post, of_team
from joinedup.identity.sharing.queries.facts import is_barred
from joinedup.support.cases.models import Case, CaseInvolvement, Lead
from joinedup.support.cases.operations.keeping import LEADS_IT
from joinedup.support.cases.rules.brought_over import CaseRow, Refused
from joinedup.support.handovers.choices import Answers
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.operations.duty import ANSWERS_FOR_IT
from joinedup.support.handovers.rules.roles import TAKES

BRINGING = Viewer.system("bringing cases over from the system before")
BRINGS = "brought a case over"


@dataclass(frozen=True)
class BroughtOver:
    """What was taken, in the order of the rows, what was there before, and what was not taken."""

    cases: list[Case]
    there_already: int
    refused: list[Refused]


@dataclass
class _Rows:
    """The records of all cases, to be written at once."""

    matters: list[Matter] = field(default_factory=list)
    persons: list[MatterPerson] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    rests_on: list[CaseInvolvement] = field(default_factory=list)


def bring_over(
    *, by: Viewer, agency: str, system: str, rows: Sequence[CaseRow], at: datetime.datetime
) -> BroughtOver:
    """Open these cases of an agency as they stand in its system before, led by whom it says.

    `system` names that system; it stands on each case with the number it has there. One transaction:
    a kill leaves all of them or none.
    """
    with transaction.atomic(), acting(BRINGING):
        numbers = [_recorded_in(system, row.number) for row in rows]
        there = set(
            Case.objects.filter(agency=agency, recorded_in__in=numbers).values_list(
                "recorded_in", flat=True
            )
        )
        new = [row for row in rows if _recorded_in(system, row.number) not in there]
        people = _people(agency, new)
        leads = _leads(agency, new, at)
        kept_away = _kept_from_somebody(leads.values())
        refused: list[Refused] = []
        found = _Rows()
        for row in new:
            about = [people.get(number) for number in row.people]
            why = _why_not(row, about, leads.get(row.lead), kept_away, at)
            if why:
                refused.append(Refused(row.line, row.number, why))
            else:
                known = [person for person in dict.fromkeys(about) if person]
                _add(found, row, known, leads[row.lead], system, agency)
        _write(found, at)
        for person in found.persons:
            _leave_a_line(by, person, at)
    return BroughtOver(found.cases, len(there), refused)


def _recorded_in(system: str, number: str) -> str:
    return f"{system} {number}"


def _people(agency: str, rows: Iterable[CaseRow]) -> dict[str, uuid.UUID]:
    """The persons of the spine behind the agency's own numbers."""
    wanted = {number for row in rows for number in row.people}
    found = Record.objects.filter(agency=agency, record_id__in=wanted, gone_on=None)
    return dict(found.values_list("record_id", "person_id"))


def _leads(agency: str, rows: Iterable[CaseRow], at: datetime.datetime) -> dict[str, Post]:
    """The posts of the agency held today that may lead, by the address that signs in."""
    wanted = {row.lead for row in rows}
    posts = Post.objects.held_on(day_of(at)).filter(
        team__agency=agency, user__email__in=wanted, user__is_active=True, role__in=TAKES
    )
    return {
        post.user.email.casefold(): post
        for post in posts.select_related("user", "team").order_by("-starts_on", "pk")
    }


def _kept_from_somebody(posts: Iterable[Post]) -> frozenset[uuid.UUID]:
    """Those of the posts that are kept from anybody at all; most are not, and need not be asked about."""
    found = Restriction.objects.filter(
        kind=RestrictionKind.BARRED_POST, barred__in=[post.pk for post in posts]
    )
    return frozenset(post for post in found.values_list("barred_id", flat=True) if post)


def _why_not(
    row: CaseRow,
    about: Sequence[uuid.UUID | None],
    lead: Post | None,
    kept_away: frozenset[uuid.UUID],
    at: datetime.datetime,
) -> tuple[str, ...]:
    reasons = [
        f"people: {number} is no record of yours that we hold."
        for number, person in zip(row.people, about, strict=True)
        if person is None
    ]
    if lead is None:
        reasons.append(f"lead: nobody signs in as {row.lead} today who may lead a case of yours.")
    elif lead.pk in kept_away and any(is_barred(lead.pk, each, at=at) for each in about if each):
        reasons.append("lead: this post may not work with this person. Name somebody else.")
    return tuple(reasons)


def _add(
    found: _Rows,
    row: CaseRow,
    about: Sequence[uuid.UUID],
    lead: Post,
    system: str,
    agency: str,
) -> None:
    opened = start_of(row.opened_on)
    closed = start_of(row.closed_on) if row.closed_on else None
    matter = Matter(kind=MatterKind.CASE, opened_at=opened, closed_at=closed)
    case = Case(
        matter=matter,
        programme=row.programme,
        for_whom=row.for_whom,
        agency_id=agency,
        recorded_in=_recorded_in(system, row.number),
        opened_at=opened,
        closed_at=closed,
    )
    found.matters.append(matter)
    found.cases.append(case)
    found.leads.append(Lead(case=case, post=lead, starts_at=opened, ends_at=closed))
    found.duties.append(
        Duty(
            matter=matter, post=lead, answers=Answers.ITSELF, because=LEADS_IT,
            starts_at=opened, ends_at=closed,
        )
    )  # fmt: skip
    found.parts.append(_part(matter, of_post(lead), ANSWERS_FOR_IT, opened))
    found.parts.append(_part(matter, of_team(lead.team_id), LEADS_IT, opened))
    for person_id in about:
        found.persons.append(MatterPerson(matter=matter, person_id=person_id, since=opened))
        if closed is None:
            involvement = Involvement(
                person_id=person_id, agency_id=agency, team_id=lead.team_id, post=lead,
                because=LEADS_IT, starts_at=opened,
            )  # fmt: skip
            found.involvements.append(involvement)
            found.rests_on.append(CaseInvolvement(case=case, involvement=involvement))


def _part(matter: Matter, recipient: str, because: str, since: datetime.datetime) -> Part:
    return Part(
        matter=matter, recipient=recipient, level=PartLevel.WORK, because=because, starts_at=since
    )


def _write(found: _Rows, at: datetime.datetime) -> None:
    """Each table at once; what is seen of those whose case is open is derived after."""
    Matter.objects.bulk_create(found.matters)
    MatterPerson.objects.bulk_create(found.persons)
    Case.objects.bulk_create(found.cases)
    Lead.objects.bulk_create(found.leads)
    Duty.objects.bulk_create(found.duties)
    Part.objects.bulk_create(found.parts)
    Involvement.objects.bulk_create(found.involvements)
    CaseInvolvement.objects.bulk_create(found.rests_on)
    derive.people({each.person_id for each in found.involvements}, at=at)


def _leave_a_line(by: Viewer, about: MatterPerson, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=BRINGS,
        subject_kind="matter",
        subject_id=str(about.matter_id),
        purpose=by.purpose,
        person_id=about.person_id,
        agency=by.agency,
        role=by.role,
    )
