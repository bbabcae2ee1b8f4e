"""Whom a first approach is to, what was decided of a duty, and the trace of a no"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect

BEHIND_THE_WALL = {
    "panels_approachperson": protect(
        "panels_approachperson", sight=part_in("panels_approachperson.approach_id")
    ),
    # The trace of a no is all that is left to whoever brought it before the panel.
    "panels_decline": protect(
        "panels_decline", sight=part_in("panels_decline.item_id", PartLevel.RECEIVED)
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0003_meeting'),
        ('people', '0009_holding_event_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decline',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decline', serialize=False, to='panels.panelitem')),
                ('reference', models.CharField(max_length=16)),
                ('on', models.DateField()),
                ('basis', models.TextField()),
                ('way_back', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='ApproachPerson',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=400)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('relation', models.CharField(blank=True, default='', max_length=100)),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('approach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='panels.approach')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('approach', 'place'), name='approach_person_once')],
            },
        ),
        migrations.AddField(
            model_name='approach',
            name='duty_decision',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [
                statement
                for table in BEHIND_THE_WALL
                for statement in lay_open(table, "sight", "written", "written_anew")
            ],
        ),
    ]
