"""Hand-overs, duties and clocks, each behind the wall from the start; cover names posts alone."""

import django.db.models.deletion
import joinedup.support.handovers.choices
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect, setting

# Whoever works at the matter; its two sides while they have any part in it. Of a quiet one, those alone.
_MINE = f"""('team:' || from_team_id = ANY ({setting("recipients", "text[]")})
    OR 'team:' || to_team_id = ANY ({setting("recipients", "text[]")})
    OR 'post:' || from_post_id = ANY ({setting("recipients", "text[]")}))"""
_HANDOVER = f"""(NOT is_quiet AND {part_in("handovers_handover.matter_id")})
    OR ({_MINE} AND {part_in("handovers_handover.matter_id", PartLevel.PROGRESS)})"""
_DUTY = f"""{part_in("handovers_duty.matter_id")}
    OR (NOT is_quiet AND {part_in("handovers_duty.matter_id", PartLevel.PROGRESS)})"""
BEHIND_THE_WALL = {
    "handover": protect("handovers_handover", sight=_HANDOVER),
    "handovermessage": protect(
        "handovers_handovermessage",
        sight="""EXISTS (SELECT FROM handovers_handover h
            WHERE h.id = handovers_handovermessage.handover_id)""",
    ),
    "duty": protect("handovers_duty", sight=_DUTY),
    "step": protect(
        "handovers_step", sight=part_in("handovers_step.matter_id", PartLevel.PROGRESS)
    ),
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0004_alter_post_role'),
        ('sharing', '0007_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('manner', models.CharField(choices=[('warm', 'Warm'), ('signpost', 'Signpost')], default=joinedup.support.handovers.choices.Manner['WARM'], max_length=40)),
                ('force', models.CharField(choices=[('ordinary', 'Ordinary'), ('statutory', 'Statutory'), ('protection', 'Protection')], default=joinedup.support.handovers.choices.Force['ORDINARY'], max_length=40)),
                ('state', models.CharField(choices=[('open', 'Open'), ('asked', 'Asked'), ('accepted', 'Accepted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('signposted', 'Signposted')], default=joinedup.support.handovers.choices.HandoverState['OPEN'], max_length=40)),
                ('to_place', models.CharField(blank=True, default='', max_length=200)),
                ('is_quiet', models.BooleanField(default=False)),
                ('link', models.CharField(blank=True, default='', max_length=200)),
                ('offered_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, choices=[('no_capacity', 'No capacity'), ('not_eligible', 'Not eligible'), ('already_open', 'Already open'), ('outside_our_area', 'Outside our area'), ('another_team', 'Another team'), ('more_needed', 'More needed'), ('does_not_want_it', 'Does not want it'), ('cannot_work_with', 'Cannot work with'), ('other', 'Other')], default='', max_length=40)),
                ('escalations', models.PositiveSmallIntegerField(default=0)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('from_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('from_team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_over', to='agencies.team')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='sharing.matter')),
                ('to_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('to_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handed_to', to='agencies.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['open', 'asked'])), fields=['to_team', 'due_at'], name='handover_to_team'), models.Index(fields=['from_team', '-offered_at'], name='handover_from_team')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'asked'])), fields=('matter',), name='handover_one_waits'), models.CheckConstraint(condition=models.Q(('manner__in', ['warm', 'signpost'])), name='handover_manner_is_known'), models.CheckConstraint(condition=models.Q(('force__in', ['ordinary', 'statutory', 'protection'])), name='handover_force_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'asked', 'accepted', 'returned', 'withdrawn', 'signposted'])), name='handover_state_is_known'), models.CheckConstraint(condition=models.Q(('reason__in', ['', 'no_capacity', 'not_eligible', 'already_open', 'outside_our_area', 'another_team', 'more_needed', 'does_not_want_it', 'cannot_work_with', 'other'])), name='handover_reason_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['open', 'asked']), ('answered_at__isnull', True)), models.Q(models.Q(('state__in', ['open', 'asked']), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='handover_answered_when_it_no_longer_waits'), models.CheckConstraint(condition=models.Q(('state', joinedup.support.handovers.choices.HandoverState['RETURNED']), ('reason', ''), _connector='XOR'), name='handover_returned_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('manner', joinedup.support.handovers.choices.Manner['SIGNPOST']), ('state', joinedup.support.handovers.choices.HandoverState['SIGNPOSTED'])), models.Q(('due_at__isnull', False), ('manner', joinedup.support.handovers.choices.Manner['WARM']), ('to_team__isnull', False), models.Q(('state', joinedup.support.handovers.choices.HandoverState['SIGNPOSTED']), _negated=True)), _connector='OR'), name='handover_warm_waits_for_a_team'), models.CheckConstraint(condition=models.Q(('to_team__isnull', False), models.Q(('to_place', ''), _negated=True), _connector='OR'), name='handover_goes_somewhere'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__regex', '^/[^/\\\\]'), _connector='OR'), name='handover_links_within_the_site')],
            },
        ),
        migrations.CreateModel(
            name='HandoverMessage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('said', models.CharField(choices=[('offered', 'Offered'), ('asked', 'Asked'), ('answered', 'Answered'), ('accepted', 'Accepted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('signposted', 'Signposted'), ('silent', 'Silent'), ('handed_on', 'Handed on'), ('became', 'Became')], max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='handovers.handover')),
            ],
            options={
                'indexes': [models.Index(fields=['handover', 'at'], name='handover_said')],
                'constraints': [models.CheckConstraint(condition=models.Q(('said__in', ['offered', 'asked', 'answered', 'accepted', 'returned', 'withdrawn', 'signposted', 'silent', 'handed_on', 'became'])), name='handover_said_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('acknowledge', 'Acknowledge'), ('triage', 'Triage'), ('panel', 'Panel'), ('accept', 'Accept'), ('approach', 'Approach'), ('plan', 'Plan'), ('review', 'Review')], max_length=40)),
                ('is_urgent', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='sharing.matter')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('stopped_at__isnull', True)), fields=['due_at'], name='step_running')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True), ('stopped_at__isnull', True)), fields=('matter', 'kind'), name='step_runs_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['acknowledge', 'triage', 'panel', 'accept', 'approach', 'plan', 'review'])), name='step_kind_is_known'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('started_at'))), name='step_due_after_it_started'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('stopped_at__isnull', True), _connector='OR'), name='step_done_or_stopped')],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('covered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covering', to='agencies.post')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='agencies.post')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'starts_on'], name='cover_of_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='cover_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('post', models.F('covered_by')), _negated=True), name='cover_is_by_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('answers', models.CharField(choices=[('itself', 'Itself'), ('cover', 'Cover'), ('acting', 'Acting')], default=joinedup.support.handovers.choices.Answers['ITSELF'], max_length=40)),
                ('because', models.CharField(max_length=200)),
                ('is_quiet', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='sharing.matter')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'starts_at'], name='duty_for_matter'), models.Index(condition=models.Q(('ends_at__isnull', True)), fields=['post'], name='duty_of_post_now')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('matter',), name='duty_of_one_at_a_time'), models.CheckConstraint(condition=models.Q(('answers__in', ['itself', 'cover', 'acting'])), name='duty_answers_is_known'), models.CheckConstraint(condition=models.Q(('answers', joinedup.support.handovers.choices.Answers['ITSELF']), ('instead_of__isnull', False), _connector='XOR'), name='duty_instead_of_somebody'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='duty_ends_after_it_starts')],
            },
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [
                statement
                for name in BEHIND_THE_WALL
                for statement in lay_open(f"handovers_{name}", "sight", "written", "written_anew")
            ],
        ),
    ]
