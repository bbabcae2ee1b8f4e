"""What triage found, seen as the holding it counts is seen; and triage itself, for the front door alone.

A team that a referral is handed to sees the referral, and not by which of others' data it was sent.
"""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import Level, PartLevel
from joinedup.identity.sharing.wall import lay_open, may, part_in, protect, sees

WORKS = may("work_front_door")


def _for_front_door(table: str) -> str:
    return f"{part_in(f'{table}.matter_id', PartLevel.WORK)} AND {WORKS}"


def _anew(table: str, sight: str) -> str:
    return f"ALTER POLICY sight ON {table} USING ({sight})"


_COUNTED = sees(
    person="frontdoor_evidence.person_id",
    holder="frontdoor_evidence.holder_id",
    category="frontdoor_evidence.category",
    level=Level.HEADLINE,
)
_HIGH_RISK = f"""{part_in("frontdoor_highriskreferral.matter_id", PartLevel.WORK)}
    AND ({WORKS} OR {may("answer_exits")})"""
CLOSED = [
    *protect("frontdoor_evidence", sight=f"{_for_front_door('frontdoor_evidence')} AND {_COUNTED}"),
    *protect("frontdoor_found", sight=_for_front_door("frontdoor_found")),
    _anew("frontdoor_triage", _for_front_door("frontdoor_triage")),
    _anew("frontdoor_override", _for_front_door("frontdoor_override")),
    _anew("frontdoor_highriskreferral", _HIGH_RISK),
]
LAID_OPEN = [
    *lay_open("frontdoor_evidence", "sight"),
    *lay_open("frontdoor_found", "sight"),
    *(
        _anew(table, part_in(f"{table}.matter_id", PartLevel.WORK))
        for table in ("frontdoor_triage", "frontdoor_override", "frontdoor_highriskreferral")
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_schoollink"),
        ("frontdoor", "0002_before_sending"),
        ("people", "0009_holding_event_code"),
        ("sharing", "0007_matters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("identity", "Identity"),
                            ("nhs_number", "Nhs number"),
                            ("address", "Address"),
                            ("contact", "Contact"),
                            ("involvement", "Involvement"),
                            ("health", "Health"),
                            ("mental_health", "Mental health"),
                            ("substance_misuse", "Substance misuse"),
                            ("sexual_health", "Sexual health"),
                            ("adult_social_care", "Adult social care"),
                            ("childrens_social_care", "Childrens social care"),
                            ("education", "Education"),
                            ("housing", "Housing"),
                            ("fire_safety", "Fire safety"),
                            ("antisocial", "Antisocial"),
                            ("crime_victim", "Crime victim"),
                            ("crime_offender", "Crime offender"),
                            ("domestic_abuse", "Domestic abuse"),
                            ("mappa", "Mappa"),
                            ("intelligence", "Intelligence"),
                            ("live_warning", "Live warning"),
                            ("safeguarding", "Safeguarding"),
                            ("care_plan", "Care plan"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "characteristic",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("violence", "Violence"),
                            ("offending", "Offending"),
                            ("frequent_emergency", "Frequent emergency"),
                            ("malicious_calls", "Malicious calls"),
                            ("repeat_victim", "Repeat victim"),
                            ("repeat_perpetrator", "Repeat perpetrator"),
                        ],
                        default="",
                        max_length=40,
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("emergency_department", "Emergency department"),
                            ("ambulance", "Ambulance"),
                            ("police", "Police"),
                            ("fire", "Fire"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("genuine", "Genuine"),
                            ("not_genuine", "Not genuine"),
                            ("malicious", "Malicious"),
                            ("victim", "Victim"),
                            ("perpetrator", "Perpetrator"),
                        ],
                        max_length=40,
                    ),
                ),
                ("contacts", models.PositiveSmallIntegerField()),
                ("last_on", models.DateField()),
                ("threshold", models.CharField(max_length=400)),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="sharing.matter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "triage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="frontdoor.triage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                [
                                    "identity",
                                    "nhs_number",
                                    "address",
                                    "contact",
                                    "involvement",
                                    "health",
                                    "mental_health",
                                    "substance_misuse",
                                    "sexual_health",
                                    "adult_social_care",
                                    "childrens_social_care",
                                    "education",
                                    "housing",
                                    "fire_safety",
                                    "antisocial",
                                    "crime_victim",
                                    "crime_offender",
                                    "domestic_abuse",
                                    "mappa",
                                    "intelligence",
                                    "live_warning",
                                    "safeguarding",
                                    "care_plan",
                                ],
                            )
                        ),
                        name="evidence_category_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service__in", ["emergency_department", "ambulance", "police", "fire"])
                        ),
                        name="evidence_service_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                ["genuine", "not_genuine", "malicious", "victim", "perpetrator"],
                            )
                        ),
                        name="evidence_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "characteristic__in",
                                [
                                    "",
                                    "violence",
                                    "offending",
                                    "frequent_emergency",
                                    "malicious_calls",
                                    "repeat_victim",
                                    "repeat_perpetrator",
                                ],
                            )
                        ),
                        name="evidence_characteristic_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Found",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agency", "Agency"),
                            ("characteristic", "Characteristic"),
                            ("need", "Need"),
                            ("high_risk", "High risk"),
                        ],
                        max_length=40,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found",
                        to="sharing.matter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["agency", "characteristic", "need", "high_risk"])
                        ),
                        name="found_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="found_says_how_it_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("matter", "kind", "code"),
                        name="found_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CLOSED, LAID_OPEN),
    ]
