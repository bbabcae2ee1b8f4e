"""GOV.UK components, tables, form fields and error summaries in Django templates."""

from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from joinedup.foundations.core.components import component, macro_words
from joinedup.foundations.core.form_fields import draw_field, error_summary
from joinedup.foundations.core.tables import Table

register = template.Library()


@register.simple_tag
def govuk(name: str, **options: Any) -> SafeString:
    """{% govuk "button" text="Find" %}: a component with its options, as Python spells them."""
    return component(name, macro_words(options))


@register.simple_block_tag
def govukblock(content: str, name: str, **options: Any) -> SafeString:
    """{% govukblock "inset-text" %}…{% endgovukblock %}: a component around what stands inside."""
    return component(name, {**macro_words(options), "html": content})


@register.simple_tag
def data_table(table: Table) -> SafeString:
    """A table of core.tables."""
    return render_to_string("core/table.html", {"table": table})


@register.simple_tag
def field(bound: forms.BoundField, **options: Any) -> SafeString:
    """One field of a form, drawn by the component of its widget."""
    return draw_field(bound, **options)


@register.simple_tag
def errors(*shown: forms.BaseForm | None) -> SafeString:
    """What is wrong with the forms of a page, in one box, each line a link to its field."""
    return error_summary(*shown)
