"""Send high risk its own way beside the programme: to the team that takes it, logged, never dropped (P16)."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Team
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind
from joinedup.identity.sharing.models import Matter, Part
from joinedup.identity.sharing.operations.matters import (
    add_person,
    close_matter,
    leave_the_change,
    open_matter,
    take_person_out,
)
from joinedup.support.frontdoor.choices import HighRiskRoute
from joinedup.support.frontdoor.models import (
    HighRiskInbox,
    HighRiskPapers,
    HighRiskReferral,
    Referral,
    Subject,
)
from joinedup.support.frontdoor.models.high_risk import TO_A_TEAM
from joinedup.support.frontdoor.operations.at_the_door import FRONT_DOOR, sure_of
from joinedup.support.frontdoor.queries.high_risk import inbox_on
from joinedup.support.frontdoor.rules.eligibility import HighRisk
from joinedup.support.frontdoor.rules.routing import ADULT_FROM
from joinedup.support.handovers.choices import Force
from joinedup.support.handovers.operations import (
    CannotEndDuty,
    CannotOffer,
    CannotTakeDuty,
    NoPart,
    end_duty,
    keep_duty_from_the_barred,
    offer,
    say_what_became,
    take_duty,
)
from joinedup.support.handovers.queries.seen import duty_of, open_handover
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.operations.raising import raise_exit

IN_PARALLEL = Viewer.system("sending high risk its own way")


PAGE = "/high-risk/{}/"
"""Where the team that takes it reads it, answers, and closes it in the end."""


class CannotActOnHighRisk(Exception):
    """Why it cannot be sent again or closed, fit for the page."""


class CannotSetInbox(Exception):
    """Why a team cannot take it so, fit for the page."""


def open_in_parallel(
    by: Viewer,
    referral: Referral,
    risks: Iterable[HighRisk],
    ages: frozenset[int],
    at: datetime.datetime,
) -> None:
    """Send high risk to MARAC, MAPPA, IOM or the MASH beside the programme, once each (P16).

    MARAC, MAPPA and IOM are handed to their team, in a matter of its own that nobody else has a part in
    (P8). The MASH, and whatever no team can take today, goes through the exit, which rings on until a
    named person has it.
    """
    for risk in risks:
        row, new = HighRiskReferral.objects.get_or_create(
            matter_id=referral.pk, route=risk.route,
            defaults={
                "tool": risk.tool, "deemed_by": risk.deemed_by,
                "deemed_on": risk.deemed_on or day_of(at), "sent_at": at,
            },
        )  # fmt: skip
        if new and not _handed_over(by, referral, row, at):
            _through_the_exit(by, referral, risk, ages, at)


def now_about(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Say also of what went in parallel whom it is about, as soon as that is known."""
    for matter in _beside(matter_id):
        add_person(by=by, matter_id=matter, person_id=person_id, at=at)
        keep_duty_from_the_barred(matter_id=matter, at=at)


