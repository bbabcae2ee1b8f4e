"""How the numbers of question sets read, small ones withheld."""

from collections.abc import Sequence

from joinedup.foundations.core.tables import Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.pipeline import disclosure
from joinedup.pipeline.disclosure import Shown
from joinedup.support.questions.presenters.sets import named, where
from joinedup.support.questions.queries.figures import Month, VersionFigures


def overview(found: Sequence[VersionFigures]) -> Table:
    """The versions beside each other."""
    return table(
        "Versions beside each other",
        ["Version", "Where", Column("From", date=True), Column("Times answered", numeric=True),
         Column("Answered in full", numeric=True), Column("Not asked again", numeric=True)],
        [
            [
                named(each.version), where(each.version), day(each.version.starts_on),
                _words(each.times), _share(each.full), _share(each.spared),
            ]
            for each in found
        ],
    )  # fmt: skip


def questions(found: Sequence[VersionFigures]) -> list[Table]:
    """Each question of any version: how often each answer was given, version beside version."""
    codes = dict.fromkeys(code for each in found for code in each.answers)
    return [_question(code, [each for each in found if code in each.answers]) for code in codes]


def _question(code: str, found: Sequence[VersionFigures]) -> Table:
    newest = found[0].asked.question(code)
    labels = {
        choice.code: choice.label for each in reversed(found) for choice in each.asked.question(code).choices
    }  # fmt: skip
    return table(
        newest.text,
        ["Answer", *(Column(named(each.version), numeric=True) for each in found)],
        [
            *_wordings([each.asked.question(code).text for each in found]),
            *(
                [label, *(_count(each, code, choice) for each in found)]
                for choice, label in labels.items()
            ),
        ],
        caption_size="s",
        stacks=len(found) > 2,
    )


def _wordings(texts: list[str]) -> list[list[str]]:
    """How each version asks it, where they do not ask it in the same words."""
    return [["Asked as", *texts]] if len(set(texts)) > 1 else []


def _count(each: VersionFigures, code: str, choice: str) -> str:
    given = each.answers[code]
    return _words(given[choice]) if choice in given else "Not offered"


def _words(count: Shown) -> str:
    return "Withheld" if count is None else disclosure.words(count)


def _share(value: Shown) -> str:
    return "Withheld" if value is None else f"{value}%"


def months(found: Sequence[Month]) -> Table:
    """What was not asked again, month by month."""
    return table(
        "Month by month",
        ["Month", Column("Matters with answers", numeric=True), Column("Answers", numeric=True),
         Column("Not asked again", numeric=True), Column("For each matter", numeric=True)],
        [
            [
                f"{month.first:%B %Y}", _words(month.matters),
                _words(month.answers), _words(month.spared),
                "Withheld" if month.each is None else f"{month.each:.1f}",
            ]
            for month in found
        ],
    )  # fmt: skip
