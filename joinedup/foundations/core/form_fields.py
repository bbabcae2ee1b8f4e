"""Form fields and error summaries drawn by GOV.UK components."""

from collections import Counter
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe

from joinedup.foundations.core.components import component, macro_words


def draw_field(bound: forms.BoundField, **options: Any) -> SafeString:
    """The label, hint, error and control of a field; what was typed is kept."""
    widget = bound.field.widget
    if isinstance(widget, forms.HiddenInput):
        return SafeString(bound)
    name, params = _control(bound, widget)
    if bound.errors:
        params["errorMessage"] = {"text": bound.errors[0]}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    return component(name, {**params, **macro_words(options)})


def _control(bound: forms.BoundField, widget: forms.Widget) -> tuple[str, dict[str, Any]]:
    shared: dict[str, Any] = {"id": _first_control(bound), "name": bound.html_name}
    label = {"text": bound.label}
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        # Django’s boxes for several are a kind of its buttons for one.
        several = isinstance(widget, forms.CheckboxSelectMultiple)
        kind = "checkboxes" if several else "radios"
        legend = {"legend": {**label, "classes": "govuk-fieldset__legend--m"}}
        return kind, {**_named(shared), "fieldset": legend, "items": _choices(bound)}
    if isinstance(widget, forms.CheckboxInput):
        item = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
        return "checkboxes", {**_named(shared), "items": [item]}
    if isinstance(widget, forms.Select):
        return "select", {**shared, "label": label, "items": _choices(bound)}
    if isinstance(widget, forms.FileInput):
        return "file-upload", {**shared, "label": label, **_attributes(widget)}
    # A day and a time stand as they are typed, and not as a machine writes them.
    value = {"value": str(widget.format_value(bound.value()) or "")}
    if isinstance(widget, forms.PasswordInput):
        return "password-input", {**shared, "label": label, **_attributes(widget)}
    if isinstance(widget, forms.Textarea):
        return "textarea", {**shared, "label": label, **value, **_attributes(widget)}
    kind = getattr(widget, "input_type", "text")
    return "input", {**shared, "label": label, **value, "type": kind, **_attributes(widget)}


def _named(shared: dict[str, Any]) -> dict[str, Any]:
    return {"idPrefix": shared["id"], "name": shared["name"]}


def _attributes(widget: forms.Widget) -> dict[str, Any]:
    attributes = dict(widget.attrs)
    out: dict[str, Any] = {}
    for key in ("autocomplete", "inputmode", "spellcheck"):
        if key in attributes:
            out[key] = attributes.pop(key)
    if "class" in attributes:
        out["classes"] = attributes.pop("class")
    return {**out, "attributes": attributes}


def _choices(bound: forms.BoundField) -> list[dict[str, Any]]:
    chosen = bound.value()
    chosen = {str(c) for c in chosen} if isinstance(chosen, list | tuple) else {str(chosen)}
    choices = bound.field.choices  # type: ignore[attr-defined]
    return [
        {"value": str(value), "text": str(text), **_picked(str(value) in chosen)}
        for value, text in choices
    ]


def _picked(picked: bool) -> dict[str, bool]:
    return {"checked": picked, "selected": picked}


def error_summary(*shown: forms.BaseForm | None) -> SafeString:
    """Every error of a page's bound forms in one box at the top; nothing where there is none.

    What would be said in the same words of two fields is said with the name of each.
    """
    lines: list[dict[str, str]] = []
    for form in shown:
        if form and form.errors:  # a page without a form gives an empty string
            lines += [{"text": str(text)} for text in form.non_field_errors()]
            wrong = [(bound, str(text)) for bound in form.visible_fields() for text in bound.errors]
            said = Counter(text for _, text in wrong)
            lines += [
                {
                    "text": f"{text}: {bound.label}" if said[text] > 1 and bound.label else text,
                    "href": f"#{_first_control(bound)}",
                }
                for bound, text in wrong
            ]
    if not lines:
        return mark_safe("")
    return component("error-summary", {"titleText": "There is a problem", "errorList": lines})


def _first_control(bound: forms.BoundField) -> str:
    return bound.id_for_label or bound.auto_id
