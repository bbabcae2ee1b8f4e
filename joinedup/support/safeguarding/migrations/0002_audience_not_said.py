"""An exit may be sent without a word of whether it is a child."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safeguarding', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='exit', name='exit_audience_is_known'),
        migrations.AlterField(
            model_name='exit',
            name='audience',
            field=models.CharField(blank=True, choices=[('adult', 'Adult'), ('child', 'Child')], default='', max_length=40),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['', 'adult', 'child'])), name='exit_audience_is_known'),
        ),
    ]
