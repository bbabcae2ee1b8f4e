"""A role for whoever coordinates a panel"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_alter_post_role'),
    ]

    operations = [
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('front_door_worker', 'Front-door worker'), ('front_door_manager', 'Front-door manager'), ('safeguarding_lead', 'Safeguarding lead'), ('question_writer', 'Local administrator of questions'), ('practitioner', 'Practitioner'), ('general_practitioner', 'GP'), ('social_worker', 'Social worker'), ('housing_officer', 'Housing officer'), ('police_liaison', 'Police liaison officer'), ('team_manager', 'Team manager'), ('duty_manager', 'Duty manager'), ('referrer', 'Referrer'), ('link_reviewer', 'Link reviewer'), ('senior_link_reviewer', 'Senior link reviewer'), ('data_manager', 'Data manager'), ('analyst', 'Analyst'), ('ig_lead', 'Information governance lead'), ('caldicott_guardian', 'Caldicott guardian'), ('signatory', 'Signatory'), ('partnership_administrator', 'Partnership administrator'), ('pooled_fund_manager', 'Pooled-fund manager'), ('panel_coordinator', 'Panel coordinator')], max_length=40),
        ),
    ]
