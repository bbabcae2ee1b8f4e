"""Open a case, give it another lead, take one over from another agency, close it."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import Involvement, MatterPerson
from joinedup.identity.sharing.operations.involve import (
    CannotInvolve,
    begin_involvement,
    end_involvement,
)
from joinedup.identity.sharing.operations.matters import (
    close_matter,
    end_part,
    give_part,
    of_team,
    open_matter,
)
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.models import Case, CaseInvolvement, CaseMember, Lead
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.ending import ClosingSaid, settle
from joinedup.support.cases.operations.members import leave_case
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.operations.grounds import (
    held,
    leave_a_line,
    locked,
    must_work_at,
)
from joinedup.support.handovers.queries.answering import who_answers

WORKING = Viewer.system("keeping cases and who leads them")
LEADS_IT = "leads the case"
LED_IT = "led the case until it closed"
"""The part by which a closed case stays readable to the team that led it, and is opened again."""


class CannotOpenCase(Exception):
    """A case cannot be opened so; says why."""


class CannotHandLead(Exception):
    """A post cannot lead the case; says why."""


class CannotCloseCase(Exception):
    """A case cannot be closed; says why."""


def open_case(
    *,
    by: Viewer,
    person_ids: Iterable[uuid.UUID],
    programme: Programme,
    lead_post_id: uuid.UUID,
    at: datetime.datetime,
    for_whom: ForWhom = ForWhom.PERSON,
    matter_id: uuid.UUID | None = None,
    recorded_in: str = "",
) -> Case:
    """Open a case about these people with a post that leads it and answers for it.

    `recorded_in` names the system before and its number there: brought over twice it is one (P41).
    Raises CannotOpenCase, or NotPermitted.
    """
    by.must(Permission.TAKE_HANDOVERS)
    about = list(dict.fromkeys(person_ids))
    if not about:
        raise CannotOpenCase("Say whom the case is about.")
    with transaction.atomic(), acting(WORKING):
        lead = may_lead(by, lead_post_id, at, CannotOpenCase)
        there = _brought_over(lead, recorded_in)
        if there is not None:
            return there
        matter = open_matter(by=by, kind=MatterKind.CASE, at=at, about=about, matter_id=matter_id)
        case = Case.objects.create(
            matter=matter,
            programme=programme,
            for_whom=for_whom,
            agency_id=lead.team.agency_id,
            recorded_in=recorded_in,
            opened_at=at,
        )
        try:
            handovers.take_duty(
                by=WORKING, matter_id=matter.pk, post_id=lead.pk, because=LEADS_IT, at=at
            )
            leads_from(by, case, lead, at)
        except (CannotInvolve, handovers.CannotTakeDuty) as why:
            raise CannotOpenCase(str(why)) from why
    return case


def hand_lead(
    *, by: Viewer, matter_id: uuid.UUID, post_id: uuid.UUID, at: datetime.datetime
) -> Lead:
    """Let another post of the same agency lead the case from now on, and answer for it.

    Raises CannotHandLead, NoPart.
    """
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.select_for_update().get(pk=matter_id)
        if case.closed_at is not None:
            raise CannotHandLead("This case is closed.")
        post = may_lead(by, post_id, at, CannotHandLead)
        if post.team.agency_id != case.agency_id:
            raise CannotHandLead(
                "To another agency a case is handed over, so that both sides know."
            )
        if case.leads.filter(post=post, is_acting=False, ends_at__isnull=True).exists():
            raise CannotHandLead("This post leads the case already.")
        try:
            handovers.take_duty(
                by=by, matter_id=matter_id, post_id=post.pk, because=LEADS_IT, at=at
            )
            return leads_from(by, case, post, at)
        except (CannotInvolve, handovers.CannotTakeDuty) as why:
            raise CannotHandLead(str(why)) from why


def take_over(
    *,
    by: Viewer,
    handover_id: uuid.UUID,
    at: datetime.datetime,
    post_id: uuid.UUID | None = None,
) -> Lead:
    """Accept a case that was handed over: it is the receiving agency's, and a post of it leads.

    Raises handovers.CannotAccept, NoPart.
    """
    with transaction.atomic(), acting(WORKING):
        found = handovers.accept(by=by, handover_id=handover_id, at=at, post_id=post_id)
        case = Case.objects.select_for_update().get(pk=found.matter_id)
        takes = post_id or found.to_post_id or by.post_id
        if takes is None:
            raise handovers.CannotAccept("Name who takes it on.")
        post = Post.objects.select_related("team__agency").get(pk=takes)
        case.agency_id = post.team.agency_id
        case.save(update_fields=["agency"])
        try:
            return leads_from(by, case, post, at)
        except CannotInvolve as why:
            raise handovers.CannotAccept(str(why)) from why


def close_case(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    words: str,
    at: datetime.datetime,
    said: ClosingSaid | None = None,
) -> Case:
    """Close a case: nobody leads it any more, and whoever handed it over hears what became of it.

    Nothing is left open silently: `said` has each goal's outcome, and how each open action ended. The
    team that led it goes on reading it. Raises CannotCloseCase, NoPart.
    """
    if not words.strip():
        raise CannotCloseCase("Say what became of it: whoever handed it over reads this.")
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.select_for_update().get(pk=matter_id)
        if case.closed_at is not None:
            raise CannotCloseCase("This case is closed already.")
        try:
            settle(by, case, said or ClosingSaid(), words, at)
        except CannotPlan as why:
            raise CannotCloseCase(str(why)) from why
        handovers.say_what_became(by=by, matter_id=matter_id, words=words, at=at)
        close_matter(by=by, matter_id=matter_id, at=at)
        try:
            handovers.end_duty(by=by, matter_id=matter_id, at=at)
        except handovers.CannotEndDuty as why:
            raise CannotCloseCase(str(why)) from why
        case.closed_at = max(at, case.opened_at)
        case.save(update_fields=["closed_at"])
        _keep_readable(by, case, at)
        _no_longer_leads(by, case, at)
        for member in CaseMember.objects.now().filter(case=case):
            leave_case(by=by, member_id=member.pk, at=at)
        leave_a_line(by, matter_id, "closed a case", at)
    return case


def name_acting_leads(*, at: datetime.datetime) -> int:
    """Where a lead's post has ended, name whoever answers as the acting lead; return how many (P33)."""
    named = 0
    with transaction.atomic(), acting(WORKING):
        current = Lead.objects.filter(ends_at__isnull=True, case__closed_at__isnull=True)
        ended = current.filter(post__ends_on__lte=day_of(at)) | current.filter(
            post__user__is_active=False
        )
        for lead in ended.select_related("case").order_by("pk"):
            answers = who_answers(lead.post_id, at).post
            if answers != lead.post_id:
                post = Post.objects.select_related("team__agency").get(pk=answers)
                leads_from(WORKING, lead.case, post, at, acting_for_it=True)
                named += 1
    return named


