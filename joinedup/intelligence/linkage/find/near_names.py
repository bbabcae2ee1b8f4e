"""Which of many names come near a typed one at all."""

from collections.abc import Iterator, Sequence, Set

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from joinedup.pipeline.standardise.nicknames import forms_of, name_roots

NEAR = 0.83
"""Jaro-Winkler likeness under which a name is not worth a closer look."""


class NearNames:
    """The names that were asked for, ready to tell which of many come near one of them."""

    def __init__(self, asked: tuple[str, ...]) -> None:
        self._asked = asked
        self._whole = _whole(asked)
        self._near = set(_other_forms(asked))
        self._weighed: set[str] = {""}

    def of(self, said: Set[str]) -> Set[str]:
        """Those of the names said that come near, and others that nobody said."""
        fresh = list(said - self._weighed)
        if not self._asked or not fresh:
            return self._near
        self._weighed.update(fresh)
        alike = cdist(self._whole, fresh, scorer=JaroWinkler.similarity, score_cutoff=NEAR)
        self._near.update([fresh[at] for at in alike.any(axis=0).nonzero()[0].tolist()])
        self._near.update(_initials_and_parts(self._asked, fresh))
        return self._near


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
