"""Components, fields, tables and charts as HTML."""

import pytest
from django import forms
from django.template import Context, Template

from joinedup.foundations.core import charts
from joinedup.foundations.core.charts import Bar, Point
from joinedup.foundations.core.components import NoSuchComponent, component
from joinedup.foundations.core.tables import Cell, Column, table


class Asked(forms.Form):
    name = forms.CharField(label="Name", error_messages={"required": "Enter a name"})
    answer = forms.ChoiceField(
        label="Same?", choices=[("a", "Yes"), ("b", "No")], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Kind", choices=[("x", "One"), ("y", "Two")])
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    sure = forms.BooleanField(label="Sure", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(source: str, **context: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


def test_text_in_a_component_is_escaped() -> None:
    assert "A &amp; B &lt;" in drawn('{% govuk "button" text=text %}', text="A & B <")


def test_an_unknown_component_is_told() -> None:
    with pytest.raises(NoSuchComponent):
        component("no-such-thing", {})


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    form = Asked({"name": "", "answer": "b", "kind": "y", "note": "<kept>", "sure": "on"})
    html = drawn("{% errors form %}{{ form }}", form=form)
    assert '<a href="#id_name">Enter a name</a>' in html
    assert '<span class="govuk-visually-hidden">Error:</span> Enter a name' in html
    assert 'value="b" checked' in html
    assert 'value="y" selected' in html
    assert "&lt;kept&gt;" in html
    assert 'value="on" checked' in html
    assert '<input type="hidden" name="hidden"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert drawn("{% errors form %}", form=Asked()).strip() == ""


def test_what_is_said_of_two_fields_is_said_with_the_name_of_each() -> None:
    class Two(forms.Form):
        walks = forms.CharField(error_messages={"required": "Answer"})
        sleeps = forms.CharField(error_messages={"required": "Answer"})
        name = forms.CharField(error_messages={"required": "Give a name"})

    html = drawn("{% errors form %}", form=Two({}))
    assert ">Answer: Walks<" in html
    assert ">Answer: Sleeps<" in html
    assert ">Give a name<" in html


def test_a_table_names_each_cell_for_a_phone() -> None:
    shown = table(
        "People",
        ["Name", Column("Count", numeric=True)],
        [[Cell("Ann", href="/ann"), 3], [Cell("Bob", note="again"), None]],
    )
    html = drawn("{% data_table shown %}", shown=shown)
    assert 'data-label="Count"' in html
    assert '<a class="govuk-link" href="/ann">Ann</a>' in html
    assert "govuk-table__cell--empty" in html
    assert 'role="region"' not in html


def test_a_wide_table_scrolls_within_itself_and_takes_the_keyboard() -> None:
    html = drawn("{% data_table t %}", t=table("Wide", ["A"], [["x"]], scrolls=True))
    assert 'role="region" tabindex="0" aria-label="Wide"' in html


@pytest.mark.parametrize(
    "picture",
    [
        charts.bars((Bar("A", 1.0, "1"), Bar("B", 2.0, "2")), title="T <", unit="u"),
        charts.steps((Bar("A", 4.0, "+4.0"), Bar("B", -1.0, "-1.0")), title="T <", unit="u"),
        charts.lines((Point("20 Nov", 1.0, "P"), Point("21 Nov", 2.0, "P")), title="T <", unit=""),
    ],
)
def test_a_chart_is_one_named_picture_without_styles_of_its_own(picture: str) -> None:
    assert 'role="img" aria-label="T &lt;. The table gives the figures."' in picture
    assert picture.count("aria-") == 1
    assert "style=" not in picture
    assert "<style" not in picture
    assert "<script" not in picture
