"""Why two identities weigh what they weigh: the waterfall, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from joinedup.pipeline.linkage.comparisons import COMPARISONS, GIVEN
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.linkage.name_order import in_order
from joinedup.pipeline.linkage.names_beside import BESIDE_FAMILY, BESIDE_GIVEN, BESIDE_ROOT

PRIOR = "prior"

EXCHANGED = "One side has given and family name in each other's place."

NOT_A_BIRTH_DATE = date(1900, 1, 1)
"""What many systems write where no date of birth is known; collapse.describe drops it too."""


@dataclass(frozen=True)
class Evidence:
    """One step of the waterfall: what it says in words, and its weight (log2 odds)."""

    field: str
    sentence: str
    weight: float


def explain(
    a: Mapping[str, Any], b: Mapping[str, Any], model: Model, *, disputed: bool = False
) -> list[Evidence]:
    """Explain a pair of standard records (STANDARD columns): first the prior, then each field.

    The weights add up to the pair's match weight, the one Splink gives. With `disputed` an NHS number
    says nothing, as when one of the two lost it to a better supported bearer.
    """
    one, two = (prepare(record, model, disputed=disputed) for record in (a, b))
    exchanged = in_order(a, model)[1] != in_order(b, model)[1]
    waterfall = [
        Evidence(PRIOR, "Two records taken at random are seldom of one person.", model.prior)
    ]
    for comparison in COMPARISONS:
        level = comparison.level(one, two)
        sentence = level.sentence if level else comparison.missing.sentence
        if exchanged and comparison is GIVEN:
            sentence = f"{EXCHANGED} {sentence}"
        weight = model.weight(comparison.field, level.code if level else None)
        waterfall.append(Evidence(comparison.field, sentence, weight))
    return waterfall


def match_weight(evidence: list[Evidence]) -> float:
    """What the evidence adds up to."""
    return sum(step.weight for step in evidence)


def prepare(record: Mapping[str, Any], model: Model, *, disputed: bool = False) -> dict[str, Any]:
    """A standard record as `collapse.describe` would describe its identity."""
    get = in_order(record, model)[0].get
    postcode, place = get("postcode"), get("house") or get("street")
    return {
        "given": get("given"),
        "roots": [
            *(get("given_root") or "").split(),
            *model.other_forms.get(get("given") or "", ()),
        ],
        "given_known": get("given") in model.known_given,
        "beside": get("given") in BESIDE_GIVEN
        or get("family") in BESIDE_FAMILY
        or (get("given_root") or "").split(" ")[0] == BESIDE_ROOT,
        "middle": (get("middle") or "").split(" ")[0] or None,
        "family": get("family"),
        "family_root": model.family_forms.get(get("family") or "", get("family")),
        "family_band": model.family_bands.get(get("family") or "", 0),
        "other_family": get("other_family"),
        "other_given": get("other_given"),
        "sex": get("sex"),
        "born_on": None if get("born_on") == NOT_A_BIRTH_DATE else get("born_on"),
        "nhs": None if disputed else get("nhs"),
        "postcode": postcode,
        "previous_postcode": get("previous_postcode"),
        "home": f"{postcode}/{place}" if postcode and place else None,
        "house": get("house"),
        "street": get("street"),
        "uprn": get("uprn"),
        "phone": get("phone"),
        "email": get("email"),
    }
