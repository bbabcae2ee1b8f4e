"""Learning how much each level weighs, from records alone; verified NHS numbers are the labels."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from math import log2
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
from splink import Linker, block_on

from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.by_splink import splink_on, splink_settings
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS, SAID, describe, put_names
from joinedup.pipeline.linkage.comparisons import COMPARISONS
from joinedup.pipeline.linkage.explain import explain, match_weight, prepare
from joinedup.pipeline.linkage.identities import BLOCKED_BY
from joinedup.pipeline.linkage.model import Model, Thresholds

Reviewed = Iterable[tuple[Mapping[str, Any], Mapping[str, Any], bool]]
"""Pairs of standard records a reviewer has judged, and whether they are the same person."""

START = Thresholds(
    certain=8, certain_weak=12, far=16, far_probable=8, undated_alike=15, probable=6, probable_odd=12,
    overwhelming=80, review=0, margin=3, margin_undated=12, known_by=2,
)  # fmt: skip

_KNOWN, _USUAL, _COMMON = 1 / 20_000, 1 / 10_000, 1 / 500
"""Shares of records from which a given name is known, a family name usual, and common."""

_OFTEN, _SHARE = 3, 0.1
"""How often, and for what share of its bearers, a name must stand for another to be a form of it."""

_RANDOM_PAIRS = 3e7
_RULES_FIND = 0.8
"""Share of true pairs that the rules of `_prior` find: they ask for equal names and birth date."""

_LEAST_M, _LEAST_U = 0.005, 1e-8
_NHS_M = {"same": 0.97, "slip": 0.01, "differs": 0.02}
_NHS_U = {"same": 1e-7, "slip": 1e-6, "differs": 0.999999}
"""Labels come from NHS numbers, so their own weights are set by hand."""

_LESS_THAN_SAME = (("middle", "initial"), ("middle", "typo"), ("given", "initial"))
"""What says no more than that the whole is the same, however seldom random pairs show it."""

_REVIEWED_LIKE = 2_000
"""How many labelled pairs a reviewer's pairs are weighed against."""
_TRUSTED = 0.9
_ENOUGH = 50


def train(
    engine: DuckDB, standard: Path | pa.Table, *, name: str, trained_on: str, seed: int,
    thresholds: Thresholds = START, reviewed: Reviewed = (),
) -> Model:  # fmt: skip
    """Learn a model from standard records; the same records and seed give the same model.

    What non-matching pairs look like (u) comes from random pairs; what matching pairs look like (m)
    from records of different agencies that bear one undisputed verified NHS number, not from
    expectation maximisation, which takes household members for matches. What reviewers decided is
    mixed in, and moves the probable threshold to where nine in ten of what they saw were the same.
    """
    engine.put("standard", standard)
    model = _blank(engine, name, trained_on, thresholds)
    put_names(engine, model)
    engine.make(
        "said",
        f"""
        SELECT {engine.fingerprint("agency || chr(31) || record_id")} AS identity, 1 AS records,
            cast(agency = 'gp' AS int) AS registered, {", ".join(SAID)} FROM standard
        """,
    )
    describe(engine, said="said", described="described")
    model = replace(model, other_forms=_other_forms(engine), family_forms=_family_forms(engine))
    put_names(engine, model)
    describe(engine, said="said", described="described")
    anchor(engine, described="described", identities="labelled")
    model = replace(model, **_learn(engine, model, seed))
    pairs = list(reviewed)
    model = _with_reviewed(model, pairs)
    return replace(model, thresholds=_calibrated(model, pairs))


def _blank(engine: DuckDB, name: str, trained_on: str, thresholds: Thresholds) -> Model:
    """A model that knows names and nothing else yet."""

    def shares(field: str) -> dict[str, float]:
        rows = engine.fetch(
            f"SELECT {field} AS name, count(*) / (SELECT count(*) FROM standard) AS share"
            f" FROM standard WHERE length({field}) > 1 GROUP BY {field} HAVING count(*) >= 10"
        )
        return dict(zip(rows["name"].to_pylist(), rows["share"].to_pylist(), strict=True))

    given, family = shares("given"), shares("family")
    start = {c.field: {level.code: 1 / len(c.levels) for level in c.levels} for c in COMPARISONS}
    return Model(
        name=name, trained_on=trained_on, prior=-17.0, m=start, u=start, thresholds=thresholds,
        other_forms={}, family_forms={}, known_given=frozenset(n for n, share in given.items() if share >= _KNOWN),
        family_bands={n: 2 if s >= _COMMON else 1 for n, s in family.items() if s >= _USUAL},
    )  # fmt: skip


