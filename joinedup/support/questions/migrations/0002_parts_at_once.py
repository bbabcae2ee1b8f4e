"""Policies look for parts in matters through the view of them, and ask the same as before."""

from django.db import migrations

from joinedup.identity.sharing.wall import parts_by_view


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0001_question_sets"),
        ("sharing", "0023_parts_at_once"),
    ]
    operations = [migrations.RunSQL([parts_by_view("questions")], migrations.RunSQL.noop)]
