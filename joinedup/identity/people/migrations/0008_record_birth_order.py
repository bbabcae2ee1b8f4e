from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0007_whose_word_a_household_is"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="birth_order",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
