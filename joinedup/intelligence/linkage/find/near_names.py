"""Which of many names come near a typed one at all."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from joinedup.pipeline.standardise.nicknames import forms_of, name_roots

NEAR = 0.83
"""Jaro-Winkler likeness under which a name is not worth a closer look."""


def near_names(asked: tuple[str, ...], said: Sequence[str]) -> set[str]:
    """Those of the names said that come near one that was asked for."""
    if not asked or not said:
        return set()
    alike = cdist(_whole(asked), said, scorer=JaroWinkler.similarity, score_cutoff=NEAR)
    near = {said[at] for at in alike.any(axis=0).nonzero()[0].tolist()}
    near.update(_other_forms(asked), _initials_and_parts(asked, said))
    return near


def _whole(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The names, and those that may be one name of two parts."""
    if len(asked) < 3:
        return asked
    return (*asked, " ".join(asked[1:]), " ".join(asked[:-1]))


def _other_forms(asked: tuple[str, ...]) -> Iterator[str]:
    """Names that look different and are forms of one."""
    for name in asked:
        for root in name_roots(name):
            yield from forms_of(root)


def _initials_and_parts(asked: tuple[str, ...], said: Sequence[str]) -> Iterator[str]:
    letters = {name for name in asked if len(name) == 1}
    if letters:
        yield from (name for name in said if name[0] in letters)
    yield from (name for name in said if len(name) == 1)
    parts = set(asked)
    yield from (name for name in said if " " in name and not parts.isdisjoint(name.split(" ")))
