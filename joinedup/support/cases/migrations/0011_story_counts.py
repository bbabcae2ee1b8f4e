"""How the lines of a case's story lie, counted at once: whoever works at it is judged once and not row by row."""

from django.db import migrations

from joinedup.identity.sharing.choices import PartLevel, Purpose
from joinedup.identity.sharing.wall import NOW, SYSTEM, for_the_application, may, setting

_NAME = "cases_story_counts(uuid, uuid[], timestamptz, timestamptz, timestamptz, interval)"
_OFFENDERS = ", ".join(
    f"'{each.value}'" for each in (Purpose.IOM, Purpose.MAPPA, Purpose.LAW_ENFORCEMENT)
)
# The policies of entries, contacts and parts in one: those parts count that the viewer sees.
_MAY_READ = f"""({SYSTEM} OR (coalesce((SELECT max(part.level) FROM sharing_part part
        WHERE part.matter_id = of_case AND part.recipient = ANY ({setting("recipients", "text[]")})
          AND (part.recipient LIKE 'post:%' OR {may("see_record")})
          AND (part.ends_at IS NULL OR part.ends_at > {NOW})), 0) >= {int(PartLevel.WORK)}
        AND (coalesce({setting("barred")}, '') = '' OR NOT wall_barred_from(of_case))))"""
COUNTS = f"""
CREATE FUNCTION cases_story_counts(of_case uuid, about uuid[], until timestamptz, since timestamptz,
    lately timestamptz, late_after interval)
RETURNS TABLE (kind text, agency text, quarter integer, many bigint, serious bigint, new bigint,
    last_seen timestamptz, last_seen_alone timestamptz, written_lately bigint, written_late bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH allowed AS MATERIALIZED (SELECT {_MAY_READ} AS yes)
    SELECT 'entry', coalesce(entry.source_id, team.agency_id),
        (extract(year FROM entry.starts_on) * 4 + extract(quarter FROM entry.starts_on) - 1)::integer,
        count(*), count(*) FILTER (WHERE entry.significance = 'serious'),
        count(*) FILTER (WHERE entry.written_at > since), NULL, NULL, 0, 0
    FROM cases_storyentry entry
        JOIN agencies_post post ON post.id = entry.written_by_id
        JOIN agencies_team team ON team.id = post.team_id
    WHERE (SELECT yes FROM allowed) AND entry.case_id = of_case
        AND (entry.person_id IS NULL OR entry.person_id = ANY (about))
        AND (entry.role <> 'victim' OR {SYSTEM} OR coalesce({setting("purpose")}, '') NOT IN ({_OFFENDERS}))
    GROUP BY 2, 3
    UNION ALL
    SELECT 'contact', team.agency_id,
        (extract(year FROM contact.at AT TIME ZONE 'Europe/London') * 4
            + extract(quarter FROM contact.at AT TIME ZONE 'Europe/London') - 1)::integer,
        count(*), 0, count(*) FILTER (WHERE contact.recorded_at > since),
        max(contact.at) FILTER (WHERE contact.seen IN ('seen', 'seen_alone') AND later.id IS NULL),
        max(contact.at) FILTER (WHERE contact.seen = 'seen_alone' AND later.id IS NULL),
        count(*) FILTER (WHERE contact.at >= lately AND contact.instead_of_id IS NULL AND later.id IS NULL),
        count(*) FILTER (WHERE contact.at >= lately AND contact.instead_of_id IS NULL AND later.id IS NULL
            AND contact.recorded_at > contact.at + late_after AND contact.how <> 'appointment')
    FROM contacts_contact contact
        JOIN agencies_post post ON post.id = contact.by_id
        JOIN agencies_team team ON team.id = post.team_id
        LEFT JOIN contacts_contact later ON later.instead_of_id = contact.id
    WHERE (SELECT yes FROM allowed) AND contact.matter_id = of_case AND contact.at <= until
        AND (contact.person_id IS NULL OR contact.person_id = ANY (about))
    GROUP BY 2, 3
$$"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_own_words"),
        ("contacts", "0001_initial"),
        ("sharing", "0010_own_page"),
    ]

    operations = [
        migrations.RunSQL(
            [COUNTS, for_the_application([_NAME])], [f"DROP FUNCTION {_NAME}"]
        ),
    ]
