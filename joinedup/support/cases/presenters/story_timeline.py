"""The story as a picture: a lane for each agency, a mark for each quarter of a year. Drawn as SVG."""

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from joinedup.foundations.core.charts import AGAINST, INK, MAIN, QUIET
from joinedup.support.cases.rules.story import Drawn

LEFT, RIGHT, LANE, TOP = 190, 16, 34, 12
WIDE = 1040
SMALLEST, LARGEST = 4.0, 12.0
LETTERS = 24
OF_THE_CASE = "How the work went"


def picture(lanes: Sequence[Drawn], names: Mapping[str, str]) -> SafeString:
    """The drawing, with the years along its foot; nothing where nothing has happened."""
    quarters = [quarter for lane in lanes for quarter, _, _ in lane.quarters]
    if not quarters:
        return SafeString("")
    first, last = min(quarters) // 4, max(quarters) // 4
    most = max(many for lane in lanes for _, many, _ in lane.quarters)
    step = (WIDE - LEFT - RIGHT) / ((last - first + 1) * 4)
    foot = TOP + LANE * len(lanes)
    parts = [_year(year, first, step, foot, last) for year in range(first, last + 1)]
    for place, lane in enumerate(lanes):
        y = TOP + LANE * place + LANE / 2
        parts.append(_lane(names.get(lane.agency, OF_THE_CASE), y))
        parts += [_mark(each, first, step, y, most) for each in lane.quarters]
    said = (
        f"What happened from {first} to {last}, a lane for each agency. A larger mark is more entries; "
        "a square has something serious in it. The list below says what each was."
    )
    return mark_safe(
        f'<svg class="story-drawn" role="img" aria-label="{escape(said)}" viewBox="0 0 {WIDE} {foot + 30}" '
        f'font-size="15" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _year(year: int, first: int, step: float, foot: float, last: int) -> str:
    x = LEFT + (year - first) * 4 * step
    every = max(1, (last - first + 1) // 12)
    words = (
        f'<text x="{x + 3:.0f}" y="{foot + 20}" fill="{QUIET}">{year}</text>'
        if (year - first) % every == 0
        else ""
    )
    return f'<path d="M{x:.1f} {TOP}V{foot + 6}" stroke="#d9e5e6"/>{words}'


def _lane(name: str, y: float) -> str:
    short = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
    return (
        f'<text x="0" y="{y + 5:.0f}" fill="{INK}">{escape(short)}</text>'
        f'<path d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="#b1b4b6"/>'
    )


def _mark(of: tuple[int, int, int], first: int, step: float, y: float, most: int) -> str:
    """A circle as large as there are entries; a square, so that it shows without colour, where one is serious."""
    quarter, many, serious = of
    x = LEFT + (quarter - first * 4 + 0.5) * step
    room = min(LARGEST, max(SMALLEST, step * 0.55))
    r = SMALLEST + (room - SMALLEST) * (many / most) ** 0.5 if room > SMALLEST else SMALLEST
    if serious:
        return (
            f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" '
            f'fill="{AGAINST}" stroke="#fff"/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{MAIN}" stroke="#fff"/>'
