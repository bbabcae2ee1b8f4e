"""Spans of time as derivation needs them: from now on, joined, and laid side by side."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

Moment = datetime.datetime

ALWAYS = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
"""When a span began that was there before anybody asks: what is past is told apart by nobody."""
FOREVER = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


class Span(NamedTuple):
    """From a moment until before another."""

    start: Moment
    end: Moment

    def holds(self, at: Moment) -> bool:
        """Whether the moment lies in it."""
        return self.start <= at < self.end


def from_now(start: Moment, end: Moment | None, at: Moment) -> Span | None:
    """The span as it is from now on; None where it is over or never was."""
    end = end or FOREVER
    if end <= at or end <= start:
        return None
    return Span(ALWAYS if start <= at else start, end)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in as few spans as can be."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