def _other_forms(engine: DuckDB) -> dict[str, tuple[str, ...]]:
    """Given names that are another written otherwise, and of which ones.

    Agencies wrote them under one verified number, birth date and family name; at least three times, and
    for a tenth of all who bear the rarer of the two. A list made by hand knows the short forms of some
    people's names better than of others'; this one is taken from everybody's records.
    """
    engine.make(
        "bearers",
        """
        SELECT DISTINCT given, middle, other_given, roots, nhs_said AS nhs, born_on, family, sex FROM described
        WHERE nhs_verified AND nhs_said IS NOT NULL AND born_on IS NOT NULL AND length(given) > 1
        """,
    )
    rows = engine.fetch(
        f"""
        WITH borne AS (SELECT given, count(DISTINCT nhs) AS n FROM bearers GROUP BY given),
        pairs AS (
            SELECT l.given AS one, r.given AS other, count(DISTINCT l.nhs) AS n
            FROM bearers l JOIN bearers r ON r.nhs = l.nhs AND r.born_on = l.born_on
                AND r.family = l.family AND l.given < r.given
            WHERE coalesce(l.sex = r.sex, true) AND NOT arrays_overlap(l.roots, r.roots)
                AND r.given NOT IN (coalesce(l.middle, ''), coalesce(l.other_given, ''))
                AND l.given NOT IN (coalesce(r.middle, ''), coalesce(r.other_given, ''))
            GROUP BY 1, 2 HAVING count(DISTINCT l.nhs) >= {_OFTEN}
        )
        SELECT CASE WHEN a.n < b.n THEN one ELSE other END AS form,
            CASE WHEN a.n < b.n THEN other ELSE one END AS name
        FROM pairs p JOIN borne a ON a.given = one JOIN borne b ON b.given = other
        WHERE p.n >= {_SHARE} * least(a.n, b.n) ORDER BY ALL
        """
    )
    engine.drop("bearers")
    found: dict[str, tuple[str, ...]] = {}
    for form, name in zip(rows["form"].to_pylist(), rows["name"].to_pylist(), strict=True):
        found[form] = (*found.get(form, ()), name)
    return found


def _family_forms(engine: DuckDB) -> dict[str, str]:
    """Family names that are spelled in several ways, each with the most frequent of them.

    Agencies wrote them of men and boys under one verified number, birth date and given name, as often as is
    asked of given names; women's change by marriage. A part of a name is none of its spellings.
    """
    rows = engine.fetch(
        f"""
        WITH bearers AS (
            SELECT DISTINCT family, other_family, roots, nhs_said AS nhs, born_on FROM described
            WHERE nhs_verified AND nhs_said IS NOT NULL AND born_on IS NOT NULL AND sex = 'M'
                AND length(family) > 2
        ), borne AS (SELECT family, count(DISTINCT nhs) AS n FROM bearers GROUP BY family),
        pairs AS (
            SELECT l.family AS one, r.family AS other, count(DISTINCT l.nhs) AS n
            FROM bearers l JOIN bearers r ON r.nhs = l.nhs AND r.born_on = l.born_on AND l.family < r.family
            WHERE arrays_overlap(l.roots, r.roots) AND NOT contains(l.family, r.family)
                AND NOT contains(r.family, l.family) AND l.family <> coalesce(r.other_family, '')
                AND r.family <> coalesce(l.other_family, '')
            GROUP BY 1, 2 HAVING count(DISTINCT l.nhs) >= {_OFTEN}
        )
        SELECT CASE WHEN a.n < b.n THEN one ELSE other END AS form,
            CASE WHEN a.n < b.n THEN other ELSE one END AS name, greatest(a.n, b.n) AS n
        FROM pairs p JOIN borne a ON a.family = one JOIN borne b ON b.family = other
        WHERE p.n >= {_SHARE} * least(a.n, b.n) ORDER BY n DESC, form, name
        """
    )
    found: dict[str, str] = {}
    for form, name in zip(rows["form"].to_pylist(), rows["name"].to_pylist(), strict=True):
        found.setdefault(form, found.get(name, name))
    return found