def _brought_over(lead: Post, recorded_in: str) -> Case | None:
    if not recorded_in:
        return None
    return Case.objects.filter(agency=lead.team.agency_id, recorded_in=recorded_in).first()


def may_lead(
    by: Viewer, post_id: uuid.UUID, at: datetime.datetime, refusal: type[Exception]
) -> Post:
    post = held(post_id, at)
    if post is None:
        raise refusal("Nobody holds this post today who may lead a case.")
    if not by.is_system and post.team.agency_id != by.agency:
        raise refusal("Only an agency itself says who of it leads a case.")
    return post


def leads_from(
    by: Viewer, case: Case, post: Post, at: datetime.datetime, *, acting_for_it: bool = False
) -> Lead:
    """One lead ends and the next begins at the same instant; its team is involved from then on."""
    # Two at once may come in the other order than their clocks: no lead begins before the last one ended.
    last = case.leads.order_by("-starts_at").values_list("starts_at", flat=True).first()
    at = max(at, last) if last is not None else at
    _no_longer_leads(by, case, at)
    lead = Lead.objects.create(case=case, post=post, is_acting=acting_for_it, starts_at=at)
    give_part(
        by=by,
        matter_id=case.pk,
        recipient=of_team(post.team_id),
        level=PartLevel.WORK,
        because=LEADS_IT,
        at=at,
    )
    for person in MatterPerson.objects.filter(matter=case.pk):
        _rest_on(case, person.person_id, post, at)
    leave_a_line(by, case.pk, "gave a case its lead", at, {"acting": acting_for_it})
    return lead


def _rest_on(case: Case, person_id: uuid.UUID, post: Post, at: datetime.datetime) -> None:
    """Why the lead is in this person's life: recorded now, or before in which case it outlives the case."""
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    there = Involvement.objects.filter(lasting, person=person_id, team=post.team_id, post=post)
    found = there.first()
    involvement = found or begin_involvement(
        by=WORKING,
        person_id=person_id,
        because=LEADS_IT,
        at=at,
        team_id=post.team_id,
        post_id=post.pk,
    )
    begun = (
        found is None
        or CaseInvolvement.objects.filter(involvement=found, is_begun_by_it=True).exists()
    )
    CaseInvolvement.objects.get_or_create(
        case=case, involvement=involvement, defaults={"is_begun_by_it": begun}
    )


def _keep_readable(by: Viewer, case: Case, at: datetime.datetime) -> None:
    for lead in case.leads.filter(ends_at__isnull=True).select_related("post"):
        give_part(
            by=by,
            matter_id=case.pk,
            recipient=of_team(lead.post.team_id),
            level=PartLevel.WORK,
            because=LED_IT,
            at=at,
        )


def _no_longer_leads(by: Viewer, case: Case, at: datetime.datetime) -> None:
    for lead in case.leads.filter(ends_at__isnull=True).select_related("post"):
        lead.ends_at = max(at, lead.starts_at)
        lead.save(update_fields=["ends_at"])
        end_part(
            by=by,
            matter_id=case.pk,
            recipient=of_team(lead.post.team_id),
            at=at,
            because=LEADS_IT,
        )
    rested = case.involvements.filter(
        is_begun_by_it=True, involvement__ends_at__isnull=True, involvement__because=LEADS_IT
    )
    others = CaseInvolvement.objects.filter(case__closed_at__isnull=True).exclude(case=case)
    for each in list(rested.exclude(involvement__in=others.values("involvement"))):
        end_involvement(by=WORKING, involvement_id=each.involvement_id, at=at)
