"""Agencies' approvals of a decision, their seats on panels, and services' sessions at practices"""

import django.db.models.deletion
import joinedup.support.panels.choices.approval
import joinedup.support.panels.choices.panel
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect

# Who sat at the item, and the managers who are asked, each until they have answered.
APPROVALS = protect(
    "panels_decisionapproval", sight=part_in("panels_decisionapproval.item_id", PartLevel.PROGRESS)
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('panels', '0008_joint_moves'),
        ('places', '0002_areas'),
    ]

    operations = [
        migrations.CreateModel(
            name='InReachClinic',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('site', models.CharField(blank=True, default='', max_length=200)),
                ('phase', models.PositiveSmallIntegerField(default=1)),
                ('is_pilot', models.BooleanField(default=False)),
                ('words', models.CharField(blank=True, default='', max_length=300)),
                ('rhythm', models.CharField(choices=[('weekly', 'Weekly'), ('fortnightly', 'Fortnightly'), ('every_four_weeks', 'Every four weeks')], default=joinedup.support.panels.choices.panel.Rhythm['WEEKLY'], max_length=40)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('at_time', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('places', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clinics', to='places.practice')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clinics', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rhythm__in', ['weekly', 'fortnightly', 'every_four_weeks'])), name='clinic_rhythm_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('practice__isnull', False), ('site', '')), models.Q(('practice__isnull', True), models.Q(('site', ''), _negated=True)), _connector='OR'), name='clinic_has_one_host'), models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('phase__gte', 1), ('places__gte', 1), ('weekday__lte', 4)), name='clinic_can_be_held'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='clinic_ends_no_earlier')],
            },
        ),
        migrations.CreateModel(
            name='ClinicChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('moved_to', models.DateField(blank=True, null=True)),
                ('because', models.CharField(max_length=300)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='panels.inreachclinic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'on'), name='clinic_day_changed_once'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='clinic_change_says_why')],
            },
        ),
        migrations.CreateModel(
            name='PanelSeat',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('discipline', models.CharField(choices=[('gp', 'Gp'), ('practice_nurse', 'Practice nurse'), ('community_nurse', 'Community nurse'), ('therapist', 'Therapist'), ('social_work_adults', 'Social work adults'), ('social_work_children', 'Social work children'), ('early_help', 'Early help'), ('mental_health', 'Mental health'), ('substance_misuse', 'Substance misuse'), ('home_support', 'Home support'), ('care_home_liaison', 'Care home liaison'), ('police', 'Police'), ('probation', 'Probation'), ('fire', 'Fire'), ('housing', 'Housing'), ('education', 'Education'), ('voluntary', 'Voluntary'), ('coordination', 'Coordination')], max_length=40)),
                ('as_what', models.CharField(blank=True, default='', max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel_seats', to='agencies.agency')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='panels.panel')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('discipline__in', ['gp', 'practice_nurse', 'community_nurse', 'therapist', 'social_work_adults', 'social_work_children', 'early_help', 'mental_health', 'substance_misuse', 'home_support', 'care_home_liaison', 'police', 'probation', 'fire', 'housing', 'education', 'voluntary', 'coordination'])), name='panel_seat_discipline_is_known'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='panel_seat_ends_no_earlier')],
            },
        ),
        migrations.CreateModel(
            name='DecisionApproval',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waits', 'Waits'), ('given', 'Given'), ('refused', 'Refused'), ('lapsed', 'Lapsed')], default=joinedup.support.panels.choices.approval.ApprovalState['WAITS'], max_length=40)),
                ('delegation', models.CharField(blank=True, default='', max_length=120)),
                ('words', models.TextField(blank=True, default='')),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='panels.decision')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waits', 'given', 'refused', 'lapsed'])), name='approval_of_decision_state_is_known'), models.UniqueConstraint(fields=('decision', 'agency'), name='approval_of_decision_once_an_agency'), models.CheckConstraint(condition=models.Q(models.Q(('answered_by__isnull', True), ('state__in', ['waits', 'lapsed']), ('answered_at__isnull', True), ('delegation', '')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state', 'given'), models.Q(('delegation', ''), _negated=True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state', 'refused'), models.Q(('words', ''), _negated=True)), _connector='OR'), name='approval_of_decision_by_somebody')],
            },
        ),
        migrations.RunSQL(APPROVALS, lay_open("panels_decisionapproval", "sight")),
    ]
