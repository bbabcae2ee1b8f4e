"""How a coded word becomes a column that refuses any other."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import Q


def coded(words: type[StrEnum], **options: object) -> "models.CharField[str, str]":
    """A column for one of these words."""
    pairs = [(word.value, word.value.replace("_", " ").capitalize()) for word in words]
    return models.CharField(max_length=40, choices=pairs, **options)  # type: ignore[arg-type]


def only(field: str, words: Iterable[StrEnum], name: str) -> models.CheckConstraint:
    """The constraint that the column holds one of these words and nothing else."""
    allowed = [word.value for word in words]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=name)
