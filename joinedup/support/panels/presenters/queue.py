"""How a panel's queue reads, and the picture of when it bursts beside the table of its figures."""

from typing import Any

from joinedup.foundations.core.charts import Bar, bars
from joinedup.foundations.core.tables import Column, Table, table
from joinedup.support.panels.queries.queue import Forecast


def day(on: Any) -> str:
    """A day in few letters."""
    return f"{on:%-d %b}"


def forecast_says(found: Forecast) -> str:
    """When the queue bursts, in a sentence."""
    rate = f"{found.intake.usual:g} a week, and a meeting takes {found.capacity}"
    if found.bursts_on is not None:
        return f"With {rate}, the meeting of {day(found.bursts_on)} leaves more waiting than the next can take."
    if found.bursts_if_many is not None:
        return (
            f"With {rate}, the queue holds. With {found.intake.highest:g} a week the meeting of "
            f"{day(found.bursts_if_many)} would leave more waiting than the next can take."
        )
    return f"With {rate}, the queue holds over the next {len(found.ahead)} meetings."


def rests_on(found: Forecast) -> str:
    """What the forecast rests on."""
    if found.intake.from_own_weeks:
        return "Counted from what came in over the last whole weeks."
    return "This panel has too few weeks of its own yet: 10 to 15 a week is what the programme’s reports say."


def picture(found: Forecast) -> Any:
    """What is left after each meeting."""
    return bars(
        tuple(
            Bar(day(each.on), round(each.left), str(round(each.left)), each.left > found.capacity)
            for each in found.ahead
        ),
        title="Left waiting after each meeting", unit="people and families",
    )  # fmt: skip


def figures(found: Forecast) -> Table:
    """The same as a table."""
    return table(
        "Meetings ahead",
        [
            "Meeting", Column("Wait before it", numeric=True), Column("It takes", numeric=True),
            Column("Left", numeric=True),
        ],
        [[day(each.on), round(each.waits), each.takes, round(each.left)] for each in found.ahead],
        caption_size="s", stacks=False,
    )  # fmt: skip
