"""How much each likeness weighs: the trained model's own figures, read from its reviewed file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log2


@dataclass(frozen=True)
class Weights:
    """Log2 odds of each level, by field, and the names that are common."""

    prior: float
    fields: Mapping[str, Mapping[str, float]]
    usual_family: frozenset[str]
    common_family: frozenset[str]
    known_given: frozenset[str]

    def of(self, field: str, level: str) -> float:
        """What one level of likeness of a field says."""
        return self.fields[field][level]

    def same_family(self, name: str) -> float:
        """What it says that the family name is the same: the more, the rarer it is."""
        if name in self.common_family:
            return self.of("family", "same")
        return self.of("family", "same_usual" if name in self.usual_family else "same_rare")

    def same_given(self, name: str) -> float:
        """What it says that the given name is the same."""
        return self.of("given", "same" if name in self.known_given else "same_rare")


@lru_cache(maxsize=1)
def trained_weights() -> Weights:
    """The weights of the latest model kept with the code."""
    # By the folder above: naming the package itself would load the engines of the night into a page.
    models = files("joinedup.pipeline").joinpath("linkage", "models")
    latest = max((f for f in models.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return read_weights(json.loads(latest.read_text(encoding="utf-8")))


def read_weights(model: Mapping[str, object]) -> Weights:
    """The weights in a saved model."""
    fields = model["fields"]
    assert isinstance(fields, Mapping)
    weights = {
        field: {level: log2(row["m"] / row["u"]) for level, row in levels.items()}
        for field, levels in fields.items()
    }
    return Weights(
        prior=_number(model["prior"]),
        fields=weights,
        usual_family=_names(model["usual_family_names"]),
        common_family=_names(model["common_family_names"]),
        known_given=_names(model["known_given_names"]),
    )


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _names(value: object) -> frozenset[str]:
    assert isinstance(value, list)
    return frozenset(value)
