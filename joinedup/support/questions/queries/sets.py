"""The question sets there are, their versions, and what stands in each; about nobody."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.places.models import Locality
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.choices import VersionState
from joinedup.support.questions.models import Question, QuestionSet, Section, SetVersion
from joinedup.support.questions.queries.asking import as_asked
from joinedup.support.questions.rules.asked import Asked, AskedVersion
from joinedup.support.questions.shipped import SHIPPED

MAY_READ = (Permission.WRITE_QUESTIONS, Permission.MANAGE_FRONT_DOOR)


@dataclass(frozen=True)
class SetLine:
    """A set in the list: what is asked of it today, and what is being written."""

    question_set: QuestionSet
    in_force: tuple[SetVersion, ...]
    drafts: tuple[SetVersion, ...]


@dataclass(frozen=True)
class SetShown:
    """One set with every version of it, the newest first."""

    question_set: QuestionSet
    versions: tuple[SetVersion, ...]
    today: datetime.date
    may_write: bool


@dataclass(frozen=True)
class VersionShown:
    """One version as it stands, and what stands beside it."""

    version: SetVersion
    asked: AskedVersion
    sections: tuple[tuple[Section, tuple[Question, ...]], ...]
    today: datetime.date
    may_write: bool
    compare_with: SetVersion | None

    @property
    def may_edit(self) -> bool:
        """Whether this viewer may write in it."""
        return self.may_write and self.version.is_draft


def sets(viewer: Viewer, *, today: datetime.date) -> list[SetLine]:
    """Every set, by title."""
    _must_read(viewer)
    versions = SetVersion.objects.select_related("locality").order_by("-number")
    of: dict[str, list[SetVersion]] = {}
    for version in versions:
        of.setdefault(version.question_set_id, []).append(version)
    return [
        SetLine(
            each,
            tuple(v for v in of.get(each.code, ()) if is_in_force(v, today)),
            tuple(v for v in of.get(each.code, ()) if v.is_draft),
        )
        for each in QuestionSet.objects.order_by("title")
    ]


def one_set(viewer: Viewer, code: str, *, today: datetime.date) -> SetShown:
    """One set; raises QuestionSet.DoesNotExist."""
    _must_read(viewer)
    found = QuestionSet.objects.get(pk=code)
    versions = found.versions.select_related("locality", "published_by__user", "made_by__user")
    return SetShown(
        found, tuple(versions.order_by("-number")), today, viewer.may(Permission.WRITE_QUESTIONS)
    )


def one_version(viewer: Viewer, version_id: uuid.UUID, *, today: datetime.date) -> VersionShown:
    """One version with its sections and questions; raises SetVersion.DoesNotExist."""
    _must_read(viewer)
    version = SetVersion.objects.select_related("question_set", "locality", "begun_from").get(
        pk=version_id
    )
    under: dict[uuid.UUID, list[Question]] = {}
    for question in version.questions.all():
        under.setdefault(question.section_id, []).append(question)
    sections = tuple((s, tuple(under.get(s.pk, ()))) for s in version.sections.all())
    before = SetVersion.objects.filter(
        question_set=version.question_set, number__lt=version.number
    ).exclude(state=VersionState.DRAFT)
    return VersionShown(
        version=version,
        asked=as_asked(version),
        sections=sections,
        today=today,
        may_write=viewer.may(Permission.WRITE_QUESTIONS),
        compare_with=version.begun_from or before.order_by("-number").first(),
    )


def other_version(viewer: Viewer, version: SetVersion, other_id: uuid.UUID) -> AskedVersion:
    """Another version of the same set; raises SetVersion.DoesNotExist."""
    _must_read(viewer)
    found = SetVersion.objects.filter(question_set=version.question_set_id)
    return as_asked(found.select_related("question_set").get(pk=other_id))


def what_is_replaced(version: SetVersion, today: datetime.date) -> list[SetVersion]:
    """What is asked in the same place today, or will be."""
    there = SetVersion.objects.filter(
        question_set=version.question_set_id, locality=version.locality_id,
        state=VersionState.PUBLISHED,
    )  # fmt: skip
    return [
        each for each in there.order_by("number") if each.ends_on is None or each.ends_on > today
    ]


def localities(today: datetime.date) -> list[Locality]:
    """The localities of today."""
    return [
        place
        for place in Locality.objects.order_by("name")
        if place.starts_on <= today and (place.ends_on is None or place.ends_on > today)
    ]


def earlier_questions(shown: VersionShown, code: str | None = None) -> list[Asked]:
    """The questions that come before that one; all of them for a new one."""
    before = []
    for question in shown.asked:
        if question.code == code:
            break
        before.append(question)
    return before


def words_for_triage(set_code: str) -> list[str]:
    """What answers may tell triage: what shipped sets and this set's versions tell already."""
    shipped = (q.choices for each in SHIPPED for s in each.sections for q in s.questions)
    words = {word for choices in shipped for choice in choices for word in choice.means}
    for choices in Question.objects.filter(version__question_set=set_code).values_list(
        "choices", flat=True
    ):
        words |= {word for choice in choices for word in choice.get("means", ())}
    return sorted(words)


def is_in_force(version: SetVersion, today: datetime.date) -> bool:
    """Whether it is asked on that day."""
    return (
        not version.is_draft
        and version.starts_on is not None
        and version.starts_on <= today
        and (version.ends_on is None or version.ends_on > today)
    )


def sets_to_ask(today: datetime.date, locality: str | None = None) -> list[SetVersion]:
    """The version of each set that is asked today in that place."""
    found: dict[str, SetVersion] = {}
    for version in _nearest(today, locality):
        found.setdefault(version.question_set_id, version)
    return sorted(found.values(), key=lambda version: version.question_set.title)


def _nearest(today: datetime.date, locality: str | None) -> Iterable[SetVersion]:
    versions = SetVersion.objects.in_force(today).for_place(locality)
    return versions.select_related("question_set")


def _must_read(viewer: Viewer) -> None:
    if not any(viewer.may(permission) for permission in MAY_READ):
        viewer.must(Permission.WRITE_QUESTIONS)
