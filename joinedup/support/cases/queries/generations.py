"""A family's generations, each person and each fact only as the wall lets this viewer see it (S0-19, P8, P36)."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.people.models import Holding, HouseholdMember, Record, Relationship
from joinedup.identity.sharing.access import Viewer, acting, marks
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.combined import TRIO, CombinedFactor
from joinedup.support.cases.choices.generations import ParentKind
from joinedup.support.cases.models import CaseMember, FamilyLink
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.rules.combined import was_known_as_child
from joinedup.support.cases.rules.generations import FARTHEST, in_generations, is_let, may_open

Key = uuid.UUID | str
"""A person by the identifier that stands for them; somebody without a record by their name."""
CHILD_CARE = CombinedFactor.KNOWN_AS_CHILD.category


@dataclass(frozen=True)
class Fact:
    """Something that an agency holds of somebody, as far as the viewer sees it."""

    what: str
    holder: str
    since: datetime.date


@dataclass(frozen=True)
class Relative:
    """Somebody of the family."""

    key: Key
    name: str
    born_on: datetime.date | None
    is_of_case: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class LinkSeen:
    """That one is the other's parent: a practitioner's line, or an agency's record."""

    parent: Key
    child: Key
    kind: str
    source: str
    on: datetime.date
    row: FamilyLink | None


@dataclass(frozen=True)
class Family:
    """The generations that the viewer sees, oldest first, and each link between them."""

    generations: tuple[tuple[Relative, ...], ...]
    links: tuple[LinkSeen, ...]

    @property
    def people(self) -> dict[Key, Relative]:
        """Everybody by key."""
        return {each.key: each for some in self.generations for each in some}

    @property
    def pairs(self) -> list[tuple[Key, Key]]:
        """Who is whose parent."""
        return [(each.parent, each.child) for each in self.links]


def generations_are_let(at: datetime.datetime) -> bool:
    """Whether this partnership has let generations be joined, from a day on; off by default (P36)."""
    return is_let(settings.PARENT_KNOWN_AS_CHILD_FROM, day_of(at))


def may_see_generations(viewer: Viewer, at: datetime.datetime) -> bool:
    """Whether the viewer may open them: where it is let, and to safeguard a child."""
    return may_open(viewer.purpose, settings.PARENT_KNOWN_AS_CHILD_FROM, day_of(at))


def family_of(viewer: Viewer, frame: Frame, at: datetime.datetime) -> Family:
    """The family, with the look at each beyond the people of the case written down."""
    found = gathered(viewer, frame, at)
    _leave_the_looks(viewer, frame, found.people, at)
    return found


def may_be_linked(viewer: Viewer, frame: Frame, at: datetime.datetime) -> dict[uuid.UUID, str]:
    """Whom a link may name, by name, with the look at each beyond the people of the case written down."""
    found = candidates(viewer, frame, at)
    _leave_the_looks(viewer, frame, found, at)
    return found


def gathered(viewer: Viewer, frame: Frame, at: datetime.datetime) -> Family:
    """The family that links lead to from the people of a case; for what shows nobody."""
    with acting(viewer):
        one = _Identifiers()
        start = [one.of(each.person_id) for each in frame.persons]
        links = _links(one, set(start))
        rows = in_generations(start, [(each.parent, each.child) for each in links])
        people = {key for some in rows for key in some if isinstance(key, uuid.UUID)}
        said = _said(one, people)
        facts = _facts(one, people, {key: born for key, (_, born) in said.items()}, day_of(at))
    of_case = dict(zip(start, frame.persons, strict=True))

    def relative(key: Key) -> Relative:
        if isinstance(key, str):
            return Relative(key, key, None, is_of_case=False, facts=())
        name, born = said.get(key, ("", None))
        name = of_case[key].name if key in of_case else name
        return Relative(key, name, born, key in of_case, tuple(facts.get(key, ())))

    return Family(tuple(tuple(map(relative, some)) for some in rows), tuple(links))


def candidates(viewer: Viewer, frame: Frame, at: datetime.datetime) -> dict[uuid.UUID, str]:
    """The case's people, the family so far, who lives with them or helps; all of them seen by name."""
    family = gathered(viewer, frame, at)
    with acting(viewer):
        one = _Identifiers()
        near = {each.person_id for each in frame.persons}
        near |= {key for key in family.people if isinstance(key, uuid.UUID)}
        same = {each for person in near for each in one.group(person)}
        now = Q(ends_on__isnull=True) | Q(ends_on__gt=day_of(at))
        lives = HouseholdMember.objects.filter(now, household__is_institution=False)
        homes = lives.filter(person__in=same).values_list("household", flat=True)
        near |= set(lives.filter(household__in=list(homes)).values_list("person", flat=True))
        helps = CaseMember.objects.now().filter(case=frame.matter_id, person__isnull=False)
        near |= {each for each in helps.values_list("person", flat=True) if each is not None}
        said = _said(one, {one.of(person) for person in near})
        names = {key: name for key, (name, _) in said.items()}
        names |= {one.of(p.person_id): p.name for p in frame.persons}
    return dict(sorted(names.items(), key=lambda each: each[1]))


