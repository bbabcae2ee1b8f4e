"""Whoever helps with a case, behind the wall from the start; two programmes more."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, part_in, protect

BEHIND_THE_WALL = {
    "cases_casemember": protect(
        "cases_casemember", sight=part_in("cases_casemember.case_id")
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_schoollink'),
        ('cases', '0002_involvements_recorded_before'),
        ('people', '0009_holding_event_code'),
        ('sharing', '0009_sensitive_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseMember',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('practitioner', 'Practitioner'), ('family', 'Family'), ('volunteer', 'Volunteer')], max_length=40)),
                ('name', models.CharField(blank=True, default='', max_length=120)),
                ('relation', models.CharField(blank=True, default='', max_length=120)),
                ('does', models.CharField(blank=True, default='', max_length=300)),
                ('footing', models.CharField(choices=[('agreed', 'Agreed'), ('informed', 'Informed'), ('not_informed', 'Not informed')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='helps_with', to='people.person')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='helps_with', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['practitioner', 'family', 'volunteer'])), name='case_member_kind_is_known'), models.CheckConstraint(condition=models.Q(('footing__in', ['agreed', 'informed', 'not_informed'])), name='case_member_footing_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'practitioner'), ('post__isnull', False)), models.Q(models.Q(('kind', 'practitioner'), _negated=True), ('post__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='case_member_has_post_or_name'), models.CheckConstraint(condition=models.Q(('footing', 'agreed'), models.Q(('because', ''), _negated=True), _connector='OR'), name='case_member_without_agreement_has_reason'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='case_member_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('post__isnull', False)), fields=('case', 'post'), name='case_member_once_by_post')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_programme_is_known',
        ),
        migrations.AlterField(
            model_name='case',
            name='programme',
            field=models.CharField(choices=[('transforming_lives', 'Transforming lives'), ('integrated_care', 'Integrated care'), ('social_care', 'Social care'), ('childrens_social_care', 'Childrens social care'), ('family_help', 'Family help'), ('early_help', 'Early help'), ('housing_support', 'Housing support'), ('wellbeing', 'Wellbeing')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('programme__in', ['transforming_lives', 'integrated_care', 'social_care', 'childrens_social_care', 'family_help', 'early_help', 'housing_support', 'wellbeing'])), name='case_programme_is_known'),
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
