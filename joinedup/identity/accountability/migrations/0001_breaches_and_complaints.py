"""Breaches of personal data with what was done about each; complaints, behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import AGENCY, POST, lay_open, may, not_barred, own_page, protect

_ANSWERS = may("release_restricted")
BEHIND_THE_WALL = {
    # It asks for no name; somebody may write one all the same.
    "accountability_databreach": protect(
        "accountability_databreach",
        sight=f"""{may("manage_agreements")} OR told_by_id = {POST}
            OR ({_ANSWERS} AND controller_id = {AGENCY})""",
    ),
    "accountability_breachstep": protect(
        "accountability_breachstep",
        sight=f"""{may("manage_agreements")} OR ({_ANSWERS} AND EXISTS (
            SELECT FROM accountability_databreach breach
            WHERE breach.id = accountability_breachstep.breach_id AND breach.controller_id = {AGENCY}))""",
    ),
    # The person their own; and whoever answers for the agency that it is about.
    "accountability_datacomplaint": protect(
        "accountability_datacomplaint",
        sight=f"""{own_page("person_id")} OR ({_ANSWERS}
            AND agency_id = {AGENCY} AND {not_barred("person_id")})""",
    ),
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('people', '0011_room_on_pages'),
        ('sharing', '0025_changes_for_all'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataBreach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_law_enforcement', models.BooleanField(default=False)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list)),
                ('what', models.TextField(help_text='What happened; about no person by name.')),
                ('happened_on', models.DateField(blank=True, null=True)),
                ('aware_at', models.DateTimeField()),
                ('people_about', models.PositiveIntegerField(blank=True, null=True)),
                ('told_at', models.DateTimeField()),
                ('risk', models.CharField(blank=True, choices=[('unlikely', 'Unlikely'), ('risk', 'Risk'), ('high', 'High')], default='', max_length=40)),
                ('consequences', models.TextField(blank=True, default='')),
                ('measures', models.TextField(blank=True, default='')),
                ('commissioner_told_at', models.DateTimeField(blank=True, null=True)),
                ('commissioner_reference', models.CharField(blank=True, default='', max_length=60)),
                ('late_because', models.TextField(blank=True, default='')),
                ('people_told', models.CharField(blank=True, choices=[('told', 'Told'), ('in_public', 'In public'), ('unreadable', 'Unreadable'), ('no_longer', 'No longer')], default='', max_length=40)),
                ('people_told_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('learned', models.TextField(blank=True, default='')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_breaches', to='agencies.agency')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches_told', to='agencies.post')),
            ],
        ),
        migrations.CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('deed', models.CharField(choices=[('told', 'Told'), ('assessed', 'Assessed'), ('commissioner_told', 'Commissioner told'), ('people_told', 'People told'), ('closed', 'Closed')], max_length=40)),
                ('words', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='accountability.databreach')),
            ],
        ),
        migrations.CreateModel(
            name='DataComplaint',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('way', models.CharField(choices=[('own_page', 'Own page'), ('in_person', 'In person'), ('phone', 'Phone'), ('letter', 'Letter'), ('email', 'Email')], max_length=40)),
                ('received_on', models.DateField()),
                ('written_at', models.DateTimeField()),
                ('acknowledged_on', models.DateField(blank=True, null=True)),
                ('progress', models.TextField(blank=True, default='')),
                ('progress_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('partly', 'Partly'), ('not_upheld', 'Not upheld')], default='', max_length=40)),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_complaints', to='agencies.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_complaints', to='people.person')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
        ),
        migrations.AddIndex(
            model_name='databreach',
            index=models.Index(fields=['aware_at'], name='data_breach_by_its_clock'),
        ),
        migrations.AddConstraint(
            model_name='databreach',
            constraint=models.CheckConstraint(condition=models.Q(('risk__in', ['', 'unlikely', 'risk', 'high'])), name='data_breach_risk_is_known'),
        ),
        migrations.AddConstraint(
            model_name='databreach',
            constraint=models.CheckConstraint(condition=models.Q(('people_told__in', ['', 'told', 'in_public', 'unreadable', 'no_longer'])), name='data_breach_people_told_is_known'),
        ),
        migrations.AddConstraint(
            model_name='databreach',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='data_breach_says_what'),
        ),
        migrations.AddConstraint(
            model_name='databreach',
            constraint=models.CheckConstraint(condition=models.Q(('kinds__len__gt', 0), ('kinds__contained_by', ['confidentiality', 'integrity', 'availability'])), name='data_breach_kinds_are_known'),
        ),
        migrations.AddConstraint(
            model_name='databreach',
            constraint=models.CheckConstraint(condition=models.Q(('aware_at__lte', models.F('told_at'))), name='data_breach_known_before_told'),
        ),
        migrations.AddConstraint(
            model_name='databreach',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(models.Q(('risk', ''), _negated=True), models.Q(('learned', ''), _negated=True), models.Q(('risk', 'unlikely'), ('commissioner_told_at__isnull', False), _connector='OR'), models.Q(models.Q(('risk', 'high'), _negated=True), models.Q(('people_told', ''), _negated=True), _connector='OR')), _connector='OR'), name='data_breach_closed_when_all_were_told'),
        ),
        migrations.AddConstraint(
            model_name='breachstep',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['told', 'assessed', 'commissioner_told', 'people_told', 'closed'])), name='breach_step_deed_is_known'),
        ),
        migrations.AddIndex(
            model_name='datacomplaint',
            index=models.Index(fields=['person'], name='data_complaint_of_person'),
        ),
        migrations.AddIndex(
            model_name='datacomplaint',
            index=models.Index(fields=['agency', 'received_on'], name='data_complaint_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='datacomplaint',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['own_page', 'in_person', 'phone', 'letter', 'email'])), name='data_complaint_way_is_known'),
        ),
        migrations.AddConstraint(
            model_name='datacomplaint',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='data_complaint_says_what'),
        ),
        migrations.AddConstraint(
            model_name='datacomplaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'own_page'), ('written_by__isnull', True)), models.Q(models.Q(('way', 'own_page'), _negated=True), ('written_by__isnull', False)), _connector='OR'), name='data_complaint_written_by_them_or_for_them'),
        ),
        migrations.AddConstraint(
            model_name='datacomplaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_by__isnull', True), ('acknowledged_on__isnull', True)), models.Q(('acknowledged_by__isnull', False), ('acknowledged_on__gte', models.F('received_on'))), _connector='OR'), name='data_complaint_acknowledged_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='datacomplaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('outcome', '')), models.Q(('outcome__in', ['upheld', 'partly', 'not_upheld']), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), ('acknowledged_on__isnull', False)), _connector='OR'), name='data_complaint_answered_in_words'),
        ),
        *(
            migrations.RunSQL(statements, lay_open(table, "sight"))
            for table, statements in BEHIND_THE_WALL.items()
        ),
    ]
