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
    known_by_number,
    near_namesakes,
    no_doubts,
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
    SCORED,
    Edges,
    Flags,
    Pairs,
    Whole,
    components,
)
from joinedup.pipeline.linkage.identities import Identities
from joinedup.pipeline.linkage.model import Model, Thresholds
from joinedup.pipeline.linkage.resolve import Contradictions, resolve

FIXED_WEIGHT = 99.0
"""The weight shown for a link that was not weighed: a verified number, a reviewer's word."""

FIRM, ALIKE, SAME_IDENTITY, VERIFIED_NUMBER, REVIEWER = (
    "names_and_birth_date", "alike_names_and_birth_date", "same_identity", "nhs_number", "reviewer",
)  # fmt: skip

RULES = "2026-11-22 namesakes a generation apart, and nobody else on the register"
"""Named anew whenever a rule of the tiers changes: what a night kept under other rules is not carried on."""

_BECAUSE = (FIRM, REVIEWER, VERIFIED_NUMBER, SAME_IDENTITY)
_NO_EDGE = 3
_FURTHER = 4
"""What more a pair far apart must weigh where given names are not the same."""
_MUCH = 14
"""What a pair far apart must weigh though its persons share none of what is one's own."""
_MOVED = 10
"""What a record without a birth date must weigh where only an earlier home or the street is shared."""

_STEP = 1000.0


