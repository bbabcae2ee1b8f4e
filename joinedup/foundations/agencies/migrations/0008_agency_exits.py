"""That an agency leaves the partnership, from which day, and what becomes of its data."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyExit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('leaves_on', models.DateField()),
                ('because', models.TextField()),
                ('data_becomes', models.TextField()),
                ('decided_at', models.DateTimeField()),
                ('taken_back_because', models.TextField(blank=True, default='')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exits', to='agencies.agency')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('agency',), name='agency_leaves_once'), models.CheckConstraint(condition=models.Q(models.Q(('because', ''), _negated=True), models.Q(('data_becomes', ''), _negated=True)), name='agency_exit_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_because', ''), ('taken_back_by__isnull', True)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_because', ''), _negated=True)), _connector='OR'), name='agency_exit_taken_back_says_why')],
            },
        ),
    ]
