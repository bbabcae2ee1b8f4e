"""What an item needs, who is proposed and could lead, cases moved together; a lead agency reads its allocation"""

import django.contrib.postgres.fields
import django.db.models.deletion
import joinedup.support.panels.choices.leading
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect

# Whoever is asked to lead reads the allocation itself and what the item needs, and no more of what the panel wrote.
_ALLOCATION = f"""({part_in("panels_allocation.item_id", PartLevel.PROGRESS)}
    OR EXISTS (SELECT FROM handovers_handover asked WHERE asked.id = panels_allocation.handover_id
        AND {part_in("asked.matter_id")}))"""
_NEED = f"""({part_in("panels_itemneed.item_id", PartLevel.PROGRESS)}
    OR EXISTS (SELECT FROM panels_allocation asked WHERE asked.item_id = panels_itemneed.item_id))"""
BEHIND_THE_WALL = {
    "panels_itemneed": protect("panels_itemneed", sight=_NEED),
    "panels_proposedlead": protect("panels_proposedlead", sight=part_in("panels_proposedlead.item_id")),
    "panels_abletolead": protect("panels_abletolead", sight=part_in("panels_abletolead.item_id")),
    "panels_movedcase": protect("panels_movedcase", sight=part_in("panels_movedcase.case_id")),
}

class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('cases', '0010_own_words'),
        ('handovers', '0002_limits'),
        ('panels', '0001_panels'),
    ]

    operations = [
        migrations.CreateModel(
            name='AbleToLead',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='able_to_lead', serialize=False, to='panels.panelitem')),
                ('kind', models.CharField(choices=[('adult', 'Adult'), ('adult_mixed', 'Adult mixed'), ('adult_mental_health', 'Adult mental health'), ('family', 'Family'), ('young_person', 'Young person')], max_length=40)),
                ('agencies', models.PositiveSmallIntegerField()),
                ('posts', models.PositiveSmallIntegerField()),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['on', 'kind'], name='able_to_lead_by_month')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['adult', 'adult_mixed', 'adult_mental_health', 'family', 'young_person'])), name='able_to_lead_kind_is_known'), models.CheckConstraint(condition=models.Q(('posts__gte', models.F('agencies'))), name='able_to_lead_a_post_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='CaseMove',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.CharField(blank=True, default='', max_length=40)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('from_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases_moved_from', to='agencies.team')),
                ('to_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases_moved_to', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='case_move_has_a_reason'), models.CheckConstraint(condition=models.Q(('from_team', models.F('to_team')), _negated=True), name='case_move_goes_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='ItemNeed',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='need', serialize=False, to='panels.panelitem')),
                ('competences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('function', models.CharField(blank=True, choices=[('amhp', 'Amhp'), ('best_interests', 'Best interests'), ('care_act_assessment', 'Care act assessment'), ('carers_assessment', 'Carers assessment'), ('adult_safeguarding', 'Adult safeguarding'), ('child_in_need', 'Child in need'), ('child_protection', 'Child protection'), ('prevention', 'Prevention'), ('homelessness', 'Homelessness'), ('aftercare', 'Aftercare')], default='', max_length=40)),
                ('language', models.CharField(blank=True, default='', max_length=60)),
                ('worker_sex', models.CharField(blank=True, choices=[('woman', 'Woman'), ('man', 'Man')], default='', max_length=40)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('competences__contained_by', ['leads_adults', 'leads_families', 'leads_young_people', 'leads_mental_health', 'self_directed_support', 'mixed_need', 'care_coordination'])), name='item_need_competences_are_known'), models.CheckConstraint(condition=models.Q(('function__in', ['', 'amhp', 'best_interests', 'care_act_assessment', 'carers_assessment', 'adult_safeguarding', 'child_in_need', 'child_protection', 'prevention', 'homelessness', 'aftercare'])), name='item_need_function_is_known'), models.CheckConstraint(condition=models.Q(('worker_sex__in', ['', 'woman', 'man'])), name='item_need_worker_sex_is_known')],
            },
        ),
        migrations.CreateModel(
            name='MovedCase',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Offered'), ('moved', 'Moved'), ('not_moved', 'Not moved')], default=joinedup.support.panels.choices.leading.MovedState['WAITING'], max_length=40)),
                ('why', models.CharField(blank=True, default='', max_length=500)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='cases.case')),
                ('from_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('handover', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_case', to='handovers.handover')),
                ('move', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='panels.casemove')),
                ('to_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('move', 'case'), name='case_moved_once_in_a_move'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'offered', 'moved', 'not_moved'])), name='moved_case_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'not_moved'), ('why', ''), _connector='XOR'), name='moved_case_stays_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ProposedLead',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='proposed_lead', serialize=False, to='panels.panelitem')),
                ('why', models.TextField()),
                ('is_changed', models.BooleanField(default=False)),
                ('set_at', models.DateTimeField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='proposed_lead_says_why'), models.CheckConstraint(condition=models.Q(('post__isnull', True), ('agency__isnull', False), _connector='OR'), name='proposed_lead_is_of_an_agency')],
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
        migrations.RunSQL(
            f"ALTER POLICY sight ON panels_allocation USING ({_ALLOCATION})",
            f"ALTER POLICY sight ON panels_allocation USING ({part_in('panels_allocation.item_id', PartLevel.PROGRESS)})",
        ),
    ]