@dataclass(frozen=True)
class Scored:
    """The edges of the model by position, with how birth dates and given names stand."""

    edges: Edges
    born: np.ndarray
    given: np.ndarray
    family: np.ndarray
    sex: np.ndarray
    nhs: np.ndarray
    near: Flags
    own: np.ndarray
    child: Flags
    shared_name: Flags
    called: Flags
    home: np.ndarray
    cohort: Flags
    settled: Flags
    several: Flags
    """Whether one of the two is known to be born with a twin."""
    alone: Flags
    """Whether one of the two is known to be born alone, and neither with a twin."""
    doubts: Doubts

    def certain(self, at: Thresholds) -> Flags:
        """Edges that make one person: birth dates agree, given names fit, and the weight is enough.

        Where either only fits, nothing else may differ that seldom differs, and the two must have been
        near each other: a twin with a like name far away is not told apart by weight. Nor is a twin with
        a like name at home, so with children whose names only fit a number or an e-mail address must agree: a
        middle name such as Kaur, or a father's, is borne by both.
        """
        weight = self.edges.weight
        same = (self.born == 3) & (self.given == 3) & (weight >= at.certain)
        same &= self.near | (weight >= at.far)
        fits = (self.born >= 1) & (self.given >= 1) & (self.born + self.given >= 4)
        fits &= (self.sex >= 0) & self.near & (weight >= at.certain_weak)
        fits &= ~self.shared_name | (self.given == 3) | (self.own >= 1)
        unlike = (self.given < 3) | (self.family < 0)
        alone = self.alone & (self.born == 3)
        twins = ((self.child & ~alone) | self.several) & unlike & (self.own < 2)
        twins |= self.doubts.middles | (self.several & self._number_only())
        return np.asarray((same | fits) & (self.nhs >= 0) & ~twins)

    def probable(self, at: Thresholds) -> Flags:
        """Edges that say it may be one person.

        Without a birth date the given name must be the same or a form of it, or the weight great; and a
        name that half a family bears needs something of one's own besides.
        """
        weight = self.edges.weight
        further = _FURTHER * ((self.given < 3) & (self.home < 0))
        far = (weight >= at.far_probable + further) & (self.born == 3)
        far &= ~self.doubts.unlike | ((self.home >= 0) & (weight >= _MUCH))
        enough = (weight >= at.probable) & (self.near | far)
        enough &= self.near | (self.nhs >= 0)
        dated = (
            (self.born >= 1) & (self.given >= 0) & ((self.given >= 1) | (self.born == 3)) & enough
        )
        kin = (self.given == 0) & ((self.sex < 0) | (self.child & self.shared_name))
        kin |= self.child & (self.family < 0) & ((self.given < 3) | ~self.alone)
        kin |= self.shared_name & (self.family < 0) & ~self.alone
        kin |= self.child & (self.given == 0) & ~self.alone & ~self._of_two_names()
        dated &= ~kin | (self.own >= 1)
        dated &= (self.sex >= 0) | (self.given == 3) | (self.born == 3) | (self.own == 2)
        dated &= ~self._twins() & ~self.doubts.middles
        undated = self._undated(at) & ~self._kin() & ((self.own >= 1) | self._named_at_home())
        undated &= ~self.doubts.namesakes | (self.own == 2)
        odd = (self.born == 3) & (self.given == -1) & (self.own >= 1) & ~self.child
        odd &= (self.own == 2) | self.settled
        odd |= self._of_one_home() | self._of_one_mailbox()
        odd |= (self.born == -1) & (self.given == 3) & ((self.own == 2) | self._of_one_age())
        odd &= (self.sex >= 0) & (self.nhs >= 0) & (weight >= at.probable_odd)
        odd &= ~(self.child & self._number_only())
        return np.asarray(dated | undated | odd | (weight >= at.overwhelming))

    def rivals(self, at: Thresholds) -> Flags:
        """Edges that join nobody in the probable tier, but show that somebody else would fit as well."""
        return self._undated(at)

    def _undated(self, at: Thresholds) -> Flags:
        weight = self.edges.weight
        form = (
            (self.given >= 2) & (weight >= at.probable) & (self.near | (weight >= at.far_probable))
        )
        alike = (self.given == 1) & (
            weight >= np.where(self.home >= 3, at.certain, at.undated_alike)
        )
        return np.asarray((self.born == 0) & (form | alike))

    def _named_at_home(self) -> Flags:
        """Whether the home is the same, or nothing is near at all; and of a child the name, no form of it."""
        here = (self.home >= 3) | ~self.near
        here |= (self.home == 2) & (self.edges.weight >= _MOVED)
        return np.asarray(here & ((self.given == 3) | ~self.child))

    def _twins(self) -> Flags:
        """Whether it may as well be a twin: their names are not the same, and nothing of one's own agrees.

        A slip in a child's name is no twin where nobody else of that day and home is on a register. Of
        young grown-ups it may be one where two names are written nearly alike.
        """
        unlike = (self.given < 3) | (self.nhs < 0)
        other = (self.given < 2) & ~self._of_two_names() & (~self.doubts.only | self.called)
        other |= self.doubts.forms & ~self.doubts.only
        maybe = self.child & ~self.alone & ((self.nhs < 0) | other)
        twins = (self.several & (self.own < 2)) | (maybe & (self.own < 1))
        twins |= self.doubts.forms & (self.given < 1) & ~self.alone & (self.own < 2)
        twins |= self.several & self._number_only()
        return np.asarray(unlike & twins)

    def _number_only(self) -> Flags:
        """Whether nothing but a number agrees, which a family member's may be: the given names do not fit."""
        return np.asarray((self.nhs > 0) & (self.given < 2))

    def _of_two_names(self) -> Flags:
        """Whether names that differ are rather two of one person than those of twins.

        Of one day, home and family name, where a name is often borne beside another and no twin is known of.
        """
        same = (self.born == 3) & (self.home >= 3) & (self.family >= 1) & (self.given == 0)
        return np.asarray(same & self.doubts.beside & ~self.shared_name & ~self.several)

    def _of_one_mailbox(self) -> Flags:
        """Whether grown-ups share e-mail address, home and family name, and only names or a year do not fit."""
        same = (self.own == 2) & (self.nhs == 0) & (self.home >= 2) & (self.family >= 1)
        return np.asarray(same & (self.born >= 0) & ~self.child & ~self.several)

    def _of_one_home(self) -> Flags:
        """Whether only a twin could be meant but for the person, and there is none.

        They were born on one day, live in one home and bear one family name.
        """
        same = (self.born == 3) & (self.home >= 2) & (self.family >= 1) & ~self.several
        return np.asarray(
            same & (self.alone | self.settled | (self.doubts.only & (self.own >= 1) & ~self.child))
        )

    def _of_one_age(self) -> Flags:
        """Whether birth dates differ, but hardly two of that name and about that age live in one home."""
        return np.asarray((self.home >= 3) & (self.family >= 1) & self.cohort & ~self.shared_name)

    def _kin(self) -> Flags:
        """Whether it may as well be somebody of the family and nothing of one's own agrees.

        Father and sons may all bear the name; a child may bear a parent's, shortened or in the middle;
        sex or family name differs.
        """
        kin = self.called | (self.family < 0)
        kin |= (self.sex < 0) & ((self.given < 3) | (self.home < 3) | self.child)
        kin |= self.shared_name & ((self.given < 2 + self.child) | (self.home < 3))
        kin |= (self.given < 3) & self.several
        kin |= self.doubts.other_phone & (self.shared_name | (self.given < 3))
        kin |= self.child & (self.given < 2) & ~self.alone
        other = self.called | (
            (self.family < 0) & ((self.given < 3) | (self.home < 2) | (self.sex < 1))
        )
        other |= (self.given < 2) & (self.sex < 0)
        return np.asarray(kin & (self.own < np.where(other, 2, 1)))


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
    scored = _scored(edges, identity, births)
    undated = people.lanes.holds("born_on_l IS NULL", *(np.arange(len(people)),) * 2)
    margin = np.where(undated, model.thresholds.margin_undated, model.thresholds.margin)
    fixed = _joined(fixed, _reviewed(decisions, identity, anchor))

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
    certain = _joined(fixed, scored.edges.only(scored.certain(model.thresholds)))
    found = resolved(certain, births, np.arange(len(identity)), own_explains=False)
    weight, because = _why(certain, found, len(identity))
    births = _births(people, found)
    several, alone = _of_pairs(scored.edges, births)
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
    wider = _joined(_joined(_stars(found), probable), rivals)
    maybe = resolved(wider, _with_only(births, scored, found), found, own_explains=True)
    return Tiers(
        identity, found, weight, because,
        possible=_possible(probable, identity, found, maybe),
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


def hanging_together(identity: Whole, anchor: Whole, pairs: pa.Table) -> Whole:
    """Name each identity's component by its smallest position: by anchor, or by a pair (identity_l, _r)."""
    left, right = (_position(identity, pairs[f"identity_{side}"]) for side in "lr")
    fixed = _fixed(anchor)
    return components(
        len(identity), np.concatenate((fixed.left, left)), np.concatenate((fixed.right, right))
    )


def _position(identity: Whole, wanted: pa.ChunkedArray) -> Whole:
    return np.searchsorted(identity, wanted.to_numpy()).astype(np.int64)


def _scored(table: pa.Table, identity: Whole, births: Births) -> Scored:
    edges = Edges(
        _position(identity, table["identity_l"]),
        _position(identity, table["identity_r"]),
        table["weight"].to_numpy(),
        np.full(len(table), SCORED, dtype=np.int8),
    )
    judged = (
        "born",
        "given",
        "family",
        "sex",
        "nhs",
        "near",
        "own",
        "child",
        "shared_name",
        "called",
        "home",
        "cohort",
        "settled",
    )
    told = [table[column].to_numpy(zero_copy_only=False) for column in judged]
    told.extend((*_of_pairs(edges, births), no_doubts(edges)))
    return Scored(edges, *told)


def _of_pairs(edges: Edges, births: Births) -> Births:
    several, alone = (flags[edges.left] | flags[edges.right] for flags in births)
    return several, alone & ~several


def _basis(left: Whole, right: Whole, basis: int) -> Edges:
    return Edges(
        left, right,
        np.full(len(left), FIXED_WEIGHT, dtype=np.float32), np.full(len(left), basis, dtype=np.int8),
    )  # fmt: skip


def _fixed(anchor: Whole) -> Edges:
    """Those who stand on one verified number are one person."""
    held = np.flatnonzero(anchor >= 0)
    _, first, which = np.unique(anchor[held], return_index=True, return_inverse=True)
    left, right = held[first[which]], held
    other = left != right
    return _basis(left[other], right[other], NUMBERED)


def _stars(cluster: Whole) -> Edges:
    """People already found, as edges that hold."""
    position = np.arange(len(cluster), dtype=np.int64)
    other = cluster != position
    return _basis(cluster[other], position[other], NUMBERED)


def _reviewed(decisions: pa.Table, identity: Whole, anchor: Whole) -> Edges:
    same = decisions.filter(decisions["same"])
    left, right = (_position(identity, same[f"identity_{side}"]) for side in "lr")
    return _basis(left, right, REVIEWED)


def _apart(decisions: pa.Table, identity: Whole) -> Pairs:
    other = decisions.filter(pc.invert(decisions["same"]))
    return _position(identity, other["identity_l"]), _position(identity, other["identity_r"])


def _joined(one: Edges, two: Edges) -> Edges:
    return Edges(
        np.concatenate((one.left, two.left)), np.concatenate((one.right, two.right)),
        np.concatenate((one.weight, two.weight)), np.concatenate((one.basis, two.basis)),
    )  # fmt: skip


def _why(certain: Edges, cluster: Whole, size: int) -> tuple[np.ndarray, pa.Array]:
    """For each position the weight and the kind of the best edge that holds it."""
    inside = certain.only(cluster[certain.left] == cluster[certain.right])
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
    low, high = np.minimum(left, right)[order], np.maximum(left, right)[order]
    _, first = np.unique(np.column_stack((low, high)), axis=0, return_index=True)
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
