"""My work says when each thing is due as its kind is: by the hour, or by the day."""

import datetime

import pytest

from joinedup.foundations.core.dates import start_of
from joinedup.single_view.my_work_presenters import section
from joinedup.single_view.queries.sections import Waits
from joinedup.single_view.queries.sections import section as waiting

TODAY = datetime.date(2026, 11, 23)
AT = start_of(TODAY) + datetime.timedelta(hours=9)


@pytest.mark.parametrize(
    ("waits", "note", "tag"),
    [
        (Waits("Ring", "/", due_on=TODAY), "due 23 November 2026", ""),
        (Waits("Ring", "/", due_on=TODAY - datetime.timedelta(days=1)), "was due 22 November 2026", "Late"),
        (Waits("Ring", "/", due_at=AT), "was due 23 November 2026 at 9:00am", "Late"),
        (Waits("Ring", "/", due_at=AT + datetime.timedelta(hours=1)), "due 23 November 2026 at 10:00am", ""),
        (Waits("Ring", "/", "Ama", AT - datetime.timedelta(hours=2)), "Ama, since 23 November 2026 at 7:00am", ""),
        (Waits("Ring", "/", at=AT - datetime.timedelta(days=3)), "since 20 November 2026", ""),
        (Waits("Ring", "/", tag="Urgent"), "", "Urgent"),
    ],
)  # fmt: skip
def test_what_is_due_on_a_day_is_in_time_until_its_last_hour(
    waits: Waits, note: str, tag: str
) -> None:
    [line] = section(waiting("Calls", [waits]), AT).lines
    assert (line.note, line.tag) == (note, tag)
