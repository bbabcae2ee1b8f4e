"""Exits as tables and facts: what rings, who has it, what is late."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.support.safeguarding.choices import Basis, Knows, Trigger
from joinedup.support.safeguarding.queries.exits import ExitShown, ExitState

_TYPED = {
    "who": "Name, as typed",
    "born": "Date of birth or age, as typed",
    "where": "Where they are",
    "teller": "Told by",
    "reach": "How to reach whoever told",
}


def ringing(found: Sequence[ExitState]) -> Table | None:
    """What nobody has yet, longest first."""
    return _table(
        "Ringing now",
        "Rings since",
        [each for each in found if each.rings],
        lambda each: Cell("Nobody has it", tag="govuk-tag--red"),
    )


def at_work(found: Sequence[ExitState], at: datetime.datetime) -> Table | None:
    """What somebody has, and neither decided nor wrote down."""
    open_ = [each for each in found if not each.rings and not _done(each)]
    return _table("Being worked on", "Raised", open_, lambda each: _waits_for(each, at))


def done(found: Sequence[ExitState]) -> Table | None:
    """What is decided and written down."""
    return _table(
        "Decided and written down",
        "Raised",
        [each for each in found if _done(each)],
        lambda each: Cell(f"Decided {wording.moment(each.decided_at)}"),
    )


def mine(found: Sequence[ExitState]) -> Table | None:
    """What the viewer raised, and where it stands."""
    return _table("What I raised", "Raised", found, _stands)


def _done(each: ExitState) -> bool:
    return each.decided_at is not None and each.written_at is not None


def _stands(each: ExitState) -> Cell:
    if each.rings:
        return Cell("Nobody has it yet", tag="govuk-tag--red")
    if each.decided_at is None:
        return Cell(f"{each.acknowledged_by} has it")
    return Cell(f"Decided {wording.moment(each.decided_at)}")


def _waits_for(each: ExitState, at: datetime.datetime) -> Cell:
    if each.decided_at is None:
        late = at >= each.due.decide_by
        return Cell(
            f"Decide by the end of {wording.day(_last(each.due.decide_by))}",
            tag="govuk-tag--red" if late else "",
        )
    late = at >= each.due.record_by
    return Cell(
        f"Write it down by {wording.moment(each.due.record_by)}",
        tag="govuk-tag--red" if late else "",
    )


def _last(midnight: datetime.datetime) -> datetime.datetime:
    return midnight - datetime.timedelta(seconds=1)


def _table(caption: str, when: str, found: Sequence[ExitState], state: "object") -> Table | None:
    if not found:
        return None
    return table(
        caption,
        [when, "Danger", "Who has it", "State"],
        [
            [
                Cell(wording.moment(each.raised_at), href=reverse("exit", args=[each.pk])),
                Cell(each.door.label, note=each.audience.label if each.audience else "Not said"),
                Cell(each.acknowledged_by or "Nobody"),
                state(each),  # type: ignore[operator]
            ]
            for each in found
        ],
    )


def facts(found: ExitShown) -> list[tuple[str, str]]:
    """What was sent, as rows of a summary list."""
    rows = [
        ("Danger", found.door.label),
        ("Who is in danger", found.audience.label if found.audience else "Not said: it rang both"),
        ("Raised", wording.moment(found.raised_at)),
        ("Raised by", found.raised_by or "Somebody who is not signed in"),
    ]
    if found.trigger:
        rows.append(("Answer that opened it", Trigger(found.trigger).label))
    rows.append(("What is happening", found.words or "Nothing was written"))
    rows += [
        (_TYPED.get(name, name.replace("_", " ").capitalize()), _flat(typed))
        for name, typed in found.about.items()
    ]
    rows += [
        (f"Said since by {said.who or 'somebody'}, {wording.moment(said.at)}", said.words)
        for said in found.additions
    ]
    return rows


def _flat(typed: object) -> str:
    if isinstance(typed, dict):
        return "; ".join(f"{name}: {_flat(each)}" for name, each in typed.items())
    if isinstance(typed, list):
        return wording.listed(_flat(each) for each in typed)
    return "" if typed is None else str(typed)


def rounds(found: ExitShown) -> Table | None:
    """Whom it rang and when; names are for those who work at it."""
    if not found.rounds:
        return None
    return table(
        "Whom it has rung",
        ["When", "Whom"],
        [
            [
                Cell(wording.moment(each.rung_at)),
                Cell(
                    each.step.label,
                    note=(wording.listed(each.names) if found.works else "")
                    if each.names
                    else "Nobody was there; it went on at once",
                ),
            ]
            for each in found.rounds
        ],
    )


def records(found: ExitShown) -> list[list[tuple[str, str]]]:
    """Each version of the record, the newest first, as rows of a summary list."""
    return [
        [
            (
                "Written",
                f"{wording.moment(record.written_at)}{f' by {who}' if who else ', as it was sent'}",
            ),
            ("Rests on", Basis(record.basis).label),
            ("Does the person know?", Knows(record.knows).label),
            *([("Why they were not told", record.why_not_told)] if record.why_not_told else []),
            *([("Record", record.words)] if record.words else []),
            *([("Why it was decided so", record.because)] if record.because else []),
        ]
        for record, who in reversed(found.records)
    ]


def limits(found: ExitShown, at: datetime.datetime) -> list[tuple[str, str, bool]]:
    """What is still to be done by whoever has it: what, by when, and whether it is late."""
    due, left = found.due, []
    if found.decided_at is None:
        by = f"by the end of {wording.day(_last(due.decide_by))}"
        left.append(("Decide", by, at >= due.decide_by))
    if found.written_at is None:
        left.append(("Write it down", f"by {wording.moment(due.record_by)}", at >= due.record_by))
    return left
