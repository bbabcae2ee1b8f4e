"""Filters for dates, numbers and names as they read on a page."""

from django import template

from joinedup.foundations.core import wording

register = template.Library()

for name in ("day", "moment", "number", "signed", "share", "name_case"):
    register.filter(name, getattr(wording, name))
