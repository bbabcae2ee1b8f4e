"""The notices of somebody in danger."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0005_passed_on'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('agreement_to_sign', 'Agreements to sign'), ('agreement_changed', 'Agreements changed'), ('agreement_review_due', 'Reviews due'), ('agreement_closed', 'Agreements closed'), ('sight_lost', 'What I no longer see'), ('safety_fact_at_risk', 'Safety facts at risk'), ('barrier_escalated', 'Barriers to sharing'), ('consent_changed', 'Consent given, withdrawn or run out'), ('restriction_set', 'Restrictions'), ('disclosure_asked', 'Disclosures asked of us'), ('emergency_access_used', 'Emergency access used'), ('emergency_access_to_review', 'Emergency access to review'), ('emergency_access_reviewed', 'My emergency access reviewed'), ('address_release_asked', 'Restricted addresses asked for'), ('address_release_answered', 'Restricted addresses answered'), ('looks_unusual', 'Unusual looks'), ('audit_broken', 'The audit does not verify'), ('post_changed', 'My post'), ('own_code_revoked', 'Codes that I handed over'), ('sight_differs', 'What is seen put right'), ('account_taken_over', 'My account'), ('handover_waits', 'Hand-overs to us'), ('handover_asked', 'Questions about what I handed over'), ('handover_answered', 'Answers to my questions'), ('handover_taken', 'What I handed over was taken on'), ('handover_returned', 'What I handed over came back'), ('handover_withdrawn', 'Hand-overs withdrawn'), ('handover_silent', 'Hand-overs without an answer'), ('handover_became', 'What became of what I handed over'), ('duty_given', 'What I answer for'), ('passed_on_too_often', 'People passed on too often'), ('step_late', 'What is late'), ('cover_set', 'Whom I stand in for'), ('exit_rings', 'Somebody is in danger'), ('exit_rings_nobody', 'Nobody answers for somebody in danger'), ('exit_acknowledged', 'Somebody has what I raised'), ('exit_decided', 'What I raised is decided'), ('exit_silent', 'No word of what I raised'), ('exit_late', 'Late for somebody in danger'), ('risk_plan_to_review', 'Risk plans to review')], max_length=30),
        ),
        migrations.AlterField(
            model_name='preference',
            name='kind',
            field=models.CharField(choices=[('agreement_to_sign', 'Agreements to sign'), ('agreement_changed', 'Agreements changed'), ('agreement_review_due', 'Reviews due'), ('agreement_closed', 'Agreements closed'), ('sight_lost', 'What I no longer see'), ('safety_fact_at_risk', 'Safety facts at risk'), ('barrier_escalated', 'Barriers to sharing'), ('consent_changed', 'Consent given, withdrawn or run out'), ('restriction_set', 'Restrictions'), ('disclosure_asked', 'Disclosures asked of us'), ('emergency_access_used', 'Emergency access used'), ('emergency_access_to_review', 'Emergency access to review'), ('emergency_access_reviewed', 'My emergency access reviewed'), ('address_release_asked', 'Restricted addresses asked for'), ('address_release_answered', 'Restricted addresses answered'), ('looks_unusual', 'Unusual looks'), ('audit_broken', 'The audit does not verify'), ('post_changed', 'My post'), ('own_code_revoked', 'Codes that I handed over'), ('sight_differs', 'What is seen put right'), ('account_taken_over', 'My account'), ('handover_waits', 'Hand-overs to us'), ('handover_asked', 'Questions about what I handed over'), ('handover_answered', 'Answers to my questions'), ('handover_taken', 'What I handed over was taken on'), ('handover_returned', 'What I handed over came back'), ('handover_withdrawn', 'Hand-overs withdrawn'), ('handover_silent', 'Hand-overs without an answer'), ('handover_became', 'What became of what I handed over'), ('duty_given', 'What I answer for'), ('passed_on_too_often', 'People passed on too often'), ('step_late', 'What is late'), ('cover_set', 'Whom I stand in for'), ('exit_rings', 'Somebody is in danger'), ('exit_rings_nobody', 'Nobody answers for somebody in danger'), ('exit_acknowledged', 'Somebody has what I raised'), ('exit_decided', 'What I raised is decided'), ('exit_silent', 'No word of what I raised'), ('exit_late', 'Late for somebody in danger'), ('risk_plan_to_review', 'Risk plans to review')], max_length=30),
        ),
    ]
