"""How long each step of the clock may take, dated; the first are those of the rule (P33)."""

import django.db.models.deletion
from django.db import migrations, models

_P33 = "practice P33 (proposed)"
_FIRST = (
    ("acknowledge", 1, 1, "practice P33; referral decision 1 working day, standards 2.9"),
    ("triage", 3, 3, _P33),
    ("panel", 10, 10, _P33),
    ("accept", 1, 1, "practice P21, P27, P33"),
    ("approach", 5, 2, _P33),
    ("plan", 30, 30, _P33),
    ("review", 42, 42, _P33),
)
FIRST = [
    (
        "INSERT INTO handovers_clocklimit (kind, days, urgent, source, starts_on)"
        " VALUES (%s, %s, %s, %s, '2010-01-01')",
        list(each),
    )
    for each in _FIRST
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_alter_post_role'),
        ('handovers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockLimit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('acknowledge', 'Acknowledge'), ('triage', 'Triage'), ('panel', 'Panel'), ('accept', 'Accept'), ('approach', 'Approach'), ('plan', 'Plan'), ('review', 'Review')], max_length=40)),
                ('days', models.PositiveSmallIntegerField()),
                ('urgent', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('set_at', models.DateTimeField(blank=True, null=True)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['acknowledge', 'triage', 'panel', 'accept', 'approach', 'plan', 'review'])), name='clock_limit_step_is_known'), models.UniqueConstraint(fields=('kind', 'starts_on'), name='clock_limit_once_a_day'), models.CheckConstraint(condition=models.Q(('urgent__gte', 1), ('urgent__lte', models.F('days'))), name='clock_limit_of_a_day_or_more_and_urgent_no_longer'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='clock_limit_has_a_source')],
            },
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
