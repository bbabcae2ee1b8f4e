"""Lines of the audit are never altered: not by the application's role, and not by mistake."""

from django.db import migrations

TAKE_BACK = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM joinedup_app;
    END IF;
END
$$
"""

GIVE_BACK = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT UPDATE, DELETE ON audit_entry TO joinedup_app;
    END IF;
END
$$
"""

REFUSE = """
CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'The audit is append-only: a line is never altered or removed.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entry_never_altered BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
CREATE TRIGGER audit_entry_never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only();
"""

STOP_REFUSING = """
DROP TRIGGER audit_entry_never_emptied ON audit_entry;
DROP TRIGGER audit_entry_never_altered ON audit_entry;
DROP FUNCTION audit_entry_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(TAKE_BACK, GIVE_BACK),
        migrations.RunSQL(REFUSE, STOP_REFUSING),
    ]
