"""Steps between levels and agencies, levels, coordination, beds, advice; one lead while a case is open."""

import django.db.models.deletion
import joinedup.support.cases.choices.level
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, may, part_in, protect, setting

OF_A_CASE = (
    "caselevel", "casestep", "steptelling", "releasesummary", "caseschool", "disagreement",
    "disagreementword", "coordinationvoice", "placement", "functionused",
)
"""Seen by whoever works at the case."""

MY_TEAM = setting("team", "bigint")
BEHIND_THE_WALL = {
    f"cases_{name}": protect(f"cases_{name}", sight=part_in(f"cases_{name}.case_id"))
    for name in OF_A_CASE
} | {
    # P11: it follows no step, for it is the team's that gathered it.
    "cases_safeguardinggathered": protect(
        "cases_safeguardinggathered",
        sight=f"{part_in('cases_safeguardinggathered.case_id')} AND team_id = {MY_TEAM}",
    ),
    # Whose case has a voice reads what is asked, without the case that is asked for.
    "cases_coordination": protect(
        "cases_coordination",
        sight=f"""{part_in("cases_coordination.case_id")} OR EXISTS (
            SELECT FROM cases_coordinationvoice voice
            WHERE voice.coordination_id = cases_coordination.id AND {part_in("voice.case_id")})""",
    ),
    # The specialists who are asked read the question and what was sent with it, and no more of the case.
    "cases_inreach": protect(
        "cases_inreach",
        sight=f"""{part_in("cases_inreach.case_id")} OR (
            to_team_id = {MY_TEAM} AND {may("see_record")} AND withdrawn_at IS NULL
            AND (coalesce({setting("barred")}, '') = '' OR NOT wall_barred_from(case_id)))""",
    ),
}

ONE_LEAD = """
CREATE FUNCTION cases_open_has_one_lead() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    which uuid;
    is_open boolean;
    leads integer;
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN which := NEW.matter_id;
    ELSIF TG_OP = 'DELETE' THEN which := OLD.case_id;
    ELSE which := NEW.case_id;
    END IF;
    -- Held: of a closing and a change of lead at once the second sees what the first did.
    SELECT closed_at IS NULL INTO is_open FROM cases_case WHERE matter_id = which FOR SHARE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT count(*) INTO leads FROM cases_lead WHERE case_id = which AND ends_at IS NULL;
    IF is_open AND leads <> 1 THEN
        RAISE EXCEPTION 'an open case has one lead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_open_has_one_lead';
    END IF;
    IF NOT is_open AND leads <> 0 THEN
        RAISE EXCEPTION 'a closed case has no lead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_closed_has_no_lead';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT starts_at, lag(ends_at) OVER (ORDER BY starts_at, id) AS before
            FROM cases_lead WHERE case_id = which
        ) AS each WHERE before > starts_at
    ) THEN
        RAISE EXCEPTION 'two leads at one time'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_follows_lead';
    END IF;
    RETURN NULL;
END $$
"""

NO_MORE_STAYS_THAN_PLACES = """
CREATE FUNCTION cases_no_more_stays_than_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    there integer;
    taken integer;
BEGIN
    IF NEW.ends_on IS NOT NULL THEN RETURN NULL; END IF;
    PERFORM FROM cases_bedsite WHERE id = NEW.site_id FOR UPDATE;
    SELECT coalesce(max(places), 0) INTO there FROM cases_bedplaces
        WHERE site_id = NEW.site_id AND starts_on <= NEW.starts_on
          AND (ends_on IS NULL OR ends_on > NEW.starts_on);
    SELECT count(*) INTO taken FROM cases_placement
        WHERE site_id = NEW.site_id AND ends_on IS NULL;
    IF taken > there THEN
        RAISE EXCEPTION 'no place is free'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_has_a_place';
    END IF;
    RETURN NULL;
END $$
"""

TRIGGERS = [
    ONE_LEAD,
    NO_MORE_STAYS_THAN_PLACES,
    "REVOKE ALL ON FUNCTION cases_open_has_one_lead(), cases_no_more_stays_than_places() FROM PUBLIC",
    """CREATE CONSTRAINT TRIGGER case_open_has_one_lead AFTER INSERT OR UPDATE OF closed_at
       ON cases_case DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION cases_open_has_one_lead()""",
    """CREATE CONSTRAINT TRIGGER case_open_has_one_lead AFTER INSERT OR UPDATE OR DELETE
       ON cases_lead DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION cases_open_has_one_lead()""",
    """CREATE TRIGGER placement_has_a_place AFTER INSERT OR UPDATE ON cases_placement
       FOR EACH ROW EXECUTE FUNCTION cases_no_more_stays_than_places()""",
]
NO_TRIGGERS = [
    "DROP TRIGGER placement_has_a_place ON cases_placement",
    "DROP TRIGGER case_open_has_one_lead ON cases_lead",
    "DROP TRIGGER case_open_has_one_lead ON cases_case",
    "DROP FUNCTION cases_open_has_one_lead(), cases_no_more_stays_than_places()",
]

