"""Functions of the law, and who is approved for what is kept for an approved role."""

import django.db.models.deletion
import joinedup.partnership.workforce.choices
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0005_schoollink'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('function', models.CharField(choices=[('amhp', 'Amhp'), ('best_interests', 'Best interests'), ('care_act_assessment', 'Care act assessment'), ('carers_assessment', 'Carers assessment'), ('adult_safeguarding', 'Adult safeguarding'), ('child_in_need', 'Child in need'), ('child_protection', 'Child protection'), ('prevention', 'Prevention'), ('homelessness', 'Homelessness'), ('aftercare', 'Aftercare')], max_length=40)),
                ('evidence', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('withdrawn_because', models.CharField(blank=True, default='', max_length=300)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals_given', to='agencies.agency')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(fields=['ends_on'], name='approval_by_its_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('function__in', ['amhp', 'best_interests', 'care_act_assessment', 'carers_assessment', 'adult_safeguarding', 'child_in_need', 'child_protection', 'prevention', 'homelessness', 'aftercare'])), name='approval_function_is_known'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='approval_has_evidence'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='approval_ends_no_earlier_than_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='StatutoryFunction',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('function', models.CharField(choices=[('amhp', 'Amhp'), ('best_interests', 'Best interests'), ('care_act_assessment', 'Care act assessment'), ('carers_assessment', 'Carers assessment'), ('adult_safeguarding', 'Adult safeguarding'), ('child_in_need', 'Child in need'), ('child_protection', 'Child protection'), ('prevention', 'Prevention'), ('homelessness', 'Homelessness'), ('aftercare', 'Aftercare')], max_length=40)),
                ('route', models.CharField(choices=[('its_own', 'Its own'), ('section_75', 'Section 75'), ('contract', 'Contract')], default=joinedup.partnership.workforce.choices.Route['ITS_OWN'], max_length=40)),
                ('reference', models.CharField(blank=True, default='', max_length=100)),
                ('evidence', models.TextField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('accountable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers_for', to='agencies.agency')),
                ('operating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carries_out', to='agencies.agency')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('function__in', ['amhp', 'best_interests', 'care_act_assessment', 'carers_assessment', 'adult_safeguarding', 'child_in_need', 'child_protection', 'prevention', 'homelessness', 'aftercare'])), name='function_is_known'), models.CheckConstraint(condition=models.Q(('route__in', ['its_own', 'section_75', 'contract'])), name='function_route_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('accountable', models.F('operating')), ('route', joinedup.partnership.workforce.choices.Route['ITS_OWN'])), models.Q(models.Q(('route', joinedup.partnership.workforce.choices.Route['ITS_OWN']), _negated=True), models.Q(('accountable', models.F('operating')), _negated=True), models.Q(('reference', ''), _negated=True)), _connector='OR'), name='function_delegated_by_an_agreement'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='function_has_evidence'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='function_ends_no_earlier_than_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('function', 'operating'), name='function_carried_out_once_by_a_body')],
            },
        ),
    ]
