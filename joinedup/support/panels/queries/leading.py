"""What the rules of allocation ask, as the system: what an item needs, who might lead, who is kept from it."""

import datetime
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.places.models import Postcode
from joinedup.identity.sharing.access import reading
from joinedup.identity.sharing.models import MatterPerson
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
from joinedup.partnership.workforce.queries.capacity import percent_on
from joinedup.pipeline.standardise.postcodes import standard_postcode
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.models import Lead
from joinedup.support.cases.queries.levels import levels_of_cases
from joinedup.support.cases.rules.caseload import WEIGHTS, week_of
from joinedup.support.frontdoor.models import Referral, Subject
from joinedup.support.handovers.rules.roles import TAKES
from joinedup.support.panels.choices import AllocationState, NeedKind
from joinedup.support.panels.models import Allocation, ItemNeed, ItemPerson, PanelItem
from joinedup.support.panels.queries.kept_from import LOOKING
from joinedup.support.panels.rules.allocating import (
    UNSAID_WEIGHT,
    Asked,
    Worker,
    kind_of,
    usual_competences,
)

_POSTCODE = re.compile(r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}\b")


def asked_of(item: PanelItem) -> Asked:
    """What an item asks of whoever leads it: what was said of it, else what follows from its kind."""
    return asked_of_each([item])[item.pk]


def asked_of_each(items: Sequence[PanelItem]) -> dict[uuid.UUID, Asked]:
    """The same for several, by item; as many statements as for one."""
    of = {item.pk: item for item in items}
    with reading(LOOKING):
        ages: dict[uuid.UUID, list[int | None]] = {key: [] for key in of}
        for each in ItemPerson.objects.filter(item__in=of).order_by("place"):
            ages[each.item_id].append(_age(each, of[each.item_id]))
        referrals = [item.referral_id for item in items if item.referral_id is not None]
        found = Referral.objects.filter(pk__in=referrals) if referrals else Referral.objects.none()
        needs = dict(found.values_list("pk", "needs"))
        said = {each.item_id: each for each in ItemNeed.objects.filter(item__in=of)}
    return {
        key: _asked(item, ages[key], needs.get(item.referral_id, ()), said.get(key))  # type: ignore[arg-type]
        for key, item in of.items()
    }


def _asked(
    item: PanelItem, ages: Sequence[int | None], needs: Collection[str], said: ItemNeed | None
) -> Asked:
    kind = kind_of(ForWhom(item.for_whom), ages, needs)
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
    shares = percent_on([post.pk for post in found], day)
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
            full=week_of(shares.get(post.pk)),
        )
        for post in found
    ]


def place_of(item: PanelItem) -> tuple[str, str]:
    """The LSOA and the locality where the person lives; empty where that is restricted or not known."""
    return place_of_each([item])[item.pk]


def place_of_each(items: Sequence[PanelItem]) -> dict[uuid.UUID, tuple[str, str]]:
    """The same for several, by item.

    Only from an address that stands on the item: a restricted one is not there (P13).
    """
    with reading(LOOKING):
        named = ItemPerson.objects.filter(item__in=[item.pk for item in items]).exclude(address="")
        shown: dict[uuid.UUID, ItemPerson] = {}
        for each in named.order_by("place"):
            shown.setdefault(each.item_id, each)
        referrals = [item.referral_id for item in items if item.referral_id is not None]
        typed = {
            (matter, place): code
            for matter, place, code in Subject.objects.filter(matter__in=referrals).values_list(
                "matter_id", "place", "postcode"
            )
        }
    codes: dict[uuid.UUID, str] = {}
    for item in items:
        if item.pk not in shown:
            continue
        found = _POSTCODE.search(shown[item.pk].address)
        code = standard_postcode(found.group()) if found else None
        if code is None and item.referral_id is not None:
            code = typed.get((item.referral_id, shown[item.pk].place))
        codes[item.pk] = code or ""
    rows = Postcode.objects.filter(pk__in=set(codes.values()))
    where = {
        code: (str(lsoa), str(locality))
        for code, lsoa, locality in rows.values_list("pk", "lsoa", "lsoa__locality")
    }
    return {item.pk: where.get(codes.get(item.pk, ""), ("", "")) for item in items}


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
