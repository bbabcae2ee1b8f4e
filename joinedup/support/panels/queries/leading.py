"""What the rules of allocation ask, as the system: what an item needs, who might lead, who is kept from it."""

import datetime
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from joinedup.foundations.accounts.operations.staff import digest_of_home
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.models import Interest
from joinedup.foundations.places.models import Postcode
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.partnership.workforce import rules as workforce
from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.partnership.workforce.models import (
    Approval,
    Competence,
    Language,
    Leave,
    StatutoryFunction,
    WorksAs,
)
from joinedup.pipeline.standardise.postcodes import standard_postcode
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.models import Case, Lead
from joinedup.support.cases.queries.levels import levels_of_cases
from joinedup.support.cases.rules.caseload import WEIGHTS
from joinedup.support.frontdoor.models import Referral, Subject
from joinedup.support.handovers.queries.answering import barred_posts
from joinedup.support.handovers.rules.roles import TAKES
from joinedup.support.panels.choices import AllocationState, NeedKind
from joinedup.support.panels.models import Allocation, ItemNeed, ItemPerson, KeptApart, PanelItem
from joinedup.support.panels.rules.allocating import (
    UNSAID_WEIGHT,
    Asked,
    Worker,
    kind_of,
    usual_competences,
)

LOOKING = Viewer.system("seeing who can lead what a panel allocates")
_POSTCODE = re.compile(r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}\b")


def asked_of(item: PanelItem) -> Asked:
    """What an item asks of whoever leads it: what was said of it, else what follows from its kind."""
    with reading(LOOKING):
        ages = [_age(each, item) for each in ItemPerson.objects.filter(item=item)]
        needs: Collection[str] = ()
        if item.referral_id is not None:
            needs = Referral.objects.values_list("needs", flat=True).get(pk=item.referral_id)
        kind = kind_of(ForWhom(item.for_whom), ages, needs)
        said = ItemNeed.objects.filter(item=item).first()
    if said is None:
        return Asked(kind, usual_competences(kind))
    codes = frozenset(map(CompetenceCode, said.competences))
    return Asked(
        kind=_as_said(kind, codes),
        competences=codes,
        function=FunctionCode(said.function) if said.function else None,
        language=said.language,
        worker_sex=WorkerSex(said.worker_sex) if said.worker_sex else None,
    )


def workers(
    at: datetime.datetime,
    *,
    agencies: Collection[str] | None = None,
    posts: Collection[uuid.UUID] | None = None,
    functions: Collection[FunctionCode] = (),
) -> list[Worker]:
    """Every post held today that may take work on, with what it can lead and what it carries.

    A fixed number of statements, however many the posts are.
    """
    day = day_of(at)
    held = Post.objects.held_on(day).filter(user__is_active=True, role__in=TAKES)
    if agencies is not None:
        held = held.filter(team__agency__in=agencies)
    if posts is not None:
        held = held.filter(pk__in=posts)
    found = list(held.select_related("user", "team").order_by("user__name", "pk"))
    users = {post.user_id for post in found}
    codes, lapsed = _competences(users, day)
    spoken: dict[uuid.UUID, set[str]] = defaultdict(set)
    for user, name in Language.objects.filter(holder__in=users).values_list("holder", "name"):
        spoken[user].add(name.casefold())
    sexes = dict(WorksAs.objects.filter(holder__in=users).values_list("holder", "as_sex"))
    away = _away([post.pk for post in found], day)
    load = loads_of([post.pk for post in found], at)
    may = {function: _may(function, found, day) for function in functions}
    return [
        Worker(
            post=post.pk,
            name=post.user.name,
            agency=post.team.agency_id,
            team=post.team_id,
            held=frozenset(codes[post.user_id]),
            lapsed=lapsed[post.user_id],
            functions={function: answers[post.pk] for function, answers in may.items()},
            languages=frozenset(spoken[post.user_id]),
            sex=WorkerSex(sexes[post.user_id]) if post.user_id in sexes else None,
            away_until=away.get(post.pk),
            cases=load[post.pk][0],
            weight=load[post.pk][1],
        )
        for post in found
    ]


