"""GOV.UK components drawn by govuk-frontend-jinja's macros, for Django templates and forms."""

import re
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader, Template

_ENVIRONMENT = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # the packages do not change under a running site
)


class NoSuchComponent(LookupError):
    """Raised where a template asks for a component the packages do not have."""


@cache
def _template(name: str) -> Template:
    macro = "govuk" + "".join(part.capitalize() for part in name.split("-"))
    path = f"govuk_frontend_jinja/components/{name}/macro.html"
    if not re.fullmatch(r"[a-z-]+", name) or path not in _ENVIRONMENT.list_templates():
        raise NoSuchComponent(name)
    return _ENVIRONMENT.from_string(
        f'{{% from "{path}" import {macro} %}}{{{{ {macro}(params) }}}}'
    )


def component(name: str, params: dict[str, Any]) -> SafeString:
    """The HTML of a component; text is escaped, `html` is trusted. Raises NoSuchComponent."""
    return mark_safe(_template(name).render(params=params).strip())


def macro_words(options: dict[str, Any]) -> dict[str, Any]:
    """Options named as Python names them (`form_group`) under the macros' names (`formGroup`)."""
    return {_camel(key): value for key, value in options.items()}


def _camel(key: str) -> str:
    head, *rest = key.rstrip("_").split("_")
    return head + "".join(part.capitalize() for part in rest)
