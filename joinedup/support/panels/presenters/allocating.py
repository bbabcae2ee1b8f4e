"""How an allocation reads on its page."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.core.wording import listed, moment
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers.presenters import clock_words, name_of
from joinedup.support.panels.choices import AllocationState, WhyLead
from joinedup.support.panels.queries.allocating import AllocationShown, Candidate
from joinedup.support.panels.rules.allocating import Asked


def facts(shown: AllocationShown, at: datetime.datetime) -> list[tuple[str, str]]:
    """An allocation as rows of a summary list."""
    made = shown.allocation
    asked = made.handover
    rows = [
        ("About", listed(shown.names)),
        ("Panel", f"{shown.item.panel.name}, {shown.item.reference}"),
        ("Lead agency", made.agency.name),
        ("Why this agency", made.why_words or WhyLead(made.why).label),
        ("Where it stands", AllocationState(made.state).label),
        ("What is needed of the lead", needs(shown.asked)),
        ("Has the person agreed?", agreement(Agreement(shown.item.agreement))),
    ]
    if asked is not None and asked.to_team is not None:
        rows.insert(3, ("Team", asked.to_team.name))
    if made.lead_post is not None:
        rows.append(("Who leads", name_of(made.lead_post)))
    elif made.proposed_post is not None:
        rows.append(("Proposed", f"{name_of(made.proposed_post)}; the agency’s manager decides"))
    if asked is not None and asked.state_word.waits and asked.due_at is not None:
        rows.append(("Answer", clock_words(asked.due_at, at)))
    elif made.answered_at is not None:
        rows.append(("Answered", moment(made.answered_at)))
    return rows


def needs(asked: Asked) -> str:
    """What is asked of whoever leads, in a line."""
    said = sorted(each.label for each in asked.competences)
    if asked.function is not None:
        said.append(asked.function.label)
    if asked.language:
        said.append(f"Speaks {asked.language}")
    if asked.worker_sex is not None:
        said.append(f"{asked.worker_sex.label} was asked for")
    return "; ".join(said) or "Nothing in particular"


def agreement(state: Agreement) -> str:
    """What agreement means for what comes next."""
    return {
        Agreement.AGREED: "Yes. A case is opened when you accept.",
        Agreement.INFORMED_NOT_AGREED: "Told, and not agreed. A first approach comes next.",
        Agreement.NOT_INFORMED: "Not told yet. A first approach comes next.",
    }[state]


def cannot(found: Iterable[Candidate]) -> list[str]:
    """Who of the team cannot lead, and why."""
    return [each.why_not for each in found if each.why_not]


def asks_again(shown: AllocationShown, post_id: uuid.UUID | None) -> bool:
    """Whether this is the chair, and it came back: another agency is asked by correcting the decision."""
    panel = shown.item.panel
    returned = shown.allocation.state == AllocationState.RETURNED
    return returned and post_id in (panel.chair_id, panel.chair_cover_id)
