"""How a section reads: when it was kept, what was signed, what was answered before, what two typed."""

import datetime
from typing import Any

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.support.cases.choices.own_signature import HowConfirmed, TheirAnswer
from joinedup.support.cases.models import AssessmentSection, OwnSignature
from joinedup.support.cases.queries.assessment import SectionPage
from joinedup.support.cases.rules.assessing import why_not_written
from joinedup.support.questions.choices import How, QuestionKind
from joinedup.support.questions.queries.answers import AnsweredSet
from joinedup.support.questions.rules.asked import AskedVersion
from joinedup.support.questions.rules.drafting import Values, differing


def saved_words(at: datetime.datetime) -> str:
    """When it was last kept."""
    return f"Saved {moment(at)}"


def kept(section: AssessmentSection) -> str:
    """When a section was last kept, or that nothing was typed yet."""
    if section.saved_at is None:
        return "Nothing typed yet. It is kept as you type"
    return f"{saved_words(section.saved_at)}. It is kept as you type"


def signed(page: SectionPage) -> Table | None:
    """The answers as they were signed, each with how it is known."""
    if page.signed is None:
        return None
    return table(
        "What was signed",
        ["Question", "Answer", "How it is known"],
        [
            [
                each.question.text,
                each.words,
                Cell(each.how.label)
                if each.how is How.ASKED or not each.source
                else Cell(f"{each.how.label}: {each.source}, {day(each.source_on)}"),
            ]
            for each in page.signed.answers
        ],
        caption_size="s",
    )


def theirs(signature: OwnSignature | None) -> str:
    """What the person said to their own part, and how it was confirmed; nothing where they have not."""
    if signature is None:
        return ""
    said = TheirAnswer(signature.said).label
    wrong = f" What is wrong, in their words: “{signature.words}”" if signature.words else ""
    how = HowConfirmed(signature.how).label
    there = f" ({signature.shown_by})" if signature.shown_by else ""
    witness = f", with {signature.by_post.user.name}" if signature.by_post else ""
    return f"“{said}.”{wrong} {moment(signature.signed_at)}{witness}. {how}{there}."


def earlier(page: SectionPage) -> Table | None:
    """Earlier answers to the same questions, side by side with their days; none where nobody asked."""
    if not page.earlier:
        return None
    days = sorted({e.on for lines in page.earlier.values() for e in lines}, reverse=True)[:3]
    rows = []
    for question in page.version:
        lines = page.earlier.get(question.code, ())
        if not any(each.on in days for each in lines):
            continue
        cells = []
        for on in days:
            of_day = [each for each in lines if each.on == on]
            text = "; ".join(dict.fromkeys(each.words for each in of_day))
            note = ", ".join(dict.fromkeys(each.source for each in of_day))
            cells.append(Cell(text or "Not asked", note=note))
        rows.append([question.text, *cells])
    return table("Asked before", ["Question", *map(day, days)], rows, caption_size="s")


def why_not(page: SectionPage, kind: AgencyKind, *, is_open: bool) -> str:
    """Why this viewer does not write here; nothing where they do, or it is signed."""
    if page.section.signed_at is not None:
        return ""
    if not is_open:
        return "This case is closed, so that nothing is written any more."
    return why_not_written(page.profession, kind)


def typed(values: Values, version: AskedVersion) -> dict[str, Any]:
    """What a draft kept, as the form shows it again."""
    several = {f"q-{each.code}" for each in version if each.kind is QuestionKind.SEVERAL_OF}
    return {
        name: each if name in several else each[0]
        for name, each in values.items()
        if name.startswith("q-") and each
    }


def as_typed(found: AnsweredSet | None) -> Values:
    """Signed answers as they would stand in the form."""
    values: Values = {}
    for each in found.answers if found else ():
        value = each.value if isinstance(each.value, list) else [str(each.value)]
        values[f"q-{each.question.code}"] = list(value)
    return values


def boxes(version: AskedVersion, mine: Values, theirs: Values) -> list[tuple[str, str, str]]:
    """Each box that two typed otherwise: its question, what stands here, what stands there."""
    texts = {f"q-{each.code}": each.text for each in version}
    return [
        (_box(name, texts), _words(version, name, mine), _words(version, name, theirs))
        for name in differing(mine, theirs)
        if not name.endswith(("-asked", "-was"))
    ]


def _box(name: str, texts: dict[str, str]) -> str:
    if name.endswith("-still"):
        return f"{texts.get(name.removesuffix('-still'), 'An answer')} Still right?"
    return texts.get(name, "An answer")


def _words(version: AskedVersion, name: str, values: Values) -> str:
    labels = {}
    for question in version:
        if name == f"q-{question.code}":
            labels = {choice.code: choice.label for choice in question.choices}
    return "; ".join(_label(labels, each) for each in values.get(name, []))


def _label(labels: dict[str, str], value: str) -> str:
    return labels.get(value, {"right": "Still right", "change": "Change it"}.get(value, value))
