"""Two tiers: certain, which makes one person; probable, which only says that it might be one."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.linkage.contest import Standing
from joinedup.pipeline.linkage.contradictions import Births, Told, contradictions
from joinedup.pipeline.linkage.doubts import (
    Doubts,
    borne_beside,
    fits_two_numbers,
    known_by_number,
    near_namesakes,
    only_of_the_day,
    other_phone,
    share_nothing,
    spelled_alike,
    two_middle_names,
)
from joinedup.pipeline.linkage.edges import (
    NUMBERED,
    REVIEWED,
    RIVAL,
    Edges,
    Flags,
    Pairs,
    Whole,
    both,
    components,
    places,
    unweighed,
)
from joinedup.pipeline.linkage.identities import Identities
from joinedup.pipeline.linkage.model import Model, Thresholds
from joinedup.pipeline.linkage.resolve import Contradictions, resolve
from joinedup.pipeline.linkage.scored import Scored, of_pairs, scored_edges

FIRM, ALIKE, SAME_IDENTITY, VERIFIED_NUMBER, REVIEWER = (
    "names_and_birth_date", "alike_names_and_birth_date", "same_identity", "nhs_number", "reviewer",
)  # fmt: skip

RULES = "2026-11-22 certain only where nobody else known would fit"
"""Named anew whenever a rule of the tiers changes: what a night kept under other rules is not carried on."""

_BECAUSE = (FIRM, REVIEWER, VERIFIED_NUMBER, SAME_IDENTITY)
_NO_EDGE = 3
_STEP = 1000.0


@dataclass(frozen=True)
class Tiers:
    """What identities were found to be: by position in `identity`."""

    identity: Whole
    person: Whole
    """Certain: which identities are one person (named by the smallest position)."""
    weight: np.ndarray
    because: pa.Array
    possible: pa.Table
    """identity_l, identity_r, weight, because: persons joined in the probable tier."""
    review: pa.Table
    """identity_l, identity_r, weight, because: pairs a reviewer should see."""


def find_people(model: Model, people: Identities, *, edges: pa.Table, decisions: pa.Table) -> Tiers:
    """Resolve identities into people, by the scored edges and the reviewers' decisions."""
    identity, anchor, support = people.identity, people.anchor, people.records
    fixed, never = _fixed(anchor), _apart(decisions, identity)
    births = _births(people, components(len(identity), fixed.left, fixed.right))
    scored = scored_edges(edges, identity, births)
    undated = people.lanes.holds("born_on_l IS NULL", *(np.arange(len(people)),) * 2)
    margin = np.where(undated, model.thresholds.margin_undated, model.thresholds.margin)
    fixed = both(fixed, _reviewed(decisions, identity, anchor))

    standing = Standing(anchor, support, margin)

    grades = {"born": scored.born, "given": scored.given, "sex": scored.sex, "nhs": scored.nhs}
    told = Told.of(len(identity), scored.edges, grades)

    def resolved(edges: Edges, births: Births, joined: Whole, *, own_explains: bool) -> Whole:
        hanging = components(len(identity), edges.left, edges.right)
        apart = contradictions(
            people, hanging, births, told, joined=joined, own_explains=own_explains
        )
        return resolve(edges, standing, Contradictions(never, *apart), hanging=hanging)

    scored = replace(scored, doubts=replace(scored.doubts, middles=_two_middles(people, scored)))
    certain = scored.certain(model.thresholds)
    found = resolved(
        both(fixed, scored.edges.only(certain)),
        births,
        np.arange(len(identity)),
        own_explains=False,
    )
    firm = certain & (~_fits_two(people, scored) | (scored.own == 2))
    sure = _inside(both(fixed, scored.edges.only(firm)), found)
    person = components(len(identity), sure.left, sure.right)
    weight, because = _why(sure, len(identity))
    births = _births(people, found)
    several, alone = of_pairs(scored.edges, births)
    scored = replace(scored, several=several, alone=alone)
    scored = replace(scored, doubts=_doubts(people, scored, found, undated, model.thresholds))

    hardly_known = _hardly_known(found, anchor, support, model.thresholds.known_by) & ~undated
    left, right = scored.edges.left, scored.edges.right
    thin = (undated[left] & hardly_known[right]) | (undated[right] & hardly_known[left])
    thin |= undated[left] & undated[right]
    thin &= scored.own == 0
    chosen = scored.probable(model.thresholds) & ~thin
    probable = scored.edges.only(chosen)
    rivals = scored.edges.only(scored.rivals(model.thresholds) & ~chosen)
    rivals = replace(rivals, basis=np.full(len(rivals), RIVAL, dtype=np.int8))
    wider = both(both(_stars(found), probable), rivals)
    maybe = resolved(wider, _with_only(births, scored, found), found, own_explains=True)
    return Tiers(
        identity, person, weight, because,
        possible=_possible(scored.edges.only(chosen | (certain & ~firm)), identity, person, maybe),
        review=_review(scored, identity, maybe, model.thresholds),
    )  # fmt: skip


