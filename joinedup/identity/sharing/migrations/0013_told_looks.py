"""A look that leaves no trace may be told by decision of the agency that took it; the person then reads its lines."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import (
    AGENCY,
    POST,
    SYSTEM,
    lay_open,
    may,
    not_barred,
    own_page,
    protect,
    setting,
)

_DECIDES = f"{may('tell_looks')} AND agency_id = {AGENCY} AND {not_barred('person_id')}"
TOLD = protect(
    "sharing_toldlook",
    sight=f"""({_DECIDES}) OR {may("read_audit")}
        OR ({own_page("person_id")} AND taken_back_at IS NULL)""",
    add=f"{_DECIDES} AND decided_by_id = {POST}",
    change=_DECIDES,
)
# As the audit's own policy was, and two ways more: whoever decides reads what its agency kept back, and
# the person what somebody decided to tell. Nobody's own look at themselves is judged slower for it.
_READS = "(SELECT nullif(current_setting('joinedup.permissions', true), '')) LIKE '%,read_audit,%'"
_OWN = f"post_id = (SELECT {setting('post', 'uuid')})"
_ABOUT_ME = f"person_id = ANY ((SELECT {setting('person', 'uuid[]')})::uuid[])"
_BEFORE = f"({SYSTEM}) OR ({_READS}) OR ({_OWN}) OR (NOT traceless AND {_ABOUT_ME})"
_AFTER = f"""{_BEFORE}
    OR (traceless AND act = 'looked' AND {may("tell_looks")} AND agency = {AGENCY}
        AND {not_barred("person_id")})
    OR ({_ABOUT_ME} AND (SELECT true FROM sharing_toldlook told
        WHERE told.person_id = audit_entry.person_id AND audit_entry.id = ANY (told.lines)
          AND told.taken_back_at IS NULL LIMIT 1))"""


def _key(to: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_looks_kept_back"),
        ("sharing", "0012_subject_answers"),
    ]
    operations = [
        migrations.CreateModel(
            name="ToldLook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entry", models.UUIDField()),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), help_text="Every line that this look left.", size=None
                    ),
                ),
                ("because", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("taken_back_because", models.TextField(blank=True, default="")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("agency", _key("agencies.agency")),
                ("decided_by", _key("agencies.post")),
                ("person", _key("people.person")),
                ("taken_back_by", _key("agencies.post", blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="told_look_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("entry",),
                        name="told_look_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="told_look_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True),
                                ("taken_back_because", ""),
                                ("taken_back_by__isnull", True),
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                                models.Q(("taken_back_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="told_look_taken_back_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [*TOLD, f"ALTER POLICY sight ON audit_entry USING ({_AFTER})"],
            [
                f"ALTER POLICY sight ON audit_entry USING ({_BEFORE})",
                *lay_open("sharing_toldlook", "sight", "written", "written_anew"),
            ],
        ),
    ]
