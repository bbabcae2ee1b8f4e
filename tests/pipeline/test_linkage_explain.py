"""The waterfall adds up to what Splink gives, for every pair a run has weighed."""

from datetime import date
from pathlib import Path

import pytest

from joinedup.pipeline.engines import read_arrow
from joinedup.pipeline.linkage import explain, link, load_model, match_weight, save_model
from joinedup.pipeline.linkage.comparisons import COMPARISONS
from joinedup.pipeline.linkage.explain import EXCHANGED
from tests.pipeline.towns import Town, record


def test_the_waterfall_adds_up_to_splinks_own_weight(tmp_path: Path):
    town = Town(5, exchanged=0.1)
    linked = link(town.whole(), out=tmp_path / "out", as_at=date(2026, 11, 20))
    members = read_arrow(tmp_path / "out" / "members.arrow").to_pylist()
    identities = {
        row["identity"]: row
        for row in read_arrow(tmp_path / "out" / "identities.arrow").to_pylist()
    }
    one_of = {row["identity"]: (row["agency"], row["record_id"]) for row in members}
    model, seen = load_model(), 0
    for edge in read_arrow(linked.folder / "edges.arrow").to_pylist():
        pair = [edge["identity_l"], edge["identity_r"]]
        disputed = any(identities[i]["nhs_said"] != identities[i]["nhs"] for i in pair)
        a, b = (town.records[one_of[identity]] for identity in pair)
        waterfall = explain(a, b, model, disputed=disputed)
        assert match_weight(waterfall) == pytest.approx(edge["weight"], abs=0.01)
        seen += 1
    assert seen > 50


def test_each_step_says_in_words_what_it_weighs():
    a = record("gp", "1", "ELIZABETH", "JONES", "1980-05-06", sex="F", phone="07700900001")
    b = record("fire", "1", "LIZ", "JONES", "1980-06-05", sex="F")
    steps = {step.field: step for step in explain(a, b, load_model())}
    assert (
        steps["born_on"].sentence == "The date of birth is the same with day and month exchanged."
    )
    assert steps["given"].weight > 0
    assert steps["phone"].weight == 0
    assert "missing" in steps["phone"].sentence
    assert [*steps] == ["prior", *(c.field for c in COMPARISONS)]


def test_names_in_each_others_place_are_said_to_be_so():
    a = record("gp", "1", "ELIZABETH", "MAUGHAN", "1980-05-06")
    b = record("fire", "1", "MAUGHAN", "LIZZIE", "1980-05-06")
    given, family = (
        next(s.sentence for s in explain(a, b, load_model()) if s.field == field)
        for field in ("given", "family")
    )
    assert given == f"{EXCHANGED} One given name is a short or other form of the other."
    assert family.startswith("The family name is the same")
    assert not any(EXCHANGED in step.sentence for step in explain(b, b, load_model()))


def test_a_model_written_and_read_again_is_the_same(tmp_path: Path):
    model = load_model()
    save_model(model, tmp_path / f"{model.name}.json")
    assert load_model(tmp_path / f"{model.name}.json") == model