FIRST_DOCUMENT = [
    """INSERT INTO cases_thresholddocument
       (version, title, source, because, starts_on, proposed_at, published_at)
       VALUES (1, 'Levels of need',
       'Joined Up''s own words, on the four levels that English thresholds share; a start to be replaced by the partnership''s own.',
       'Shipped with Joined Up.', '2020-01-01', now(), now())""",
    """INSERT INTO cases_thresholdlevel (document_id, level, name, sentence, descriptors, who_leads) VALUES
    (1, 1, 'What everybody has', 'Needs are met by family, friends and the services that everybody uses.',
E'Health, school or work and home are steady.\nThere is somebody to turn to.\nA worry is met by a talk, a tip or a group nearby.',
     'Nobody needs to lead: the service that is there already'),
    (1, 2, 'Early help', 'One or two needs that will grow if nobody helps, with the person''s agreement.',
E'School or work is missed now and again.\nMoney, housing or loneliness begins to weigh.\nA carer is tired; a young carer is noticed.\nOne or two agencies are enough, and they talk to each other.',
     'Any agency, with one lead and one plan'),
    (1, 3, 'Intensive help', 'Several needs at once, or one that is serious, which hold each other in place.',
E'Violence, drinking, drugs or mental ill-health shape the day.\nCrises come back: emergency calls, arrears, exclusions.\nEarlier help has not held.\nSeveral agencies work to one plan, and it is reviewed often.',
     'A lead practitioner with the time for it, and the agencies beside them'),
    (1, 4, 'Statutory help and protection', 'The law requires an assessment, an enquiry or protection.',
E'A child is likely to come to significant harm, or will not thrive without services.\nAn adult with care needs is abused or neglected and cannot protect themselves.\nAn adult has eligible needs for care and support.\nSomebody is detained, looked after or under an order.',
     'The allocated worker of the body that the law names')""",
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_alter_post_role'),
        ('cases', '0007_plan'),
        ('handovers', '0001_initial'),
        ('people', '0009_holding_event_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='BedSite',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('community_bed', 'Community bed'), ('reablement', 'Reablement'), ('crisis', 'Crisis'), ('respite', 'Respite')], max_length=40)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bed_sites', to='agencies.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['community_bed', 'reablement', 'crisis', 'respite'])), name='bed_kind_is_known'), models.UniqueConstraint(fields=('agency', 'name', 'kind'), name='bed_site_once')],
            },
        ),
        migrations.CreateModel(
            name='BedPlaces',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('places', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='cases.bedsite')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('site',), name='bed_places_once_at_a_time'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='bed_places_end_no_earlier_than_they_start')],
            },
        ),
        migrations.CreateModel(
            name='CaseSchool',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('school', models.CharField(max_length=200)),
                ('school_key', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='cases.case')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'school_key'), name='case_school_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('direction', models.CharField(choices=[('up', 'Up'), ('down', 'Down'), ('across', 'Across')], max_length=40)),
                ('is_protection', models.BooleanField(default=False)),
                ('from_programme', models.CharField(choices=[('transforming_lives', 'Transforming lives'), ('integrated_care', 'Integrated care'), ('social_care', 'Social care'), ('childrens_social_care', 'Childrens social care'), ('family_help', 'Family help'), ('early_help', 'Early help'), ('housing_support', 'Housing support'), ('wellbeing', 'Wellbeing')], max_length=40)),
                ('to_programme', models.CharField(choices=[('transforming_lives', 'Transforming lives'), ('integrated_care', 'Integrated care'), ('social_care', 'Social care'), ('childrens_social_care', 'Childrens social care'), ('family_help', 'Family help'), ('early_help', 'Early help'), ('housing_support', 'Housing support'), ('wellbeing', 'Wellbeing')], max_length=40)),
                ('from_level', models.PositiveSmallIntegerField()),
                ('to_level', models.PositiveSmallIntegerField()),
                ('reason', models.TextField()),
                ('evidence', models.TextField()),
                ('stays_beside', models.BooleanField(default=False)),
                ('beside_does', models.CharField(blank=True, default='', max_length=300)),
                ('sent_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.case')),
                ('from_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('from_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case_step', to='handovers.handover')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'sent_at'], name='case_step_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('direction__in', ['up', 'down', 'across'])), name='case_step_direction_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('evidence', ''), _negated=True)), name='case_step_has_reason_and_evidence'), models.CheckConstraint(condition=models.Q(('from_level__in', [1, 2, 3, 4]), ('to_level__in', [1, 2, 3, 4])), name='case_step_levels_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('direction', 'up'), ('to_level__gt', models.F('from_level'))), models.Q(('direction', 'down'), ('to_level__lt', models.F('from_level'))), models.Q(('direction', 'across'), ('to_level', models.F('from_level'))), _connector='OR'), name='case_step_goes_its_way'), models.CheckConstraint(condition=models.Q(('is_protection', False), models.Q(('direction', 'down'), _negated=True), _connector='OR'), name='case_step_down_is_no_protection'), models.CheckConstraint(condition=models.Q(('stays_beside', False), models.Q(('beside_does', ''), _negated=True), _connector='OR'), name='case_step_beside_does_something')],
            },
        ),
        migrations.CreateModel(
            name='Coordination',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('because', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinates', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed_at__isnull', False), ('ends_at__isnull', True)), fields=('person',), name='coordination_by_one_lead'), models.UniqueConstraint(condition=models.Q(('agreed_at__isnull', True), ('ends_at__isnull', True)), fields=('person',), name='coordination_one_question_at_a_time'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='coordination_has_reason'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('asked_at')), _connector='OR'), name='coordination_ends_after_it_was_asked')],
            },
        ),
        migrations.CreateModel(
            name='CoordinationVoice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('agrees', models.BooleanField(blank=True, null=True)),
                ('words', models.TextField(blank=True, default='')),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('coordination', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='cases.coordination')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('coordination', 'case'), name='coordination_voice_once_for_a_case'), models.CheckConstraint(condition=models.Q(('agrees__isnull', True), models.Q(('post__isnull', False), ('said_at__isnull', False)), _connector='OR'), name='coordination_voice_is_somebody_s'), models.CheckConstraint(condition=models.Q(models.Q(('agrees', False), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='coordination_refused_in_words')],
            },
        ),
        migrations.CreateModel(
            name='Disagreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('because', models.TextField()),
                ('opened_at', models.DateTimeField()),
                ('rung', models.CharField(choices=[('worker', 'Worker'), ('manager', 'Manager'), ('head', 'Head'), ('partners', 'Partners')], default=joinedup.support.cases.choices.level.Rung['WORKER'], max_length=40)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('settled', models.CharField(blank=True, choices=[('goes_ahead', 'Goes ahead'), ('comes_back', 'Comes back')], default='', max_length=40)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disagreements', to='cases.case')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disagreements', to='cases.casestep')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['due_at'], name='disagreement_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rung__in', ['worker', 'manager', 'head', 'partners'])), name='disagreement_rung_is_known'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='disagreement_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('settled', ''), ('settled_at__isnull', True)), models.Q(('settled__in', ['goes_ahead', 'comes_back']), ('settled_at__isnull', False)), _connector='OR'), name='disagreement_settled_as_something'), models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('step',), name='disagreement_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='DisagreementWord',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('rung', models.CharField(choices=[('worker', 'Worker'), ('manager', 'Manager'), ('head', 'Head'), ('partners', 'Partners')], max_length=40)),
                ('said', models.CharField(choices=[('opened', 'Opened'), ('said', 'Said'), ('went_up', 'Went up'), ('settled', 'Settled')], max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('disagreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words_said', to='cases.disagreement')),
            ],
            options={
                'indexes': [models.Index(fields=['disagreement', 'at'], name='disagreement_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rung__in', ['worker', 'manager', 'head', 'partners'])), name='disagreement_word_rung_is_known'), models.CheckConstraint(condition=models.Q(('said__in', ['opened', 'said', 'went_up', 'settled'])), name='disagreement_word_is_known')],
            },
        ),
        migrations.CreateModel(
            name='FunctionUsed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('function', models.CharField(choices=[('amhp', 'Amhp'), ('best_interests', 'Best interests'), ('care_act_assessment', 'Care act assessment'), ('carers_assessment', 'Carers assessment'), ('adult_safeguarding', 'Adult safeguarding'), ('child_in_need', 'Child in need'), ('child_protection', 'Child protection'), ('prevention', 'Prevention'), ('homelessness', 'Homelessness'), ('aftercare', 'Aftercare')], max_length=40)),
                ('because', models.TextField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='functions', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='functions_used', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('function__in', ['amhp', 'best_interests', 'care_act_assessment', 'carers_assessment', 'adult_safeguarding', 'child_in_need', 'child_protection', 'prevention', 'homelessness', 'aftercare'])), name='function_used_is_known'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='function_used_has_reason'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('case', 'function', 'post'), name='function_used_once_by_a_post'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='function_used_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='InReach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.TextField()),
                ('sent', models.TextField()),
                ('footing', models.CharField(choices=[('agreed', 'Agreed'), ('informed', 'Informed'), ('not_informed', 'Not informed')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('advice', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_reaches', to='cases.case')),
                ('from_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('to_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_reaches', to='agencies.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['to_team', 'due_at'], name='in_reach_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(('footing__in', ['agreed', 'informed', 'not_informed'])), name='in_reach_footing_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('sent', ''), _negated=True)), name='in_reach_asks_something'), models.CheckConstraint(condition=models.Q(('footing', 'agreed'), models.Q(('because', ''), _negated=True), _connector='OR'), name='in_reach_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('advice', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('advice', ''), _negated=True)), _connector='OR'), name='in_reach_answered_with_advice')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('direction', models.CharField(choices=[('up', 'Up'), ('down', 'Down'), ('across', 'Across')], max_length=40)),
                ('because', models.TextField()),
                ('starts_on', models.DateField()),
                ('planned_end_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('home', 'Home'), ('home_with_support', 'Home with support'), ('hospital', 'Hospital'), ('care_home', 'Care home'), ('another_place', 'Another place'), ('died', 'Died'), ('left', 'Left')], default='', max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='cases.bedsite')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ends_on__isnull', True)), fields=['site'], name='placement_runs_at_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(('direction__in', ['up', 'down'])), name='placement_steps_up_or_down'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='placement_has_reason'), models.CheckConstraint(condition=models.Q(('planned_end_on__gte', models.F('starts_on')), models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR')), name='placement_ends_no_earlier_than_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('outcome', '')), models.Q(('ends_on__isnull', False), ('outcome__in', ['home', 'home_with_support', 'hospital', 'care_home', 'another_place', 'died', 'left'])), _connector='OR'), name='placement_ended_with_outcome'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person',), name='placement_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseSummary',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('for_purpose', models.CharField(max_length=200)),
                ('words', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='cases.casestep')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('for_purpose', ''), _negated=True), models.Q(('words', ''), _negated=True)), name='release_has_purpose_and_words')],
            },
        ),
        migrations.CreateModel(
            name='SafeguardingGathered',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=200)),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('words', ''), _negated=True)), name='gathered_has_source_and_words')],
            },
        ),
        migrations.CreateModel(
            name='StepTelling',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('telling', models.CharField(choices=[('told', 'Told'), ('not_yet', 'Not yet')], max_length=40)),
                ('whom', models.CharField(blank=True, default='', max_length=200)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='cases.casestep')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('telling__in', ['told', 'not_yet'])), name='step_telling_is_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='step_telling_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('telling', 'not_yet'), ('told_on__isnull', True)), models.Q(('telling', 'told'), ('told_on__isnull', False), models.Q(('whom', ''), _negated=True)), _connector='OR'), name='step_told_names_whom_and_when')],
            },
        ),
        migrations.CreateModel(
            name='ThresholdDocument',
            fields=[
                ('version', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('source', models.CharField(max_length=300)),
                ('because', models.TextField(blank=True, default='')),
                ('starts_on', models.DateField()),
                ('proposed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='threshold_published_by_a_second'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='threshold_published_or_withdrawn'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='threshold_has_title_and_source')],
            },
        ),
        migrations.CreateModel(
            name='CaseLevel',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('source', models.CharField(choices=[('opened', 'Opened'), ('review', 'Review'), ('step', 'Step'), ('disagreement', 'Disagreement'), ('judgement', 'Judgement')], max_length=40)),
                ('because', models.TextField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='cases.case')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.thresholddocument')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'starts_at'], name='case_level_over_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('case',), name='case_level_one_at_a_time'), models.CheckConstraint(condition=models.Q(('level__in', [1, 2, 3, 4])), name='case_level_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['opened', 'review', 'step', 'disagreement', 'judgement'])), name='case_level_source_is_known'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='case_level_has_reason'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='case_level_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='ThresholdLevel',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('sentence', models.CharField(max_length=300)),
                ('descriptors', models.TextField()),
                ('who_leads', models.CharField(max_length=200)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='cases.thresholddocument')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'level'), name='threshold_describes_a_level_once'), models.CheckConstraint(condition=models.Q(('level__in', [1, 2, 3, 4])), name='threshold_level_is_known')],
            },
        ),
        migrations.RunSQL(
            [
                *(statement for statements in BEHIND_THE_WALL.values() for statement in statements),
                *TRIGGERS,
                *FIRST_DOCUMENT,
            ],
            NO_TRIGGERS
            + [
                statement
                for table in BEHIND_THE_WALL
                for statement in lay_open(table, "sight", "written", "written_anew")
            ],
        ),
    ]
