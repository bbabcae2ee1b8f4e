"""What approved minutes say of one item to one agency"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import AGENCY, lay_open, part_in, protect

# Whoever of the agency sat at the item reads what its own minutes say of it, and nothing else of it any more.
PAGE = protect(
    "panels_minutespage",
    sight=f"""({part_in("panels_minutespage.item_id", PartLevel.RECEIVED)}
        AND panels_minutespage.agency_id = {AGENCY})""",
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('meetings', '0001_meetings'),
        ('panels', '0004_approach'),
    ]

    operations = [
        migrations.CreateModel(
            name='MinutesPage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('volume', models.PositiveSmallIntegerField(default=1)),
                ('place', models.PositiveSmallIntegerField()),
                ('said', models.JSONField()),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minuted', to='panels.panelitem')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='meetings.minutes')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('minutes', 'item', 'agency'), name='minutes_page_of_an_agency_once'), models.CheckConstraint(condition=models.Q(('volume__gte', 1)), name='minutes_page_in_a_volume')],
            },
        ),
        migrations.RunSQL(PAGE, lay_open("panels_minutespage", "sight")),
    ]
