"""The form that writes one question: its words, its answers, when it comes up, where it may be known."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from joinedup.foundations.core.wording import listed
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.forms.agreements import words_field
from joinedup.identity.sharing.rules.editing import seal
from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.forms.writing import SEALS
from joinedup.support.questions.rules.asked import (
    NO,
    NOT_KNOWN,
    YES,
    Asked,
    Choice,
    plain_choice,
    yes_no,
)
from joinedup.support.questions.rules.reading import plain_word
from joinedup.support.questions.rules.writing import code_from
from joinedup.support.safeguarding.choices import Trigger

BLANK_ROWS = 3
COLUMNS = (
    "text", "kind", "help", "required", "choices", "lowest", "highest", "lowest_means",
    "highest_means", "shown_if", "known_from", "source",
)  # fmt: skip
_FIXED = {YES: "Yes", NO: "No", NOT_KNOWN: "Not known"}


class NewQuestionForm(forms.Form):
    """What a question begins with."""

    text = forms.CharField(
        label="What is asked?",
        max_length=300,
        error_messages={
            "required": "Write the question",
            "max_length": "Ask it in 300 characters or fewer",
        },
    )
    kind = forms.ChoiceField(
        label="What kind of answer?",
        choices=[(kind.value, kind.label) for kind in QuestionKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of answer"},
    )


class WriteQuestionForm(NewQuestionForm):
    """Everything of a question that its kind has."""

    kind = forms.ChoiceField(
        label="Kind of answer",
        choices=[(kind.value, kind.label) for kind in QuestionKind],
    )
    help = words_field("Help", "Under the question, in grey.", rows=2)
    required = forms.BooleanField(label="It must be answered", required=False)
    lowest = forms.IntegerField(label="Lowest number", required=False)
    lowest_means = forms.CharField(label="What the lowest means", required=False, max_length=60)
    highest = forms.IntegerField(label="Highest number", required=False)
    highest_means = forms.CharField(label="What the highest means", required=False, max_length=60)
    known_from = forms.ChoiceField(
        label="Where may the answer be known already?",
        choices=[(known.value, known.label) for known in KnownFrom],
        required=False,
    )
    shown_question = forms.ChoiceField(
        label="Ask it only by an answer to",
        required=False,
        help_text="Save once to choose which of its answers.",
    )
    shown_answers = forms.MultipleChoiceField(
        label="Which answers bring it up?", required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(
        label="Source of this question", required=False, max_length=300,
        help_text="Where it differs from that of the whole version.",
    )  # fmt: skip
    edited = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        values: Mapping[str, Any],
        edited: int,
        was: str,
        earlier: Sequence[Asked],
        words: Iterable[str],
    ) -> None:
        self.values, self.earlier = values, earlier
        condition = values.get("shown_if") or {}
        start = {
            **{name: values.get(name) for name in COLUMNS}, "edited": edited, SEALS: was,
            "shown_question": condition.get("question", ""),
            "shown_answers": condition.get("any_of", []),
        }  # fmt: skip
        super().__init__(data, initial=start)
        self.known_words = sorted(
            {*words, *(" ".join(c.get("means", ())) for c in self._rows_saved)}
        )
        self._offer_conditions()
        if not self.kind_now.has_limits:
            for name in ("lowest", "lowest_means", "highest", "highest_means"):
                self.fields[name].widget = forms.HiddenInput()
        self.rows = self._make_rows()

    @property
    def kind_now(self) -> QuestionKind:
        """The kind it has while this form is written."""
        return QuestionKind(self.values["kind"])

    @property
    def _rows_saved(self) -> list[dict[str, Any]]:
        saved: list[dict[str, Any]] = list(self.values.get("choices") or ())
        if self.kind_now is QuestionKind.YES_NO and not saved:
            saved = [plain_choice(choice) for choice in yes_no()]
        return saved

    def _offer_conditions(self) -> None:
        of = [question for question in self.earlier if question.kind.has_choices]
        self.fields["shown_question"].choices = [  # type: ignore[attr-defined]
            ("", "Nothing: it is always asked"), *((q.code, q.text) for q in of)
        ]  # fmt: skip
        chosen = next((q for q in of if q.code == self["shown_question"].value()), None)
        if chosen is None:
            self.fields["shown_answers"].widget = forms.MultipleHiddenInput()
        pairs = [(c.code, c.label) for c in chosen.choices] if chosen else []
        self.fields["shown_answers"].choices = pairs  # type: ignore[attr-defined]

    def _make_rows(self) -> list[dict[str, forms.BoundField]]:
        """A row of fields for each answer of the list, and some that are empty."""
        if not self.kind_now.has_choices:
            return []
        saved = self._rows_saved
        blank = 0 if self.kind_now is QuestionKind.YES_NO else BLANK_ROWS
        count = max(len(saved) + blank, self._rows_sent())
        rows = []
        for n in range(min(count, 60)):
            row = saved[n] if n < len(saved) else {}
            fields = self._row_fields(row, n + 1)
            for name, field in fields.items():
                self.fields[f"answer-{n}-{name}"] = field
            rows.append({name: self[f"answer-{n}-{name}"] for name in fields})
        return rows

    def _rows_sent(self) -> int:
        if not self.is_bound:
            return 0
        return sum(
            1 for name in self.data if name.startswith("answer-") and name.endswith("-label")
        )

    def _row_fields(self, row: Mapping[str, Any], number: int) -> dict[str, forms.Field]:
        fixed = self.kind_now is QuestionKind.YES_NO
        means, held = " ".join(row.get("means", ())), " ".join(row.get("categories", ()))
        return {
            "code": forms.CharField(
                required=False, widget=forms.HiddenInput, initial=row.get("code", "")
            ),
            "label": forms.CharField(
                label=f"Answer {number}", required=False, max_length=200, initial=row.get("label", ""),
                disabled=fixed,
                error_messages={"max_length": "Write 200 characters or fewer"},
            ),
            "trigger": forms.ChoiceField(
                label="Opens the exit", required=False, initial=row.get("trigger", ""),
                choices=[("", "No"), *((t.value, t.label) for t in Trigger)],
            ),
            "means": forms.ChoiceField(
                label="Tells triage", required=False, initial=means,
                choices=[("", "Nothing"), *((w, _plain(w)) for w in self.known_words if w)],
            ),
            "categories": forms.ChoiceField(
                label="Known where an agency holds", required=False, initial=held,
                choices=[("", "Nothing"), *_categories(held)],
            ),
            "at_least": forms.IntegerField(
                label="At least so many", required=False, min_value=1, max_value=99,
                initial=row.get("at_least", 1),
                error_messages={"min_value": "1 or more", "max_value": "99 or fewer"},
            ),
            "points": forms.IntegerField(
                label="Points", required=False, initial=row.get("points"),
                min_value=-1000, max_value=1000,
                error_messages={"min_value": "−1000 or more", "max_value": "1000 or fewer"},
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answers of the list as they are kept, and the condition."""
        given = super().clean() or {}
        question, answers = given.get("shown_question"), given.get("shown_answers")
        if question and not answers:
            self.add_error("shown_answers", "Choose which of its answers bring this question up")
        given["shown_if"] = {"question": question, "any_of": answers} if question else None
        given["choices"] = self._choices(given)
        return given

    def _choices(self, given: Mapping[str, Any]) -> list[dict[str, object]]:
        if not self.kind_now.has_choices:
            return []
        kept, codes = [], set[str]()
        for n in range(len(self.rows)):
            row = {name: given.get(f"answer-{n}-{name}") for name in self.rows[n]}
            label = str(row["label"] or "").strip()
            if not label:
                continue
            code = str(row["code"] or "") or _new_code(label, codes)
            codes.add(code)
            kept.append(plain_choice(Choice(
                code=code, label=_FIXED.get(code, label) if self._is_fixed else label,
                points=row["points"], trigger=row["trigger"] or "",
                means=tuple((row["means"] or "").split()),
                categories=tuple((row["categories"] or "").split()),
                at_least=row["at_least"] or 1,
            )))  # fmt: skip
        return kept

    @property
    def _is_fixed(self) -> bool:
        return self.kind_now is QuestionKind.YES_NO

    @property
    def written(self) -> dict[str, Any]:
        """What was written, by the names of the columns."""
        given = {name: self.cleaned_data.get(name) for name in COLUMNS}
        if not QuestionKind(str(given["kind"])).has_choices:
            given["choices"] = []
        elif given["kind"] == QuestionKind.YES_NO and self.kind_now is not QuestionKind.YES_NO:
            given["choices"] = [plain_choice(choice) for choice in yes_no()]
        return given

    @property
    def opened_with(self) -> dict[str, str]:
        """The fingerprint of each column as it was when the form was first shown."""
        return dict(zip(COLUMNS, str(self.cleaned_data.get(SEALS, "")).split(), strict=False))


def seals_of(saved: Any) -> str:
    """The fingerprints of a question's columns as it is saved."""
    return " ".join(seal(as_text(getattr(saved, name))) for name in COLUMNS)


def as_text(value: object) -> object:
    """What a fingerprint is taken of: lists and conditions as they are kept."""
    return json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else value


def _plain(words: str) -> str:
    return listed(plain_word(word) for word in words.split())


def _categories(held: str) -> list[tuple[str, str]]:
    pairs = [(category.value, category.label) for category in Category]
    if held and " " in held:
        pairs.append((held, listed(Category(each).label for each in held.split())))
    return pairs


def _new_code(label: str, taken: set[str]) -> str:
    stem = code_from(label, most=40).replace("-", "_") or "answer"
    return stem if stem not in taken else f"{stem}_{len(taken)}"
