"""The share of a full week that a post works"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_panel_coordinator"),
        ("workforce", "0003_allocation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Capacity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("percent", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacity",
                        to="agencies.post",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 5), ("percent__lte", 100)),
                        name="capacity_is_a_share",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("post",),
                        name="capacity_of_a_post_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="capacity_ends_no_earlier_than_it_starts",
                    ),
                ],
            },
        ),
    ]
