"""Points tables and delegated limits; no person stands in them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0006_alter_post_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='PointsTable',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('pence_a_point', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pence_a_point__gt', 0)), name='point_is_worth_something'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='points_table_has_a_source'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='points_table_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('ends_on',), name='points_table_one_at_a_time', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='PointsLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('question', models.CharField(max_length=200)),
                ('answer', models.CharField(max_length=200)),
                ('points', models.PositiveSmallIntegerField()),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='funds.pointstable')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'place'), name='points_line_has_its_place'), models.UniqueConstraint(fields=('table', 'question', 'answer'), name='points_line_said_once')],
            },
        ),
        migrations.CreateModel(
            name='DelegatedLimit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=40)),
                ('up_to_pence', models.PositiveBigIntegerField()),
                ('alone_up_to_pence', models.PositiveBigIntegerField(default=0)),
                ('scheme', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegated_limits', to='agencies.agency')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('scheme', ''), _negated=True), name='limit_has_a_scheme'), models.CheckConstraint(condition=models.Q(('alone_up_to_pence__lte', models.F('up_to_pence'))), name='limit_alone_is_lower'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='limit_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('agency', 'role'), name='limit_once_for_a_role_of_an_agency')],
            },
        ),
    ]