def _learn(engine: DuckDB, model: Model, seed: int) -> dict[str, Any]:
    """Weights and prior from the labelled records, by Splink."""
    splink = splink_on(engine)
    engine.make(
        "learning",
        f"SELECT identity, anchor, {', '.join((*IDENTITY_FIELDS, *BLOCKED_BY))} FROM labelled",
    )
    linker = Linker(
        splink.register("learning"), splink_settings(model, trained=False), log_level=None
    )
    linker.training.estimate_probability_two_random_records_match(
        [block_on("born_on", "given", "family")], recall=_RULES_FIND
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=seed)
    linker.training.estimate_m_from_label_column("anchor")
    saved = linker.misc.save_model_to_json()
    chance = saved["probability_two_random_records_match"]
    m: dict[str, dict[str, float]] = {}
    u: dict[str, dict[str, float]] = {}
    for comparison, found in zip(COMPARISONS, saved["comparisons"], strict=True):
        rows = [row for row in found["comparison_levels"] if not row.get("is_null_level")]
        codes = [level.code for level in comparison.levels]
        m[comparison.field] = _shares(codes, [row.get("m_probability") for row in rows], _LEAST_M)
        u[comparison.field] = _shares(codes, [row.get("u_probability") for row in rows], _LEAST_U)
    m["nhs"], u["nhs"] = _NHS_M, _NHS_U
    for field, code in _LESS_THAN_SAME:
        u[field][code] = max(u[field][code], m[field][code] * u[field]["same"] / m[field]["same"])
    m["family"]["swapped"] = u["family"]["swapped"] = u["given"]["swapped"]
    return {"prior": round(log2(chance / (1 - chance)), 3), "m": m, "u": u}


def _shares(codes: list[str], found: list[object], least: float) -> dict[str, float]:
    """Shares that add up to one; a level that never came up still gets the least share."""
    shares = [max(share, least) if isinstance(share, float) else least for share in found]
    return {
        code: float(f"{share / sum(shares):.6g}") for code, share in zip(codes, shares, strict=True)
    }


def _with_reviewed(model: Model, pairs: list[tuple[Any, Any, bool]]) -> Model:
    """Mix the levels of the pairs reviewers found the same into m."""
    same = [(prepare(a, model), prepare(b, model)) for a, b, answer in pairs if answer]
    m = dict(model.m)
    for comparison in COMPARISONS:
        found = [level.code for a, b in same if (level := comparison.level(a, b)) is not None]
        if found and comparison.field != "nhs":
            m[comparison.field] = {
                code: (p * _REVIEWED_LIKE + found.count(code)) / (_REVIEWED_LIKE + len(found))
                for code, p in m[comparison.field].items()
            }
    return replace(model, m=m)


def _calibrated(model: Model, pairs: list[tuple[Any, Any, bool]]) -> Thresholds:
    """The lowest probable threshold above which nine in ten reviewed pairs were the same."""
    judged = sorted(
        ((match_weight(explain(a, b, model)), same) for a, b, same in pairs), reverse=True
    )
    if len(judged) < _ENOUGH:
        return model.thresholds
    kept, seen, lowest = 0, 0, None
    for weight, group in groupby(judged, key=itemgetter(0)):
        answers = [same for _, same in group]
        kept, seen = kept + sum(answers), seen + len(answers)
        if kept >= _TRUSTED * seen:
            lowest = weight
    if lowest is None:
        return model.thresholds
    probable = min(max(lowest, model.thresholds.review), model.thresholds.certain)
    return replace(model.thresholds, probable=round(probable, 2))
