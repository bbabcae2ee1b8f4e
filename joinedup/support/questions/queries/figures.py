"""Variants beside each other, and what was not asked again: numbers that leave no person to be found (P44)."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.pipeline import disclosure
from joinedup.pipeline.disclosure import Shown
from joinedup.support.questions.choices import NOT_ASKED_AGAIN, VersionState
from joinedup.support.questions.models import Answer, SetVersion
from joinedup.support.questions.queries.asking import as_asked
from joinedup.support.questions.rules.asked import AskedVersion

COUNTING = Viewer.system("counting answers to question sets")
MAY_READ = (
    Permission.WRITE_QUESTIONS,
    Permission.MANAGE_FRONT_DOOR,
    Permission.SEE_ACCESS_FIGURES,
)


@dataclass(frozen=True)
class VersionFigures:
    """What became of one version: how often it was answered, how fully, and how each question was."""

    version: SetVersion
    asked: AskedVersion
    times: Shown
    full: Shown
    """Of a hundred, how many answered all that must be answered, or all where nothing must."""
    spared: Shown
    """Of a hundred answers, how many were not asked again."""
    answers: Mapping[str, Mapping[str, Shown]]
    """By question and choice."""


@dataclass(frozen=True)
class Month:
    """A month of one set: matters answered, answers kept, and those not asked again."""

    first: datetime.date
    matters: Shown
    answers: Shown
    spared: Shown
    each: float | None
    """Questions not asked again, for each matter."""


def variants(viewer: Viewer, set_code: str) -> list[VersionFigures]:
    """The published versions of a set beside each other, the newest first."""
    _must_read(viewer)
    versions = SetVersion.objects.filter(question_set=set_code).exclude(state=VersionState.DRAFT)
    with acting(COUNTING):
        return [
            _figures(version)
            for version in versions.select_related("question_set", "locality").order_by("-number")
        ]


def _figures(version: SetVersion) -> VersionFigures:
    asked = as_asked(version)
    of = _latest(Answer.objects.filter(version=version))
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for given in of.values():
        for code, row in given.items():
            counts[code].update(_codes(row.value))
    up = [question for question in asked if question.shown_if is None]
    always = {q.code for q in up if q.required} or {q.code for q in up}
    full = sum(1 for given in of.values() if always <= given.keys())
    rows = [row for given in of.values() for row in given.values()]
    spared = sum(1 for row in rows if row.how in NOT_ASKED_AGAIN)
    return VersionFigures(
        version=version,
        asked=asked,
        times=disclosure.shown(len(of)),
        full=disclosure.share(full, len(of)),
        spared=disclosure.share(spared, len(rows)),
        answers={
            question.code: disclosure.breakdown(
                {choice.code: counts[question.code][choice.code] for choice in question.choices}
            )
            for question in asked
            if question.choices
        },
    )


def told_once(viewer: Viewer, *, since: datetime.date) -> list[Month]:
    """Month by month since that day, over all sets: how many questions were not asked again (S4-9)."""
    _must_read(viewer)
    with acting(COUNTING):
        of = _latest(Answer.objects.filter(at__date__gte=since))
    months: defaultdict[datetime.date, list[Answer]] = defaultdict(list)
    for given in of.values():
        for row in given.values():
            months[day_of(row.at).replace(day=1)].append(row)
    return [_month(first, rows) for first, rows in sorted(months.items(), reverse=True)]


def _month(first: datetime.date, rows: list[Answer]) -> Month:
    matters = len({row.matter_id for row in rows})
    spared = sum(1 for row in rows if row.how in NOT_ASKED_AGAIN)
    enough = disclosure.shown(matters) is not None
    return Month(
        first,
        disclosure.shown(matters),
        disclosure.shown(len(rows)),
        disclosure.shown(spared) if spared else 0 if enough else None,
        round(spared / matters, 1) if enough else None,
    )


def _latest(rows: Iterable[Answer]) -> dict[tuple[object, ...], dict[str, Answer]]:
    """By matter, version and subject, the answer to each question that counts."""
    found: defaultdict[tuple[object, ...], dict[str, Answer]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.pk):
        found[row.matter_id, row.version_id, row.subject][row.question_code] = row
    for given in found.values():
        for code in [code for code, row in given.items() if row.value is None]:
            del given[code]
    return {key: given for key, given in found.items() if given}


def _codes(value: object) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list) else [str(value)]


def _must_read(viewer: Viewer) -> None:
    if not any(viewer.may(permission) for permission in MAY_READ):
        viewer.must(Permission.SEE_ACCESS_FIGURES)
