"""Exits, whom they ring, what is decided and written, door lines and risk plans, behind the wall."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, part_with, protect


def _of_exit(name: str, column: str, level: PartLevel) -> list[str]:
    """Seen by whoever has that part in the exit's matter; written by the system, once it was decided."""
    table = f"safeguarding_{name}"
    return protect(table, sight=part_in(f"{table}.{column}", level))


BEHIND_THE_WALL = {
    "exit": _of_exit("exit", "matter_id", PartLevel.RECEIVED),
    "exitaddition": _of_exit("exitaddition", "exit_id", PartLevel.RECEIVED),
    "ring": _of_exit("ring", "exit_id", PartLevel.RECEIVED),
    "exitdecision": _of_exit("exitdecision", "exit_id", PartLevel.PROGRESS),
    "exitrecord": _of_exit("exitrecord", "exit_id", PartLevel.WORK),
    "riskplan": protect(
        "safeguarding_riskplan",
        sight=part_in("safeguarding_riskplan.matter_id")
        + " OR "
        + part_with("safeguarding_riskplan.person_id"),
    ),
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0004_alter_post_role'),
        ('people', '0008_record_birth_order'),
        ('sharing', '0007_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exit',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='exit', serialize=False, to='sharing.matter')),
                ('door', models.CharField(choices=[('immediate', 'Immediate'), ('suicide', 'Suicide'), ('safeguarding', 'Safeguarding')], max_length=40)),
                ('audience', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child')], max_length=40)),
                ('trigger', models.CharField(blank=True, choices=[('life_at_risk_now', 'Life at risk now'), ('violence_now', 'Violence now'), ('has_taken_overdose', 'Has taken overdose'), ('threat_to_kill', 'Threat to kill'), ('child_alone_now', 'Child alone now'), ('missing', 'Missing'), ('suicide_plan', 'Suicide plan'), ('suicidal_thoughts', 'Suicidal thoughts'), ('self_harm', 'Self harm'), ('abuse', 'Abuse'), ('neglect', 'Neglect'), ('self_neglect', 'Self neglect'), ('domestic_abuse', 'Domestic abuse'), ('coercion', 'Coercion'), ('sexual_abuse', 'Sexual abuse'), ('financial_abuse', 'Financial abuse'), ('exploitation', 'Exploitation'), ('modern_slavery', 'Modern slavery'), ('forced_marriage', 'Forced marriage'), ('female_genital_mutilation', 'Female genital mutilation'), ('radicalisation', 'Radicalisation'), ('unsafe_care', 'Unsafe care'), ('child_harmed', 'Child harmed'), ('child_neglected', 'Child neglected'), ('unborn_at_risk', 'Unborn at risk')], default='', max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('about_typed', models.JSONField(default=dict)),
                ('raised_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('referrer_told_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('from_matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exits', to='sharing.matter')),
                ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('acknowledged_at__isnull', True)), fields=['raised_at'], name='exit_that_rings'), models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['raised_at'], name='exit_undecided')],
                'constraints': [models.CheckConstraint(condition=models.Q(('door__in', ['immediate', 'suicide', 'safeguarding'])), name='exit_door_is_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['adult', 'child'])), name='exit_audience_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='exit_acknowledged_by_somebody_at_some_time'), models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), ('acknowledged_at__isnull', False), _connector='OR'), name='exit_decided_once_somebody_has_it')],
            },
        ),
        migrations.CreateModel(
            name='ExitAddition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('said_at', models.DateTimeField()),
                ('exit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='additions', to='safeguarding.exit')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
        ),
        migrations.CreateModel(
            name='ExitRecord',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('basis', models.CharField(choices=[('vital_interests', 'Vital interests'), ('safeguard_adult', 'Safeguard adult'), ('safeguard_child', 'Safeguard child')], max_length=40)),
                ('knows', models.CharField(choices=[('agreed', 'Agreed'), ('informed', 'Informed'), ('not_informed', 'Not informed'), ('not_said', 'Not said')], default='not_said', max_length=40)),
                ('why_not_told', models.TextField(blank=True, default='')),
                ('words', models.TextField(blank=True, default='')),
                ('because', models.TextField(blank=True, default='')),
                ('written_at', models.DateTimeField()),
                ('exit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='safeguarding.exit')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('basis__in', ['vital_interests', 'safeguard_adult', 'safeguard_child'])), name='exit_record_basis_is_known'), models.CheckConstraint(condition=models.Q(('knows__in', ['agreed', 'informed', 'not_informed', 'not_said'])), name='exit_record_knows_is_known'), models.UniqueConstraint(fields=('exit', 'number'), name='exit_record_in_one_line')],
            },
        ),
        migrations.CreateModel(
            name='Ring',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('step', models.CharField(choices=[('team', 'Team'), ('deputy', 'Deputy'), ('everybody', 'Everybody')], max_length=40)),
                ('rung_at', models.DateTimeField()),
                ('exit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rings', to='safeguarding.exit')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('step__in', ['team', 'deputy', 'everybody'])), name='ring_step_is_known'), models.UniqueConstraint(fields=('exit', 'number', 'post'), name='ring_once_in_a_round', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='RiskPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('warning', models.CharField(max_length=200)),
                ('risk', models.TextField()),
                ('plan', models.TextField()),
                ('knows', models.CharField(choices=[('agreed', 'Agreed'), ('informed', 'Informed'), ('not_informed', 'Not informed'), ('not_said', 'Not said')], max_length=40)),
                ('why_not_told', models.TextField(blank=True, default='')),
                ('manager_consulted', models.CharField(max_length=200)),
                ('review_on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('end_words', models.TextField(blank=True, default='')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risk_plans', to='sharing.matter')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risk_plans', to='people.person')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('knows__in', ['agreed', 'informed', 'not_informed', 'not_said'])), name='risk_plan_knows_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='risk_plan_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('knows', 'not_informed'), _negated=True), models.Q(('why_not_told', ''), _negated=True), _connector='OR'), name='risk_plan_says_why_the_person_is_not_told')],
            },
        ),
        migrations.CreateModel(
            name='DoorLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('door', models.CharField(choices=[('immediate', 'Immediate'), ('suicide', 'Suicide'), ('safeguarding', 'Safeguarding')], max_length=40)),
                ('audience', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child')], max_length=40)),
                ('hours', models.CharField(choices=[('office', 'Office'), ('out_of_hours', 'Out of hours'), ('always', 'Always')], max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('number', models.CharField(max_length=60)),
                ('procedures', models.URLField(blank=True, default='', max_length=300)),
                ('source', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('deputy_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('door__in', ['immediate', 'suicide', 'safeguarding'])), name='door_line_door_is_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['adult', 'child'])), name='door_line_audience_is_known'), models.CheckConstraint(condition=models.Q(('hours__in', ['office', 'out_of_hours', 'always'])), name='door_line_hours_are_known'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='door_line_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='door_line_has_a_number'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('door', 'audience', 'hours'), name='door_line_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ExitDecision',
            fields=[
                ('exit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='decision', serialize=False, to='safeguarding.exit')),
                ('decision', models.CharField(choices=[('emergency_services', 'Emergency services'), ('crisis_team', 'Crisis team'), ('section_42', 'Section 42'), ('section_47', 'Section 47'), ('section_17', 'Section 17'), ('protected', 'Protected'), ('passed_on', 'Passed on'), ('not_met', 'Not met')], max_length=40)),
                ('told', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['emergency_services', 'crisis_team', 'section_42', 'section_47', 'section_17', 'protected', 'passed_on', 'not_met'])), name='exit_decision_is_known')],
            },
        ),
        *(
            migrations.RunSQL(statements, lay_open(f"safeguarding_{name}", "sight"))
            for name, statements in BEHIND_THE_WALL.items()
        ),
    ]
