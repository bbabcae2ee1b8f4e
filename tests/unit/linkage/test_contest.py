"""People found in all contested components at once are those that one edge after another would find."""

from collections import defaultdict

import numpy as np
import pytest

from joinedup.pipeline.linkage.contest import FEW, HALF, TWICE, Standing
from joinedup.pipeline.linkage.edges import NUMBERED, REVIEWED, RIVAL, SCORED, Edges, components
from joinedup.pipeline.linkage.resolve import Contradictions, resolve


class OneByOne:
    """The rules read plainly: groups as sets of positions."""

    def __init__(self, standing, never, unlikely, alike):
        self.s = standing
        self.group = {n: {n} for n in range(len(standing.anchor))}
        self.never, self.unlikely, self.alike = (
            set(map(frozenset, p)) for p in (never, unlikely, alike)
        )
        self.refused = defaultdict(set)

    def pairs(self, kind, a, b):
        return sum(
            int(self.s.support[x] * self.s.support[y])
            for x in a
            for y in b
            if frozenset((x, y)) in kind
        )

    def number(self, group):
        return max(int(self.s.anchor[n]) for n in group)

    def clash(self, a, b, scored):
        if a is b:
            return False
        one, two = self.number(a), self.number(b)
        if (min(one, two) >= 0 and one != two) or self.pairs(self.never, a, b):
            return True
        records = [sum(int(self.s.support[n]) for n in g) for g in (a, b)]
        said = records[0] * records[1]
        return scored and (
            self.pairs(self.unlikely, a, b) > FEW * said
            or (min(records) >= TWICE and self.pairs(self.alike, a, b) > HALF * said)
        )

    def join(self, a, b):
        a |= b
        self.group.update(dict.fromkeys(b, a))

    def second_best(self, one, two):
        return any(
            self.number(here) < 0
            and any(
                self.clash(self.group[better], there, True)
                for member in here
                for better in self.refused[member]
            )
            for here, there in (
                (self.group[one], self.group[two]),
                (self.group[two], self.group[one]),
            )
        )

    def ambiguous(self, rows):
        offers = defaultdict(lambda: defaultdict(list))
        for row, (one, two, _, basis) in enumerate(rows):
            a, b = min(self.group[one]), min(self.group[two])
            if a != b and basis <= SCORED:
                offers[a][b].append(row)
                offers[b][a].append(row)
        found = set()
        for here, there in offers.items():
            best = {other: max(rows[r][2] for r in told) for other, told in there.items()}
            first, *rivals = sorted(best, key=lambda other: (-best[other], other))
            margin = min(self.s.margin[n] for n in self.group[here])
            if all(rows[r][3] == RIVAL for r in there[first]):
                margin = np.inf
            near = [
                other for other in rivals
                if best[other] >= best[first] - margin
                and self.clash(self.group[first], self.group[other], True)
            ]  # fmt: skip
            if near and self.number(self.group[here]) < 0:
                near = rivals
            for other in near:
                found.update(there[first], there[other])
        return found

    def people(self, rows):
        for one, two, _, basis in rows:
            a, b = self.group[one], self.group[two]
            if basis == NUMBERED and a is not b and not self.clash(a, b, False):
                self.join(a, b)
        doubtful = self.ambiguous(rows)
        for row, (one, two, _, basis) in enumerate(rows):
            a, b = self.group[one], self.group[two]
            if basis == RIVAL or row in doubtful or a is b:
                continue
            if self.clash(a, b, basis == SCORED):
                self.refused[one].add(two)
                self.refused[two].add(one)
            elif basis != SCORED or not self.second_best(one, two):
                self.join(a, b)
        return [min(self.group[n]) for n in range(len(self.s.anchor))]


def drawn(draw, size, count):
    one = draw.integers(0, size, count)
    two = np.minimum(one + draw.integers(1, 8, count), size - 1)
    pairs = np.unique(np.stack((one, two), 1)[one < two], axis=0)
    return pairs[:, 0], pairs[:, 1]


@pytest.mark.parametrize("seed", range(40))
def test_all_at_once_is_one_by_one(seed: int) -> None:
    """With verified numbers, rivals, and reviewers who said yes and no."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(20, 60))
    anchor = np.where(draw.random(size) < 0.3, draw.integers(0, max(2, size // 4), size), -1)
    standing = Standing(anchor, draw.integers(1, 4, size), draw.choice([3.0, 12.0], size))
    held = np.flatnonzero(anchor >= 0)
    _, first, which = np.unique(anchor[held], return_index=True, return_inverse=True)
    numbered = tuple(side[held[first[which]] != held] for side in (held[first[which]], held))
    said = [
        (numbered, NUMBERED, 0), (drawn(draw, size, 3), REVIEWED, 0),
        (drawn(draw, size, 2 * size), SCORED, 20), (drawn(draw, size, 4), RIVAL, 20),
    ]  # fmt: skip
    edges = Edges(
        np.concatenate([pairs[0] for pairs, _, _ in said]),
        np.concatenate([pairs[1] for pairs, _, _ in said]),
        np.concatenate([np.round(draw.random(len(p[0])) * w, 1) for p, _, w in said]).astype("f4"),
        np.concatenate([np.full(len(p[0]), basis, dtype=np.int8) for p, basis, _ in said]),
    )
    never, unlikely, alike = (drawn(draw, size, n) for n in (seed % 4, size // 3, size // 3))
    hanging = components(size, edges.left, edges.right)
    found = resolve(edges, standing, Contradictions(never, unlikely, alike), hanging=hanging)
    ordered = edges.best_first()
    columns = (ordered.left, ordered.right, ordered.weight, ordered.basis)
    rows = list(zip(*(c.tolist() for c in columns), strict=True))
    plain = OneByOne(
        standing,
        *(zip(*(side.tolist() for side in p), strict=True) for p in (never, unlikely, alike)),
    )
    assert found.tolist() == plain.people(rows)
    assert len(set(found.tolist())) > len(set(hanging.tolist()))
