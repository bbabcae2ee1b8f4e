"""Policies look for parts in matters through the view of them, and ask the same as before."""

from django.db import migrations

from joinedup.identity.sharing.wall import parts_by_view


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0009_approvals_seats_and_sessions"),
        ("sharing", "0023_parts_at_once"),
    ]
    operations = [migrations.RunSQL([parts_by_view("panels")], migrations.RunSQL.noop)]
