"""What a meeting put off or did not reach: said in its minutes, and first on the next agenda"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect

# Whoever sat at the item reads that it was left; the item itself is shut to them by then.
LEFT = protect(
    "panels_itemleft", sight=part_in("panels_itemleft.item_id", PartLevel.RECEIVED)
)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0003_what_a_screen_needs'),
        ('panels', '0006_split_items'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemLeft',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=16)),
                ('names', models.TextField()),
                ('because', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left', to='panels.panelitem')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='left', to='meetings.agendaitem')),
            ],
        ),
        migrations.RunSQL(LEFT, lay_open("panels_itemleft", "sight")),
    ]
