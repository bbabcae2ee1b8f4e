"""How question sets and their versions read in lists."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day
from joinedup.support.questions.choices import VersionState
from joinedup.support.questions.models import SetVersion
from joinedup.support.questions.queries.sets import SetLine, SetShown, VersionShown, is_in_force

WHOLE_PLACE = "The whole place"


def register(lines: Sequence[SetLine]) -> Table:
    """Every set, with what is asked of it today."""
    return table(
        count(len(lines), "question set"),
        ["Set", "Asked today", "Being written"],
        [
            [
                Cell(line.question_set.title, note=line.question_set.about,
                     href=reverse("question-set", args=[line.question_set.code])),
                _in_short(line.in_force) or "Nothing",
                _in_short(line.drafts),
            ]
            for line in lines
        ],
    )  # fmt: skip


def versions(shown: SetShown) -> Table:
    """Every version of a set, the newest first."""
    return table(
        count(len(shown.versions), "version"),
        ["Version", "State", "Where", Column("From", date=True), Column("Until", date=True)],
        [
            [
                Cell(named(version), href=reverse("question-version", args=[version.pk])),
                state_cell(version, shown),
                where(version),
                day(version.starts_on),
                day(version.ends_on),
            ]
            for version in shown.versions
        ],
    )


def state_cell(version: SetVersion, shown: SetShown | VersionShown) -> Cell:
    """Whether it is asked, was, or will be, as a coloured tag."""
    words, tag = state_words(version, shown)
    return Cell(words, tag=tag)


def state_words(version: SetVersion, shown: SetShown | VersionShown) -> tuple[str, str]:
    """The state in a word, and the colour of its tag."""
    if version.is_draft:
        return "Draft", "govuk-tag--grey"
    if is_in_force(version, shown.today):
        return "Asked today", "govuk-tag--green"
    if version.starts_on is not None and version.starts_on > shown.today:
        return "Begins later", "govuk-tag--blue"
    retired = version.state == VersionState.RETIRED
    return ("Retired" if retired else "Replaced"), "govuk-tag--grey"


def named(version: SetVersion) -> str:
    """Version 3, variant B."""
    variant = f", variant {version.variant}" if version.variant else ""
    return f"Version {version.number}{variant}"


def where(version: SetVersion) -> str:
    """In which locality it is asked."""
    return version.locality.name if version.locality else WHOLE_PLACE


def _in_short(versions: Iterable[SetVersion]) -> str:
    return "; ".join(
        named(version) + (f" in {version.locality.name}" if version.locality else "")
        for version in versions
    )
