"""After a split: what may be of either of the two waits for somebody of its agency, who sees it, to say whose it is."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, not_barred, protect

# Whoever sees the thing itself reads that it may be of another; which other is for the page of its agency.
SIGHT = f"""{not_barred("stays_person")} AND {not_barred("goes_person")}
    AND CASE kind WHEN 'holding' THEN EXISTS (SELECT FROM people_holding h WHERE h.id = sharing_heldplacing.row)
        ELSE EXISTS (SELECT FROM sharing_involvement i WHERE i.id = sharing_heldplacing.row) END"""
_DECIDED = ("belongs_to_person__isnull", "decided_at__isnull", "decided_by__isnull")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0013_told_looks")]
    operations = [
        migrations.CreateModel(
            name="HeldPlacing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("holding", "Holding"), ("involvement", "Involvement")], max_length=40)),
                ("row", models.UUIDField()),
                ("stays_person", models.UUIDField(db_index=True)),
                ("goes_person", models.UUIDField()),
                ("found_at", models.DateTimeField()),
                ("belongs_to_person", models.UUIDField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("decided_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["holding", "involvement"])), name="held_placing_kind_is_known"),
                    models.UniqueConstraint(condition=models.Q(("decided_at__isnull", True)), fields=("row",), name="held_placing_waits_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(*((name, True) for name in _DECIDED)),
                            models.Q(*((name, False) for name in _DECIDED)),
                            _connector="OR",
                        ),
                        name="held_placing_decided_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            protect("sharing_heldplacing", sight=SIGHT), lay_open("sharing_heldplacing", "sight")
        ),
    ]
