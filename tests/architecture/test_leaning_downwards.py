"""What import rules cannot see leans downwards too: foreign keys, migrations, links between pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.rooms import CODE, may_lean_on

_URL_TAG = re.compile(r"{%\s*url\s+['\"]([^'\"]+)['\"]")


def _ours(module: str) -> bool:
    return module.startswith("joinedup.")


def test_the_order_itself_is_read_aright() -> None:
    assert may_lean_on("joinedup.support.cases.models", "joinedup.identity.people.models")
    assert may_lean_on("joinedup.identity.sharing", "joinedup.identity.people")
    assert may_lean_on("joinedup.single_view.views", "joinedup.intelligence.linkage.views")
    assert not may_lean_on("joinedup.identity.people", "joinedup.identity.sharing")
    assert not may_lean_on("joinedup.api.person", "joinedup.single_view.views")
    assert not may_lean_on("joinedup.support.visits", "joinedup.support.panels")


def test_foreign_keys_point_down() -> None:
    """A foreign key named by a string is an import that no import rule sees."""
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if _ours(model.__module__)
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and _ours(field.related_model.__module__)
        and not may_lean_on(model.__module__, field.related_model.__module__)
    ]
    assert upwards == []


def test_migrations_depend_downwards() -> None:
    modules = {config.label: config.name for config in apps.get_app_configs()}
    upwards = [
        f"{app}.{name} -> {needed}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for needed, _ in migration.dependencies
        if _ours(modules[app])
        and _ours(modules.get(needed, ""))
        and not may_lean_on(modules[app], modules[needed])
    ]
    assert upwards == []


def _addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str, str]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, pattern.callback.__module__


def _templates() -> list[Path]:
    return sorted(CODE.glob("**/templates/**/*.html"))


@pytest.mark.parametrize("template", _templates(), ids=lambda path: str(path.relative_to(CODE)))
def test_links_between_pages_point_down(template: Path) -> None:
    homes = dict(_addresses())
    package = str(template.relative_to(CODE.parent)).split("/templates/")[0].replace("/", ".")
    wrong = []
    for name in _URL_TAG.findall(template.read_text()):
        assert name in homes, f"no page is called {name}"
        if _ours(homes[name]) and not may_lean_on(package, homes[name]):
            wrong.append(f"{name} is a page of {homes[name]}")
    assert wrong == []
