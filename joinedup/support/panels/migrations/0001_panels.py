"""Panels: their terms and members, their items, checks, decisions, allocations, approaches"""

import django.contrib.postgres.fields
import django.db.models.deletion
import joinedup.support.cases.choices.case
import joinedup.support.panels.choices.allocation
import joinedup.support.panels.choices.approach
import joinedup.support.panels.choices.check
import joinedup.support.panels.choices.item
import joinedup.support.panels.choices.panel
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import POST, lay_open, part_in, protect

# Who sits at an item reads what the panel itself writes of it; who brings it before the panel works at it.
_AT_THE_TABLE = {
    "panels_panelitem": "matter_id",
    "panels_itemperson": "item_id",
    "panels_itemtext": "item_id",
    "panels_itemtextversion": "item_id",
    "panels_decision": "item_id",
    "panels_decisionstance": "item_id",
    "panels_followup": "item_id",
    "panels_allocation": "item_id",
    "panels_minutescorrection": "item_id",
    "panels_carerole": "item_id",
    # An agency's answer is a matter of its own: read by the agency, and by each member it opens it to (P28).
    "panels_agencycheck": "matter_id",
    "panels_checkrelease": "check_of_id",
}
_AT_WORK = {
    "panels_keptapart": "item_id",
    "panels_approach": "matter_id",
    "panels_approachtry": "approach_id",
}
# Whoever is to do it reads what it is, also where they sat nowhere near the item.
_ACTIONS = f"""({part_in("panels_actionwords.item_id", PartLevel.PROGRESS)}
    OR EXISTS (SELECT FROM meetings_action action WHERE action.id = panels_actionwords.action_id
        AND action.out_at IS NOT NULL AND action.owner_id = {POST}
        AND NOT wall_barred_from(panels_actionwords.item_id)))"""
