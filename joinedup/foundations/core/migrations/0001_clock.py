"""The clock that policies and pages both go by; the owner alone may move it, for tests and the demo."""

from django.db import migrations

MAKE = """
CREATE TABLE core_testclock (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    at timestamptz NOT NULL
);
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE ALL ON core_testclock FROM joinedup_app;
    END IF;
END
$$;

-- The moment of the statement and not of the transaction: what an operation has just written with
-- its own time is in force for the next statement, and a night of hours does not live in its first
-- minute.
CREATE FUNCTION joinedup_now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT at FROM public.core_testclock), statement_timestamp())
$$;
REVOKE ALL ON FUNCTION joinedup_now() FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT EXECUTE ON FUNCTION joinedup_now() TO joinedup_app;
    END IF;
END
$$;
"""
UNMAKE = "DROP FUNCTION joinedup_now(); DROP TABLE core_testclock;"


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
