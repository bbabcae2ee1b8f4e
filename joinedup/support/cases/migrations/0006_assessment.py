"""Assessments in signed sections, what they found and came to, measures, carers; the combined-factor check"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.wall import POST, lay_open, part_in, protect

# The lead of one holder reads it and nobody else does, their manager and the case among them (P36).
BEHIND_THE_WALL = {
    "cases_combinedalert": protect(
        "cases_combinedalert", sight=f"cases_combinedalert.post_id = {POST}"
    ),
    "cases_assessment": protect(
        "cases_assessment", sight=part_in("cases_assessment.case_id")
    ),
    "cases_assessmentsection": protect(
        "cases_assessmentsection", sight=part_in("cases_assessmentsection.case_id")
    ),
    "cases_assessmentrefusal": protect(
        "cases_assessmentrefusal", sight=part_in("cases_assessmentrefusal.case_id")
    ),
    "cases_finding": protect(
        "cases_finding", sight=part_in("cases_finding.case_id")
    ),
    "cases_findinglink": protect(
        "cases_findinglink", sight=part_in("cases_findinglink.case_id")
    ),
    "cases_eligibilitydecision": protect(
        "cases_eligibilitydecision", sight=part_in("cases_eligibilitydecision.case_id")
    ),
    "cases_measurement": protect(
        "cases_measurement", sight=part_in("cases_measurement.case_id")
    ),
    "cases_carer": protect(
        "cases_carer", sight=part_in("cases_carer.case_id")
    ),
    "cases_careroffer": protect(
        "cases_careroffer", sight=part_in("cases_careroffer.case_id")
    ),
}

# What was signed stands: the database itself refuses to write it anew.
AS_SIGNED = """
CREATE FUNCTION cases_as_signed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed section of an assessment is not changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER as_signed BEFORE UPDATE OR DELETE ON cases_assessmentsection
    FOR EACH ROW EXECUTE FUNCTION cases_as_signed();
CREATE TRIGGER as_signed BEFORE UPDATE OR DELETE ON cases_eligibilitydecision
    FOR EACH ROW EXECUTE FUNCTION cases_as_signed();
