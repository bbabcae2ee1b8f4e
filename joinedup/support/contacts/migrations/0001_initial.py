"""Contacts, how somebody is safely reached and what they need, behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from joinedup.identity.sharing.wall import lay_open, part_in, part_with, protect


def _follows(name: str) -> list[str]:
    """Seen by whoever works at the matter, or at any other about the same person."""
    table = f"contacts_{name}"
    return protect(
        table, sight=part_in(f"{table}.matter_id") + " OR " + part_with(f"{table}.person_id")
    )


BEHIND_THE_WALL = {
    "contact": protect("contacts_contact", sight=part_in("contacts_contact.matter_id")),
    "contactprofile": _follows("contactprofile"),
    "communicationneed": _follows("communicationneed"),
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0004_alter_post_role'),
        ('people', '0008_record_birth_order'),
        ('sharing', '0007_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommunicationNeed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('bsl', 'Bsl'), ('deafblind', 'Deafblind'), ('lipreading', 'Lipreading'), ('text_relay', 'Text relay'), ('language', 'Language'), ('reading', 'Reading'), ('large_print', 'Large print'), ('braille', 'Braille'), ('audio', 'Audio'), ('signs_and_pictures', 'Signs and pictures'), ('more_time', 'More time'), ('advocate', 'Advocate'), ('other', 'Other'), ('none', 'None')], max_length=40)),
                ('words', models.CharField(blank=True, default='', max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='communication_needs', to='sharing.matter')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='communication_needs', to='people.person')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['bsl', 'deafblind', 'lipreading', 'text_relay', 'language', 'reading', 'large_print', 'braille', 'audio', 'signs_and_pictures', 'more_time', 'advocate', 'other', 'none'])), name='communication_need_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='communication_need_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('person__isnull', False)), fields=('person', 'kind'), name='communication_need_once_of_a_person'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('person__isnull', True)), fields=('matter', 'kind'), name='communication_need_once_in_a_matter')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('visit', 'Visit'), ('meeting', 'Meeting'), ('phone', 'Phone'), ('voicemail', 'Voicemail'), ('text', 'Text'), ('email', 'Email'), ('video', 'Video'), ('letter', 'Letter'), ('others', 'Others'), ('appointment', 'Appointment'), ('note', 'Note')], max_length=40)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('with_whom', models.CharField(blank=True, default='', max_length=200)),
                ('seen', models.CharField(choices=[('seen', 'Seen'), ('seen_alone', 'Seen alone'), ('not_seen', 'Not seen'), ('not_applicable', 'Not applicable')], default='not_applicable', max_length=40)),
                ('their_words', models.TextField(blank=True, default='')),
                ('words', models.TextField(blank=True, default='')),
                ('despite', models.TextField(blank=True, default='')),
                ('needs_met', models.CharField(blank=True, default='', max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='contacts.contact')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='sharing.matter')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', '-at'], name='contact_of_matter')],
                'constraints': [models.CheckConstraint(condition=models.Q(('how__in', ['visit', 'meeting', 'phone', 'voicemail', 'text', 'email', 'video', 'letter', 'others', 'appointment', 'note'])), name='contact_how_is_known'), models.CheckConstraint(condition=models.Q(('seen__in', ['seen', 'seen_alone', 'not_seen', 'not_applicable'])), name='contact_seen_is_known'), models.CheckConstraint(condition=models.Q(('their_words', ''), ('words', ''), _negated=True), name='contact_says_something'), models.CheckConstraint(condition=models.Q(('how', 'appointment'), ('recorded_at__gte', models.F('at')), _connector='OR'), name='contact_is_written_after_it_was'), models.CheckConstraint(condition=models.Q(('instead_of__isnull', True), models.Q(('instead_of', models.F('id')), _negated=True), _connector='OR'), name='contact_does_not_correct_itself')],
            },
        ),
        migrations.CreateModel(
            name='ContactProfile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('forbidden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                ('number', models.CharField(blank=True, default='', max_length=60)),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('from_time', models.TimeField(blank=True, null=True)),
                ('until_time', models.TimeField(blank=True, null=True)),
                ('interpreter', models.CharField(blank=True, default='', max_length=100)),
                ('safe_words', models.CharField(blank=True, default='', max_length=200)),
                ('words', models.TextField(blank=True, default='')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_profiles', to='sharing.matter')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_profiles', to='people.person')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('forbidden__contained_by', ['visit', 'meeting', 'phone', 'voicemail', 'text', 'email', 'video', 'letter', 'others'])), name='contact_profile_forbids_known_channels'), models.CheckConstraint(condition=models.Q(models.Q(('from_time__isnull', True), ('until_time__isnull', True)), models.Q(('from_time__isnull', False), ('until_time__isnull', False)), _connector='OR'), name='contact_profile_hours_have_both_ends'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='contact_profile_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('person__isnull', False)), fields=('person',), name='contact_profile_one_of_a_person'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('person__isnull', True)), fields=('matter',), name='contact_profile_one_of_a_matter')],
            },
        ),
        *(
            migrations.RunSQL(statements, lay_open(f"contacts_{name}", "sight"))
            for name, statements in BEHIND_THE_WALL.items()
        ),
    ]
