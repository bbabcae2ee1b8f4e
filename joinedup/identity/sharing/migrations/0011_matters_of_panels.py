"""Matters of panels: an item, an agency’s check, a first approach"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0010_own_page'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='matter',
            name='matter_kind_is_known',
        ),
        migrations.AlterField(
            model_name='matter',
            name='kind',
            field=models.CharField(choices=[('referral', 'Referral'), ('exit', 'Exit'), ('case', 'Case'), ('panel_item', 'Panel item'), ('agency_check', 'Agency check'), ('approach', 'Approach')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['referral', 'exit', 'case', 'panel_item', 'agency_check', 'approach'])), name='matter_kind_is_known'),
        ),
    ]
