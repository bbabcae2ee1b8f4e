"""A post's own ways of looking at its cases."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import POST, lay_open, protect

_OWN = f"post_id = {POST}"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_schoollink'),
        ('cases', '0003_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=500)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'title'), name='saved_view_title_once')],
            },
        ),
        migrations.RunSQL(
            protect("cases_savedview", sight=_OWN, add=_OWN, change=_OWN),
            lay_open("cases_savedview", "sight", "written", "written_anew"),
        ),
    ]