"""
NOT_KEPT = """
DROP TRIGGER as_signed ON cases_assessmentsection;
DROP TRIGGER as_signed ON cases_eligibilitydecision;
DROP FUNCTION cases_as_signed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_schoollink'),
        ('cases', '0005_story'),
        ('people', '0009_holding_event_code'),
        ('questions', '0001_question_sets'),
        ('safeguarding', '0002_audience_not_said'),
        ('sharing', '0009_sensitive_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='Carer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('relation', models.CharField(blank=True, default='', max_length=120)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('found_by', models.CharField(choices=[('self', 'Self'), ('assessment', 'Assessment'), ('relationship', 'Relationship'), ('professional', 'Professional')], max_length=40)),
                ('identified_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('cares_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cared_for_by', to='people.person')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carers', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cares', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('found_by__in', ['self', 'assessment', 'relationship', 'professional'])), name='carer_found_by_is_known'), models.UniqueConstraint(fields=('case', 'number'), name='carer_number_once'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('person__isnull', False)), fields=('case', 'person', 'cares_for'), name='carer_once_for_a_person'), models.CheckConstraint(condition=models.Q(('person__isnull', True), models.Q(('person', models.F('cares_for')), _negated=True), _connector='OR'), name='carer_is_another'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='carer_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('family', 'Family'), ('carer', 'Carer')], max_length=40)),
                ('subject', models.PositiveSmallIntegerField()),
                ('because', models.TextField()),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='cases.case')),
                ('finished_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='people.person')),
                ('carer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='cases.carer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'family', 'carer'])), name='assessment_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), ('person__isnull', False)), models.Q(('kind', 'family'), ('person__isnull', True)), models.Q(('carer__isnull', False), ('kind', 'carer')), _connector='OR'), name='assessment_is_about_somebody'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('finished_at__gte', models.F('begun_at')), _connector='OR'), name='assessment_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentSection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('profession', models.CharField(choices=[('strengths', 'Strengths'), ('self', 'Self'), ('social_care', 'Social care'), ('health', 'Health'), ('housing', 'Housing'), ('safety', 'Safety'), ('education', 'Education'), ('family', 'Family'), ('carer', 'Carer')], max_length=40)),
                ('draft', models.JSONField(default=dict)),
                ('edited', models.PositiveIntegerField(default=1)),
                ('begun_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('first_answer', models.BigIntegerField(blank=True, null=True)),
                ('last_answer', models.BigIntegerField(blank=True, null=True)),
                ('because', models.TextField(blank=True, default='')),
                ('asked_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='cases.assessment')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cases.assessmentsection')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.setversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('profession__in', ['strengths', 'self', 'social_care', 'health', 'housing', 'safety', 'education', 'family', 'carer'])), name='section_profession_is_known'), models.UniqueConstraint(condition=models.Q(('signed_at__isnull', True)), fields=('assessment', 'profession'), name='section_written_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('last_answer__isnull', True), ('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('first_answer__isnull', False), ('last_answer__isnull', False), ('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='section_signed_whole'), models.CheckConstraint(condition=models.Q(('instead_of__isnull', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='section_correction_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='CarerOffer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('offered_on', models.DateField()),
                ('answer', models.CharField(choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('thinking', 'Thinking')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('carer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='cases.carer')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['accepted', 'declined', 'thinking'])), name='carer_offer_answer_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='carer_offer_declined_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='CombinedAlert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('factors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40))),
                ('fingerprint', models.CharField(max_length=64)),
                ('found_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('share', 'Share'), ('do_not_share', 'Do not share')], default='', max_length=40)),
                ('shared_words', models.TextField(blank=True, default='')),
                ('because', models.TextField(blank=True, default='')),
                ('more_detrimental', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('adult', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('sent_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='safeguarding.exit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['post'], name='combined_alert_of_post_now')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(('decision__in', ['share', 'do_not_share']), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='combined_alert_decided_with_reason'), models.UniqueConstraint(fields=('holder', 'adult', 'fingerprint'), name='combined_alert_told_once')],
            },
        ),
        migrations.CreateModel(
            name='EligibilityDecision',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('test', models.CharField(choices=[('care_act_adult', 'Care act adult'), ('care_act_carer', 'Care act carer'), ('help_level', 'Help level')], max_length=40)),
                ('framework', models.CharField(max_length=60)),
                ('worked_out', models.CharField(choices=[('eligible', 'Eligible'), ('not_eligible', 'Not eligible'), ('too_little_known', 'Too little known'), ('level_1', 'Level 1'), ('level_2', 'Level 2'), ('level_3', 'Level 3'), ('level_4', 'Level 4')], max_length=40)),
                ('line', models.TextField()),
                ('signed', models.CharField(choices=[('eligible', 'Eligible'), ('not_eligible', 'Not eligible'), ('too_little_known', 'Too little known'), ('level_1', 'Level 1'), ('level_2', 'Level 2'), ('level_3', 'Level 3'), ('level_4', 'Level 4')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('signed_at', models.DateTimeField()),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='eligibility', to='cases.assessment')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='eligibility', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.assessmentsection')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('test__in', ['care_act_adult', 'care_act_carer', 'help_level'])), name='eligibility_test_is_known'), models.CheckConstraint(condition=models.Q(('worked_out__in', ['eligible', 'not_eligible', 'too_little_known', 'level_1', 'level_2', 'level_3', 'level_4'])), name='eligibility_worked_out_is_known'), models.CheckConstraint(condition=models.Q(('signed__in', ['eligible', 'not_eligible', 'too_little_known', 'level_1', 'level_2', 'level_3', 'level_4'])), name='eligibility_signed_is_known'), models.CheckConstraint(condition=models.Q(('signed', models.F('worked_out')), models.Q(('because', ''), _negated=True), _connector='OR'), name='eligibility_override_has_reason'), models.CheckConstraint(condition=models.Q(('signed', 'too_little_known'), _negated=True), name='eligibility_signed_says_which')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('strength', 'Strength'), ('need', 'Need')], max_length=40)),
                ('code', models.CharField(blank=True, choices=[('care', 'Care'), ('carer', 'Carer'), ('physical_health', 'Physical health'), ('mental_health', 'Mental health'), ('substance_misuse', 'Substance misuse'), ('learning_disability', 'Learning disability'), ('autism', 'Autism'), ('sensory', 'Sensory'), ('mobility', 'Mobility'), ('frailty', 'Frailty'), ('memory', 'Memory'), ('housing', 'Housing'), ('homelessness', 'Homelessness'), ('money', 'Money'), ('fuel_poverty', 'Fuel poverty'), ('digital', 'Digital'), ('loneliness', 'Loneliness'), ('family', 'Family'), ('education', 'Education'), ('work', 'Work'), ('domestic_abuse', 'Domestic abuse'), ('exploitation', 'Exploitation'), ('antisocial', 'Antisocial'), ('offending', 'Offending'), ('fire_safety', 'Fire safety'), ('language', 'Language'), ('frequent_emergency', 'Frequent emergency')], default='', max_length=40)),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('assessment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='cases.assessment')),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='cases.case')),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cases.finding')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['strength', 'need'])), name='finding_kind_is_known'), models.CheckConstraint(condition=models.Q(('code', ''), ('code__in', ['care', 'carer', 'physical_health', 'mental_health', 'substance_misuse', 'learning_disability', 'autism', 'sensory', 'mobility', 'frailty', 'memory', 'housing', 'homelessness', 'money', 'fuel_poverty', 'digital', 'loneliness', 'family', 'education', 'work', 'domestic_abuse', 'exploitation', 'antisocial', 'offending', 'fire_safety', 'language', 'frequent_emergency']), _connector='OR'), name='finding_code_is_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='finding_says_something'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('recorded_at')), _connector='OR'), name='finding_ends_after_it_was_found')],
            },
        ),
        migrations.CreateModel(
            name='FindingLink',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('words', models.CharField(blank=True, default='', max_length=300)),
                ('at', models.DateTimeField()),
                ('affects', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affected_by', to='cases.finding')),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affects', to='cases.finding')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('finding', 'affects'), name='finding_linked_once'), models.CheckConstraint(condition=models.Q(('finding', models.F('affects')), _negated=True), name='finding_affects_another')],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(choices=[('ons4', 'Ons4'), ('ucla3', 'Ucla3')], max_length=40)),
                ('point', models.CharField(choices=[('start', 'Start'), ('review', 'Review'), ('end', 'End')], max_length=40)),
                ('first_answer', models.BigIntegerField()),
                ('last_answer', models.BigIntegerField()),
                ('taken_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('carer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='cases.carer')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.setversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('measure__in', ['ons4', 'ucla3'])), name='measurement_measure_is_known'), models.CheckConstraint(condition=models.Q(('point__in', ['start', 'review', 'end'])), name='measurement_point_is_known'), models.UniqueConstraint(condition=models.Q(('point', 'start')), fields=('case', 'subject', 'measure'), name='measurement_starts_once'), models.CheckConstraint(condition=models.Q(('person__isnull', False), ('carer__isnull', False), _connector='XOR'), name='measurement_of_person_or_carer')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentRefusal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('said_on', models.DateField()),
                ('words', models.TextField()),
                ('capacity_view', models.CharField(choices=[('has_capacity', 'Has capacity'), ('lacks_capacity', 'Lacks capacity'), ('in_doubt', 'In doubt')], max_length=40)),
                ('in_best_interests', models.BooleanField(default=False)),
                ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list)),
                ('decision', models.CharField(choices=[('respected', 'Respected'), ('assess_all_the_same', 'Assess all the same')], max_length=40)),
                ('because', models.TextField()),
                ('at', models.DateTimeField()),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='cases.assessment')),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('capacity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.capacityassessment')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity_view__in', ['has_capacity', 'lacks_capacity', 'in_doubt'])), name='refusal_capacity_view_is_known'), models.CheckConstraint(condition=models.Q(('decision__in', ['respected', 'assess_all_the_same'])), name='refusal_decision_is_known'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='refusal_says_why')],
            },
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [
                statement
                for table in BEHIND_THE_WALL
                for statement in lay_open(table, "sight", "written", "written_anew")
            ],
        ),
        migrations.RunSQL(AS_SIGNED, NOT_KEPT),
    ]
