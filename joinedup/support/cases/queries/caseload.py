"""The cases that a post or its team works at, with what of each asks for attention."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db.models import Max, Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import MatterPerson, Part
from joinedup.identity.sharing.queries.matters import recipients_of
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.partnership.workforce.queries.capacity import percent_on
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, Lead, SavedView
from joinedup.support.cases.queries.assessment import unsigned_of_cases as unsigned_sections
from joinedup.support.cases.queries.client_groups import groups_of_cases
from joinedup.support.cases.queries.levels import levels_of
from joinedup.support.cases.queries.pathways import overdue_of_cases
from joinedup.support.cases.queries.plan import actions_due_of_cases
from joinedup.support.cases.queries.reviews import next_reviews_of_cases, unsigned_of_cases
from joinedup.support.cases.queries.story_told import last_written_of_cases
from joinedup.support.cases.rules.caseload import CaseFacts
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.rules.roles import TAKES

NOT_IN_TOUCH = (How.NOTE.value, How.APPOINTMENT.value)
"""A note is about somebody and not with them; an appointment is still to come."""


def caseload(viewer: Viewer, *, at: datetime.datetime) -> list[CaseFacts]:
    """Every open case that the viewer works at, with what is known of each; inside `acting(viewer)`.

    A fixed number of statements, however many the cases are.
    """
    parts = Part.objects.filter(recipient__in=recipients_of(viewer), ends_at__isnull=True)
    cases = list(Case.objects.open().filter(matter__in=parts.values("matter")).order_by("pk"))
    ids = [case.pk for case in cases]
    leads = _leads(ids)
    people = _people(ids)
    touched = _contacts(ids)
    told = last_written_of_cases(ids)
    levels = levels_of(cases, at)
    actions = actions_due_of_cases(ids, day_of(at))
    reviews = next_reviews_of_cases(ids)
    groups = groups_of_cases(ids)
    off_pathway = overdue_of_cases(ids, at)
    to_sign = Counter(unsigned_sections(viewer, ids)) + Counter(unsigned_of_cases(ids))
    return [
        CaseFacts(
            matter_id=case.pk,
            title=_title(people.get(case.pk, [])),
            persons=len(people.get(case.pk, [])),
            programme=Programme(case.programme),
            lead_post_id=leads[case.pk][0] if case.pk in leads else None,
            lead_name=leads[case.pk][1] if case.pk in leads else "",
            opened_at=case.opened_at,
            last_contact_at=touched.get(case.pk, (None, None))[0],
            last_written_at=_later(touched.get(case.pk, (None, None))[1], told.get(case.pk)),
            level=int(levels[case.pk].level) if case.pk in levels else None,
            risk_rising=case.pk in levels and levels[case.pk].is_rising,
            review_due_on=reviews.get(case.pk),
            action_due_on=actions[case.pk].next_on if case.pk in actions else None,
            overdue_actions=actions[case.pk].overdue if case.pk in actions else 0,
            unsigned=to_sign[case.pk],
            groups=groups.get(case.pk, ()),
            steps_overdue=off_pathway.get(case.pk, 0),
        )
        for case in cases
    ]


def kept_views(viewer: Viewer) -> list[SavedView]:
    """The viewer's own ways of looking at its cases, by name."""
    with acting(viewer):
        return list(SavedView.objects.filter(post=viewer.post_id).order_by("title"))


def _leads(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, str]]:
    found = Lead.objects.filter(case__in=ids, ends_at__isnull=True)
    return {
        lead.case_id: (lead.post_id, lead.post.user.name)
        for lead in found.select_related("post__user")
    }


def _people(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The names of those each case is about, as far as the viewer may see them."""
    about = list(
        MatterPerson.objects.filter(matter__in=ids).order_by("pk").values_list("matter", "person")
    )
    told_of(matters={matter for matter, _ in about}, categories=[Category.CARE_PLAN])
    names = names_of_people({person for _, person in about})
    found: dict[uuid.UUID, list[str]] = {}
    places: Counter[uuid.UUID] = Counter()
    for matter, person in about:
        places[matter] += 1
        found.setdefault(matter, []).append(names.get(person) or f"Person {places[matter]}")
    return found


def _contacts(
    ids: Iterable[uuid.UUID],
) -> dict[uuid.UUID, tuple[datetime.datetime | None, datetime.datetime | None]]:
    """When anybody was last in touch, and when anything was last written, of each case."""
    found = (
        Contact.objects.filter(matter__in=ids)
        .values("matter")
        .annotate(touched=Max("at", filter=~Q(how__in=NOT_IN_TOUCH)), written=Max("recorded_at"))
    )
    return {each["matter"]: (each["touched"], each["written"]) for each in found}


def _later(
    one: datetime.datetime | None, other: datetime.datetime | None
) -> datetime.datetime | None:
    return max((each for each in (one, other) if each), default=None)


def _title(names: list[str]) -> str:
    return ", ".join(names) or "Nobody named yet"


def shares_of(cases: Iterable[CaseFacts], at: datetime.datetime) -> dict[uuid.UUID, int]:
    """The share of a full week, in per cent, of those leads of these cases of whom one is entered."""
    return percent_on({case.lead_post_id for case in cases if case.lead_post_id}, day_of(at))


def colleagues(viewer: Viewer, at: datetime.datetime) -> list[tuple[uuid.UUID, str]]:
    """The posts of the viewer's team held today that may lead a case, by name."""
    posts = Post.objects.held_on(day_of(at)).filter(
        team=viewer.team_id, user__is_active=True, role__in=TAKES
    )
    found = posts.select_related("user").order_by("user__name", "pk")
    return [(post.pk, post.user.name) for post in found]
