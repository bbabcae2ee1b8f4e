"""High risk goes to the team that takes it, in a matter that nobody else has a part in (P8, P16)."""

import django.db.models.deletion
from django.db import migrations, models

from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.wall import lay_open, part_in, protect

_SIGHT = part_in("frontdoor_highriskpapers.matter_id", PartLevel.WORK)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_alter_post_role'),
        ('frontdoor', '0006_settling'),
        ('sharing', '0009_sensitive_teams'),
    ]

    operations = [
        migrations.AddField(
            model_name='highriskreferral',
            name='sent_as',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='high_risk_here', to='sharing.matter'),
        ),
        migrations.CreateModel(
            name='HighRiskPapers',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='high_risk_papers', serialize=False, to='sharing.matter')),
                ('route', models.CharField(choices=[('marac', 'Marac'), ('mappa', 'Mappa'), ('iom', 'Iom'), ('mash', 'Mash')], max_length=40)),
                ('tool', models.CharField(max_length=100)),
                ('deemed_by', models.CharField(max_length=200)),
                ('deemed_on', models.DateField()),
                ('going_on', models.TextField()),
                ('people', models.JSONField(default=list)),
                ('sent_by', models.CharField(blank=True, default='', max_length=300)),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('route__in', ['marac', 'mappa', 'iom', 'mash'])), name='high_risk_papers_route_is_known')],
            },
        ),
        migrations.CreateModel(
            name='HighRiskInbox',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('route', models.CharField(choices=[('marac', 'Marac'), ('mappa', 'Mappa'), ('iom', 'Iom'), ('mash', 'Mash')], max_length=40)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('route__in', ['marac', 'mappa', 'iom'])), name='high_risk_inbox_route_is_known'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('route',), name='high_risk_inbox_once_at_a_time'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='high_risk_inbox_ends_after_it_starts')],
            },
        ),
        migrations.RunSQL(
            protect("frontdoor_highriskpapers", sight=_SIGHT),
            lay_open("frontdoor_highriskpapers", "sight"),
        ),
    ]
