"""Sessions are kept in our own table; the one that Django's own app made goes, with whoever was signed in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_factors_and_sessions")]
    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
