"""What became of an action that is about nobody"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='became',
            field=models.TextField(blank=True, default=''),
        ),
    ]
