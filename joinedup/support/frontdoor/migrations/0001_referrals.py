"""Referrals, what comes before them and what is done with them, each behind the wall from the start."""

import django.contrib.postgres.fields
import django.db.models.deletion
import joinedup.support.frontdoor.choices
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import POST, lay_open, may, part_in, protect


def _of_matter(name: str, level: PartLevel, more: str = "") -> list[str]:
    """Seen by whoever has that part in the matter; written by the system, once an operation decided."""
    table = f"frontdoor_{name}"
    return protect(table, sight=part_in(f"{table}.matter_id", level) + more)


_OWN = f"post_id = {POST}"
BEHIND_THE_WALL = {
    "referral": _of_matter("referral", PartLevel.PROGRESS),
    "subject": _of_matter("subject", PartLevel.PROGRESS),
    "progress": _of_matter("progress", PartLevel.PROGRESS),
    "receipt": _of_matter("receipt", PartLevel.RECEIVED),
    "match": _of_matter("match", PartLevel.WORK),
    "attachment": _of_matter("attachment", PartLevel.WORK, f" OR by_post_id = {POST}"),
    "triage": _of_matter("triage", PartLevel.WORK),
    "highriskreferral": _of_matter("highriskreferral", PartLevel.WORK),
    "override": _of_matter("override", PartLevel.WORK),
    "assignment": _of_matter("assignment", PartLevel.WORK),
    "opened": _of_matter("opened", PartLevel.WORK),
    "fatiguealert": _of_matter("fatiguealert", PartLevel.WORK),
    "draft": protect("frontdoor_draft", sight=_OWN, add=_OWN, change=_OWN),
    "matchquestion": protect("frontdoor_matchquestion", sight=_OWN, add=_OWN),
    "savedfilter": protect("frontdoor_savedfilter", sight=_OWN, add=_OWN, change=_OWN),
    "batch": protect(
        "frontdoor_batch", sight=f"by_post_id = {POST} OR {may('work_front_door')}"
    ),
    "batchrow": protect(
        "frontdoor_batchrow",
        sight="EXISTS (SELECT FROM frontdoor_batch b WHERE b.id = frontdoor_batchrow.batch_id)",
    ),
}



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0004_alter_post_role'),
        ('people', '0007_whose_word_a_household_is'),
        ('sharing', '0007_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='receipt', serialize=False, to='sharing.matter')),
                ('reference', models.CharField(max_length=12)),
                ('received_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('approval', models.CharField(max_length=300)),
                ('content_hash', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
        ),
        migrations.CreateModel(
            name='Opened',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='opened', serialize=False, to='sharing.matter')),
                ('seen_at', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.post')),
            ],
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sentence', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('statutory', 'Statutory'), ('panel', 'Panel'), ('integrated_team', 'Integrated team'), ('school_social_work', 'School social work'), ('wellbeing', 'Wellbeing'), ('community_offer', 'Community offer'), ('lead', 'Lead')], max_length=40)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('localities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
                ('from_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('to_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('duty', models.CharField(blank=True, choices=[('', ''), ('care_act_assessment', 'Care act assessment'), ('care_act_enquiry', 'Care act enquiry'), ('child_in_need', 'Child in need'), ('child_protection', 'Child protection'), ('homelessness', 'Homelessness')], default=joinedup.support.frontdoor.choices.Duty['NONE'], max_length=40)),
                ('is_warm', models.BooleanField(default=True)),
                ('reach', models.CharField(blank=True, default='', max_length=300)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('capacity_said_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['statutory', 'panel', 'integrated_team', 'school_social_work', 'wellbeing', 'community_offer', 'lead'])), name='route_kind_is_known'), models.CheckConstraint(condition=models.Q(('duty__in', ['', 'care_act_assessment', 'care_act_enquiry', 'child_in_need', 'child_protection', 'homelessness'])), name='route_duty_is_known'), models.CheckConstraint(condition=models.Q(('from_age__isnull', True), ('to_age__isnull', True), ('to_age__gte', models.F('from_age')), _connector='OR'), name='route_ages_in_order'), models.CheckConstraint(condition=models.Q(('is_warm', False), ('team__isnull', False), _connector='OR'), name='route_warm_has_a_team'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='route_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=500)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'title'), name='saved_filter_title_once')],
            },
        ),
        migrations.CreateModel(
            name='SourceOpening',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('mash_step_down', 'Mash step down'), ('families_programme', 'Families programme'), ('police_hospital_liaison', 'Police hospital liaison'), ('multiple_needs', 'Multiple needs'), ('early_help_panel', 'Early help panel'), ('practitioner', 'Practitioner'), ('school', 'School'), ('venue', 'Venue'), ('public', 'Public')], max_length=40)),
                ('phase', models.CharField(max_length=60)),
                ('test_result', models.TextField()),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['mash_step_down', 'families_programme', 'police_hospital_liaison', 'multiple_needs', 'early_help_panel', 'practitioner', 'school', 'venue', 'public'])), name='opening_source_is_known'), models.CheckConstraint(condition=models.Q(('test_result', ''), _negated=True), name='opening_rests_on_a_test_result'), models.CheckConstraint(condition=models.Q(('closes_on__isnull', True), ('closes_on__gt', models.F('opens_on')), _connector='OR'), name='opening_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('given_name', models.CharField(blank=True, default='', max_length=200)),
                ('family_name', models.CharField(blank=True, default='', max_length=200)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('postcode', models.CharField(blank=True, default='', max_length=8)),
                ('no_fixed_address', models.BooleanField(default=False)),
                ('phone', models.CharField(blank=True, default='', max_length=30)),
                ('relation', models.CharField(blank=True, default='', max_length=100)),
                ('school', models.CharField(blank=True, default='', max_length=200)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='sharing.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'place'), name='subject_place_once'), models.CheckConstraint(condition=models.Q(('age__isnull', True), ('age__lte', 120), _connector='OR'), name='subject_age_to_120')],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('ours', 'Ours'), ('maybe', 'Maybe'), ('not_found', 'Not found')], max_length=40)),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='sharing.matter')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='match', to='frontdoor.subject')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['ours', 'maybe', 'not_found'])), name='match_answer_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('service', models.CharField(choices=[('emergency_department', 'Emergency department'), ('ambulance', 'Ambulance'), ('police', 'Police'), ('fire', 'Fire')], max_length=40)),
                ('reason', models.CharField(choices=[('genuine', 'Genuine'), ('not_genuine', 'Not genuine'), ('malicious', 'Malicious'), ('victim', 'Victim'), ('perpetrator', 'Perpetrator')], max_length=40)),
                ('contacts', models.PositiveSmallIntegerField()),
                ('days', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('service__in', ['emergency_department', 'ambulance', 'police', 'fire'])), name='threshold_service_is_known'), models.CheckConstraint(condition=models.Q(('reason__in', ['genuine', 'not_genuine', 'malicious', 'victim', 'perpetrator'])), name='threshold_reason_is_known'), models.CheckConstraint(condition=models.Q(('contacts__gt', 0), ('days__gt', 0)), name='threshold_counts_something'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='threshold_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Triage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('is_eligible', models.BooleanField()),
                ('lines', models.JSONField(default=list)),
                ('routes', models.JSONField(default=list)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='triages', to='sharing.matter')),
                ('route', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frontdoor.route')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', '-at'], name='triage_of_matter')],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='sharing.matter')),
                ('from_route', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frontdoor.route')),
                ('to_route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frontdoor.route')),
                ('triage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='frontdoor.triage')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='override_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='referral', serialize=False, to='sharing.matter')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('entry', models.CharField(choices=[('practitioner', 'Practitioner'), ('refer_only', 'Refer only'), ('self', 'Self'), ('friend', 'Friend'), ('anonymous', 'Anonymous'), ('venue_card', 'Venue card'), ('step_down', 'Step down')], max_length=40)),
                ('source', models.CharField(choices=[('mash_step_down', 'Mash step down'), ('families_programme', 'Families programme'), ('police_hospital_liaison', 'Police hospital liaison'), ('multiple_needs', 'Multiple needs'), ('early_help_panel', 'Early help panel'), ('practitioner', 'Practitioner'), ('school', 'School'), ('venue', 'Venue'), ('public', 'Public')], max_length=40)),
                ('state', models.CharField(choices=[('submitted', 'Submitted'), ('with_front_door', 'With front door'), ('offered', 'Offered'), ('accepted', 'Accepted'), ('signposted', 'Signposted'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed')], default=joinedup.support.frontdoor.choices.ReferralState['SUBMITTED'], max_length=40)),
                ('for_whom', models.CharField(choices=[('person', 'Person'), ('family', 'Family'), ('household', 'Household')], default=joinedup.support.frontdoor.choices.ForWhom['PERSON'], max_length=40)),
                ('purpose', models.CharField(blank=True, default='', max_length=40)),
                ('going_on', models.TextField()),
                ('wanted', models.TextField(blank=True, default='')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('agencies_needed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('agreement', models.CharField(choices=[('agreed', 'Agreed'), ('informed_not_agreed', 'Informed not agreed'), ('not_informed', 'Not informed')], max_length=40)),
                ('agreement_because', models.TextField(blank=True, default='')),
                ('inform_by', models.DateField(blank=True, null=True)),
                ('is_urgent', models.BooleanField(default=False)),
                ('sender_name', models.CharField(blank=True, default='', max_length=200)),
                ('sender_reach', models.CharField(blank=True, default='', max_length=200)),
                ('hand_offs_before', models.PositiveSmallIntegerField(default=0)),
                ('submitted_at', models.DateTimeField()),
                ('state_at', models.DateTimeField()),
                ('reason_told', models.TextField(blank=True, default='')),
                ('by_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='agencies.post')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frontdoor.venue')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'submitted_at'], name='referral_by_state'), models.Index(fields=['by_post', '-submitted_at'], name='referral_by_sender')],
                'constraints': [models.CheckConstraint(condition=models.Q(('entry__in', ['practitioner', 'refer_only', 'self', 'friend', 'anonymous', 'venue_card', 'step_down'])), name='referral_entry_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['mash_step_down', 'families_programme', 'police_hospital_liaison', 'multiple_needs', 'early_help_panel', 'practitioner', 'school', 'venue', 'public'])), name='referral_source_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'with_front_door', 'offered', 'accepted', 'signposted', 'withdrawn', 'closed'])), name='referral_state_is_known'), models.CheckConstraint(condition=models.Q(('for_whom__in', ['person', 'family', 'household'])), name='referral_for_whom_is_known'), models.CheckConstraint(condition=models.Q(('agreement__in', ['agreed', 'informed_not_agreed', 'not_informed'])), name='referral_agreement_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('agreement', joinedup.support.frontdoor.choices.Agreement['NOT_INFORMED']), _negated=True), models.Q(('agreement_because', ''), _negated=True), _connector='OR'), name='referral_not_informed_says_why'), models.CheckConstraint(condition=models.Q(('needs__contained_by', ['care', 'carer', 'physical_health', 'mental_health', 'substance_misuse', 'housing', 'homelessness', 'money', 'loneliness', 'family', 'education', 'work', 'domestic_abuse', 'antisocial', 'offending', 'fire_safety', 'frequent_emergency'])), name='referral_needs_are_known')],
            },
        ),
        migrations.CreateModel(
            name='VenueCard',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='frontdoor.venue')),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='sharing.matter')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('matter',), name='assigned_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=60)),
                ('size', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='sharing.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 20971520)), name='attachment_up_to_20_mb')],
            },
        ),
        migrations.CreateModel(
            name='BatchRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('taken', 'Taken'), ('returned', 'Returned'), ('with_a_person', 'With a person')], max_length=40)),
                ('raw', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=list)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='frontdoor.batch')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['taken', 'returned', 'with_a_person'])), name='batch_row_state_is_known'), models.UniqueConstraint(fields=('batch', 'number'), name='batch_row_once')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key_hash', models.CharField(blank=True, default='', max_length=64)),
                ('draft', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('begun_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('sent_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('post__isnull', False), models.Q(('key_hash', ''), _negated=True), _connector='XOR'), name='draft_is_somebody_s'), models.UniqueConstraint(condition=models.Q(('key_hash', ''), _negated=True), fields=('key_hash',), name='draft_key_once')],
            },
        ),
        migrations.CreateModel(
            name='FatigueAlert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hand_offs', models.PositiveSmallIntegerField()),
                ('limit', models.PositiveSmallIntegerField()),
                ('raised_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('done_about', models.TextField(blank=True, default='')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fatigue_alerts', to='sharing.matter')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'hand_offs'), name='fatigue_alert_once'), models.CheckConstraint(condition=models.Q(models.Q(('seen_by__isnull', True), ('seen_at__isnull', True)), models.Q(('seen_by__isnull', False), ('seen_at__isnull', False)), _connector='OR'), name='fatigue_alert_seen_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='HighRiskReferral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('route', models.CharField(choices=[('marac', 'Marac'), ('mappa', 'Mappa'), ('iom', 'Iom'), ('mash', 'Mash')], max_length=40)),
                ('tool', models.CharField(max_length=100)),
                ('deemed_by', models.CharField(max_length=200)),
                ('deemed_on', models.DateField()),
                ('sent_at', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='high_risk', to='sharing.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('route__in', ['marac', 'mappa', 'iom', 'mash'])), name='high_risk_route_is_known'), models.UniqueConstraint(fields=('matter', 'route'), name='high_risk_route_once'), models.CheckConstraint(condition=models.Q(models.Q(('tool', ''), _negated=True), models.Q(('deemed_by', ''), _negated=True)), name='high_risk_says_who_and_how')],
            },
        ),
        migrations.CreateModel(
            name='MatchQuestion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40)),
                ('answer', models.CharField(choices=[('ours', 'Ours'), ('maybe', 'Maybe'), ('not_found', 'Not found')], max_length=40)),
                ('at', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'at'], name='match_question_by_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['ours', 'maybe', 'not_found'])), name='match_question_answer_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('words', models.TextField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='sharing.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'at'], name='progress_of_matter')],
            },
        ),
        migrations.RunSQL(
            [statement for each in BEHIND_THE_WALL.values() for statement in each],
            [
                statement
                for name in BEHIND_THE_WALL
                for statement in lay_open(
                    f"frontdoor_{name}", "sight", "written", "written_anew"
                )
            ],
        ),
    ]
