"""Which of two people an item is about, after their records turned out to be two people's"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, part_in, protect

# Who brings it before the panel decides it; whoever sits at it is told in a sentence.
SPLITS = protect("panels_itemsplit", sight=part_in("panels_itemsplit.item_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_panel_coordinator"),
        ("panels", "0005_minutes"),
        ("people", "0009_holding_event_code"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemSplit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField()),
                ("found_at", models.DateTimeField()),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("practice", "Practice"),
                            ("case", "Case"),
                            ("decided", "Decided"),
                        ],
                        default="",
                        max_length=40,
                    ),
                ),
                ("because", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "belongs_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "goes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="splits",
                        to="panels.panelitem",
                    ),
                ),
                (
                    "stays",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="splits",
                        to="panels.itemperson",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("who", "event"), name="item_split_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stays", models.F("goes")), _negated=True),
                        name="item_split_makes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("belongs_to__isnull", True),
                                ("decided_at__isnull", True),
                                ("why", ""),
                            ),
                            models.Q(
                                ("belongs_to__isnull", False),
                                ("decided_at__isnull", False),
                                ("why__in", ["practice", "case"]),
                            ),
                            models.Q(
                                ("belongs_to__isnull", False),
                                ("decided_at__isnull", False),
                                ("why", "decided"),
                                ("decided_by__isnull", False),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="item_split_is_placed_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SPLITS, lay_open("panels_itemsplit", "sight")),
    ]
