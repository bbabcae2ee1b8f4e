"""A case may rest on an involvement that was recorded before it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('sharing', '0007_matters'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseinvolvement',
            name='is_begun_by_it',
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name='caseinvolvement',
            name='involvement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.involvement'),
        ),
        migrations.AddConstraint(
            model_name='caseinvolvement',
            constraint=models.UniqueConstraint(fields=('case', 'involvement'), name='case_rests_on_an_involvement_once'),
        ),
    ]
