"""A model is learned from records and from what reviewers decided."""

from dataclasses import replace

import pytest

from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.linkage import load_model
from joinedup.pipeline.linkage.training import _calibrated, _with_reviewed, train
from tests.pipeline.towns import Town, record


def pair(given_a: str, given_b: str, *, same: bool, **more):
    return (
        record("gp", "1", given_a, "JONES", "1980-05-06", **more),
        record("fire", "1", given_b, "JONES", "1980-05-06"),
        same,
    )


@pytest.mark.filterwarnings("ignore")
def test_likeness_weighs_for_and_difference_against():
    with on_this_machine() as engine:
        model = train(engine, Town(3).whole(), name="town", trained_on="a small town", seed=1)
    for field in ("born_on", "family", "phone"):
        assert model.weight(field, "same") > 0 > model.weight(field, "differs")
    assert all(abs(sum(levels.values()) - 1) < 0.02 for levels in model.m.values())


def test_what_reviewers_call_the_same_weighs_less_against():
    model = load_model()
    learned = _with_reviewed(model, [pair("ANNA", "ZOFIA", same=True)] * 200)
    assert learned.weight("given", "differs") > model.weight("given", "differs")
    assert _with_reviewed(model, [pair("ANNA", "ZOFIA", same=False)] * 200) == model


def test_the_probable_threshold_moves_to_where_reviewers_mostly_agree():
    model = replace(
        load_model(), thresholds=replace(load_model().thresholds, certain=99, probable=0)
    )
    good = [pair("ANNA", "ANNA", same=True, phone="07700900001")] * 60
    bad = [pair("ANNA", "ZOFIA", same=False)] * 60
    moved = _calibrated(model, good + bad)
    assert moved.probable > 0
    assert _calibrated(model, good[:5]) == model.thresholds
    assert _calibrated(model, bad) == model.thresholds
