"""Say that somebody of a case is one of those a service is meant for, and when that ends (S4-3)."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.queries.consents import born_on
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.models import ClientGroupTag
from joinedup.support.cases.operations.editing import (
    CannotPlan,
    at_work_on,
    case_of,
    must_be_of_the_case,
)
from joinedup.support.cases.rules.client_group import fit_of, fit_words, rule_on
from joinedup.support.handovers.operations.grounds import leave_a_line


class CannotTag(CannotPlan):
    """Somebody cannot be put into a group so; says why."""


@dataclass(frozen=True)
class Tagging:
    """Who is of which group, on whose word, and why."""

    person_id: uuid.UUID
    group: ClientGroup
    affects: str
    whose_word: str
    starts_on: datetime.date
    ill_since: datetime.date | None = None
    because: str = ""


def may_tag(by: Viewer, group: ClientGroup) -> bool:
    """Whether the actor's role carries what the group tells of somebody; else they could not even see it."""
    return by.post_id is not None and group.category in role(by.role).categories


def tag_group(
    *, by: Viewer, matter_id: uuid.UUID, said: Tagging, at: datetime.datetime
) -> ClientGroupTag:
    """Put somebody of a case into a group, as the actor's agency holds it; by its rule, or with a reason.

    Raises CannotPlan, CannotTag, NoPart.
    """
    if not may_tag(by, said.group):
        what = said.group.category.label.casefold()
        raise CannotTag(
            f"Your role does not hold {what} data. Ask a colleague of the case whose does."
        )
    if not said.affects.strip() or not said.whose_word.strip():
        raise CannotTag("Say how it bears on their daily life, and on whose word.")
    if said.starts_on > day_of(at) or (said.ill_since and said.ill_since > day_of(at)):
        raise CannotTag("The day is still to come.")
    with at_work_on(by, matter_id) as case:
        must_be_of_the_case(case, said.person_id)
        same = identifiers_of(said.person_id)
        rule = rule_on(said.group, said.starts_on)
        fit = fit_of(rule, said.starts_on, born_on=born_on(same), ill_since=said.ill_since)
        if fit is not Fit.FITS and not said.because.strip():
            raise CannotTag(f"{fit_words(fit, rule)}. Say why they are in the group all the same.")
        # Of this agency's own alone: what another holds is told by no refusal either (P8).
        own = ClientGroupTag.objects.standing().filter(case=case, holder=by.agency)
        if own.filter(person__in=same, group=said.group).exists():
            raise CannotTag("They are in this group already.")
        made = ClientGroupTag.objects.create(
            case=case, person_id=said.person_id, group=said.group, category=said.group.category,
            holder_id=by.agency, ill_since=said.ill_since, affects=said.affects.strip(),
            whose_word=said.whose_word.strip(), worked_out=fit,
            because="" if fit is Fit.FITS else said.because.strip(), starts_on=said.starts_on,
            by_post_id=by.post_id, recorded_at=at,
        )  # fmt: skip
        # What it is stays out of the line: the audit is read by those who may not see the tag.
        leave_a_line(by, matter_id, "put somebody into a group of those a service is for", at)
    return made


def end_tag(
    *, by: Viewer, tag_id: uuid.UUID, because: str, at: datetime.datetime
) -> ClientGroupTag:
    """Somebody is no longer of a group, from today on. Raises CannotPlan, NoPart, ClientGroupTag.DoesNotExist."""
    if not because.strip():
        raise CannotTag("Say why they are no longer in the group.")
    matter_id = case_of(by, ClientGroupTag, tag_id)
    with at_work_on(by, matter_id):
        tag = ClientGroupTag.objects.get(pk=tag_id)
        if tag.holder_id != by.agency:
            raise CannotTag(f"{tag.holder.name} holds this. Ask them to end it.")
        if tag.ends_on is None:
            tag.ends_on, tag.ended_because = max(day_of(at), tag.starts_on), because.strip()
            tag.save(update_fields=["ends_on", "ended_because"])
            leave_a_line(by, matter_id, "ended that somebody is of a group", at)
    return tag
