"""The find index is laid beside the one in use in a transaction of its own, and taken by the night's."""

from django.db import migrations

from joinedup.identity.sharing.wall import SYSTEM, for_the_application

# Laid and committed it lies behind the wall as the one in use does; while it is filled nobody else sees it.
_CLOSE = "".join(
    f"""
    ALTER TABLE {table}_next ENABLE ROW LEVEL SECURITY;
    CREATE POLICY zz_acts_as_system ON {table}_next USING ({SYSTEM}) WITH CHECK ({SYSTEM});"""
    for table in ("linkage_findkey", "linkage_findprofile")
)

FUNCTIONS = f"""
CREATE FUNCTION find_index_forget() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF to_regclass('linkage_findkey_next') IS NOT NULL THEN
        DROP TABLE linkage_findkey_next, linkage_findprofile_next;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION find_index_begin() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM find_index_forget();
    CREATE TABLE linkage_findkey_next (key bigint NOT NULL, mark bigint NOT NULL, person uuid NOT NULL);
    CREATE TABLE linkage_findprofile_next (person uuid NOT NULL, profile text NOT NULL);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON linkage_findkey_next, linkage_findprofile_next
            TO joinedup_app;
    END IF;
END
$$;

CREATE FUNCTION find_index_ready() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET maintenance_work_mem = '256MB' AS $$
BEGIN
    CREATE INDEX find_key_next ON linkage_findkey_next (key);
    ALTER TABLE linkage_findprofile_next
        ADD CONSTRAINT linkage_findprofile_next_pkey PRIMARY KEY (person);
    ANALYZE linkage_findkey_next;
    ANALYZE linkage_findprofile_next;{_CLOSE}
END
$$;

CREATE FUNCTION find_index_take() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DROP TABLE linkage_findkey, linkage_findprofile;
    ALTER TABLE linkage_findkey_next RENAME TO linkage_findkey;
    ALTER TABLE linkage_findprofile_next RENAME TO linkage_findprofile;
    ALTER INDEX find_key_next RENAME TO find_key;
    ALTER TABLE linkage_findprofile
        RENAME CONSTRAINT linkage_findprofile_next_pkey TO linkage_findprofile_pkey;
END
$$;
"""

NEW = ["find_index_forget()", "find_index_ready()", "find_index_take()"]


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0017_review_behind_bars"),
        ("sharing", "0008_closer_policies"),
    ]
    operations = [
        migrations.RunSQL(
            [FUNCTIONS, for_the_application(NEW), "DROP FUNCTION find_index_finish()"],
            migrations.RunSQL.noop,
        ),
    ]
