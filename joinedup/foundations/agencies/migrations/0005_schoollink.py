"""Schools have a named social work manager, one at a time (S0-68)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_alter_post_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("school", models.CharField(max_length=200)),
                ("school_key", models.CharField(max_length=200)),
                ("because", models.CharField(blank=True, default="", max_length=300)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "covered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers_schools",
                        to="agencies.post",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
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
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="school_link_ends_no_earlier_than_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("covered_by__isnull", True),
                            models.Q(("covered_by", models.F("manager")), _negated=True),
                            _connector="OR",
                        ),
                        name="school_link_is_covered_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("school_key",),
                        name="school_has_one_manager_at_a_time",
                    ),
                ],
            },
        ),
    ]