BEHIND_THE_WALL = {
    **{
        table: protect(table, sight=part_in(f"{table}.{matter}", PartLevel.PROGRESS))
        for table, matter in _AT_THE_TABLE.items()
    },
    **{
        table: protect(table, sight=part_in(f"{table}.{matter}"))
        for table, matter in _AT_WORK.items()
    },
    "panels_actionwords": protect("panels_actionwords", sight=_ACTIONS),
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('cases', '0010_own_words'),
        ('frontdoor', '0009_public_counts'),
        ('handovers', '0002_limits'),
        ('meetings', '0001_meetings'),
        ('people', '0009_holding_event_code'),
        ('places', '0002_areas'),
        ('sharing', '0011_matters_of_panels'),
    ]

    operations = [
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('template', models.CharField(choices=[('transforming_lives', 'Transforming lives'), ('care_team', 'Care team'), ('action_team', 'Action team'), ('early_help', 'Early help')], max_length=40)),
                ('rhythm', models.CharField(choices=[('weekly', 'Weekly'), ('fortnightly', 'Fortnightly'), ('every_four_weeks', 'Every four weeks')], default=joinedup.support.panels.choices.panel.Rhythm['WEEKLY'], max_length=40)),
                ('weekday', models.PositiveSmallIntegerField(default=3)),
                ('at_time', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField(default=120)),
                ('minutes_an_item', models.PositiveSmallIntegerField(default=10)),
                ('place', models.CharField(blank=True, default='', max_length=300)),
                ('before_agreement', models.BooleanField(default=False)),
                ('before_agreement_basis', models.TextField(blank=True, default='')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chairs', to='agencies.post')),
                ('chair_cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chairs_in_absence', to='agencies.post')),
                ('coordinator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinates', to='agencies.post')),
                ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='places.practice')),
                ('route', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel', to='frontdoor.route')),
                ('succeeds', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='panels.panel')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('template__in', ['transforming_lives', 'care_team', 'action_team', 'early_help'])), name='panel_template_is_known'), models.CheckConstraint(condition=models.Q(('rhythm__in', ['weekly', 'fortnightly', 'every_four_weeks'])), name='panel_rhythm_is_known'), models.CheckConstraint(condition=models.Q(('weekday__lte', 4)), name='panel_meets_on_a_weekday'), models.CheckConstraint(condition=models.Q(('minutes__gte', models.F('minutes_an_item')), ('minutes_an_item__gte', 1)), name='panel_has_time_for_an_item'), models.CheckConstraint(condition=models.Q(('before_agreement', False), models.Q(('before_agreement_basis', ''), _negated=True), _connector='OR'), name='panel_before_agreement_on_a_basis'), models.CheckConstraint(condition=models.Q(models.Q(('template', 'care_team'), _negated=True), ('practice__isnull', False), _connector='OR'), name='panel_care_team_of_a_practice'), models.CheckConstraint(condition=models.Q(('succeeds__isnull', True), models.Q(('succeeds', models.F('id')), _negated=True), _connector='OR'), name='panel_does_not_succeed_itself'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='panel_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='PanelItem',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='panel_item', serialize=False, to='sharing.matter')),
                ('reference', models.CharField(max_length=16, unique=True)),
                ('source', models.CharField(choices=[('referral', 'Referral'), ('step_up', 'Step up'), ('nomination', 'Nomination'), ('urgent', 'Urgent')], max_length=40)),
                ('for_whom', models.CharField(choices=[('person', 'Person'), ('family', 'Family'), ('household', 'Household')], default=joinedup.support.cases.choices.case.ForWhom['PERSON'], max_length=40)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('on_agenda', 'On agenda'), ('decided', 'Decided'), ('withdrawn', 'Withdrawn')], default=joinedup.support.panels.choices.item.PanelItemState['QUEUED'], max_length=40)),
                ('agreement', models.CharField(choices=[('agreed', 'Agreed'), ('informed_not_agreed', 'Informed not agreed'), ('not_informed', 'Not informed')], max_length=40)),
                ('basis', models.TextField(blank=True, default='')),
                ('is_urgent', models.BooleanField(default=False)),
                ('queued_at', models.DateTimeField()),
                ('deferred_at', models.DateTimeField(blank=True, null=True)),
                ('deferred_because', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('agenda', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel_item', to='meetings.agendaitem')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel_items', to='cases.case')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='panels.panel')),
                ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel_items', to='frontdoor.referral')),
                ('step', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel_item', to='cases.casestep')),
            ],
            options={
                'indexes': [models.Index(fields=['panel', 'state', 'queued_at'], name='panel_item_in_the_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['referral', 'step_up', 'nomination', 'urgent'])), name='panel_item_source_is_known'), models.CheckConstraint(condition=models.Q(('for_whom__in', ['person', 'family', 'household'])), name='panel_item_for_whom_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'on_agenda', 'decided', 'withdrawn'])), name='panel_item_state_is_known'), models.CheckConstraint(condition=models.Q(('agreement__in', ['agreed', 'informed_not_agreed', 'not_informed'])), name='panel_item_agreement_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('referral__isnull', False), ('source', 'referral')), models.Q(('case__isnull', False), ('source', 'step_up'), ('step__isnull', False)), ('source__in', ['nomination', 'urgent']), _connector='OR'), name='panel_item_comes_from_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'on_agenda'), _negated=True), ('agenda__isnull', False), _connector='OR'), name='panel_item_stands_on_an_agenda'), models.CheckConstraint(condition=models.Q(('deferred_at__isnull', True), models.Q(('deferred_because', ''), _negated=True), _connector='XOR'), name='panel_item_put_off_for_a_reason'), models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'on_agenda'])), fields=('referral',), name='panel_item_of_a_referral_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('allocate', 'Allocate'), ('coordinate', 'Coordinate'), ('step_up', 'Step up'), ('stays', 'Stays'), ('advice', 'Advice'), ('another_route', 'Another route'), ('more_is_needed', 'More is needed'), ('nothing_further', 'Nothing further')], max_length=40)),
                ('reasons', models.TextField()),
                ('at', models.DateTimeField()),
                ('agencies_present', models.JSONField(default=list)),
                ('is_urgent', models.BooleanField(default=False)),
                ('ratified_at', models.DateTimeField(blank=True, null=True)),
                ('corrected_because', models.TextField(blank=True, default='')),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='panels.decision')),
                ('lead_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='panels.panelitem')),
            ],
            options={
                'indexes': [models.Index(fields=['item', 'at'], name='decision_of_item')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['allocate', 'coordinate', 'step_up', 'stays', 'advice', 'another_route', 'more_is_needed', 'nothing_further'])), name='decision_kind_is_known'), models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='decision_has_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['allocate', 'step_up']), _negated=True), ('lead_agency__isnull', False), _connector='OR'), name='decision_names_the_lead_agency'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrected_because', ''), _negated=True), _connector='XOR'), name='decision_corrected_for_a_reason'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrects', models.F('id')), _negated=True), _connector='OR'), name='decision_does_not_correct_itself')],
            },
        ),
        migrations.CreateModel(
            name='ItemText',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('box', models.CharField(choices=[('going_on', 'Going on'), ('own_words', 'Own words'), ('asked', 'Asked'), ('notes', 'Notes'), ('view', 'View'), ('reasons', 'Reasons')], max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('box__in', ['going_on', 'own_words', 'asked', 'notes', 'view', 'reasons'])), name='item_box_is_known'), models.UniqueConstraint(fields=('item', 'box', 'agency'), name='item_box_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('box', 'view'), ('agency__isnull', True), _connector='XOR'), name='item_view_is_an_agencys')],
            },
        ),
        migrations.CreateModel(
            name='MinutesCorrection',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, default='')),
                ('is_taken', models.BooleanField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='meetings.minutes')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='correction_says_what'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('is_taken__isnull', False), _connector='XOR'), name='correction_answered_yes_or_no')],
            },
        ),
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('is_found', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_apart', to='panels.panelitem')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_apart_from', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'other'), name='kept_apart_once'), models.CheckConstraint(condition=models.Q(('item', models.F('other')), _negated=True), name='kept_apart_of_two')],
            },
        ),
        migrations.CreateModel(
            name='ItemTextVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('words', models.TextField(blank=True, default='')),
                ('is_beside', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='panels.itemtext')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='panels.panelitem')),
            ],
            options={
                'indexes': [models.Index(fields=['text', 'version'], name='item_text_versions')],
            },
        ),
        migrations.CreateModel(
            name='ItemPerson',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=400)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('relation', models.CharField(blank=True, default='', max_length=100)),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'place'), name='item_person_place_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('weeks', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('found', models.JSONField(default=dict)),
                ('words', models.TextField(blank=True, default='')),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='panels.decision')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'weeks'), name='follow_up_once'), models.CheckConstraint(condition=models.Q(('weeks__in', [6, 26])), name='follow_up_weeks')],
            },
        ),
        migrations.CreateModel(
            name='DecisionStance',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('stance', models.CharField(choices=[('agrees', 'Agrees'), ('dissents', 'Dissents'), ('abstains', 'Abstains')], max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='panels.decision')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stance__in', ['agrees', 'dissents', 'abstains'])), name='stance_is_known'), models.UniqueConstraint(fields=('decision', 'agency'), name='stance_of_agency_once'), models.CheckConstraint(condition=models.Q(models.Q(('stance', 'dissents'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='dissent_says_why')],
            },
        ),
        migrations.CreateModel(
            name='CareRole',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('care_coordination', 'Care coordination'), ('case_management', 'Case management')], max_length=40)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, default='', max_length=300)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care_roles', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care_roles', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['care_coordination', 'case_management'])), name='care_role_is_known'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('item', 'kind'), name='care_role_held_by_one'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='care_role_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Approach',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='approach', serialize=False, to='sharing.matter')),
                ('basis', models.TextField()),
                ('who_shared_what', models.TextField()),
                ('state', models.CharField(choices=[('to_do', 'To do'), ('trying', 'Trying'), ('ended', 'Ended')], default=joinedup.support.panels.choices.approach.ApproachState['TO_DO'], max_length=40)),
                ('is_urgent', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'Agreed'), ('wants_else', 'Wants else'), ('declined', 'Declined'), ('not_found', 'Not found')], default='', max_length=40)),
                ('outcome_words', models.TextField(blank=True, default='')),
                ('wants', models.TextField(blank=True, default='')),
                ('capacity', models.CharField(blank=True, choices=[('no_doubt', 'No doubt'), ('in_doubt', 'In doubt'), ('lacks', 'Lacks')], default='', max_length=40)),
                ('capacity_because', models.TextField(blank=True, default='')),
                ('concern', models.TextField(blank=True, default='')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('way_back', models.TextField(blank=True, default='')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approaches', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approaches', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['to_do', 'trying', 'ended'])), name='approach_state_is_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'agreed', 'wants_else', 'declined', 'not_found'])), name='approach_outcome_is_known'), models.CheckConstraint(condition=models.Q(('capacity__in', ['', 'no_doubt', 'in_doubt', 'lacks'])), name='approach_capacity_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state', 'ended'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at__isnull', True), ('outcome', '')), _connector='OR'), name='approach_ended_with_an_outcome'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='approach_has_a_basis')],
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('by_rule', 'By rule'), ('proposed', 'Proposed'), ('chosen', 'Chosen')], default=joinedup.support.panels.choices.allocation.WhyLead['CHOSEN'], max_length=40)),
                ('why_words', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn')], default=joinedup.support.panels.choices.allocation.AllocationState['OFFERED'], max_length=40)),
                ('offered_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='agencies.agency')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('handover', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocation', to='handovers.handover')),
                ('lead_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocated', to='agencies.post')),
                ('proposed_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='allocation', to='panels.decision')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('why__in', ['by_rule', 'proposed', 'chosen'])), name='allocation_why_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'accepted', 'returned', 'withdrawn'])), name='allocation_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'accepted'])), fields=('item',), name='allocation_to_one_agency_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('lead_post__isnull', False), _connector='OR'), name='allocation_accepted_names_the_lead')],
            },
        ),
        migrations.CreateModel(
            name='AgencyCheck',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='agency_check', serialize=False, to='sharing.matter')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('answered', 'Answered'), ('not_answered', 'Not answered')], default=joinedup.support.panels.choices.check.CheckState['ASKED'], max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('chased_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('known', models.CharField(blank=True, choices=[('known', 'Known'), ('known_before', 'Known before'), ('nothing_known', 'Nothing known'), ('not_said', 'Not said')], default='', max_length=40)),
                ('since_on', models.DateField(blank=True, null=True)),
                ('lead', models.CharField(blank=True, default='', max_length=200)),
                ('helps', models.TextField(blank=True, default='')),
                ('risks', models.TextField(blank=True, default='')),
                ('view', models.TextField(blank=True, default='')),
                ('filled_from', models.JSONField(default=list)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel_checks', to='agencies.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='panels.panelitem')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'state', 'due_at'], name='check_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('item', 'agency'), name='check_of_an_agency_once'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered', 'not_answered'])), name='check_state_is_known'), models.CheckConstraint(condition=models.Q(('known__in', ['', 'known', 'known_before', 'nothing_known', 'not_said'])), name='check_known_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('state', 'answered'), models.Q(('known', ''), _negated=True)), models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', True)), _connector='OR'), name='check_answered_says_whether_known'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('asked_at'))), name='check_due_after_it_was_asked')],
            },
        ),
        migrations.CreateModel(
            name='ActionWords',
            fields=[
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='about', serialize=False, to='meetings.action')),
                ('words', models.TextField()),
                ('became', models.TextField(blank=True, default='')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='panels.panelitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='action_says_what')],
            },
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('discipline', models.CharField(choices=[('gp', 'Gp'), ('practice_nurse', 'Practice nurse'), ('community_nurse', 'Community nurse'), ('therapist', 'Therapist'), ('social_work_adults', 'Social work adults'), ('social_work_children', 'Social work children'), ('early_help', 'Early help'), ('mental_health', 'Mental health'), ('substance_misuse', 'Substance misuse'), ('home_support', 'Home support'), ('care_home_liaison', 'Care home liaison'), ('police', 'Police'), ('probation', 'Probation'), ('fire', 'Fire'), ('housing', 'Housing'), ('education', 'Education'), ('voluntary', 'Voluntary'), ('coordination', 'Coordination')], max_length=40)),
                ('checks', models.BooleanField(default=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel_members', to='agencies.agency')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers_panels', to='agencies.post')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='panels.panel')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('discipline__in', ['gp', 'practice_nurse', 'community_nurse', 'therapist', 'social_work_adults', 'social_work_children', 'early_help', 'mental_health', 'substance_misuse', 'home_support', 'care_home_liaison', 'police', 'probation', 'fire', 'housing', 'education', 'voluntary', 'coordination'])), name='panel_member_discipline_is_known'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('panel', 'post'), name='panel_member_once_at_a_time'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='panel_member_ends_no_earlier')],
            },
        ),
        migrations.CreateModel(
            name='Rollout',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('not_begun', 'Not begun'), ('agreed', 'Agreed'), ('trained', 'Trained'), ('meeting', 'Meeting'), ('embedded', 'Embedded'), ('stopped', 'Stopped')], max_length=40)),
                ('on', models.DateField()),
                ('words', models.CharField(blank=True, default='', max_length=300)),
                ('set_at', models.DateTimeField()),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rollout', to='places.practice')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['practice', 'on'], name='rollout_of_practice')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['not_begun', 'agreed', 'trained', 'meeting', 'embedded', 'stopped'])), name='rollout_stage_is_known')],
            },
        ),
        migrations.CreateModel(
            name='TermsOfReference',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField()),
                ('words', models.TextField()),
                ('quorum', models.PositiveSmallIntegerField()),
                ('required_disciplines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('case_types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('question_sets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list)),
                ('decisions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('correction_days', models.PositiveSmallIntegerField(default=5)),
                ('starts_on', models.DateField()),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='panels.panel')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('panel', 'version'), name='terms_version_once'), models.CheckConstraint(condition=models.Q(('quorum__gte', 2)), name='terms_quorum_of_two_or_more'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='terms_say_something'), models.CheckConstraint(condition=models.Q(('decisions__contained_by', ['allocate', 'coordinate', 'step_up', 'stays', 'advice', 'another_route', 'more_is_needed', 'nothing_further'])), name='terms_decisions_are_known'), models.CheckConstraint(condition=models.Q(('required_disciplines__contained_by', ['gp', 'practice_nurse', 'community_nurse', 'therapist', 'social_work_adults', 'social_work_children', 'early_help', 'mental_health', 'substance_misuse', 'home_support', 'care_home_liaison', 'police', 'probation', 'fire', 'housing', 'education', 'voluntary', 'coordination'])), name='terms_disciplines_are_known')],
            },
        ),
        migrations.CreateModel(
            name='ApproachTry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('how', models.CharField(max_length=40)),
                ('reached', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('approach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='panels.approach')),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['approach', 'at'], name='approach_tries')],
            },
        ),
        migrations.CreateModel(
            name='CheckRelease',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('released_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='panels.agencycheck')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('check_of', 'post'), name='check_released_to_a_member_once')],
            },
        ),
        migrations.CreateModel(
            name='MinutesCopy',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=10)),
                ('items', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='meetings.minutes')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('form__in', ['pdf', 'docx'])), name='minutes_copy_form_is_known')],
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
