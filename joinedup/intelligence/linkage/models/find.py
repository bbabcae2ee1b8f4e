"""The find index: hashed keys that lead to people, and what is known of each, and by whom, in one text."""

from django.db import models


class FindKey(models.Model):
    """One of the keys a person is found under; a hash, which tells nothing by itself."""

    # No foreign key: twenty million checks a night would guard what the night alone writes.
    pk = models.CompositePrimaryKey("key", "person")
    key = models.BigIntegerField()
    mark = models.BigIntegerField()
    """What the person has, in 64 bits (`find.marks`): of many, those most like a question are read."""
    person = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=("key",), name="find_key"),)

    def __str__(self) -> str:
        return str(self.key)


class FindLately(models.Model):
    """What a key says lately of a person, in place of what `FindKey` says; brought into that little by little."""

    pk = models.CompositePrimaryKey("key", "person")
    key = models.BigIntegerField()
    person = models.UUIDField()
    mark = models.BigIntegerField(
        null=True, help_text="As in the large table; none where the key leads to them no more."
    )

    def __str__(self) -> str:
        return str(self.key)


class FindProfile(models.Model):
    """What is known of a person by all current records, as `find.profile` writes it."""

    person = models.UUIDField(primary_key=True)
    profile = models.TextField()

    def __str__(self) -> str:
        return str(self.person)
