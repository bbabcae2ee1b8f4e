"""The plan of a case, its reviews, supervision, sign-off and closing, behind the wall from the start."""

import django.db.models.deletion
import joinedup.support.cases.choices.plan
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import (
    lay_open,
    may,
    not_barred,
    part_in,
    protect,
    setting,
)

_OF_A_CASE = (
    "plan",
    "planversion",
    "planagreement",
    "plancopy",
    "goal",
    "milestone",
    "planaction",
    "intervention",
    "casereview",
    "casesupervision",
    "signoff",
    "closing",
)
BEHIND_THE_WALL = {
    **{
        f"cases_{name}": protect(f"cases_{name}", sight=part_in(f"cases_{name}.case_id"))
        for name in _OF_A_CASE
    },
    # Whoever is asked reads what was asked of them, and nothing of the case.
    "cases_referredout": protect(
        "cases_referredout",
        sight=f"""({part_in("cases_referredout.case_id")}
            OR (cases_referredout.matter_id IS NOT NULL AND {part_in("cases_referredout.matter_id")}))""",
    ),
    # The practice that is told reads the word, and nothing of the case.
    "cases_closingword": protect(
        "cases_closingword",
        sight=f"""({part_in("cases_closingword.case_id")}
            OR (cases_closingword.to_agency_id = {setting("agency")} AND {may("see_record")}
                AND {not_barred("cases_closingword.person_id")}))""",
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_schoollink'),
        ('cases', '0006_assessment'),
        ('handovers', '0001_initial'),
        ('people', '0009_holding_event_code'),
        ('sharing', '0009_sensitive_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseSupervision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('held_on', models.DateField(blank=True, null=True)),
                ('words', models.TextField(blank=True, default='')),
                ('agreed', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervised_at', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='cases.case')),
                ('of_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervised_in', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('held_on__isnull', True)), fields=['by_post'], name='supervision_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(('of_post', models.F('by_post')), _negated=True), name='supervision_by_somebody_else'), models.UniqueConstraint(condition=models.Q(('held_on__isnull', True)), fields=('case', 'of_post', 'by_post'), name='supervision_asked_once'), models.CheckConstraint(condition=models.Q(('held_on__isnull', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='supervision_held_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('goals_reached', 'Goals reached'), ('stepped_down', 'Stepped down'), ('another_leads', 'Another leads'), ('does_not_want_it', 'Does not want it'), ('moved_away', 'Moved away'), ('cannot_be_reached', 'Cannot be reached'), ('died', 'Died'), ('opened_in_error', 'Opened in error'), ('other', 'Other')], max_length=40)),
                ('words', models.TextField()),
                ('what_stays', models.TextField(blank=True, default='')),
                ('closed_at', models.DateTimeField()),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('reopened_because', models.TextField(blank=True, default='')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='cases.case')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('reopened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'closed_at'], name='closing_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['goals_reached', 'stepped_down', 'another_leads', 'does_not_want_it', 'moved_away', 'cannot_be_reached', 'died', 'opened_in_error', 'other'])), name='closing_reason_is_known'), models.UniqueConstraint(condition=models.Q(('reopened_at__isnull', True)), fields=('case',), name='closing_one_stands'), models.CheckConstraint(condition=models.Q(models.Q(('reopened_at__isnull', True), ('reopened_because', '')), models.Q(('reopened_at__gte', models.F('closed_at')), models.Q(('reopened_because', ''), _negated=True)), _connector='OR'), name='closing_reopened_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ClosingWord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('footing', models.CharField(choices=[('agreed', 'Agreed'), ('informed', 'Informed'), ('not_informed', 'Not informed')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('sent_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closing_words', to='cases.case')),
                ('closing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent', to='cases.closing')),
                ('from_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('to_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('footing__in', ['agreed', 'informed', 'not_informed'])), name='closing_word_footing_is_known'), models.CheckConstraint(condition=models.Q(('footing', 'agreed'), models.Q(('because', ''), _negated=True), _connector='OR'), name='closing_word_without_agreement_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('whose', models.CharField(choices=[('person', 'Person'), ('family', 'Family')], default=joinedup.support.cases.choices.plan.WhoseGoal['PERSON'], max_length=40)),
                ('words', models.TextField()),
                ('aim', models.CharField(choices=[('independence', 'Independence'), ('recovery', 'Recovery'), ('health', 'Health'), ('home', 'Home'), ('money', 'Money'), ('family_life', 'Family life'), ('company', 'Company'), ('safety', 'Safety'), ('work_and_learning', 'Work and learning'), ('caring', 'Caring'), ('other', 'Other')], default=joinedup.support.cases.choices.plan.Aim['OTHER'], max_length=40)),
                ('is_self_managed', models.BooleanField(default=False)),
                ('is_released', models.BooleanField(default=False)),
                ('hidden_from_person', models.CharField(blank=True, choices=[('third_party', 'Third party'), ('serious_harm', 'Serious harm')], default='', max_length=40)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('set_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('improved', 'Improved'), ('maintained', 'Maintained'), ('prevented', 'Prevented'), ('declined', 'Declined')], default='', max_length=40)),
                ('outcome_words', models.TextField(blank=True, default='')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('edited', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_in', models.CharField(blank=True, default='', max_length=100)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'place'], name='goal_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('whose__in', ['person', 'family'])), name='goal_whose_is_known'), models.CheckConstraint(condition=models.Q(('aim__in', ['independence', 'recovery', 'health', 'home', 'money', 'family_life', 'company', 'safety', 'work_and_learning', 'caring', 'other'])), name='goal_aim_is_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='goal_has_words'), models.CheckConstraint(condition=models.Q(('whose', 'family'), ('person__isnull', False), _connector='OR'), name='goal_of_one_person_names_them'), models.CheckConstraint(condition=models.Q(('hidden_from_person__in', ['', 'third_party', 'serious_harm'])), name='goal_hidden_for_a_known_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(('ended_at__isnull', False), ('outcome__in', ['improved', 'maintained', 'prevented', 'declined'])), _connector='OR'), name='goal_ends_with_an_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Intervention',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('advice_on_debt', 'Advice on debt'), ('advice_on_benefits', 'Advice on benefits'), ('advocacy', 'Advocacy'), ('befriending', 'Befriending'), ('care_at_home', 'Care at home'), ('care_coordination', 'Care coordination'), ('domestic_abuse', 'Domestic abuse'), ('employment', 'Employment'), ('family_group_decision', 'Family group decision'), ('housing_support', 'Housing support'), ('mental_health', 'Mental health'), ('mentoring', 'Mentoring'), ('nursing', 'Nursing'), ('parenting', 'Parenting'), ('school_attendance', 'School attendance'), ('substance_misuse', 'Substance misuse'), ('therapy', 'Therapy'), ('other', 'Other')], max_length=40)),
                ('provider', models.CharField(blank=True, default='', max_length=200)),
                ('words', models.CharField(blank=True, default='', max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('why_ended', models.CharField(blank=True, default='', max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_in', models.CharField(blank=True, default='', max_length=100)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interventions', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'starts_on'], name='intervention_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['advice_on_debt', 'advice_on_benefits', 'advocacy', 'befriending', 'care_at_home', 'care_coordination', 'domestic_abuse', 'employment', 'family_group_decision', 'housing_support', 'mental_health', 'mentoring', 'nursing', 'parenting', 'school_attendance', 'substance_misuse', 'therapy', 'other'])), name='intervention_kind_is_known'), models.CheckConstraint(condition=models.Q(('agency__isnull', False), models.Q(('provider', ''), _negated=True), _connector='XOR'), name='intervention_is_given_by_somebody'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='intervention_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=500)),
                ('due_on', models.DateField()),
                ('agreed_by', models.CharField(max_length=200)),
                ('met_on', models.DateField(blank=True, null=True)),
                ('evidence', models.TextField(blank=True, default='')),
                ('given_up_because', models.TextField(blank=True, default='')),
                ('edited', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='cases.case')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='cases.goal')),
            ],
            options={
                'indexes': [models.Index(fields=['goal', 'due_on'], name='milestone_of_goal')],
                'constraints': [models.CheckConstraint(condition=models.Q(('met_on__isnull', True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='milestone_met_by_evidence'), models.CheckConstraint(condition=models.Q(('met_on__isnull', True), ('given_up_because', ''), _connector='OR'), name='milestone_met_or_given_up')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='plan', serialize=False, to='cases.case')),
                ('kind', models.CharField(choices=[('support', 'Support'), ('family', 'Family'), ('zero_to_25', 'Zero to 25'), ('child_protection', 'Child protection')], default=joinedup.support.cases.choices.plan.PlanKind['SUPPORT'], max_length=40)),
                ('what_matters', models.TextField(blank=True, default='')),
                ('signs', models.TextField(blank=True, default='')),
                ('what_to_do', models.TextField(blank=True, default='')),
                ('whom_to_ring', models.TextField(blank=True, default='')),
                ('edited', models.PositiveIntegerField(default=1)),
                ('edited_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['support', 'family', 'zero_to_25', 'child_protection'])), name='plan_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=500)),
                ('owner', models.CharField(choices=[('practitioner', 'Practitioner'), ('member', 'Member'), ('person', 'Person')], max_length=40)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('to_do', 'To do'), ('doing', 'Doing'), ('done', 'Done'), ('dropped', 'Dropped'), ('handed_on', 'Handed on')], default=joinedup.support.cases.choices.plan.ActionState['TO_DO'], max_length=40)),
                ('became', models.TextField(blank=True, default='')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('is_released', models.BooleanField(default=False)),
                ('hidden_from_person', models.CharField(blank=True, choices=[('third_party', 'Third party'), ('serious_harm', 'Serious harm')], default='', max_length=40)),
                ('edited', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_in', models.CharField(blank=True, default='', max_length=100)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='cases.case')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='cases.goal')),
                ('owner_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='cases.casemember')),
                ('owner_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('owner_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='agencies.post')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'due_on'], name='plan_action_of_case'), models.Index(condition=models.Q(('state__in', ['to_do', 'doing'])), fields=['owner_post', 'due_on'], name='plan_action_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('owner__in', ['practitioner', 'member', 'person'])), name='plan_action_owner_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['to_do', 'doing', 'done', 'dropped', 'handed_on'])), name='plan_action_state_is_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='plan_action_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('owner', 'practitioner'), ('owner_member__isnull', True), ('owner_person__isnull', True), ('owner_post__isnull', False)), models.Q(('owner', 'member'), ('owner_member__isnull', False), ('owner_person__isnull', True), ('owner_post__isnull', True)), models.Q(('owner', 'person'), ('owner_member__isnull', True), ('owner_person__isnull', False), ('owner_post__isnull', True)), _connector='OR'), name='plan_action_has_one_owner'), models.CheckConstraint(condition=models.Q(('hidden_from_person__in', ['', 'third_party', 'serious_harm'])), name='plan_action_hidden_for_a_known_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['to_do', 'doing']), ('ended_at__isnull', True)), models.Q(models.Q(('state__in', ['to_do', 'doing']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='plan_action_ends_when_it_is_no_longer_open'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['dropped', 'handed_on']), _negated=True), models.Q(('became', ''), _negated=True), _connector='OR'), name='plan_action_dropped_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('said', models.JSONField()),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_versions', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='plan_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('layout', models.CharField(choices=[('plain', 'Plain'), ('large_print', 'Large print'), ('easy_read', 'Easy read')], max_length=40)),
                ('made_at', models.DateTimeField()),
                ('given_how', models.CharField(blank=True, choices=[('in_hand', 'In hand'), ('read_aloud', 'Read aloud'), ('by_post', 'By post'), ('by_e_mail', 'By e mail')], default='', max_length=40)),
                ('given_on', models.DateField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_copies', to='cases.case')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='cases.planversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('layout__in', ['plain', 'large_print', 'easy_read'])), name='plan_copy_layout_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('given_how', ''), ('given_on__isnull', True)), models.Q(('given_how__in', ['in_hand', 'read_aloud', 'by_post', 'by_e_mail']), ('given_on__isnull', False)), _connector='OR'), name='plan_copy_given_how_and_when')],
            },
        ),
        migrations.CreateModel(
            name='PlanAgreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said', models.CharField(choices=[('agrees', 'Agrees'), ('in_part', 'In part'), ('disagrees', 'Disagrees'), ('lacks_capacity', 'Lacks capacity')], max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('spoken_by', models.CharField(choices=[('itself', 'Itself'), ('parental_responsibility', 'Parental responsibility'), ('attorney_or_deputy', 'Attorney or deputy')], default=joinedup.support.cases.choices.plan.SpokenBy['ITSELF'], max_length=40)),
                ('speaker', models.CharField(blank=True, default='', max_length=200)),
                ('best_interests', models.TextField(blank=True, default='')),
                ('assessed_by', models.CharField(blank=True, default='', max_length=200)),
                ('assessed_on', models.DateField(blank=True, null=True)),
                ('said_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_agreements', to='cases.case')),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='cases.planagreement')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='cases.planversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('said__in', ['agrees', 'in_part', 'disagrees', 'lacks_capacity'])), name='plan_agreement_is_known'), models.CheckConstraint(condition=models.Q(('spoken_by__in', ['itself', 'parental_responsibility', 'attorney_or_deputy'])), name='plan_agreement_speaker_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('said__in', ['in_part', 'disagrees']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='plan_agreement_has_their_words'), models.CheckConstraint(condition=models.Q(models.Q(('said', 'lacks_capacity'), _negated=True), models.Q(models.Q(('best_interests', ''), _negated=True), models.Q(('assessed_by', ''), _negated=True), ('assessed_on__isnull', False)), _connector='OR'), name='plan_agreement_without_capacity_is_whole'), models.CheckConstraint(condition=models.Q(('spoken_by', 'itself'), models.Q(('speaker', ''), _negated=True), _connector='OR'), name='plan_agreement_names_who_spoke')],
            },
        ),
        migrations.CreateModel(
            name='CaseReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField()),
                ('rule', models.CharField(max_length=200)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('present', models.TextField(blank=True, default='')),
                ('person_words', models.TextField(blank=True, default='')),
                ('found', models.TextField(blank=True, default='')),
                ('least_step', models.CharField(blank=True, choices=[('less', 'Less'), ('as_it_is', 'As it is'), ('more', 'More'), ('ends', 'Ends')], default='', max_length=40)),
                ('why_not_less', models.TextField(blank=True, default='')),
                ('person_would_choose', models.TextField(blank=True, default='')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('edited', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_in', models.CharField(blank=True, default='', max_length=100)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='cases.case')),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.planversion')),
                ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.planversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('held_on__isnull', True)), fields=['due_on'], name='case_review_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('held_on__isnull', True)), fields=('case',), name='case_review_one_booked'), models.CheckConstraint(condition=models.Q(models.Q(('held_on__isnull', True), ('least_step', '')), models.Q(('held_on__isnull', False), ('least_step__in', ['less', 'as_it_is', 'more', 'ends'])), _connector='OR'), name='case_review_held_comes_to_a_step'), models.CheckConstraint(condition=models.Q(models.Q(('least_step__in', ['as_it_is', 'more']), _negated=True), models.Q(('why_not_less', ''), _negated=True), _connector='OR'), name='case_review_says_why_not_less')],
            },
        ),
        migrations.CreateModel(
            name='ReferredOut',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('service', models.CharField(max_length=200)),
                ('words', models.TextField()),
                ('footing', models.CharField(choices=[('agreed', 'Agreed'), ('informed', 'Informed'), ('not_informed', 'Not informed')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('sent_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.TextField(blank=True, default='')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referred_out', to='cases.case')),
                ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='referred_out', to='handovers.handover')),
                ('matter', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referred_out', to='sharing.matter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan_action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referred_out', to='cases.planaction')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('footing__in', ['agreed', 'informed', 'not_informed'])), name='referred_out_footing_is_known'), models.CheckConstraint(condition=models.Q(('footing', 'agreed'), models.Q(('because', ''), _negated=True), _connector='OR'), name='referred_out_without_agreement_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('thing', models.CharField(choices=[('plan', 'Plan'), ('review', 'Review'), ('closing', 'Closing')], max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('is_signed', models.BooleanField(default=False)),
                ('author_had_left', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True, default='')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signed_off', to='agencies.post')),
                ('asked_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_to_sign_off', to='agencies.post')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrote_for_sign_off', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='cases.case')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='cases.casereview')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='cases.planversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['asked_of'], name='sign_off_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(('thing__in', ['plan', 'review', 'closing'])), name='sign_off_thing_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('author', models.F('asked_of')), _negated=True), models.Q(('answered_by__isnull', True), models.Q(('author', models.F('answered_by')), _negated=True), _connector='OR')), name='sign_off_by_somebody_else'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('is_signed', False)), models.Q(('answered_at__isnull', False), ('is_signed', True)), models.Q(('answered_at__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='sign_off_sent_back_with_words')],
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
    ]
