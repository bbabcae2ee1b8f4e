"""A matter and who has a part in it, and the policies by which rooms above ask for that part."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import for_the_application, lay_open, may, part_in, protect, setting

BARRED_FROM = """
CREATE FUNCTION wall_barred_from(of_matter uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sharing_matterperson m WHERE m.matter_id = of_matter
        AND m.person_id = ANY (nullif(current_setting('joinedup.barred', true), '')::uuid[]))
$$
"""

MATTERS = [
    *protect("sharing_matter", sight=part_in("sharing_matter.id", PartLevel.RECEIVED)),
    *protect("sharing_matterperson", sight=part_in("sharing_matterperson.matter_id")),
    *protect(
        "sharing_part",
        sight=f"""recipient = ANY ({setting("recipients", "text[]")})
            AND (recipient LIKE 'post:%' OR {may("see_record")})""",
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_whose_word_a_household_is'),
        ('sharing', '0006_safety_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('referral', 'Referral'), ('exit', 'Exit'), ('case', 'Case')], max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['referral', 'exit', 'case'])), name='matter_kind_is_known'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='matter_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='MatterPerson',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='persons', to='sharing.matter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'person'), name='matter_person_once')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recipient', models.CharField(max_length=50)),
                ('level', models.SmallIntegerField(choices=[(0, 'NOTHING'), (1, 'RECEIVED'), (2, 'PROGRESS'), (3, 'WORK')])),
                ('because', models.CharField(max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='sharing.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'recipient'], name='part_in_matter'), models.Index(fields=['recipient'], name='part_of_recipient')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('matter', 'recipient', 'because'), name='part_once_for_a_reason'), models.CheckConstraint(condition=models.Q(('level__in', [1, 2, 3])), name='part_level_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='part_ends_after_it_starts')],
            },
        ),
        migrations.RunSQL(BARRED_FROM, "DROP FUNCTION wall_barred_from(uuid)"),
        migrations.RunSQL(
            for_the_application(["wall_barred_from(uuid)"]), migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            MATTERS,
            [
                s
                for name in ("matter", "matterperson", "part")
                for s in lay_open(f"sharing_{name}", "sight", "written", "written_anew")
            ],
        ),
    ]
