"""Joins what two wrote in one box at once, word by word; says where they met."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")


@dataclass(frozen=True)
class _Edit:
    """That the pieces from start to end were replaced by these."""

    start: int
    end: int
    new: tuple[str, ...]

    @property
    def adds(self) -> bool:
        return self.start == self.end


def joined(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of the same words in one; None where they meet at the same place.

    Two who add at the end of a line stand one under the other: neither has changed what the other wrote.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    pieces = _PIECES.findall(base)
    edits = _together(_edits(pieces, mine), _edits(pieces, theirs), pieces)
    if edits is None:
        return None
    return "".join(_applied(pieces, edits))


def _edits(base: list[str], new: str) -> list[_Edit]:
    pieces = _PIECES.findall(new)
    found = SequenceMatcher(None, base, pieces, autojunk=False).get_opcodes()
    return [_Edit(i1, i2, tuple(pieces[j1:j2])) for tag, i1, i2, j1, j2 in found if tag != "equal"]


def _together(mine: list[_Edit], theirs: list[_Edit], base: list[str]) -> list[_Edit] | None:
    """All edits in their order, or None where one of each is at the same place."""
    left = list(theirs)
    found: list[_Edit] = []
    for edit in mine:
        met = [each for each in left if _meet(edit, each)]
        if not met:
            found.append(edit)
            continue
        if len(met) > 1:
            return None
        one = _one_of(edit, met[0], base)
        if one is None:
            return None
        left.remove(met[0])
        found.append(one)
    # What is added at a place stands before what replaces from there on.
    return sorted([*found, *left], key=lambda each: (each.start, each.end))


def _meet(one: _Edit, other: _Edit) -> bool:
    if one.adds and other.adds:
        return one.start == other.start
    if one.adds:
        return other.start < one.start < other.end
    if other.adds:
        return one.start < other.start < one.end
    return one.start < other.end and other.start < one.end


def _one_of(mine: _Edit, theirs: _Edit, base: list[str]) -> _Edit | None:
    if mine == theirs:
        return mine
    at_the_end = mine.start == len(base) or base[mine.start] == "\n"
    if not (mine.adds and theirs.adds and at_the_end):
        return None
    first, second = theirs.new, mine.new
    if theirs.new[0] == "\n" and mine.new[0] != "\n":
        # Theirs begins a line of its own: mine goes on with the line before it.
        first, second = mine.new, theirs.new
    elif second[0] != "\n" and mine.start > 0:
        second = ("\n", *_without_space(second))
    elif second[0] != "\n":
        second = ("\n", *second)
    return _Edit(mine.start, mine.end, (*first, *second))


def _without_space(pieces: tuple[str, ...]) -> tuple[str, ...]:
    return pieces[1:] if len(pieces) > 1 and pieces[0].isspace() else pieces


def _applied(base: list[str], edits: list[_Edit]) -> list[str]:
    out: list[str] = []
    at = 0
    for edit in edits:
        out += base[at : edit.start]
        out += edit.new
        at = max(at, edit.end)
    return out + base[at:]
