"""What somebody can lead and speak, courses, and when somebody is away"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0007_panel_coordinator'),
        ('workforce', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('gives', models.CharField(blank=True, default='', max_length=40)),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('required_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('ends_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('gives__in', ['', 'leads_adults', 'leads_families', 'leads_young_people', 'leads_mental_health', 'self_directed_support', 'mixed_need', 'care_coordination'])), name='course_gives_a_known_competence')],
            },
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(choices=[('leads_adults', 'Leads adults'), ('leads_families', 'Leads families'), ('leads_young_people', 'Leads young people'), ('leads_mental_health', 'Leads mental health'), ('self_directed_support', 'Self directed support'), ('mixed_need', 'Mixed need'), ('care_coordination', 'Care coordination')], max_length=40)),
                ('evidence', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ['leads_adults', 'leads_families', 'leads_young_people', 'leads_mental_health', 'self_directed_support', 'mixed_need', 'care_coordination'])), name='competence_is_known'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='competence_has_evidence'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('holder', 'code'), name='competence_held_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='competence_ends_no_earlier_than_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Attended',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attended', to='workforce.course')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('course', 'holder', 'on'), name='course_attended_once_a_day'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('on')), _connector='OR'), name='course_holds_after_it_was_attended')],
            },
        ),
        migrations.CreateModel(
            name='Language',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='languages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('holder', 'name'), name='language_of_somebody_once')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leave', to='agencies.post')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'starts_on'], name='leave_of_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='leave_ends_after_it_starts')],
            },
        ),
    ]
