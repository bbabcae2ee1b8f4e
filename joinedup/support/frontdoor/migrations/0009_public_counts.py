"""What the public pages count against being flooded: digests, for an hour, for the system alone."""

from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, protect


class Migration(migrations.Migration):

    dependencies = [("frontdoor", "0008_batches_cut_off")]

    operations = [
        migrations.CreateModel(
            name="PublicCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("begun", "Begun"),
                            ("code_tried", "Code tried"),
                        ],
                        max_length=40,
                    ),
                ),
                ("browser", models.CharField(max_length=64)),
                ("network", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["act", "at"], name="public_count_lately")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["sent", "begun", "code_tried"])),
                        name="public_count_act_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(protect("frontdoor_publiccount"), lay_open("frontdoor_publiccount")),
    ]
