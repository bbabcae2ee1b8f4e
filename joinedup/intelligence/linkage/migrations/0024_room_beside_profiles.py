"""A tenth of each page of profiles stays free: one that changes is written beside the old, and to no index."""

from django.db import migrations

BEGIN = """
CREATE OR REPLACE FUNCTION find_index_begin() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.find_index_forget();
    CREATE TABLE public.linkage_findkey_next (
        key bigint NOT NULL, mark bigint NOT NULL, person uuid NOT NULL);
    CREATE TABLE public.linkage_findprofile_next (person uuid NOT NULL, profile text NOT NULL)
        WITH (fillfactor = 90);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE
            ON public.linkage_findkey_next, public.linkage_findprofile_next TO joinedup_app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0023_find_lately")]
    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
