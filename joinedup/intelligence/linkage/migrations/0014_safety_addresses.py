"""Whoever's address is set apart for safety leaves the find index at once, and is indexed anew without it."""

from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION people_addresses_changed(of_persons uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM linkage_findkey WHERE person = ANY (of_persons);
    DELETE FROM linkage_findprofile WHERE person = ANY (of_persons);
$$
"""
UNMAKE = """
CREATE OR REPLACE FUNCTION people_addresses_changed(of_persons uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0013_wall"),
        ("sharing", "0006_safety_addresses"),
    ]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
