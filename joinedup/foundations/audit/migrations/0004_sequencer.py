"""What the database does for the tree: who wrote when, one sequencer, nothing altered."""

from django.db import migrations

# A line written by SQL alone need not name what it does not know.
DEFAULTS = """
ALTER TABLE audit_entry
    ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ALTER COLUMN agency SET DEFAULT '',
    ALTER COLUMN team SET DEFAULT '',
    ALTER COLUMN role SET DEFAULT '',
    ALTER COLUMN outcome SET DEFAULT 'seen',
    ALTER COLUMN subject_id SET DEFAULT '',
    ALTER COLUMN holder SET DEFAULT '',
    ALTER COLUMN categories SET DEFAULT '[]',
    ALTER COLUMN basis SET DEFAULT '',
    ALTER COLUMN traceless SET DEFAULT false,
    ALTER COLUMN no_involvement SET DEFAULT false,
    ALTER COLUMN same_name SET DEFAULT false,
    ALTER COLUMN same_address SET DEFAULT false,
    ALTER COLUMN words SET DEFAULT '',
    ALTER COLUMN detail SET DEFAULT '{}';
CREATE INDEX entry_written_in ON audit_entry (written_in);
CREATE INDEX entry_when ON audit_entry USING brin (at);
"""

NO_DEFAULTS = """
ALTER TABLE audit_entry DROP COLUMN written_in;
DROP INDEX entry_when;
"""

# Lines from before there was a tree, which nothing has numbered yet.
OLD_LINES = """
ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_never_altered;
UPDATE audit_entry SET
    outcome = CASE act WHEN 'looked' THEN 'seen' ELSE 'done' END,
    person_id = CASE WHEN subject_kind IN ('person', 'links of person')
                      AND subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                     THEN subject_id::uuid END;
ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_never_altered;
"""

# Everything a transaction wrote that ended before `since` has its number. So whatever is unnumbered
# and older was put in by somebody else, and whatever commits late is at or after it: never skipped.
SEQUENCER = """
CREATE TABLE audit_sequencer (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    since xid8 NOT NULL
);
INSERT INTO audit_sequencer (since) VALUES ('0');

CREATE FUNCTION audit_number(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    shot pg_snapshot;
    begins xid8;
    reached xid8;
    low bigint;
    high bigint;
    counted integer;
    storey smallint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1096106068) THEN
        RETURN NULL;
    END IF;
    shot := pg_current_snapshot();
    -- A `since` still to come was another server's: this database was restored here from a backup.
    SELECT CASE WHEN s.since > pg_snapshot_xmax(shot) THEN '0'::xid8 ELSE s.since END
        INTO begins FROM audit_sequencer s;
    SELECT coalesce(max(n.place) + 1, 0) INTO low FROM audit_treenode n WHERE n.level = 0;

    INSERT INTO audit_leaf (number, entry_id)
    SELECT low - 1 + row_number() OVER (ORDER BY w.written_in, w.at, w.id), w.id
    FROM (SELECT e.id, e.at, e.written_in FROM audit_entry e
          WHERE e.written_in >= begins
            AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id)
          ORDER BY e.written_in, e.at, e.id LIMIT most) w;
    GET DIAGNOSTICS counted = ROW_COUNT;
    high := low + counted;
    reached := pg_snapshot_xmin(shot);
    IF counted = most THEN
        SELECT least(reached, e.written_in) INTO reached
            FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id WHERE l.number = high - 1;
    END IF;
    UPDATE audit_sequencer s SET since = reached WHERE s.since <> reached;

    INSERT INTO audit_treenode (level, place, hash)
    SELECT 0, l.number, sha256('\\x00'::bytea || convert_to(jsonb_build_array(
        'joinedup audit 1', e.id,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        e.post_id, e.person_id, e.agency, e.team, e.role, e.act, e.outcome, e.subject_kind,
        e.subject_id, e.holder, e.categories, e.basis, e.purpose, e.traceless, e.no_involvement,
        e.same_name, e.same_address, e.words, e.detail)::text, 'UTF8'))
    FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id
    WHERE l.number >= low;

    WHILE high > 1 LOOP
        low := low / 2;
        high := high / 2;
        INSERT INTO audit_treenode (level, place, hash)
        SELECT storey + 1, l.place / 2, sha256('\\x01'::bytea || l.hash || r.hash)
        FROM audit_treenode l
        JOIN audit_treenode r ON r.level = storey AND r.place = l.place + 1
        WHERE l.level = storey AND l.place >= 2 * low AND l.place < 2 * high AND l.place % 2 = 0;
        storey := storey + 1;
    END LOOP;
    RETURN counted;
END
$$;
REVOKE EXECUTE ON FUNCTION audit_number(integer) FROM PUBLIC;
"""

NO_SEQUENCER = """
DROP FUNCTION audit_number(integer);
DROP TABLE audit_sequencer;
"""

NEVER_ALTERED = "".join(
    f"""
CREATE TRIGGER {table}_never_altered BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only();
"""
    for table in ("audit_leaf", "audit_treenode", "audit_treehead", "audit_treecheck", "audit_inquiry")
)

MAY_BE_ALTERED = "".join(
    f"""
DROP TRIGGER {table}_never_emptied ON {table};
DROP TRIGGER {table}_never_altered ON {table};
"""
    for table in ("audit_leaf", "audit_treenode", "audit_treehead", "audit_treecheck", "audit_inquiry")
)

RIGHTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE INSERT, UPDATE, DELETE ON audit_leaf, audit_treenode, audit_treecheck FROM joinedup_app;
        REVOKE UPDATE, DELETE ON audit_treehead, audit_inquiry FROM joinedup_app;
        REVOKE UPDATE ON audit_keptapart FROM joinedup_app;
        REVOKE ALL ON audit_sequencer FROM joinedup_app;
        GRANT EXECUTE ON FUNCTION audit_number(integer) TO joinedup_app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_tree_and_reasons")]
    operations = [
        migrations.RunSQL(DEFAULTS, NO_DEFAULTS),
        migrations.RunSQL(OLD_LINES, migrations.RunSQL.noop),
        migrations.RunSQL(SEQUENCER, NO_SEQUENCER),
        migrations.RunSQL(NEVER_ALTERED, MAY_BE_ALTERED),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
