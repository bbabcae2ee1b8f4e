"""Moves of the cases of several teams to one"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('panels', '0007_items_left'),
    ]

    operations = [
        migrations.CreateModel(
            name='JointMove',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.CharField(blank=True, default='', max_length=40)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('to_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='joint_move_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='JointMoveTeam',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('stays_because', models.CharField(blank=True, default='', max_length=500)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('joint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='panels.jointmove')),
                ('move', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='of_joint', to='panels.casemove')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_moves', to='agencies.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('joint', 'team'), name='joint_move_of_a_team_once'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('move__isnull', True), ('stays_because', '')), models.Q(('answered_at__isnull', False), ('move__isnull', False), ('stays_because', '')), models.Q(('answered_at__isnull', False), ('move__isnull', True), models.Q(('stays_because', ''), _negated=True)), _connector='OR'), name='joint_move_answered_one_way')],
            },
        ),
    ]