def kept_from(
    item: PanelItem, posts: Collection[uuid.UUID], at: datetime.datetime
) -> set[uuid.UUID]:
    """Which of these posts may not work with whom an item is about (P28).

    A bar, an interest in the item, the same home, or that they lead somebody who must be kept apart.
    """
    with reading(LOOKING):
        kept = set(barred_posts(item.pk, at))
        if item.referral_id is not None:
            kept |= barred_posts(item.referral_id, at)
        if item.agenda_id is not None:
            interests = Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True)
            kept |= set(interests.values_list("post_id", flat=True))
        kept |= _of_the_same_home(item, posts)
        kept |= _who_lead(_items_apart(item))
    return kept & set(posts)


def people_of(item: PanelItem) -> list[uuid.UUID]:
    """Whom the item is surely about, as they are named now."""
    with reading(LOOKING):
        about = ItemPerson.objects.filter(item=item, person__isnull=False).order_by("place")
        people = list(about.values_list("person_id", flat=True))
        more = MatterPerson.objects.filter(matter=item.pk).order_by("pk")
        people += list(more.values_list("person_id", flat=True))
    return list(dict.fromkeys(each for each in people if each is not None))


def place_of(item: PanelItem) -> tuple[str, str]:
    """The LSOA and the locality where the person lives; empty where that is restricted or not known.

    Only from an address that stands on the item: a restricted one is not there (P13).
    """
    with reading(LOOKING):
        shown = ItemPerson.objects.filter(item=item).exclude(address="").order_by("place").first()
        if shown is None:
            return "", ""
        found = _POSTCODE.search(shown.address)
        code = standard_postcode(found.group()) if found else None
        if code is None and item.referral_id is not None:
            typed = Subject.objects.filter(matter=item.referral_id, place=shown.place)
            code = typed.values_list("postcode", flat=True).first()
    where = Postcode.objects.filter(pk=code or "").values_list("lsoa", "lsoa__locality").first()
    return (str(where[0]), str(where[1])) if where else ("", "")


def loads_of(
    posts: Collection[uuid.UUID], at: datetime.datetime
) -> dict[uuid.UUID, tuple[int, int]]:
    """How many cases each post leads and what they weigh, first approaches to come counted."""
    with reading(LOOKING):
        leads = Lead.objects.filter(
            post__in=posts, ends_at__isnull=True, case__closed_at__isnull=True
        ).values_list("post", "case")
        of = dict.fromkeys(posts, (0, 0))
        cases = [case for _, case in leads]
        weights = weights_of(cases, at)
        to_come = Allocation.objects.filter(
            lead_post__in=posts, state=AllocationState.ACCEPTED, case__isnull=True
        ).exclude(item__approaches__state="ended")
        pairs = [(post, weights[case]) for post, case in leads]
        pairs += [(post, UNSAID_WEIGHT) for post in to_come.values_list("lead_post", flat=True)]
    for post, weight in pairs:
        of[post] = (of[post][0] + 1, of[post][1] + weight)
    return of


def weights_of(cases: Collection[uuid.UUID], at: datetime.datetime) -> dict[uuid.UUID, int]:
    """What each case weighs: by level, and one more for each person after the second."""
    levels = levels_of_cases(cases, at)
    about = Counter(
        MatterPerson.objects.filter(matter__in=cases).values_list("matter_id", flat=True)
    )
    return {
        case: WEIGHTS.get(int(levels[case].level) if case in levels else 0, UNSAID_WEIGHT)
        + max(0, about[case] - 2)
        for case in cases
    }


def _as_said(kind: NeedKind, codes: frozenset[CompetenceCode]) -> NeedKind:
    """The kind again, where what was said of it tells more than its people and needs do."""
    if kind.is_adult and CompetenceCode.LEADS_MENTAL_HEALTH in codes:
        return NeedKind.ADULT_MENTAL_HEALTH
    if kind.is_adult and CompetenceCode.MIXED_NEED in codes:
        return NeedKind.ADULT_MIXED
    return kind


