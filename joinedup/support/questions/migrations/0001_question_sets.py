"""Question sets in versions that do not change once they are published, and answers behind the wall."""

import django.db.models.deletion
import joinedup.support.questions.choices
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import POST, lay_open, part_in, protect


ANSWERS = protect(
    "questions_answer",
    sight=f"{part_in('questions_answer.matter_id')} OR questions_answer.by_post_id = {POST}",
)

ONLY_ADDED_TO = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON questions_answer FROM joinedup_app;
    END IF;
END
$$
"""
OPEN_AGAIN = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'joinedup_app') THEN
        GRANT UPDATE, DELETE ON questions_answer TO joinedup_app;
    END IF;
END
$$
"""

# Answers keep the version they were asked in, so what a published version asks stands for good.
AS_PUBLISHED = """
CREATE FUNCTION questions_as_published() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE touched uuid;
BEGIN
    IF TG_OP = 'DELETE' THEN touched := OLD.version_id; ELSE touched := NEW.version_id; END IF;
    IF (SELECT v.state FROM questions_setversion v WHERE v.id = touched) <> 'draft' THEN
        RAISE EXCEPTION 'a published version of a question set is not changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER as_published BEFORE INSERT OR UPDATE OR DELETE ON questions_question
    FOR EACH ROW EXECUTE FUNCTION questions_as_published();
CREATE TRIGGER as_published BEFORE INSERT OR UPDATE OR DELETE ON questions_section
    FOR EACH ROW EXECUTE FUNCTION questions_as_published();
"""
NOT_KEPT = """
DROP TRIGGER as_published ON questions_question;
DROP TRIGGER as_published ON questions_section;
DROP FUNCTION questions_as_published();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0004_alter_post_role'),
        ('places', '0002_areas'),
        ('sharing', '0007_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('code', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('about', models.TextField(blank=True, default='')),
                ('is_shipped', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
        ),
        migrations.CreateModel(
            name='SetVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('variant', models.CharField(blank=True, default='', max_length=40)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default=joinedup.support.questions.choices.VersionState['DRAFT'], max_length=40)),
                ('introduction', models.TextField(blank=True, default='')),
                ('source', models.TextField(blank=True, default='')),
                ('licence', models.TextField(blank=True, default='')),
                ('tested', models.TextField(blank=True, default='')),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('edited', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('begun_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to', to='questions.setversion')),
                ('locality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.locality')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('question_set', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='questions.questionset')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='set_version_state_is_known'), models.UniqueConstraint(fields=('question_set', 'number'), name='set_version_once'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('state', joinedup.support.questions.choices.VersionState['PUBLISHED'])), fields=('question_set', 'locality'), name='set_version_goes_on_once_in_a_place', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('state', joinedup.support.questions.choices.VersionState['DRAFT'])), models.Q(models.Q(('state', joinedup.support.questions.choices.VersionState['DRAFT']), _negated=True), ('published_at__isnull', False), ('starts_on__isnull', False), models.Q(('source', ''), _negated=True), models.Q(('licence', ''), _negated=True)), _connector='OR'), name='set_version_published_whole'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='set_version_ends_no_earlier_than_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('words', models.TextField(blank=True, default='')),
                ('edited', models.PositiveIntegerField(default=0)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='questions.setversion')),
            ],
            options={
                'ordering': ('place', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('code', models.SlugField(max_length=60)),
                ('kind', models.CharField(choices=[('yes_no', 'Yes no'), ('one_of', 'One of'), ('several_of', 'Several of'), ('scale', 'Scale'), ('number', 'Number'), ('day', 'Day'), ('line', 'Line'), ('words', 'Words')], max_length=40)),
                ('text', models.CharField(max_length=300)),
                ('help', models.TextField(blank=True, default='')),
                ('required', models.BooleanField(default=False)),
                ('choices', models.JSONField(blank=True, default=list)),
                ('lowest', models.IntegerField(blank=True, null=True)),
                ('highest', models.IntegerField(blank=True, null=True)),
                ('lowest_means', models.CharField(blank=True, default='', max_length=60)),
                ('highest_means', models.CharField(blank=True, default='', max_length=60)),
                ('shown_if', models.JSONField(blank=True, null=True)),
                ('known_from', models.CharField(blank=True, choices=[('', 'Only in an earlier answer to this question'), ('never', 'Nowhere: it is asked anew each time'), ('agencies', 'In which kinds of agency are involved'), ('holdings', 'In what agencies hold, by the categories that each answer names')], default='', max_length=40)),
                ('source', models.CharField(blank=True, default='', max_length=300)),
                ('edited', models.PositiveIntegerField(default=0)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questions.section')),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questions.setversion')),
            ],
            options={
                'ordering': ('section__place', 'place', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['yes_no', 'one_of', 'several_of', 'scale', 'number', 'day', 'line', 'words'])), name='question_kind_is_known'), models.CheckConstraint(condition=models.Q(('known_from__in', ['', 'never', 'agencies', 'holdings'])), name='question_known_from_is_known'), models.UniqueConstraint(fields=('version', 'code'), name='question_code_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='question_asks_something')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject', models.PositiveSmallIntegerField(default=1)),
                ('question_code', models.SlugField(db_index=False, max_length=60)),
                ('value', models.JSONField(null=True)),
                ('how', models.CharField(choices=[('asked', 'Asked'), ('confirmed', 'Confirmed'), ('carried', 'Carried'), ('changed', 'Changed')], max_length=40)),
                ('source', models.CharField(blank=True, default='', max_length=300)),
                ('source_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('by_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='sharing.matter')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='questions.setversion')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'version', 'subject', 'question_code', '-id'], name='answer_of_matter')],
                'constraints': [models.CheckConstraint(condition=models.Q(('how__in', ['asked', 'confirmed', 'carried', 'changed'])), name='answer_how_is_known')],
            },
        ),
        migrations.RunSQL(ANSWERS, lay_open("questions_answer", "sight")),
        migrations.RunSQL(ONLY_ADDED_TO, OPEN_AGAIN),
        migrations.RunSQL(AS_PUBLISHED, NOT_KEPT),
    ]
