"""Two tiers: certain, which makes one person; probable, which only says that it might be one."""

from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.linkage.answers import Persons, Tiers, possible, review, why
from joinedup.pipeline.linkage.coded import grouped
from joinedup.pipeline.linkage.contest import Standing
from joinedup.pipeline.linkage.contradictions import Births, Told, contradictions
from joinedup.pipeline.linkage.doubts import (
    Doubts,
    borne_beside,
    both_say_it_twice,
    fit_nobody_else,
    fits_outside,
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
from joinedup.pipeline.linkage.scored import UNTOLD, Scored, of_pairs, scored_edges

RULES = "2026-11-23 names in their order, homes left"
"""Named anew whenever a rule of the tiers changes: what a night kept under other rules is not carried on."""


class Resolving:
    """The two tiers, the certain one first; what the probable one finds is reckoned beside all that follows."""

    def __init__(
        self,
        model: Model,
        people: Identities,
        edges: pa.Table,
        decisions: pa.Table,
        beside: Executor,
    ) -> None:
        self._people, self._at, self._beside = people, model.thresholds, beside
        identity, anchor = people.identity, people.anchor
        self._never = _apart(decisions, identity)
        fixed = _fixed(anchor)
        self._births = _births(people, components(len(identity), fixed.left, fixed.right))
        self._scored = scored_edges(edges, identity, self._births)
        self._undated = people.lanes.holds("born_on_l IS NULL", *(np.arange(len(people)),) * 2)
        margin = np.where(self._undated, self._at.margin_undated, self._at.margin)
        self._standing = Standing(anchor, people.records, margin)
        self._fixed = both(fixed, _reviewed(decisions, identity, anchor))
        scored = self._scored
        grades = {"born": scored.born, "given": scored.given, "sex": scored.sex, "nhs": scored.nhs}
        self._told = Told.of(len(identity), scored.edges, grades)

    def certain(self) -> Persons:
        """The certain tier; the other is begun."""
        people, size = self._people, len(self._people)
        scored = self._scored
        two = self._beside.submit(_fits_two, people, scored)
        middles = _two_middles(people, scored)
        scored = replace(scored, doubts=replace(scored.doubts, middles=middles))
        certain = scored.certain(self._at)
        found = self._resolved(
            both(self._fixed, scored.edges.only(certain)),
            self._births,
            np.arange(size),
            own_explains=False,
        )
        firm = certain & (~two.result() | (scored.own == 2))
        sure = _inside(both(self._fixed, scored.edges.only(firm)), found)
        person = components(size, sure.left, sure.right)
        self._probable = self._beside.submit(self._probably, scored, found, certain & ~firm, person)
        return Persons(people.identity, person, *why(sure, size))

    def all(self, certain: Persons) -> Tiers:
        """Both, once the probable one is there."""
        scored, chosen, maybe = self._probable.result()
        return Tiers(
            certain.identity, certain.person, certain.weight, certain.because,
            possible=possible(scored.edges.only(chosen), certain.identity, certain.person, maybe),
            review=review(scored, certain.identity, maybe, self._at),
        )  # fmt: skip

    def _probably(
        self, scored: Scored, found: Whole, hardly: Flags, person: Whole
    ) -> tuple[Scored, Flags, Whole]:
        """Which edges of persons `found` say that they may be one, and who is one by them; `hardly` may too.

        Of a `person` for certain none is said that fits somebody else as well who is left outside.
        """
        people, at, undated = self._people, self._at, self._undated
        births = _births(people, found)
        several, alone = of_pairs(scored.edges, births)
        scored = replace(scored, several=several, alone=alone)
        scored = replace(scored, doubts=_doubts(people, scored, found, undated, at))
        hardly_known = _hardly_known(found, people.anchor, people.records, at.known_by) & ~undated
        left, right = scored.edges.left, scored.edges.right
        thin = (undated[left] & hardly_known[right]) | (undated[right] & hardly_known[left])
        thin &= (scored.given < 3) | (scored.home < 3)
        thin |= undated[left] & undated[right]
        thin &= scored.own == 0
        chosen = (scored.probable(at) & ~thin) | scored.meet_nobody_else(at)
        rivals = scored.edges.only(scored.rivals(at) & ~chosen)
        rivals = replace(rivals, basis=np.full(len(rivals), RIVAL, dtype=np.int8))
        wider = both(both(_stars(found), scored.edges.only(chosen)), rivals)
        maybe = self._resolved(wider, _with_only(births, scored, found), found, own_explains=True)
        chosen = (chosen | hardly) & (maybe[left] == maybe[right])
        outside = _fit_others(scored, person, maybe)
        chosen &= ~(outside & (scored.own < 2))
        kept = both(_stars(person), scored.edges.only(chosen))
        return scored, chosen, components(len(people), kept.left, kept.right)

    def _resolved(
        self, edges: Edges, births: Births, joined: Whole, *, own_explains: bool
    ) -> Whole:
        hanging = components(len(self._people), edges.left, edges.right)
        apart = contradictions(
            self._people, hanging, births, self._told, joined=joined, own_explains=own_explains
        )
        held = Contradictions(self._never, *apart)
        return resolve(edges, self._standing, held, hanging=hanging)


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
    maybe_twins = ~child & ~scored.settled & (scored.given == 0) & (scored.born == 3)
    far = ~scored.near & (scored.born == 3) & (edges.weight >= at.far_probable - UNTOLD)
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
        namesakes=near_namesakes(people, edges, _of_the_name(scored), cluster, undated),
        lone=_lone(scored, at, cluster, known),
        sole=_sole(scored, cluster),
        twice=both_say_it_twice(people, edges, cluster),
    )


def _lone(scored: Scored, at: Thresholds, cluster: Whole, known: Flags) -> Flags:
    """Of each edge, whether its two persons fit each other and nobody else."""
    fits = scored.fit(at)
    nobody_known = fit_nobody_else(scored.edges, fits, cluster, known)
    nobody = fit_nobody_else(scored.edges, fits, cluster, np.ones_like(known))
    return np.asarray(nobody | (nobody_known & ((scored.given == 3) | ~scored.child)))


def _sole(scored: Scored, cluster: Whole) -> Flags:
    """Of each edge, whether nothing differs between its two, and nobody else near is like either of them."""
    fits = scored.near & (scored.born >= 0) & (scored.given >= 0)
    fits &= (scored.family >= 0) & (scored.sex >= 0)
    return fit_nobody_else(scored.edges, fits, cluster, np.ones(len(cluster), dtype=bool))


def _fit_others(scored: Scored, person: Whole, maybe: Whole) -> Flags:
    """Of each edge, whether one of the two persons fits somebody as well who is not one with it even possibly.

    Dated, somebody else of the day who is at home there; of one born with a twin, whoever bears a form of the name.
    """
    like = scored.near & (scored.family >= 0)
    twin = fits_outside(scored.edges, like & (scored.born == 3) & (scored.home >= 1), person, maybe)
    named = fits_outside(
        scored.edges, like & (scored.born >= 0) & (scored.given >= 1), person, maybe
    )
    return np.asarray((twin & (scored.born > 0)) | (named & scored.several))


def _of_the_name(scored: Scored) -> Flags:
    """Of each edge, whether its two are near and may bear one name: the family's too, and no sister a form of it."""
    given = (scored.given >= 2) | ((scored.given == 1) & (scored.sex >= 0))
    return np.asarray(given & scored.near & (scored.family >= 0))


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
    first, which = grouped(anchor[held])
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
