"""How each question is drawn: the GOV.UK component of its kind, and what is known above it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from joinedup.foundations.core.components import component
from joinedup.foundations.core.wording import day
from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.rules.asked import Asked
from joinedup.support.questions.rules.checking import ALONE
from joinedup.support.questions.rules.known import Known
from joinedup.support.questions.rules.reading import said

if TYPE_CHECKING:
    from joinedup.support.questions.forms.asking import QuestionForm

LEGEND = "govuk-fieldset__legend--s"
LABEL = "govuk-label--s"


@dataclass(frozen=True)
class Block:
    """One question on the page: its control, whether it comes up now, and what brings it up."""

    code: str
    html: SafeString
    asked_name: str
    shown: bool
    shown_if: str = ""
    any_of: str = ""
    known: str = ""
    seal_name: str = ""
    seal: str = ""


def drawn_sections(form: "QuestionForm", up: set[str]) -> list[tuple[str, str, list[Block]]]:
    """Every section with a block for each question; those that do not come up are drawn hidden."""
    return [
        (section.title, section.words, [_block(form, q, q.code in up) for q in section.questions])
        for section in form.version.sections
    ]


def _block(form: "QuestionForm", question: Asked, is_up: bool) -> Block:
    condition = question.shown_if
    known = form.known.get(question.code)
    return Block(
        code=question.code,
        html=_known_control(form, question, known) if known else _control(form, question),
        asked_name=form.add_prefix("asked"),
        shown=is_up,
        shown_if=form.add_prefix(condition.question) if condition else "",
        any_of=" ".join(condition.any_of) if condition else "",
        known=" ".join(_codes(known)) if known else "",
        seal_name=form.add_prefix(f"{question.code}-was") if known else "",
        seal=form.seal_of(question.code) if known else "",
    )


def _codes(known: Known) -> list[str]:
    return list(map(str, known.value if isinstance(known.value, list) else [known.value]))


def _known_control(form: "QuestionForm", question: Asked, known: Known) -> SafeString:
    """What is known, with its source and day: one key says that it is right, another opens the control."""
    bound = form[form.still_of(question.code)]
    stands = said(question, known.value)
    hint = f"Known from {known.source}, {day(known.on)}"
    if known.shown:
        hint = f"{hint}: {known.shown}"
    items = [
        {"value": "right", "text": f"Still right: {stands}", "checked": bound.value() == "right"},
        {"value": "change", "text": "Change it", "checked": bound.value() == "change"},
    ]
    params = _grouped(bound, question.text, _error(bound) or _error(form[question.code]))
    params["hint"] = {"text": hint}
    radios = component("radios", {**params, "items": items, "classes": "govuk-radios--small"})
    # Not the conditional radio of GOV.UK, which says of a radio what only a button may say.
    return format_html(
        '{}<div class="questions__change" data-change="{}">{}</div>',
        radios, bound.html_name, _control(form, question, within=True),
    )  # fmt: skip


def _control(form: "QuestionForm", question: Asked, *, within: bool = False) -> SafeString:
    """The control of a question. Inside what is known its text is for readers alone, and the error above."""
    bound = form[question.code]
    error = {} if within else _error(bound)
    hint = {"hint": {"text": _hint(question)}} if _hint(question) else {}
    if question.kind.has_choices or question.kind is QuestionKind.SCALE:
        params = _grouped(bound, question.text, error, hidden=within)
        name = "checkboxes" if question.kind is QuestionKind.SEVERAL_OF else "radios"
        return component(name, {**params, **hint, **_items(bound, question)})
    hide = "govuk-visually-hidden" if within else LABEL
    value = bound.value()
    params = {
        "id": bound.auto_id, "name": bound.html_name, "value": "" if value is None else str(value),
        "label": {"text": question.text, "classes": hide}, **error, **hint,
    }  # fmt: skip
    if question.kind is QuestionKind.WORDS:
        return component("textarea", {**params, "rows": "4"})
    return component("input", {**params, **_OF_INPUT.get(question.kind, {})})


_OF_INPUT: dict[QuestionKind, dict[str, Any]] = {
    QuestionKind.NUMBER: {"inputmode": "numeric", "classes": "govuk-input--width-4"},
    QuestionKind.DAY: {"classes": "govuk-input--width-10"},
}


def _hint(question: Asked) -> str:
    said_of_ends = ""
    if question.kind is QuestionKind.SCALE and (question.lowest_means or question.highest_means):
        said_of_ends = (
            f"{question.lowest} is {question.lowest_means or 'the least'}, "
            f"{question.highest} is {question.highest_means or 'the most'}."
        )
    if question.kind is QuestionKind.DAY and not question.help:
        return "For example, 27 3 2026"
    return " ".join(part for part in (question.help, said_of_ends) if part)


def _grouped(
    bound: forms.BoundField, text: str, error: dict[str, Any], *, hidden: bool = False
) -> dict[str, Any]:
    classes = "govuk-visually-hidden" if hidden else LEGEND
    return {
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "fieldset": {"legend": {"text": text, "classes": classes}},
        **error,
    }


def _error(bound: forms.BoundField) -> dict[str, Any]:
    return {"errorMessage": {"text": bound.errors[0]}} if bound.errors else {}


def _items(bound: forms.BoundField, question: Asked) -> dict[str, Any]:
    if question.kind is QuestionKind.SCALE:
        pairs = bound.field.widget.choices  # type: ignore[attr-defined]
        items = [{"value": v, "text": t, "checked": str(bound.value()) == v} for v, t in pairs]
        return {"items": items, "classes": "govuk-radios--inline govuk-radios--small scale"}
    picked = bound.value()
    picked = set(map(str, picked)) if isinstance(picked, list | tuple) else {str(picked)}
    several = question.kind is QuestionKind.SEVERAL_OF
    items = [
        {
            "value": choice.code, "text": choice.label, "checked": choice.code in picked,
            "attributes": {"data-trigger": choice.trigger} if choice.trigger else {},
            **({"behaviour": "exclusive"} if several and choice.code in ALONE else {}),
        }
        for choice in question.choices
    ]  # fmt: skip
    inline = question.kind is QuestionKind.YES_NO
    return {"items": items, **({"classes": "govuk-radios--inline"} if inline else {})}
