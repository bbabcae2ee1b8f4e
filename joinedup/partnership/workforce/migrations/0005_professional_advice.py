"""Questions to professional leads, and what they advised"""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import POST, lay_open, protect

# Who asked, and who is asked: words about practice may say more than they should.
ADVICE = protect("workforce_professionaladvice", sight=f"({POST} IN (from_post_id, to_post_id))")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_panel_coordinator'),
        ('sharing', '0004_wall'),
        ('workforce', '0004_capacity'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProfessionalAdvice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('advice', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('from_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks_leads', to='agencies.post')),
                ('to_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_as_lead', to='agencies.post')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['to_post', 'due_at'], name='lead_advice_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='lead_asked_something'), models.CheckConstraint(condition=models.Q(('from_post', models.F('to_post')), _negated=True), name='lead_is_somebody_else'), models.CheckConstraint(condition=models.Q(models.Q(('advice', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('advice', ''), _negated=True)), _connector='OR'), name='lead_answered_with_advice')],
            },
        ),
        migrations.RunSQL(ADVICE, lay_open("workforce_professionaladvice", "sight")),
    ]