def _leave_the_looks(
    viewer: Viewer, frame: Frame, people: Iterable[Key], at: datetime.datetime
) -> None:
    of_case = {each for _, same in frame.same for each in same}
    with acting(viewer):
        for person in people:
            if isinstance(person, uuid.UUID) and person not in of_case:
                about = marks(viewer)
                about["person_id"] = person
                record_look(
                    at=at, post_id=viewer.post_id, subject_kind="generations",
                    subject_id=str(frame.matter_id), purpose=viewer.purpose, **about,
                )  # fmt: skip


class _Identifiers:
    """Which identifier stands for a person, asked once for each."""

    def __init__(self) -> None:
        self._of: dict[uuid.UUID, uuid.UUID] = {}
        self._group: dict[uuid.UUID, list[uuid.UUID]] = {}

    def of(self, person: uuid.UUID) -> uuid.UUID:
        """The one identifier by which the family knows them."""
        if person not in self._of:
            group = identifiers_of(person)
            for each in group:
                self._of[each] = min(group)
            self._group[min(group)] = group
        return self._of[person]

    def group(self, person: uuid.UUID) -> list[uuid.UUID]:
        """Every identifier that stands for them."""
        return self._group[self.of(person)]


def _links(one: _Identifiers, start: set[uuid.UUID]) -> list[LinkSeen]:
    """The links that the viewer sees, followed from these people; each once, a practitioner's before a record's."""
    found: dict[tuple[Key, Key], LinkSeen] = {}
    known, near = set(start), set(start)
    for _ in range(FARTHEST):
        ids = [each for person in near for each in one.group(person)]
        fresh = [*_written(one, ids), *_recorded(one, ids)]
        for each in fresh:
            found.setdefault((each.parent, each.child), each)
        near = {k for e in fresh for k in (e.parent, e.child) if isinstance(k, uuid.UUID)} - known
        known |= near
        if not near:
            break
    return list(found.values())


def _written(one: _Identifiers, ids: list[uuid.UUID]) -> Iterable[LinkSeen]:
    rows = FamilyLink.objects.standing().filter(Q(parent__in=ids) | Q(child__in=ids))
    for row in rows.select_related("by_post__user", "holder").order_by("recorded_at"):
        parent: Key = one.of(row.parent_id) if row.parent_id else row.parent_name
        child: Key = one.of(row.child_id) if row.child_id else row.child_name
        yield LinkSeen(parent, child, ParentKind(row.kind).label, row.told_by, row.told_on, row)


def _recorded(one: _Identifiers, ids: list[uuid.UUID]) -> Iterable[LinkSeen]:
    """What agencies' records say, where the viewer sees both people by name."""
    ties = Relationship.objects.filter(
        Q(person__in=ids) | Q(other__in=ids), kind=RelationshipKind.PARENT, ends_on__isnull=True
    )
    rows = list(ties.select_related("source").order_by("pk"))
    seen = _said(one, {one.of(each) for row in rows for each in (row.person_id, row.other_id)})
    for row in rows:
        parent, child = one.of(row.person_id), one.of(row.other_id)
        if parent in seen and child in seen:
            source = f"The records of {row.source.name}"
            yield LinkSeen(parent, child, ParentKind.NOT_SAID.label, source, row.starts_on, None)


def _said(
    one: _Identifiers, people: set[uuid.UUID]
) -> dict[uuid.UUID, tuple[str, datetime.date | None]]:
    """Name and birth date of those of whom the viewer sees a record."""
    ids = [each for person in people for each in one.group(person)]
    found: dict[uuid.UUID, tuple[str, datetime.date | None]] = {}
    rows = Record.objects.filter(person__in=ids, gone_on=None).order_by("pk")
    for person, given, family, born in rows.values_list(
        "person", "given_name", "family_name", "born_on"
    ):
        if person is None:
            continue
        name, had = found.get(one.of(person), ("", None))
        found[one.of(person)] = (name or f"{given} {family}".strip(), had or born)
    return found


def _facts(
    one: _Identifiers,
    people: set[uuid.UUID],
    born: dict[uuid.UUID, datetime.date | None],
    day: datetime.date,
) -> dict[uuid.UUID, list[Fact]]:
    """What of harm the viewer sees held of each: the three, and children's social care before they were 18."""
    ids = [each for person in people for each in one.group(person)]
    wanted = [*(each.category for each in TRIO), CHILD_CARE]
    found: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    rows = Holding.objects.filter(person__in=ids, category__in=wanted, starts_on__lte=day)
    for row in rows.select_related("holder").order_by("starts_on", "pk"):
        person = one.of(row.person_id)
        factor = _factor(row.category, born.get(person), row.starts_on)
        fact = Fact(factor.label, row.holder.name, row.starts_on) if factor else None
        if fact and all((f.what, f.holder) != (fact.what, fact.holder) for f in found[person]):
            found[person].append(fact)
    return found


def _factor(
    category: str, born: datetime.date | None, since: datetime.date
) -> CombinedFactor | None:
    if category != CHILD_CARE:
        return next(each for each in TRIO if each.category == category)
    known = born is not None and was_known_as_child(born, since)
    return CombinedFactor.KNOWN_AS_CHILD if known else None
