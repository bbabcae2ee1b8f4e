"""The form that asks a version: what comes up, what is known, and what was typed and is kept."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms

from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.forms.drawing import Block, drawn_sections
from joinedup.support.questions.rules.asked import Asked, AskedVersion, Value
from joinedup.support.questions.rules.checking import Unfit, checked
from joinedup.support.questions.rules.known import Known
from joinedup.support.questions.rules.reading import triggers_in
from joinedup.support.questions.rules.showing import shown, shown_among
from joinedup.support.safeguarding.choices import Trigger

RIGHT, CHANGE = "right", "change"
COMES_UP = "This comes up because of what you answered"
MISSING = {
    QuestionKind.YES_NO: "Choose an answer",
    QuestionKind.ONE_OF: "Choose an answer",
    QuestionKind.SEVERAL_OF: "Choose at least one answer",
    QuestionKind.SCALE: "Choose a number",
}


def question_form(
    version: AskedVersion,
    data: Mapping[str, Any] | None = None,
    known: Mapping[str, Known] | None = None,
    *,
    typed: Mapping[str, Any] | None = None,
    prefix: str = "q",
) -> "QuestionForm":
    """The form of a version; `{{ form }}` draws it whole, for any form around it.

    `data` is what was sent, `typed` what a draft kept of it (shown again, and not judged). Once it is
    valid, `values`, `confirmed` and `known` are what `record_answers` takes. `triggers` may be asked
    whether it is valid or not: the exit waits for no form.
    """
    return QuestionForm(version, data, known=known or {}, typed=typed or {}, prefix=prefix)


class QuestionForm(forms.Form):
    """One field a question; and for what is known whether it is still right."""

    template_name = "questions/form.html"

    def __init__(
        self,
        version: AskedVersion,
        data: Mapping[str, Any] | None,
        *,
        known: Mapping[str, Known],
        typed: Mapping[str, Any],
        prefix: str,
    ) -> None:
        self.version = version
        self.known = {code: each for code, each in known.items() if _is_asked(version, code)}
        self.values: dict[str, Value] = {}
        self.confirmed: set[str] = set()
        initial = {name.removeprefix(f"{prefix}-"): value for name, value in typed.items()}
        super().__init__(data, prefix=prefix, initial=initial)
        for question in version:
            self.fields[question.code] = _field(question)
            if question.code in self.known:
                self.fields[still(question.code)] = _still_right()

    def clean(self) -> dict[str, Any]:
        """Judge each question that comes up, in order; keep no answer to one that does not."""
        asked = set(self._sent("asked"))
        for question in self.version:
            if not shown(question, self.values):
                continue
            try:
                value = self._answer(question)
            except Unfit as why:
                self.add_error(self._place_of(question.code), str(why))
                continue
            if value is not None:
                self.values[question.code] = value
            elif question.shown_if is not None and question.code not in asked:
                self.add_error(question.code, COMES_UP)
            elif question.required:
                self.add_error(
                    self._place_of(question.code),
                    MISSING.get(question.kind, "Answer this question"),
                )
        return super().clean() or {}

    def _answer(self, question: Asked) -> Value | None:
        typed = self.cleaned_data.get(question.code)
        known = self.known.get(question.code)
        if known is None:
            return checked(question, typed)
        said = self.cleaned_data.get(still(question.code))
        if said == RIGHT:
            if self._seal_sent(question.code) != seal(known):
                raise Unfit("What is known has changed since you opened the page. Look at it again")
            self.confirmed.add(question.code)
            return known.value
        value = checked(question, typed)
        if value is None and said == CHANGE:
            raise Unfit("Give the answer, or choose that it is still right")
        if value is None and question.required:
            raise Unfit("Say whether this is still right")
        return value

    def _place_of(self, code: str) -> str:
        """Where the trouble is told: at the choice between right and change, until it was changed."""
        if code in self.known and self.cleaned_data.get(still(code)) != CHANGE:
            return still(code)
        return code

    @property
    def triggers(self) -> list[Trigger]:
        """What among the answers as they stand now opens the exit."""
        return triggers_in(self.version, self.so_far())

    def so_far(self) -> dict[str, Value]:
        """The answers as they were typed, as far as they are answers; what is only known is none."""
        found: dict[str, Value] = {}
        for question in self.version:
            try:
                value = checked(question, self[question.code].value())
            except Unfit:
                continue
            known = self.known.get(question.code)
            if known is not None and self[still(question.code)].value() == RIGHT:
                value = known.value
            if value is not None:
                found[question.code] = value
        return found

    @property
    def sections(self) -> list[tuple[str, str, list[Block]]]:
        """The form as it is drawn: heading, words, and a block for each question."""
        up = {question.code for question in shown_among(self.version, self.so_far())}
        return drawn_sections(self, up)

    def still_of(self, code: str) -> str:
        """The field that says whether what is known is still right."""
        return still(code)

    def seal_of(self, code: str) -> str:
        """The fingerprint of what is shown as known."""
        return seal(self.known[code])

    def _sent(self, name: str) -> list[str]:
        full = self.add_prefix(name)
        if hasattr(self.data, "getlist"):
            return list(self.data.getlist(full))
        sent = self.data.get(full, [])
        return [sent] if isinstance(sent, str) else list(sent)

    def _seal_sent(self, code: str) -> str:
        return "".join(self._sent(f"{code}-was")[:1])


def still(code: str) -> str:
    """The field that says whether what is known is still right."""
    return f"{code}-still"


def seal(known: Known) -> str:
    """A short fingerprint of what was shown as known, so that nothing unseen is confirmed."""
    plain = json.dumps([known.value, known.source, known.on.isoformat()])
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _is_asked(version: AskedVersion, code: str) -> bool:
    return any(question.code == code for question in version)


def _field(question: Asked) -> forms.Field:
    """A field that takes whatever was typed; rules.checking judges it."""
    pairs = [(choice.code, choice.label) for choice in question.choices]
    widgets: dict[QuestionKind, forms.Widget] = {
        QuestionKind.YES_NO: forms.RadioSelect(choices=pairs),
        QuestionKind.ONE_OF: forms.RadioSelect(choices=pairs),
        QuestionKind.SEVERAL_OF: forms.CheckboxSelectMultiple(choices=pairs),
        QuestionKind.SCALE: forms.RadioSelect(choices=_scale(question)),
        QuestionKind.WORDS: forms.Textarea(),
    }
    widget = widgets.get(question.kind, forms.TextInput())
    return forms.Field(label=question.text, help_text=question.help, required=False, widget=widget)


def _scale(question: Asked) -> list[tuple[str, str]]:
    lowest, highest = question.lowest or 0, question.highest or 0
    return [(str(number), str(number)) for number in range(lowest, highest + 1)]


def _still_right() -> forms.Field:
    pairs = [(RIGHT, "Still right"), (CHANGE, "Change it")]
    return forms.Field(required=False, widget=forms.RadioSelect(choices=pairs))
