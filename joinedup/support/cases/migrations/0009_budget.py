"""Self-directed support, behind the wall from the start."""

import django.db.models.deletion
import django.db.models.expressions
import joinedup.support.cases.choices.budget
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, part_in, protect

BEHIND_THE_WALL = {
    "cases_selfdirectedoffer": protect(
        "cases_selfdirectedoffer", sight=part_in("cases_selfdirectedoffer.case_id")
    ),
    "cases_personalbudget": protect(
        "cases_personalbudget", sight=part_in("cases_personalbudget.case_id")
    ),
    "cases_budgetline": protect(
        "cases_budgetline", sight=part_in("cases_budgetline.case_id")
    ),
    "cases_budgettaper": protect(
        "cases_budgettaper", sight=part_in("cases_budgettaper.case_id")
    ),
    "cases_budgetspend": protect(
        "cases_budgetspend", sight=part_in("cases_budgetspend.case_id")
    ),
    "cases_followup": protect(
        "cases_followup", sight=part_in("cases_followup.case_id")
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_alter_post_role'),
        ('cases', '0008_steps'),
        ('funds', '0001_initial'),
        ('people', '0009_holding_event_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonalBudget',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waits', 'Waits'), ('authorised', 'Authorised'), ('sent_back', 'Sent back'), ('ended', 'Ended')], default=joinedup.support.cases.choices.budget.BudgetState['DRAFT'], max_length=40)),
                ('points', models.JSONField(default=list)),
                ('indicative_pence', models.PositiveBigIntegerField()),
                ('agreed_pence', models.PositiveBigIntegerField()),
                ('why_other', models.TextField(blank=True, default='')),
                ('health_pence', models.PositiveBigIntegerField(default=0)),
                ('contribution_pence', models.PositiveBigIntegerField(default=0)),
                ('is_aftercare', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('edited', models.PositiveIntegerField(default=0)),
                ('authorised_at', models.DateTimeField(blank=True, null=True)),
                ('scheme', models.CharField(blank=True, default='', max_length=200)),
                ('sent_back_because', models.TextField(blank=True, default='')),
                ('starts_on', models.DateField()),
                ('review_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('end_words', models.TextField(blank=True, default='')),
                ('follow_up_on', models.DateField(blank=True, null=True)),
                ('authorised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='personal_budgets', to='cases.case')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='personal_budgets', to='people.person')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.pointstable')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waits', 'authorised', 'sent_back', 'ended'])), name='budget_state_is_known'), models.CheckConstraint(condition=models.Q(('is_aftercare', False), ('contribution_pence', 0), _connector='OR'), name='budget_of_aftercare_bears_no_contribution'), models.CheckConstraint(condition=models.Q(('contribution_pence__lte', django.db.models.expressions.CombinedExpression(models.F('agreed_pence'), '-', models.F('health_pence')))), name='budget_contribution_within_it'), models.CheckConstraint(condition=models.Q(models.Q(('authorised_at__isnull', True), ('state__in', ('draft', 'waits', 'sent_back'))), models.Q(('authorised_at__isnull', False), ('state__in', ('authorised', 'ended')), ('authorised_by__isnull', False), models.Q(('scheme', ''), _negated=True)), _connector='OR'), name='budget_authorised_by_somebody_and_a_scheme'), models.CheckConstraint(condition=models.Q(('agreed_pence', models.F('indicative_pence')), models.Q(('why_other', ''), _negated=True), _connector='OR'), name='budget_of_another_amount_says_why'), models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('starts_on'))), name='budget_is_reviewed_after_it_starts'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'waits', 'sent_back'))), fields=('case', 'person'), name='budget_one_in_the_making'), models.UniqueConstraint(condition=models.Q(('state', 'authorised')), fields=('case', 'person'), name='budget_one_in_force')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, default='', max_length=120)),
                ('route', models.CharField(choices=[('direct_payment', 'Direct payment'), ('managed', 'Managed'), ('individual_service_fund', 'Individual service fund')], max_length=40)),
                ('pence', models.PositiveBigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='cases.personalbudget')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('route__in', ['direct_payment', 'managed', 'individual_service_fund'])), name='budget_line_route_is_known'), models.UniqueConstraint(fields=('budget', 'place'), name='budget_line_has_its_place')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('working', models.CharField(choices=[('paid', 'Paid'), ('volunteering', 'Volunteering'), ('looking', 'Looking'), ('not_working', 'Not working'), ('retired', 'Retired'), ('not_said', 'Not said')], max_length=40)),
                ('learning', models.CharField(choices=[('education', 'Education'), ('training', 'Training'), ('none', 'None'), ('not_said', 'Not said')], max_length=40)),
                ('still_served', models.BooleanField()),
                ('words', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='cases.case')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='cases.personalbudget')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('working__in', ['paid', 'volunteering', 'looking', 'not_working', 'retired', 'not_said'])), name='follow_up_working_is_known'), models.CheckConstraint(condition=models.Q(('learning__in', ['education', 'training', 'none', 'not_said'])), name='follow_up_learning_is_known'), models.UniqueConstraint(fields=('budget', 'on'), name='follow_up_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='BudgetTaper',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('from_on', models.DateField()),
                ('pence', models.PositiveBigIntegerField()),
                ('because', models.CharField(max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tapers', to='cases.personalbudget')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('budget', 'from_on'), name='budget_taper_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='BudgetSpend',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('pence', models.BigIntegerField()),
                ('words', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cases.budgetspend')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spends', to='cases.budgetline')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spends', to='cases.personalbudget')),
            ],
            options={
                'indexes': [models.Index(fields=['budget', '-on'], name='spend_of_budget')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='budget_spend_says_on_what')],
            },
        ),
        migrations.CreateModel(
            name='SelfDirectedOffer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('wanted', 'Wanted'), ('declined', 'Declined'), ('not_offered', 'Not offered')], max_length=40)),
                ('because', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_directed_offers', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-at'], name='self_directed_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['wanted', 'declined', 'not_offered'])), name='self_directed_answer_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'not_offered'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='self_directed_not_offered_has_a_reason')],
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
