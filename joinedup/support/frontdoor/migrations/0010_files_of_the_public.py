"""Files that somebody of the public adds are counted, as what they send is."""

from django.db import migrations, models

_ACTS = ("sent", "begun", "code_tried", "file_added")


class Migration(migrations.Migration):

    dependencies = [("frontdoor", "0009_public_counts")]

    operations = [
        migrations.RemoveConstraint(
            model_name="publiccount", name="public_count_act_is_known"
        ),
        migrations.AlterField(
            model_name="publiccount",
            name="act",
            field=models.CharField(
                choices=[(act, act.replace("_", " ").capitalize()) for act in _ACTS],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="publiccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", list(_ACTS))), name="public_count_act_is_known"
            ),
        ),
    ]
