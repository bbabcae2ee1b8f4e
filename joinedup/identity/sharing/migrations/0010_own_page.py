"""The own page: by what right a code is held, a second thing beside it, and asking for everything held."""

import django.db.models.deletion
import joinedup.identity.sharing.choices
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import AGENCY, lay_open, may, not_barred, own_page, protect

_REVIEWS = may("release_restricted")
BEHIND_THE_WALL = {
    "sharing_subjectpart": protect(
        "sharing_subjectpart",
        sight=f"""{own_page("person_id")}
            OR ({_REVIEWS} AND agency_id = {AGENCY} AND {not_barred("person_id")})""",
    ),
    "sharing_subjectrequest": protect(
        "sharing_subjectrequest",
        sight=f"""{own_page("person_id")} OR ({_REVIEWS} AND EXISTS (
            SELECT FROM sharing_subjectpart part WHERE part.request_id = sharing_subjectrequest.id))""",
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_alter_post_role'),
        ('people', '0009_holding_event_code'),
        ('sharing', '0009_sensitive_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True, default='')),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('extended_at', models.DateTimeField(blank=True, null=True)),
                ('extended_because', models.TextField(blank=True, default='')),
                ('extended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subject_requests', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['due_on'], name='subject_request_by_its_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('extended_at__isnull', True), models.Q(('extended_because', ''), _negated=True), _connector='OR'), name='subject_request_extended_says_why')],
            },
        ),
        migrations.CreateModel(
            name='SubjectPart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('prepared_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('withheld', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='sharing.subjectrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('request', 'agency'), name='subject_part_once'), models.CheckConstraint(condition=models.Q(('released_at__isnull', True), ('released_by__isnull', False), _connector='OR'), name='subject_part_released_by_somebody'), models.CheckConstraint(condition=models.Q(('released_at__isnull', True), ('released_at__gte', models.F('prepared_at')), _connector='OR'), name='subject_part_released_after_it_was_read')],
            },
        ),
        migrations.AddField(
            model_name='ownaccess',
            name='factor',
            field=models.CharField(blank=True, choices=[('number', 'A number that I remember'), ('app', 'An app on my phone that shows codes')], default='', max_length=10),
        ),
        migrations.AddField(
            model_name='ownaccess',
            name='factor_secret',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='ownaccess',
            name='factor_step',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='ownaccess',
            name='held_by',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='ownaccess',
            name='paper',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='ownaccess',
            name='right',
            field=models.CharField(choices=[('person', 'Person'), ('agreed', 'Agreed'), ('parental_responsibility', 'Parental responsibility'), ('attorney', 'Attorney'), ('deputy', 'Deputy')], default=joinedup.identity.sharing.choices.PageFor['PERSON'], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='ownaccess',
            constraint=models.CheckConstraint(condition=models.Q(('right__in', ['person', 'agreed', 'parental_responsibility', 'attorney', 'deputy'])), name='own_access_right_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ownaccess',
            constraint=models.CheckConstraint(condition=models.Q(('right', 'person'), models.Q(('held_by', ''), _negated=True), _connector='OR'), name='own_access_of_another_names_them'),
        ),
        migrations.AddConstraint(
            model_name='ownaccess',
            constraint=models.CheckConstraint(condition=models.Q(('right__in', ('person', 'agreed')), models.Q(('paper', ''), _negated=True), _connector='OR'), name='own_access_by_law_shows_its_paper'),
        ),
        migrations.AddConstraint(
            model_name='ownaccess',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('factor', ''), ('factor_secret', '')), models.Q(('factor__in', ['number', 'app']), models.Q(('factor_secret', ''), _negated=True)), _connector='OR'), name='own_access_factor_is_whole'),
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [each for table in BEHIND_THE_WALL for each in lay_open(table, "sight")],
        ),
    ]
