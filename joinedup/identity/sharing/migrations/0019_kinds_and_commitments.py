"""Which kind an agreement is and whether it binds; what agencies commit themselves to"""

import django.db.models.deletion
import joinedup.identity.sharing.choices
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('sharing', '0018_less_to_start'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('trial', 'Trial'), ('sign_up', 'Sign up'), ('resources', 'Resources'), ('barriers', 'Barriers')], max_length=40)),
                ('what', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('not_kept', 'Not kept')], default=joinedup.identity.sharing.choices.CommitmentState['OPEN'], max_length=40)),
                ('became', models.TextField(blank=True, default='')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='agencies.agency')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='agencies.post')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['trial', 'sign_up', 'resources', 'barriers'])), name='commitment_kind_is_known'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='commitment_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True), ('state', 'open')), models.Q(('settled_at__isnull', False), ('state__in', ['kept', 'not_kept']), ('settled_by__isnull', False), models.Q(('became', ''), _negated=True)), _connector='OR'), name='commitment_settled_in_words')],
            },
        ),
        migrations.AddField(
            model_name='sharingagreement',
            name='is_binding',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='sharingagreement',
            name='kind',
            field=models.CharField(choices=[('s75', 'S75'), ('s256', 'S256'), ('s76', 'S76'), ('sla', 'Sla'), ('mou', 'Mou'), ('isa', 'Isa')], default='isa', max_length=40),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['s75', 's256', 's76', 'sla', 'mou', 'isa'])), name='agreement_kind_is_known'),
        ),
    ]