def no_longer_about(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Say also of what went in parallel that it is not about this person after all."""
    for matter in _beside(matter_id):
        take_person_out(by=by, matter_id=matter, person_id=person_id, at=at)


def set_inbox(
    *,
    by: Viewer,
    route: HighRiskRoute,
    team_id: int,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> HighRiskInbox:
    """Say which team takes what goes to MARAC, MAPPA or IOM from a day on; who did until then does no more.

    Raises CannotSetInbox, NotPermitted.
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    if route not in TO_A_TEAM:
        raise CannotSetInbox("The MASH is behind the safeguarding door: change its lines there.")
    if starts_on < day_of(at):
        raise CannotSetInbox("It starts today or later: what was sent stays where it went.")
    if not Team.objects.filter(pk=team_id).exists():
        raise CannotSetInbox("There is no such team. Choose another.")
    with transaction.atomic():
        live = HighRiskInbox.objects.select_for_update().filter(route=route, ends_on__isnull=True)
        before = live.first()
        if before is not None and before.starts_on >= starts_on:
            before.delete()
        elif before is not None:
            before.ends_on = starts_on
            before.save(update_fields=["ends_on"])
        made = HighRiskInbox.objects.create(route=route, team_id=team_id, starts_on=starts_on)
        record_change(
            at=at, post_id=by.post_id, act="set who takes high risk", subject_kind="front door rule",
            subject_id=route.value, purpose=by.purpose, agency=by.agency, role=by.role,
        )  # fmt: skip
    return made


def send_again(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """Ask the team that takes it today once more, after it came back. Raises CannotActOnHighRisk."""
    papers = answers_for_it(by, matter_id)
    inbox = inbox_on(HighRiskRoute(papers.route), day_of(at))
    if inbox is None or by.team_id is None:
        raise CannotActOnHighRisk(
            "No team takes this today. Ring them, and say so to your manager."
        )
    try:
        offer(
            by=by, matter_id=matter_id, from_team_id=by.team_id, to_team_id=inbox.team_id,
            force=Force.PROTECTION, words=papers.in_words, at=at, link=PAGE.format(matter_id),
        )  # fmt: skip
    except (CannotOffer, NoPart) as why:
        raise CannotActOnHighRisk(str(why)) from why


def close_high_risk(*, by: Viewer, matter_id: uuid.UUID, words: str, at: datetime.datetime) -> None:
    """Close it with what became of it, which the front door reads. Raises CannotActOnHighRisk."""
    if not words.strip():
        raise CannotActOnHighRisk("Say what became of it: the front door reads this.")
    with transaction.atomic(), acting(by):
        answers_for_it(by, matter_id)
        if open_handover(by, matter_id) is not None:
            raise CannotActOnHighRisk("It waits to be accepted. Accept it, or send it back.")
        say_what_became(by=by, matter_id=matter_id, words=words.strip(), at=at)
        close_matter(by=by, matter_id=matter_id, at=at)
        try:
            end_duty(by=by, matter_id=matter_id, at=at)
        except CannotEndDuty as why:
            raise CannotActOnHighRisk(str(why)) from why
        leave_the_change(by=by, matter_ids=[matter_id], act="closed high risk", at=at)


def answers_for_it(by: Viewer, matter_id: uuid.UUID) -> HighRiskPapers:
    """What is read of it, by a post of the team that answers for it now."""
    with acting(by):
        papers = HighRiskPapers.objects.select_related("matter").filter(pk=matter_id).first()
        duty = duty_of(by, matter_id)
    if papers is None or papers.matter.closed_at is not None:
        raise CannotActOnHighRisk("This is not with you, or it is closed.")
    if duty is None or duty.post.team_id != by.team_id:
        raise CannotActOnHighRisk("Whoever answers for it now does this.")
    return papers


def _handed_over(
    by: Viewer, referral: Referral, row: HighRiskReferral, at: datetime.datetime
) -> bool:
    """Whether the team that takes it could be asked: it answers for it from this moment (P34)."""
    inbox = inbox_on(HighRiskRoute(row.route), day_of(at))
    parts = Part.objects.filter(matter=referral.pk, because=FRONT_DOOR, ends_at__isnull=True)
    team = next((int(each.recipient.partition(":")[2]) for each in parts.order_by("pk")), None)
    duty = duty_of(IN_PARALLEL, referral.pk)
    if inbox is None or team is None or duty is None:
        return False
    try:
        with transaction.atomic(), acting(IN_PARALLEL):
            matter = open_matter(
                by=by, kind=MatterKind.REFERRAL, at=at, about=sure_of(referral.pk),
                leaves_no_trace=True,
            )  # fmt: skip
            row.sent_as = matter
            row.save(update_fields=["sent_as"])
            words = _write_papers(matter, row, referral).in_words
            take_duty(
                by=IN_PARALLEL, matter_id=matter.pk, post_id=duty.post_id, because="high risk",
                at=at,
            )  # fmt: skip
            offer(
                by=IN_PARALLEL, matter_id=matter.pk, from_team_id=team,
                to_team_id=inbox.team_id, force=Force.PROTECTION, words=words, at=at,
                link=PAGE.format(matter.pk),
            )  # fmt: skip
    except (CannotOffer, CannotTakeDuty):
        row.sent_as = None
        return False
    return True


def _write_papers(matter: Matter, row: HighRiskReferral, referral: Referral) -> HighRiskPapers:
    subjects = Subject.objects.filter(matter=referral.pk).order_by("place")
    post = referral.by_post
    return HighRiskPapers.objects.create(
        matter=matter, route=row.route, tool=row.tool, deemed_by=row.deemed_by,
        deemed_on=row.deemed_on, going_on=referral.going_on, sent_at=row.sent_at,
        people=[_as_typed(each) for each in subjects],
        sent_by=f"{post.user.name}, {post.team}, {post.team.agency}"[:300]
        if post
        else referral.sender_name,
    )  # fmt: skip


def _as_typed(subject: Subject) -> dict[str, str]:
    born = subject.born_on.isoformat() if subject.born_on else ""
    age = f"about {subject.age}" if subject.age is not None else ""
    address = "No fixed address" if subject.no_fixed_address else subject.address
    return {
        "name": f"{subject.given_name} {subject.family_name}".strip(),
        "born": born or age,
        "lives": ", ".join(part for part in (address, subject.postcode) if part),
        "phone": subject.phone,
    }


def _through_the_exit(
    by: Viewer, referral: Referral, risk: HighRisk, ages: frozenset[int], at: datetime.datetime
) -> None:
    child = risk.route is HighRiskRoute.MASH or (bool(ages) and max(ages) < ADULT_FROM)
    raise_exit(
        by=by,
        door=Door.SAFEGUARDING,
        audience=Audience.CHILD if child else Audience.ADULT,
        words=f"High risk, for {risk.route.label}: deemed by {risk.deemed_by} ({risk.tool}).\n\n"
        f"{referral.going_on}",
        from_matter=referral.pk,
        submission_key=f"high risk {referral.pk} {risk.route}",
        at=at,
    )


def _beside(matter_id: uuid.UUID) -> list[uuid.UUID]:
    rows = HighRiskReferral.objects.filter(matter=matter_id, sent_as__isnull=False)
    return [matter for matter in rows.values_list("sent_as", flat=True) if matter is not None]
