"""What speaks against an edge though it weighs enough: asked of few edges, and of the persons they join."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from joinedup.pipeline.linkage.coded import Coded
from joinedup.pipeline.linkage.edges import Edges, Flags, Whole, several
from joinedup.pipeline.linkage.identities import Identities

_SPELLED_ALIKE = (
    "jaro_winkler_similarity(given_l, given_r) >= 0.88 OR levenshtein(given_l, given_r) <= 1"
)
_BESIDE = (
    "(beside_l OR beside_r) AND coalesce(other_given_l = given_r, true)"
    " AND coalesce(other_given_r = given_l, true)"
)
_TWO_MIDDLES = (
    "middle_l <> middle_r AND NOT (least(length(middle_l), length(middle_r)) = 1"
    " AND substr(middle_l, 1, 1) = substr(middle_r, 1, 1))"
    " AND jaro_winkler_similarity(middle_l, middle_r) < 0.92"
)
GENERATION = 13
"""Years between parent and child, at least."""

_THEIR_OWN = ("phone", "email", "nhs", "left(middle, 1)")
"""What one person has few of: two persons far apart who have some, and none in common, are hardly one."""


@dataclass(frozen=True)
class Doubts:
    """Of each edge, what else is known of it."""

    other_phone: Flags
    """Whether an undated one has a telephone, and the other's person only others."""
    forms: Flags
    """Whether two names of young grown-ups are spelled nearly alike, as twins' may be."""
    middles: Flags
    """Whether both, born since 1985 on one day or nearly, have middle names, and they are two."""
    beside: Flags
    """Whether children's names differ where names are borne beside another, and a verified number stands for one."""
    unlike: Flags
    """Whether, far apart, their persons have telephones, e-mail addresses or the like, and share none of a kind."""
    known: Flags
    """Whether a verified number stands for one of their persons."""
    only: Flags
    """Whether nobody else of that day and home is known by a verified number: no twin."""
    namesakes: Flags
    """Whether an undated one is near two who bear its name, a generation apart."""
    lone: Flags
    """Whether both fit, and neither of their persons fits anybody else: nobody who is known by a verified number, or
    of names that are not the same nobody at all."""
    sole: Flags
    """Whether, near each other, nothing differs between the two, and neither has anybody else near so like."""
    twice: Flags
    """Whether each of their persons is known by more than one record: what both say is no slip."""


def no_doubts(edges: Edges) -> Doubts:
    """Before anything was asked."""
    return Doubts(*(np.zeros(len(edges), dtype=bool) for _ in range(11)))


def asked_of(people: Identities, edges: Edges, rows: Whole, sql: str) -> Flags:
    """Of all edges, whether a condition holds; it is asked of these rows only."""
    found = np.zeros(len(edges), dtype=bool)
    found[rows] = people.lanes.holds(sql, edges.left[rows], edges.right[rows])
    return found


def spelled_alike(people: Identities, edges: Edges, rows: Whole) -> Flags:
    """Of these rows, whether given names are nearly alike."""
    return asked_of(people, edges, rows, _SPELLED_ALIKE)


def two_middle_names(people: Identities, edges: Edges, rows: Whole) -> Flags:
    """Of these rows, whether middle names are two."""
    return asked_of(people, edges, rows, _TWO_MIDDLES)


def known_by_number(people: Identities, cluster: Whole) -> Flags:
    """Of each cluster, whether a verified number stands for it."""
    known = np.zeros(len(people), dtype=bool)
    known[cluster[people.anchor >= 0]] = True
    return known


def fits_two_numbers(
    people: Identities, edges: Edges, fits: Flags, born: NDArray[np.int8]
) -> Flags:
    """Of each place without a number, whether it fits two who bear different ones, by birth date equally well."""
    lane = people.lanes.columns["nhs"]
    assert isinstance(lane, Coded)
    numbered = lane.codes != lane.null
    rows = np.flatnonzero(fits & (numbered[edges.left] != numbered[edges.right]))
    turned = numbered[edges.left[rows]]
    here = np.where(turned, edges.right[rows], edges.left[rows])
    there = np.where(turned, edges.left[rows], edges.right[rows])
    best = np.zeros(len(people), dtype=np.int8)
    np.maximum.at(best, here, born[rows])
    equal = born[rows] == best[here]
    return several(here[equal], lane.codes[there[equal]], len(people))


def both_say_it_twice(people: Identities, edges: Edges, cluster: Whole) -> Flags:
    """Of each edge, whether both persons are known by more than one record."""
    more = np.bincount(cluster, weights=people.records, minlength=len(cluster)) > 1
    return np.asarray(more[cluster[edges.left]] & more[cluster[edges.right]])


def fit_nobody_else(edges: Edges, fits: Flags, cluster: Whole, others: Flags) -> Flags:
    """Of the edges that fit, whether neither of their persons fits a third who is one of these others."""
    left, right = cluster[edges.left], cluster[edges.right]
    fits = fits & (left != right)
    one = np.concatenate((left[fits], right[fits]))
    other = np.concatenate((right[fits], left[fits]))
    asked = others[other]
    third = several(one[asked], other[asked], len(cluster))
    return np.asarray(fits & ~third[left] & ~third[right])


