"""How a person was told of a warning note, which manager was asked by post, and of what it is the review."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_schoollink'),
        ('safeguarding', '0002_audience_not_said'),
    ]

    operations = [
        migrations.AddField(
            model_name='riskplan',
            name='manager',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
        migrations.AddField(
            model_name='riskplan',
            name='reviews',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewed_by', to='safeguarding.riskplan'),
        ),
        migrations.AddField(
            model_name='riskplan',
            name='told_how',
            field=models.CharField(blank=True, choices=[('in_person', 'In person'), ('by_phone', 'By phone'), ('in_writing', 'In writing'), ('with_support', 'With an advocate, an interpreter or somebody they trust')], default='', max_length=40),
        ),
    ]
