"""What is new at a meeting told apart: its words, its table, and where its members look"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_what_became_of_it'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='table_version',
            field=models.PositiveBigIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='seat',
            name='moves',
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
