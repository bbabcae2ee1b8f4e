"""Which edges make one person, which only say that it might be one: the rules of the two tiers."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from joinedup.pipeline.linkage.contradictions import Births
from joinedup.pipeline.linkage.doubts import Doubts, no_doubts
from joinedup.pipeline.linkage.edges import SCORED, Edges, Flags, Whole, places
from joinedup.pipeline.linkage.model import Thresholds

_FURTHER = 4
"""What more a pair far apart must weigh where given names are not the same."""
_MUCH = 12
"""What a pair far apart must weigh whose persons share nothing of their own, or whose birth dates are not the same."""
UNTOLD = 1
"""What less a pair of grown-ups far apart must weigh where one of them tells no address."""
_MOVED = 10
"""What a record without a birth date must weigh where only an earlier home or the street is shared."""

_JUDGED = (
    "born", "given", "family", "sex", "nhs", "near", "own", "child", "shared_name", "called", "home",
    "cohort", "settled",
)  # fmt: skip
"""What an edge tells beside its weight, in the order of the fields of Scored."""


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

        Without a birth date the given name must be the same or a form of it, or the weight great, and the two
        near; and a name that half a family bears needs something of one's own besides. Names or birth dates that
        differ and are said twice on either side are of two.
        """
        weight = self.edges.weight
        enough = (weight >= at.probable) & (self.near | self._enough_from_afar(at))
        enough &= self.near | (self.nhs >= 0)
        dated = (
            (self.born >= 1) & (self.given >= 0) & ((self.given >= 1) | (self.born == 3)) & enough
        )
        kin = (self.given == 0) & ((self.sex < 0) | (self.child & self.shared_name))
        kin |= self.child & (self.given == 0) & ~self.alone & ~self._of_two_names()
        kin &= ~self.doubts.only
        unknown = ~self.alone & ~self.doubts.known
        kin |= self.child & (self.family < 0) & ((self.given < 3) | unknown)
        kin |= self.shared_name & (self.family < 0) & ~self.alone
        dated &= ~kin | (self.own >= 1)
        dated &= (self.sex >= 0) | (self.given == 3) | (self.born == 3) | (self.own == 2)
        dated &= ~self._twins() & (~self.doubts.middles | (self.doubts.only & ~self.child))
        undated = self._undated(at) & ~self._kin() & ((self.own >= 1) | self._named_at_home())
        undated &= self.near & (~self.doubts.namesakes | (self.own == 2))
        odd = (self.born == 3) & (self.given == -1) & (self.own >= 1) & ~self.child
        odd &= (self.own == 2) | self.settled
        odd |= self._of_one_home() | self._of_one_mailbox()
        odd |= (self.born == -1) & (self.given == 3) & ((self.own == 2) | self._of_one_age())
        odd &= (self.sex >= 0) & (self.nhs >= 0) & (weight >= at.probable_odd)
        odd &= ~(self.child & self._number_only())
        differ = (self.given == -1) | (self.born == -1)
        odd &= ~(differ & self.doubts.twice & (self.own < 2))
        return np.asarray(dated | undated | odd | (weight >= at.overwhelming))

    def fit(self, at: Thresholds) -> Flags:
        """Edges of names and birth dates that do not differ, wherever the two live."""
        return np.asarray((self.born >= 0) & (self.given >= 1) & (self.edges.weight >= at.probable))

    def meet_nobody_else(self, at: Thresholds) -> Flags:
        """Edges between two who fit each other and nobody else, so that nobody else who is known could be meant.

        Nothing speaks against it, and the two are near; or name and day are the same and an address is not told.
        A form of a name is not enough where a twin is known of, or where father and sons may all bear it.
        """
        plain = (self.family >= 1) & (self.sex >= 0) & (self.nhs >= 0)
        plain &= (self.given == 3) | ~(self.several | self.shared_name)
        here = self.near | ((self.born == 3) & (self.given == 3) & (self.home == 0))
        lone = self.doubts.lone & self.fit(at) & plain & here
        return np.asarray(lone | self._of_two_names_and_dates(at))

    def _of_two_names_and_dates(self, at: Thresholds) -> Flags:
        """Whether two names of a grown-up, and two birth dates, are rather one's than those of two.

        The names are such as are borne beside another, or written nearly alike; the dates have two parts in common.
        """
        same = (self.given == 0) & ((self.born == 1) | (self.born == 2)) & (self.nhs >= 0)
        return np.asarray(
            same & ~self.child & self.doubts.sole & (self.edges.weight >= at.probable)
        )

    def _enough_from_afar(self, at: Thresholds) -> Flags:
        """Whether it weighs enough though nothing of the two is near.

        More where both tell an address and given names are not the same; less for a grown-up where one
        tells none. Names that father and sons bear must then be the same.
        """
        weight = self.edges.weight
        further = _FURTHER * ((self.given < 3) & (self.home < 0))
        least = at.far_probable + further - UNTOLD * (~self.child & (self.home == 0))
        far = (self.born == 3) & (weight >= least)
        far |= (self.born == 2) & (self.given == 3) & (self.own >= 1) & (weight >= _MUCH)
        far &= ~self.doubts.unlike | (weight >= _MUCH)
        return np.asarray(far & (~self.shared_name | (self.given == 3) | (self.own >= 1)))

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
        """Whether the home is the same; and of a child the name, no form of it."""
        here = (self.home >= 3) | ((self.home == 2) & (self.edges.weight >= _MOVED))
        return np.asarray(here & ((self.given == 3) | ~self.child))

    def _twins(self) -> Flags:
        """Whether it may as well be a twin: their names are not the same, and nothing of one's own agrees.

        Another name of a child, or a form or slip of it, is no twin's where nobody else of that day and home
        is on a register. Of young grown-ups it may be a twin's where two names are written nearly alike.
        """
        unlike = (self.given < 3) | (self.nhs < 0)
        other = (self.given < 3) & ~self._of_two_names() & ~self.doubts.only
        maybe = self.child & ~self.alone & ((self.nhs < 0) | other)
        twins = (self.several & (self.own < 2)) | (maybe & (self.own < 1))
        twins |= self.doubts.forms & ~self.alone & ~self.doubts.only & (self.own < 2)
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
        kin |= (self.sex < 0) & ((self.given < 3) | (self.home < 3))
        kin |= self.shared_name & ((self.given < 2 + self.child) | (self.home < 3))
        kin |= (self.given < 3) & self.several
        kin |= self.doubts.other_phone & (self.shared_name | (self.given < 3))
        kin |= self.child & (self.given < 2) & ~self.alone
        other = self.called | (
            (self.family < 0) & ((self.given < 3) | (self.home < 2) | (self.sex < 1))
        )
        other |= (self.given < 2) & (self.sex < 0)
        return np.asarray(kin & (self.own < np.where(other, 2, 1)))


def scored_edges(table: pa.Table, identity: Whole, births: Births) -> Scored:
    """The edges of the model, before anything was doubted."""
    edges = Edges(
        *places(identity, table),
        table["weight"].to_numpy(),
        np.full(len(table), SCORED, dtype=np.int8),
    )
    told = [table[column].to_numpy(zero_copy_only=False) for column in _JUDGED]
    told.extend((*of_pairs(edges, births), no_doubts(edges)))
    return Scored(edges, *told)


def of_pairs(edges: Edges, births: Births) -> Births:
    """Of each edge, whether one of the two is known to be born with a twin; and to be born alone."""
    several, alone = (flags[edges.left] | flags[edges.right] for flags in births)
    return several, alone & ~several
