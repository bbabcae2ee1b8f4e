"""Cases and who leads them, behind the wall from the start."""

import django.db.models.deletion
import joinedup.support.cases.choices
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, part_in, protect

BEHIND_THE_WALL = {
    "case": protect("cases_case", sight=part_in("cases_case.matter_id")),
    "lead": protect("cases_lead", sight=part_in("cases_lead.case_id")),
    "caseinvolvement": protect(
        "cases_caseinvolvement", sight=part_in("cases_caseinvolvement.case_id")
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
            name='Case',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='case', serialize=False, to='sharing.matter')),
                ('programme', models.CharField(choices=[('transforming_lives', 'Transforming lives'), ('integrated_care', 'Integrated care'), ('social_care', 'Social care'), ('family_help', 'Family help'), ('housing_support', 'Housing support'), ('wellbeing', 'Wellbeing')], max_length=40)),
                ('for_whom', models.CharField(choices=[('person', 'Person'), ('family', 'Family'), ('household', 'Household')], default=joinedup.support.cases.choices.ForWhom['PERSON'], max_length=40)),
                ('recorded_in', models.CharField(blank=True, default='', max_length=100)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='agencies.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'opened_at'], name='case_of_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('programme__in', ['transforming_lives', 'integrated_care', 'social_care', 'family_help', 'housing_support', 'wellbeing'])), name='case_programme_is_known'), models.CheckConstraint(condition=models.Q(('for_whom__in', ['person', 'family', 'household'])), name='case_for_whom_is_known'), models.UniqueConstraint(condition=models.Q(('recorded_in', ''), _negated=True), fields=('agency', 'recorded_in'), name='case_brought_over_once'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='case_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='CaseInvolvement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='cases.case')),
                ('involvement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.involvement')),
            ],
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('is_acting', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='cases.case')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ends_at__isnull', True)), fields=['post'], name='lead_of_post_now')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('case',), name='lead_is_one_at_a_time'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='lead_ends_after_it_starts')],
            },
        ),
        migrations.RunSQL(
            [statement for statements in BEHIND_THE_WALL.values() for statement in statements],
            [
                statement
                for name in BEHIND_THE_WALL
                for statement in lay_open(f"cases_{name}", "sight", "written", "written_anew")
            ],
        ),
    ]
