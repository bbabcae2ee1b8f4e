"""A first load is written as settled at once: nobody need go over its pages a second time."""

from django.db import migrations

from joinedup.identity.sharing.wall import for_the_application

# COPY may write rows as settled (FREEZE) where the table's file is of this very transaction; to cluster
# what is empty costs nothing and gives it a new file.
FUNCTION = """
CREATE FUNCTION linkage_first_load_fresh() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM people_record) OR EXISTS (SELECT FROM people_person) THEN
        RAISE EXCEPTION 'a first load was begun where somebody is already';
    END IF;
    CLUSTER people_person USING people_person_pkey;
    CLUSTER people_record USING people_record_pkey;
    ALTER TABLE people_person SET WITHOUT CLUSTER;
    ALTER TABLE people_record SET WITHOUT CLUSTER;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0021_less_to_start"), ("people", "0011_room_on_pages")]
    operations = [
        migrations.RunSQL(
            [FUNCTION, for_the_application(["linkage_first_load_fresh()"])],
            "DROP FUNCTION linkage_first_load_fresh()",
        ),
    ]