def _births(people: Identities, cluster: Whole) -> Births:
    """Of each place, whether its person is known to be born with a twin; and to be born alone."""
    itself = (np.arange(len(people)),) * 2
    told = people.lanes.holds("birth_order_l IS NOT NULL", *itself)
    alone = people.lanes.holds("birth_order_l = '8'", *itself)
    several = np.bincount(cluster, weights=told & ~alone, minlength=len(cluster))[cluster] > 0
    single = np.bincount(cluster, weights=alone, minlength=len(cluster))[cluster] > 0
    return several, single & ~several


def _with_only(births: Births, scored: Scored, cluster: Whole) -> Births:
    """Births, with those counted alone of whom nobody else of the day and home is on a register."""
    several, alone = births
    known, only = scored.doubts.known, scored.doubts.only
    like = (scored.born == 3) & (scored.home >= 2) & (scored.family >= 1)
    left, right = cluster[scored.edges.left], cluster[scored.edges.right]
    single = np.zeros(len(cluster), dtype=bool)
    single[left[only]] = single[right[only]] = True
    met = like & known & ~only & (left != right)
    single[left[met]] = single[right[met]] = False
    return several, (alone | single[cluster]) & ~several


def _two_middles(people: Identities, scored: Scored) -> Flags:
    young = (scored.born >= 2) & (scored.given >= 0) & ~scored.settled & (scored.own < 2)
    return two_middle_names(people, scored.edges, np.flatnonzero(young))


def _fits_two(people: Identities, scored: Scored) -> Flags:
    """Of each edge, whether one of its two fits somebody else as well who is known by another number.

    A twin, mostly: near, of one family name, the given name being either's, and the day telling them no
    more apart.
    """
    fits = (scored.born >= 1) & scored.near & (scored.family >= 0)
    alike = spelled_alike(people, scored.edges, np.flatnonzero(fits & (scored.given == 0)))
    fits &= (scored.given >= 1) | alike
    two = fits_two_numbers(people, scored.edges, fits, scored.born)
    return np.asarray(two[scored.edges.left] | two[scored.edges.right])


def _doubts(
    people: Identities, scored: Scored, cluster: Whole, undated: Flags, at: Thresholds
) -> Doubts:
    """What is asked of the edges between the persons found."""
    edges, child = scored.edges, scored.child
    known = known_by_number(people, cluster)
    maybe_twins = child & (scored.given == 2) & (scored.own < 1) & ~scored.alone
    maybe_twins |= ~child & ~scored.settled & (scored.given == 0) & (scored.born == 3)
    far = ~scored.near & (scored.born == 3) & (edges.weight >= at.far_probable)
    day_and_home = (scored.born == 3) & (scored.home >= 2) & (scored.family >= 1)
    return Doubts(
        other_phone=other_phone(people, edges, cluster, undated),
        forms=spelled_alike(people, edges, np.flatnonzero(maybe_twins)),
        middles=scored.doubts.middles,
        beside=borne_beside(
            people, edges, np.flatnonzero(child & (scored.given == 0)), cluster, known
        ),
        unlike=share_nothing(people, edges, np.flatnonzero(far), cluster),
        known=known[cluster[edges.left]] | known[cluster[edges.right]],
        only=only_of_the_day(edges, day_and_home, cluster, known),
        namesakes=near_namesakes(
            people, edges, (scored.given >= 1) & scored.near, cluster, undated
        ),
    )


