"""Who may read the audit: a post its own lines, who may read all of it, a person what is told of them."""

from django.db import migrations

# Read once a query, and null where nobody was entered; sharing's functions set them.
SYSTEM = "(SELECT nullif(current_setting('joinedup.system', true), '')) IS NOT NULL"
READS = "(SELECT nullif(current_setting('joinedup.permissions', true), '')) LIKE '%,read_audit,%'"
OWN = "post_id = (SELECT nullif(current_setting('joinedup.post', true), '')::uuid)"
ABOUT_ME = """NOT traceless
    AND person_id = ANY ((SELECT nullif(current_setting('joinedup.person', true), '')::uuid[])::uuid[])"""

TABLES = ("audit_entry", "audit_leaf", "audit_keptapart", "audit_inquiry")

CLOSE = f"""
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON audit_entry FOR INSERT WITH CHECK (true);
CREATE POLICY sight ON audit_entry FOR SELECT
    USING (({SYSTEM}) OR ({READS}) OR ({OWN}) OR ({ABOUT_ME}));

ALTER TABLE audit_keptapart ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON audit_keptapart FOR INSERT WITH CHECK (true);
CREATE POLICY sight ON audit_keptapart FOR SELECT USING (({SYSTEM}) OR ({READS}));
CREATE POLICY erased ON audit_keptapart FOR DELETE USING (({SYSTEM}) OR ({READS}));

ALTER TABLE audit_leaf ENABLE ROW LEVEL SECURITY;
CREATE POLICY sight ON audit_leaf FOR SELECT USING (({SYSTEM}) OR ({READS}));

ALTER TABLE audit_inquiry ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON audit_inquiry FOR INSERT WITH CHECK (({SYSTEM}) OR ({READS}));
CREATE POLICY sight ON audit_inquiry FOR SELECT USING (({SYSTEM}) OR ({READS}));
"""

LAY_OPEN = "".join(
    f"DROP POLICY IF EXISTS {policy} ON {table};\n"
    for table in TABLES
    for policy in ("written", "sight", "erased")
) + "".join(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_sequencer")]
    operations = [migrations.RunSQL(CLOSE, LAY_OPEN)]
