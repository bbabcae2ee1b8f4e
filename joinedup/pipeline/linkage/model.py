"""The saved model: how much each level of likeness weighs, as a dated file people can review."""

import json
from dataclasses import dataclass
from math import log2
from pathlib import Path

from joinedup.pipeline.linkage.comparisons import COMPARISONS

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True)
class Thresholds:
    """Match weights (log2 odds) at which a link is certain, probable, or worth a reviewer's eye."""

    certain: float
    """Two identities with the same birth date and given name are one person."""
    certain_weak: float
    """The same where birth dates or given names only fit (two parts of three, a nickname, a slip)."""
    far: float
    """The least weight of a certain link where no home, telephone, e-mail or NHS number is shared."""
    far_probable: float
    """The same of a probable link."""
    undated_alike: float
    """The least weight of a probable link without a birth date and with given names only alike."""
    probable: float
    """Possibly the same person: told, never joined on a practitioner's screen."""
    probable_odd: float
    """The same where birth dates or given names differ."""
    overwhelming: float
    """Possibly the same person, whatever differs."""
    review: float
    """Below probable and at least this: a reviewer may look."""
    known_by: int
    """How many records must tell of somebody without a verified number before an undated one joins them."""
    margin_undated: float
    """The same for a record without a birth date: another of the name at the home may be as good."""
    margin: float
    """How much better the best candidate must be than the next one that contradicts it."""


@dataclass(frozen=True)
class Model:
    """Everything a night needs to score: it never trains."""

    name: str
    trained_on: str
    prior: float
    """Match weight of two identities before anything is compared: log2 odds."""
    m: dict[str, dict[str, float]]
    u: dict[str, dict[str, float]]
    thresholds: Thresholds
    known_given: frozenset[str]
    """Given names common enough that two of them are two names, not one misspelt."""
    other_forms: dict[str, tuple[str, ...]]
    """Given names learned to be written for others, as a short form or a habit of spelling is: ZEE for ZAINAB."""
    family_forms: dict[str, str]
    """Family names learned to be spelled in several ways, each with the most frequent: MAUGHAN for MONGAN."""
    family_bands: dict[str, int]
    """1 usual, 2 common; a family name not here is rare (0)."""

    def weight(self, field: str, level: str | None) -> float:
        """What one level says in log2 odds; nothing where a side is missing."""
        if level is None:
            return 0.0
        return log2(self.m[field][level] / self.u[field][level])


def load_model(path: Path | None = None) -> Model:
    """The model of that file, or the latest of those kept with the code."""
    path = path or max(MODELS.glob("*.json"))
    saved = json.loads(path.read_text(encoding="utf-8"))
    levels = {name: grades for name, grades in saved["fields"].items()}
    return Model(
        name=path.stem,
        trained_on=saved["trained_on"],
        prior=saved["prior"],
        m={f: {code: row["m"] for code, row in rows.items()} for f, rows in levels.items()},
        u={f: {code: row["u"] for code, row in rows.items()} for f, rows in levels.items()},
        thresholds=Thresholds(**saved["thresholds"]),
        known_given=frozenset(saved["known_given_names"]),
        other_forms={name: tuple(of) for name, of in saved["other_forms"].items()},
        family_forms=saved["family_forms"],
        family_bands={
            **dict.fromkeys(saved["usual_family_names"], 1),
            **dict.fromkeys(saved["common_family_names"], 2),
        },
    )


def save_model(model: Model, path: Path) -> None:
    """Write a model so that a reviewer can read it: each level with its sentence and its weight."""
    fields = {
        c.field: {
            level.code: {
                "says": level.sentence,
                "m": model.m[c.field][level.code],
                "u": model.u[c.field][level.code],
                "weight": round(model.weight(c.field, level.code), 2),
            }
            for level in c.levels
        }
        for c in COMPARISONS
    }
    names = model.family_bands
    saved = {
        "trained_on": model.trained_on,
        "prior": model.prior,
        "thresholds": vars(model.thresholds),
        "fields": fields,
        "other_forms": {name: list(of) for name, of in sorted(model.other_forms.items())},
        "family_forms": dict(sorted(model.family_forms.items())),
        "known_given_names": sorted(model.known_given),
        "common_family_names": sorted(n for n, band in names.items() if band == 2),
        "usual_family_names": sorted(n for n, band in names.items() if band == 1),
    }
    path.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")