def _hardly_known(cluster: Whole, anchor: Whole, support: Whole, known_by: int) -> Flags:
    """Who is known by few records and no verified number: whoever shares the home may be unknown yet."""
    records = np.bincount(cluster, weights=support, minlength=len(cluster))[cluster]
    return np.asarray((records < known_by) & (anchor < 0))


def hanging_together(identity: Whole, anchor: Whole, *pairs: pa.Table) -> Whole:
    """Name each identity's component by its smallest position: by anchor, or by a pair (identity_l, _r)."""
    fixed = _fixed(anchor)
    found = [(fixed.left, fixed.right), *(places(identity, some) for some in pairs)]
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    return components(len(identity), left, right)


def _fixed(anchor: Whole) -> Edges:
    """Those who stand on one verified number are one person."""
    held = np.flatnonzero(anchor >= 0)
    _, first, which = np.unique(anchor[held], return_index=True, return_inverse=True)
    left, right = held[first[which]], held
    other = left != right
    return unweighed(left[other], right[other], NUMBERED)


def _stars(cluster: Whole) -> Edges:
    """People already found, as edges that hold."""
    every = np.arange(len(cluster), dtype=np.int64)
    other = cluster != every
    return unweighed(cluster[other], every[other], NUMBERED)


def _reviewed(decisions: pa.Table, identity: Whole, anchor: Whole) -> Edges:
    same = decisions.filter(decisions["same"])
    return unweighed(*places(identity, same), REVIEWED)


def _apart(decisions: pa.Table, identity: Whole) -> Pairs:
    other = decisions.filter(pc.invert(decisions["same"]))
    return places(identity, other)


def _inside(edges: Edges, cluster: Whole) -> Edges:
    return edges.only(cluster[edges.left] == cluster[edges.right])


def _why(inside: Edges, size: int) -> tuple[np.ndarray, pa.Array]:
    """For each position the weight and the kind of the best edge that holds it."""
    weight = np.full(size, np.nan, dtype=np.float32)
    basis = np.full(size, _NO_EDGE, dtype=np.int8)
    for side in (inside.left, inside.right):
        best = np.full(size, -1.0)
        # By basis, then by weight: no weight comes near the step from one basis to the next.
        np.maximum.at(best, side, inside.basis * _STEP + inside.weight)
        of, best_weight = np.divmod(best, _STEP)
        better = (best >= 0) & (np.isnan(weight) | (best_weight.astype(np.float32) > weight))
        weight[better], basis[better] = best_weight[better], of[better]
    return weight, pa.array(_BECAUSE).take(pa.array(basis))


def _pairs(identity: Whole, edges: Edges, because: str) -> pa.Table:
    return pa.table(
        {
            "identity_l": identity[edges.left],
            "identity_r": identity[edges.right],
            "weight": edges.weight.astype(np.float32),
            "because": pa.array([because] * len(edges), pa.string()),
        }
    )


def _once(edges: Edges, left: Whole, right: Whole) -> Edges:
    """The best edge between each two groups."""
    order = np.lexsort((edges.right, edges.left, -edges.weight))
    size = 1 + max(int(side.max(initial=0)) for side in (left, right))
    pair = np.minimum(left, right) * size + np.maximum(left, right)
    _, first = np.unique(pair[order], return_index=True)
    return edges.only(order[np.sort(first)])


def _possible(edges: Edges, identity: Whole, person: Whole, maybe: Whole) -> pa.Table:
    across = (person[edges.left] != person[edges.right]) & (maybe[edges.left] == maybe[edges.right])
    chosen = edges.only(across)
    chosen = _once(chosen, person[chosen.left], person[chosen.right])
    return _pairs(identity, chosen, "probable")


def _review(scored: Scored, identity: Whole, maybe: Whole, at: Thresholds) -> pa.Table:
    """The band under probable, and what weighed enough but was left open; the best of each two people."""
    left, right = scored.edges.left, scored.edges.right
    band = (scored.born >= 1) & (scored.given >= 1) & (scored.edges.weight < at.probable)
    band |= (scored.born == 3) & (scored.given >= 1) & scored.near
    open_ = maybe[left] != maybe[right]
    chosen = scored.edges.only(band & open_)
    chosen = _once(chosen, maybe[chosen.left], maybe[chosen.right])
    return _pairs(identity, chosen, "uncertain")
