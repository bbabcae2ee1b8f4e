"""Meetings: who sits at them, what stands on their agendas, what they gave whom to do"""

import django.db.models.constraints
import django.db.models.deletion
import joinedup.foundations.meetings.choices
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('body', models.CharField(max_length=200)),
                ('place', models.CharField(blank=True, default='', max_length=300)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('ended', 'Ended'), ('cancelled', 'Cancelled')], default=joinedup.foundations.meetings.choices.MeetingState['PLANNED'], max_length=20)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('began_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('quorum', models.PositiveSmallIntegerField()),
                ('required_disciplines', models.JSONField(default=list)),
                ('version', models.PositiveBigIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['starts_at'], name='meeting_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'open', 'ended', 'cancelled'])), name='meeting_state_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('began_at__isnull', False), models.Q(('state__in', ['open', 'ended']), _negated=True), _connector='OR'), name='meeting_open_when_it_began'), models.CheckConstraint(condition=models.Q(('state', 'ended'), ('ended_at__isnull', True), _connector='XOR'), name='meeting_ended_when_it_ended')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('title', models.CharField(blank=True, default='', max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('open', 'Open'), ('done', 'Done'), ('deferred', 'Deferred'), ('taken_off', 'Taken off')], default=joinedup.foundations.meetings.choices.ItemState['WAITING'], max_length=20)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveBigIntegerField(default=1)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='meetings.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'place'), name='agenda_place_once'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('meeting',), name='agenda_one_item_open'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'open', 'done', 'deferred', 'taken_off'])), name='agenda_item_state_is_known'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 180)), name='agenda_item_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('discipline', models.CharField(max_length=40)),
                ('standing', models.CharField(choices=[('chair', 'Chair'), ('member', 'Member'), ('coordinator', 'Coordinator'), ('guest', 'Guest')], default=joinedup.foundations.meetings.choices.Standing['MEMBER'], max_length=20)),
                ('attendance', models.CharField(choices=[('expected', 'Not said yet'), ('apologies', 'Apologies'), ('present', 'Present'), ('left', 'Left'), ('absent', 'Did not come')], default=joinedup.foundations.meetings.choices.Attendance['EXPECTED'], max_length=20)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('types_in', models.CharField(blank=True, default='', max_length=60)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('looks_at', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='meetings.meeting')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'post'), name='seat_once_at_a_meeting'), models.UniqueConstraint(condition=models.Q(('standing', 'chair')), fields=('meeting',), name='seat_of_one_chair'), models.CheckConstraint(condition=models.Q(('standing__in', ['chair', 'member', 'coordinator', 'guest'])), name='seat_standing_is_known'), models.CheckConstraint(condition=models.Q(('attendance__in', ['expected', 'apologies', 'present', 'left', 'absent'])), name='seat_attendance_is_known'), models.CheckConstraint(condition=models.Q(('arrived_at__isnull', False), models.Q(('attendance__in', ['present', 'left']), _negated=True), _connector='OR'), name='seat_taken_when_they_arrived')],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('words', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('not_done', 'Not done'), ('not_needed', 'Not needed any more')], default=joinedup.foundations.meetings.choices.ActionState['OPEN'], max_length=20)),
                ('given_at', models.DateTimeField()),
                ('out_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_actions', to='agencies.post')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'due_on'], name='meeting_action_to_do')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='meeting_action_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'not_done', 'not_needed'])), name='meeting_action_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('settled_at__isnull', False), _connector='XOR'), name='meeting_action_settled_when_it_was')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('relation', 'Related to, or a friend of, somebody it is about'), ('neighbour', 'Lives with or near somebody it is about'), ('financial', 'A financial interest'), ('other_body', 'An office in another body that it concerns'), ('other', 'Another reason')], max_length=20)),
                ('declared_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lifted_because', models.CharField(blank=True, default='', max_length=300)),
                ('declared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='meetings.agendaitem')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['relation', 'neighbour', 'financial', 'other_body', 'other'])), name='interest_kind_is_known'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('item', 'post'), name='interest_of_a_post_once'), models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), models.Q(('lifted_because', ''), _negated=True), _connector='OR'), name='interest_lifted_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='minutes', serialize=False, to='meetings.meeting')),
                ('number', models.CharField(max_length=30, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved')], default=joinedup.foundations.meetings.choices.MinutesState['DRAFT'], max_length=20)),
                ('drafted_at', models.DateTimeField()),
                ('correct_by', models.DateField()),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'approved'])), name='minutes_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('approved_at__isnull', True)), models.Q(('state', 'approved'), ('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='minutes_approved_by_somebody')],
            },
        ),
    ]
