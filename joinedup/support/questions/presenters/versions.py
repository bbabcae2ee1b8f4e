"""How one version reads: each question with all it does, what differs, and who wrote what meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Table, table
from joinedup.identity.sharing.rules.editing import Difference
from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.models import Question, Section
from joinedup.support.questions.queries.asking import question_asked
from joinedup.support.questions.queries.sets import VersionShown
from joinedup.support.questions.rules.asked import Asked, AskedVersion, Choice
from joinedup.support.questions.rules.comparing import Change, Compared, said_of
from joinedup.support.questions.rules.reading import plain_word
from joinedup.support.safeguarding.choices import Trigger


@dataclass(frozen=True)
class QuestionShown:
    """A question of a version on its page."""

    row: Question
    facts: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


def sections(shown: VersionShown) -> list[tuple[Section, list[QuestionShown]]]:
    """Every section with its questions, each with what it does in words."""
    return [
        (section, [_question(row, shown.asked) for row in rows]) for section, rows in shown.sections
    ]


def _question(row: Question, version: AskedVersion) -> QuestionShown:
    asked = question_asked(row)
    facts = [asked.kind.label]
    if asked.required:
        facts.append("must be answered")
    if asked.kind.has_limits and asked.lowest is not None and asked.highest is not None:
        facts.append(f"from {asked.lowest} to {asked.highest}")
    if asked.shown_if is not None:
        facts.append(_condition(asked.shown_if.question, asked.shown_if.any_of, version))
    if asked.known_from is not KnownFrom.NOWHERE:
        facts.append(f"known: {asked.known_from.label[:1].lower()}{asked.known_from.label[1:]}")
    if asked.source:
        facts.append(f"source: {asked.source}")
    listed = asked.kind.has_choices
    return QuestionShown(
        row, tuple(facts), tuple((c.label, _does(c)) for c in asked.choices) if listed else ()
    )


def _condition(code: str, any_of: Sequence[str], version: AskedVersion) -> str:
    try:
        of = version.question(code)
    except KeyError:
        return "asked by an answer to a question that is gone"
    labels = [choice.label for choice in of.choices if choice.code in any_of]
    return f"asked only where “{of.text}” is: {' or '.join(labels)}"


def _does(choice: Choice) -> str:
    does = []
    if choice.trigger in set(Trigger):
        does.append(f"opens the exit: {Trigger(choice.trigger).door.label.lower()}")
    if choice.means:
        does.append("tells triage " + ", ".join(plain_word(w) for w in choice.means))
    if choice.points is not None:
        does.append(f"counts {choice.points}")
    if choice.categories:
        least = f"at least {choice.at_least} of " if choice.at_least > 1 else ""
        does.append(
            f"known where an agency holds {least}{' or '.join(choice.categories)}".replace("_", " ")
        )
    return "; ".join(does)


def said(shown: VersionShown) -> list[dict[str, object]]:
    """What a version says of itself, as rows of a summary list."""
    version = shown.version
    return [
        {"key": {"text": title}, "value": {"text": words or "Not written yet"}}
        for title, words in (
            ("Introduction", version.introduction),
            ("Source", version.source),
            ("Licence", version.licence),
            ("How it was tested", version.tested),
        )
    ]


def changes(compared: Compared) -> list[Table]:
    """What a version changed, a table for each kind of change; none where nothing did."""
    found = []
    if compared.words:
        found.append(_changes("The version itself", compared.words))
    if compared.added:
        found.append(_list("Added", compared.added))
    if compared.taken_out:
        found.append(_list("Taken out", compared.taken_out))
    if compared.changed:
        found.append(_changes("Asked in other words", compared.changed))
    if compared.moved:
        found.append(_list("Moved", compared.moved))
    return found


def _changes(caption: str, found: Iterable[Change]) -> Table:
    return table(
        caption,
        ["Question", "What", "Before", "After"] if caption != "The version itself"
        else ["What", "Before", "After"],
        [
            [*([change.of] if change.of else []), change.what, change.before or "Nothing",
             change.after or "Nothing"]
            for change in found
        ],
    )  # fmt: skip


def _list(caption: str, found: Iterable[Asked]) -> Table:
    return table(
        caption,
        ["Question", "Kind of answer", "Answers"],
        [[q.text, q.kind.label, said_of(q, "choices")] for q in found],
    )


TITLES = {
    "text": "Question", "kind": "Kind of answer", "help": "Help", "required": "Must be answered",
    "choices": "Answers", "lowest": "Lowest number", "highest": "Highest number",
    "lowest_means": "What the lowest means", "highest_means": "What the highest means",
    "shown_if": "When it is asked", "known_from": "Where it may be known", "source": "Source",
    "introduction": "Introduction", "licence": "Licence", "tested": "How it was tested",
    "locality_id": "Where it is asked", "variant": "Name of the variant", "title": "Heading",
    "words": "Words",
}  # fmt: skip


def differences(found: Sequence[Difference]) -> Table | None:
    """What two people wrote, side by side; nothing where they wrote of other things."""
    if not found:
        return None
    return table(
        "What each of you wrote",
        ["What", "Theirs, saved", "Yours, in the form"],
        [
            [
                TITLES.get(each.field, each.field),
                _plain(each.theirs),
                _plain(each.mine)
                if each.both_changed
                else "You did not change it: theirs is taken",
            ]
            for each in found
        ],
    )


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(row.get("label", row)) for row in value) or "Nothing"
    if isinstance(value, Mapping):
        return f"{value.get('question')} is {' or '.join(map(str, value.get('any_of', [])))}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in set(QuestionKind):
        return QuestionKind(str(value)).label
    return "Nothing" if value in (None, "") else str(value)
