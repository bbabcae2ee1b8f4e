"""Filters for dates, numbers and names as they read on a page."""

from django import template

from joinedup.foundations.core import wording

register = template.Library()

for _name in ("day", "moment", "number", "signed", "share", "name_case", "spaced", "sex"):
    register.filter(_name, getattr(wording, _name))
register.filter("years_on", wording.years_on)
