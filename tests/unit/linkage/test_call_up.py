"""What is called up while links are found gives way to whoever waits for the connection."""

from threading import Event
from typing import Any

from joinedup.intelligence.linkage.operations.call_up import PARTS, call_up


class Asked(list[str]):
    """A cursor that keeps what it is asked, and is waited for from its so-manieth question on."""

    def __init__(self, until: Event, number: int) -> None:
        super().__init__()
        self.until, self.number = until, number

    def execute(self, statement: str, params: Any = None) -> None:
        self.append(statement)
        if len(self) == self.number:
            self.until.set()


def test_whoever_waits_waits_for_one_part_at_most() -> None:
    until = Event()
    asked = Asked(until, 5)
    call_up(asked, until=until)
    assert len(asked) == 5


def test_all_of_it_is_read_where_nobody_waits() -> None:
    asked = Asked(Event(), 0)
    call_up(asked, until=asked.until)
    read = [said for said in asked if said.startswith("SELECT count")]
    assert len(read) == 3 * PARTS
