"""How long what a controller deleted is kept, and that this was kept to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('linkage', '0024_room_beside_profiles'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('controller', models.CharField(blank=True, default='', help_text='A practice as in Y99901; empty for all.', max_length=20)),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='None: from that day on there is no rule.', null=True)),
                ('starts_on', models.DateField()),
                ('reference', models.TextField(help_text='Where its own retention schedule says so, or why it ends.')),
                ('set_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_rules', to='agencies.agency')),
                ('before', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='after', to='linkage.retentionrule')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retention_set', to='agencies.post')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, help_text='None while more is to go than one round takes.', null=True)),
                ('records', models.PositiveIntegerField(default=0)),
                ('copies', models.JSONField(blank=True, default=list, help_text='The lines of copies outside that somebody is to see to.')),
                ('trouble', models.TextField(blank=True, default='')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='linkage.retentionrule')),
            ],
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('months__isnull', True), ('months__lte', 1200), _connector='OR'), name='retention_of_so_many_months'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='retention_says_why'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.UniqueConstraint(condition=models.Q(('before__isnull', True)), fields=('agency', 'controller'), name='retention_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='retentionrun',
            constraint=models.UniqueConstraint(fields=('rule', 'day'), name='retention_runs_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='retentionrun',
            constraint=models.CheckConstraint(condition=models.Q(('trouble', ''), ('ended_at__isnull', False), _connector='OR'), name='retention_failed_is_over'),
        ),
    ]
