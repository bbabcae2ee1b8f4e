"""The tree over the lines: leaves in their order, nodes, signed heads, and each time it was checked."""

from django.db import models


class Leaf(models.Model):
    """A line's place in the tree; numbered afterwards by the one sequencer, from nought on."""

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.number)


class TreeNode(models.Model):
    """The hash of a perfect subtree; level nought holds the leaves' own."""

    pk = models.CompositePrimaryKey("level", "place")
    level = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class TreeHead(models.Model):
    """The hash over the first so many leaves, signed; each stands in a file elsewhere as well."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class TreeCheck(models.Model):
    """One check of the whole audit against its tree, and what it found."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    intact = models.BooleanField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    sentence = models.TextField()

    def __str__(self) -> str:
        return self.sentence
