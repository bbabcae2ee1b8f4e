"""Where a notice leads goes into a table of its own, which shows it to the notice's post and to the system.

A link leads to a person or to a matter about one: it lay open beside its kind, whoever was entered, and so did
the identifiers in what a notice is told once of.
"""

import django.db.models.deletion
from django.db import migrations, models

SYSTEM = "(SELECT nullif(current_setting('joinedup.system', true), '')) IS NOT NULL"
OWN = """EXISTS (SELECT FROM notices_notice told WHERE told.id = notice_id
    AND told.post_id = (SELECT nullif(current_setting('joinedup.post', true), '')::uuid))"""

OVER = "INSERT INTO notices_noticelink (notice_id, link) SELECT id, link FROM notices_notice"
BACK = "UPDATE notices_notice told SET link = l.link FROM notices_noticelink l WHERE l.notice_id = told.id"
DIGEST = """UPDATE notices_notice SET once = encode(sha256(convert_to(once, 'UTF8')), 'hex')
    WHERE once <> ''"""
# A table is altered only where no foreign key of it waits for the end of the transaction to be checked.
CHECKED = "SET CONSTRAINTS ALL IMMEDIATE"

# Whoever acts may tell any post of it, as whoever acts leaves a line in the audit.
CLOSE = f"""
ALTER TABLE notices_noticelink ENABLE ROW LEVEL SECURITY;
CREATE POLICY zz_acts_as_system ON notices_noticelink USING ({SYSTEM}) WITH CHECK ({SYSTEM});
CREATE POLICY sight ON notices_noticelink FOR SELECT USING ({OWN});
CREATE POLICY written ON notices_noticelink FOR INSERT WITH CHECK (true);
"""
LAY_OPEN = """
DROP POLICY zz_acts_as_system ON notices_noticelink;
DROP POLICY sight ON notices_noticelink;
DROP POLICY written ON notices_noticelink;
ALTER TABLE notices_noticelink DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0016_approvals_and_seats'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_links_within_the_site',
        ),
        migrations.CreateModel(
            name='NoticeLink',
            fields=[
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='leads', serialize=False, to='notices.notice')),
                ('link', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('link__regex', '^/[^/\\\\]'), ('link', '/'), _connector='OR'), name='notice_links_within_the_site')],
            },
        ),
        # So that there is something to write while it is taken back.
        migrations.AlterField(
            model_name='notice',
            name='link',
            field=models.CharField(default='/', max_length=200),
        ),
        migrations.RunSQL(CHECKED, CHECKED),
        migrations.RunSQL(OVER, BACK),
        migrations.RunSQL(DIGEST, migrations.RunSQL.noop),
        migrations.RunSQL(CHECKED, CHECKED),
        migrations.RemoveField(
            model_name='notice',
            name='link',
        ),
        migrations.RunSQL(CLOSE, LAY_OPEN),
    ]
