"""What the referrer is told at once: where it goes and why, from nothing but their own side (P17)."""

from joinedup.support.frontdoor.choices import RouteKind
from joinedup.support.frontdoor.rules.eligibility import Eligibility
from joinedup.support.frontdoor.rules.routing import Ranking

CONFIRMS = "The front door confirms it within one working day, and you will hear."
WITH_A_PERSON = (
    "No route fits by itself from what you told us. Somebody at the front door reads it within one "
    "working day, and you will hear where it goes."
)


def reason_told(ranking: Ranking, programme: Eligibility) -> str:
    """Why this route, in sentences.

    Both arguments must come of what the referrer typed or may see: what triage knows beyond that never
    comes near this function, so that two worlds which differ only there give the same words (P17).
    """
    best = ranking.best
    if best is None:
        return WITH_A_PERSON
    first = f"{best.sentence[:1].upper()}{best.sentence[1:]}."
    is_panel = best.kind is RouteKind.PANEL
    why = " ".join([line.words for line in programme.lines] if is_panel else best.reasons)
    wait = "" if best.has_place else " Nothing nearer has a place now."
    return " ".join(part for part in (first + wait, why, CONFIRMS) if part)