def fits_outside(edges: Edges, fits: Flags, person: Whole, maybe: Whole) -> Flags:
    """Of each edge, whether one of its persons fits somebody who is left outside of whom it may be one with."""
    rows = np.flatnonzero(fits & (maybe[edges.left] != maybe[edges.right]))
    someone = np.zeros(len(person), dtype=bool)
    someone[person[edges.left[rows]]] = someone[person[edges.right[rows]]] = True
    return np.asarray(someone[person[edges.left]] | someone[person[edges.right]])


def only_of_the_day(edges: Edges, alike: Flags, cluster: Whole, known: Flags) -> Flags:
    """Of the edges `alike` in day, home and family name: whether one person is known by a verified number,
    and the other meets nobody else like it who is.
    """
    left, right = cluster[edges.left], cluster[edges.right]
    rows = np.flatnonzero(alike & (known[left] != known[right]))
    turned = known[left[rows]]
    here = np.where(turned, right[rows], left[rows])
    there = np.where(turned, left[rows], right[rows])
    found = np.zeros(len(edges), dtype=bool)
    found[rows] = ~several(here, there, len(cluster))[here]
    return found


def near_namesakes(
    people: Identities, edges: Edges, fits: Flags, cluster: Whole, undated: Flags
) -> Flags:
    """Of the edges of undated ones that fit, whether others they fit were born a generation earlier or later."""
    year = _years(people)
    turned = undated[edges.right]
    here = cluster[np.where(turned, edges.right, edges.left)]
    born = year[np.where(turned, edges.left, edges.right)]
    rows = np.flatnonzero(fits & (undated[edges.left] != undated[edges.right]))
    first, last = np.full(len(people), np.inf), np.full(len(people), -np.inf)
    np.minimum.at(first, here[rows], born[rows])
    np.maximum.at(last, here[rows], born[rows])
    apart = np.maximum(last[here], born) - np.minimum(first[here], born)
    return np.asarray(apart >= GENERATION)


def _years(people: Identities) -> np.ndarray:
    every = np.arange(len(people))
    return people.lanes.number("coalesce(year(born_on_l), 0)", every, every).astype(float)


def borne_beside(
    people: Identities, edges: Edges, rows: Whole, cluster: Whole, known: Flags
) -> Flags:
    """Of these rows, whether differing names may both be one's, whom a verified number makes known."""
    rows = rows[known[cluster[edges.left[rows]]] | known[cluster[edges.right[rows]]]]
    return asked_of(people, edges, rows, _BESIDE)


def share_nothing(people: Identities, edges: Edges, rows: Whole, cluster: Whole) -> Flags:
    """Of these rows, whether the persons of both have something of their own, and none of a kind in common."""
    found = np.zeros(len(edges), dtype=bool)
    found[rows] = _unlike(people, cluster[edges.left[rows]], cluster[edges.right[rows]], cluster)
    return found


def _unlike(people: Identities, one: Whole, other: Whole, cluster: Whole) -> Flags:
    """Whether both clusters have something of their own, and none of a kind in common."""
    found = np.zeros(len(one), dtype=bool)
    for said in _THEIR_OWN:
        found |= _differ_in(people, said, one, other, cluster)
    return found


def _differ_in(people: Identities, said: str, one: Whole, other: Whole, cluster: Whole) -> Flags:
    """Whether both clusters have such a thing, and none in common."""
    lane = people.lanes.column(said)
    assert isinstance(lane, Coded)
    width = lane.null + 1
    asked = np.zeros(len(people), dtype=bool)
    asked[one] = asked[other] = True
    held = np.flatnonzero((lane.codes != lane.null) & asked[cluster])
    told = np.unique(cluster[held] * width + lane.codes[held])
    whose = told // width
    first, has = (np.searchsorted(whose, of) for of in (one, other))
    times = np.searchsorted(whose, one, "right") - first
    row = np.repeat(np.arange(len(one)), times)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    code = told[first[row] + nth] % width
    shared = np.isin(other[row] * width + code, told)
    common = np.bincount(row, weights=shared, minlength=len(one)) > 0
    return np.asarray((times > 0) & (np.searchsorted(whose, other, "right") > has) & ~common)


def other_phone(people: Identities, edges: Edges, cluster: Whole, undated: Flags) -> Flags:
    """Whether an undated one has a telephone, and the other's person only others."""
    lane = people.lanes.columns["phone"]
    assert isinstance(lane, Coded)
    key = cluster * (lane.null + 1)
    has = lane.codes != lane.null
    reached = np.zeros(len(people), dtype=bool)
    reached[cluster[has]] = True
    other = np.zeros(len(edges), dtype=bool)
    for here, there in ((edges.left, edges.right), (edges.right, edges.left)):
        rows = np.flatnonzero((undated & has)[here] & reached[cluster[there]])
        asked = np.zeros(len(people), dtype=bool)
        asked[cluster[there[rows]]] = True
        held = np.flatnonzero(has & asked[cluster])
        wanted = key[there[rows]] + lane.codes[here[rows]]
        other[rows] |= ~np.isin(wanted, key[held] + lane.codes[held])
    return other
