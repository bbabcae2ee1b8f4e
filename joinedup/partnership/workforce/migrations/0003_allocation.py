"""As a woman or as a man somebody works, where a person asks for one"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_protected_staff'),
        ('workforce', '0002_competence'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorksAs',
            fields=[
                ('holder', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='works_as', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('as_sex', models.CharField(choices=[('woman', 'Woman'), ('man', 'Man')], max_length=40)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('as_sex__in', ['woman', 'man'])), name='works_as_is_known')],
            },
        ),
    ]
