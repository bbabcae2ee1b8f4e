"""Models and migrations agree, each room's migrations in one line; no database is asked."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_model_is_ahead_of_its_migrations() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        graph=loader.graph
    )
    wanting = {
        app: [str(operation) for migration in migrations for operation in migration.operations]
        for app, migrations in changes.items()
    }
    assert wanting == {}


def test_each_room_s_migrations_are_one_line() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