def _age(each: ItemPerson, item: PanelItem) -> int | None:
    if each.born_on is None:
        return each.age
    on = item.queued_at.date()
    return (
        on.year - each.born_on.year - ((on.month, on.day) < (each.born_on.month, each.born_on.day))
    )


def _competences(
    users: Collection[uuid.UUID], day: datetime.date
) -> tuple[
    dict[uuid.UUID, set[CompetenceCode]], dict[uuid.UUID, dict[CompetenceCode, datetime.date]]
]:
    held: dict[uuid.UUID, set[CompetenceCode]] = defaultdict(set)
    ended: dict[uuid.UUID, dict[CompetenceCode, datetime.date]] = defaultdict(dict)
    rows = Competence.objects.filter(holder__in=users, starts_on__lte=day).order_by("ends_on")
    for user, code, ends_on in rows.values_list("holder", "code", "ends_on"):
        if ends_on is None or ends_on > day:
            held[user].add(CompetenceCode(code))
        else:
            ended[user][CompetenceCode(code)] = ends_on
    for user, codes in held.items():
        for code in codes:
            ended[user].pop(code, None)
    return held, ended


def _away(posts: Collection[uuid.UUID], day: datetime.date) -> dict[uuid.UUID, datetime.date]:
    """Until before which day each of these is away, who is away that day."""
    found = Leave.objects.filter(post__in=posts).within(day, day)
    away: dict[uuid.UUID, datetime.date] = {}
    for post, ends_on in found.values_list("post", "ends_on"):
        away[post] = max(ends_on, away.get(post, ends_on))
    return away


def _may(
    function: FunctionCode, posts: Iterable[Post], day: datetime.date
) -> dict[uuid.UUID, workforce.Answer]:
    entered = StatutoryFunction.objects.on(day).filter(function=function)
    operating = set(entered.values_list("operating_id", flat=True))
    approvals: dict[uuid.UUID, list[workforce.Held]] = defaultdict(list)
    for each in Approval.objects.filter(function=function, starts_on__lte=day):
        approvals[each.holder_id].append(workforce.Held(each.starts_on, each.ends_on))
    return {
        post.pk: workforce.may_do(
            function,
            day,
            name=post.user.name,
            operates=bool({post.team.agency_id, post.home_agency_id} & operating),
            somebody_operates=bool(operating),
            approvals=approvals[post.user_id],
        )
        for post in posts
    }


def _of_the_same_home(item: PanelItem, posts: Collection[uuid.UUID]) -> set[uuid.UUID]:
    homes = Post.objects.filter(pk__in=posts).exclude(user__home="")
    of = dict(homes.values_list("pk", "user__home"))
    if not of:
        return set()
    ids = [each for person in people_of(item) for each in identifiers_of(person)]
    keys = Record.objects.filter(person__in=ids, gone_on=None).exclude(address_key="")
    lived_in = {
        digest_of_home(key) for key in keys.values_list("address_key", flat=True).distinct()
    }
    return {post for post, home in of.items() if home in lived_in}


def _items_apart(item: PanelItem) -> set[uuid.UUID]:
    pairs = KeptApart.objects.filter(Q(item=item) | Q(other=item)).values_list("item", "other")
    return {each for pair in pairs for each in pair} - {item.pk}


def _who_lead(items: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Who leads, or is to lead, anybody these items are about."""
    if not items:
        return set()
    allocated = Allocation.objects.filter(
        item__in=items, state=AllocationState.ACCEPTED, lead_post__isnull=False
    )
    leads = set(allocated.values_list("lead_post_id", flat=True))
    people = MatterPerson.objects.filter(matter__in=items).values_list("person_id", flat=True)
    ids = [each for person in people for each in identifiers_of(person)]
    cases = Case.objects.open().filter(matter__persons__person__in=ids)
    leading = Lead.objects.filter(case__in=cases, ends_at__isnull=True)
    return {post for post in leads if post} | set(leading.values_list("post_id", flat=True))
