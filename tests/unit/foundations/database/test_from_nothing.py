"""The tables of an empty database: what the migrations come to is what the models say, to the last constraint."""

import re

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from joinedup.foundations.core.database.from_nothing import migrate_from_nothing
from tests.databases import PrivateDatabase

MADE_BY_HAND = {"linkage_findkey", "linkage_findprofile"}
"""Made by statements of their own in their migration, for a form that Django does not write."""
WRITTEN_BY_TRIGGERS = {("audit_entry", "written_in")}

_FORM = re.compile(r"::(?:character varying|text)(?:\[\])?|[() ]")
"""What a backup that comes back writes otherwise: where an array of words is cast, and in which brackets."""

_TOLD = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = %s::regnamespace""",
    "constraints": """
        SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.contype <> 'n' AND c.relnamespace = %s::regnamespace""",
    "indexes": """
        SELECT c.relname, i.relname, pg_get_indexdef(i.oid)
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        WHERE c.relnamespace = %s::regnamespace""",
}


def _told(schema: str) -> dict[str, set[tuple[object, ...]]]:
    found = {}
    with connections["owner"].cursor() as cursor:
        # Only what is on the path is told without its schema, so that two schemas read alike.
        cursor.execute(f"SET search_path TO {schema}")
        for what, query in _TOLD.items():
            cursor.execute(query, [schema])
            found[what] = {
                tuple(_FORM.sub("", str(cell).replace(f"{schema}.", "")) for cell in row)
                for row in cursor.fetchall()
                if row[0] not in MADE_BY_HAND
            }
    return found


def test_the_migrations_come_to_what_the_models_say(private_database: PrivateDatabase) -> None:
    """Drawn one model at a time, nothing that a step changes is lost on the way."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("CREATE SCHEMA beside")
        cursor.execute("SET search_path TO beside")
    with owner.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=False):
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    models, migrated = _told("beside"), _told("public")
    owner.close()
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("joinedup.")
    }
    for what, said in models.items():
        assert {row for row in said - migrated[what] if row[0] in ours} == set(), what
    left_over = {row[:2] for row in migrated["columns"] - models["columns"] if row[0] in ours}
    assert left_over == WRITTEN_BY_TRIGGERS


def test_what_has_begun_is_left_to_migrate(private_database: PrivateDatabase) -> None:
    """A start that was killed between two migrations goes on from there, as Django does it."""
    recorder = MigrationRecorder(connections["owner"])
    before = recorder.applied_migrations()
    assert len(before) > 90
    migrate_from_nothing(connections["owner"])
    assert recorder.applied_migrations().keys() == before.keys()
