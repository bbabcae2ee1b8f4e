"""An agreement as a picture: agencies, and an arrow for each that sends to another. Drawn as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from joinedup.foundations.core.charts import INK, MAIN, QUIET

WIDE, BOX, TALL = 560, 150, 52
"""The width of the drawing, and of an agency's box, and its height."""
BEND, BADGE, LINE_OF_LETTERS = 34, 12, 18


@dataclass(frozen=True)
class Arrow:
    """One agency sends to another; `number` is its row in the table beside."""

    number: int
    holder: str
    recipient: str
    says: str


Place = tuple[float, float]


def picture(
    agencies: Sequence[str], arrows: Sequence[Arrow], *, title: str, open_: bool
) -> SafeString:
    """The drawing; arrows that carry nothing today are dashed and grey."""
    tall, places = _places(agencies)
    parts = [_arrow(arrow, places, open_) for arrow in arrows]
    parts += [_box(name, places[name]) for name in agencies]
    said = f"{title}. The table says what each arrow carries."
    colour = MAIN if open_ else QUIET
    return mark_safe(
        f'<figure class="chart chart--wide"><figcaption>{escape(title)}</figcaption>'
        f'<svg role="img" aria-label="{escape(said)}" viewBox="0 0 {WIDE} {tall:.0f}" '
        f'font-size="15" xmlns="http://www.w3.org/2000/svg"><defs>'
        f'<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0L10 5L0 10z" fill="{colour}"/></marker></defs>'
        f"{''.join(parts)}</svg></figure>"
    )


def _places(agencies: Sequence[str]) -> tuple[float, dict[str, Place]]:
    """Where each agency stands: two side by side, more round an ellipse."""
    many = len(agencies)
    if many <= 2:
        xs = (BOX / 2 + 4, WIDE - BOX / 2 - 4)
        return 170.0, {name: (x, 85.0) for name, x in zip(agencies, xs, strict=False)}
    tall = max(250.0, 62.0 * many)
    rx, ry = WIDE / 2 - BOX / 2 - 6, tall / 2 - TALL / 2 - 16
    turn = 2 * math.pi / many
    start = -math.pi / 2 - (turn / 2 if many % 2 == 0 else 0)
    return tall, {
        name: (
            WIDE / 2 + rx * math.cos(start + turn * i),
            tall / 2 + ry * math.sin(start + turn * i),
        )
        for i, name in enumerate(agencies)
    }


def _box(name: str, place: Place) -> str:
    x, y = place
    lines = _wrapped(name)
    first = y - (len(lines) - 1) * LINE_OF_LETTERS / 2 + 5
    words = "".join(
        f'<text x="{x:.1f}" y="{first + i * LINE_OF_LETTERS:.1f}" text-anchor="middle" fill="{INK}">'
        f"{escape(line)}</text>"
        for i, line in enumerate(lines)
    )
    return (
        f'<rect x="{x - BOX / 2:.1f}" y="{y - TALL / 2:.1f}" width="{BOX}" height="{TALL}" rx="6" '
        f'fill="#ffffff" stroke="{INK}" stroke-width="2"/>{words}'
    )


def _wrapped(name: str) -> list[str]:
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= 18 or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [line if len(line) <= 19 else f"{line[:18]}…" for line in lines]


def _arrow(arrow: Arrow, places: dict[str, Place], open_: bool) -> str:
    one, other = places[arrow.holder], places[arrow.recipient]
    middle = _aside(one, other)
    start, end = _edge(one, middle), _edge(other, middle)
    top = ((start[0] + 2 * middle[0] + end[0]) / 4, (start[1] + 2 * middle[1] + end[1]) / 4)
    colour, dashes = (MAIN, "") if open_ else (QUIET, ' stroke-dasharray="6 4"')
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {end[0]:.1f} '
        f'{end[1]:.1f}" fill="none" stroke="{colour}" stroke-width="2.5"{dashes} marker-end="url(#tip)">'
        f"<title>{escape(arrow.says)}</title></path>"
        f'<circle cx="{top[0]:.1f}" cy="{top[1]:.1f}" r="{BADGE}" fill="{colour}"/>'
        f'<text x="{top[0]:.1f}" y="{top[1] + 5:.1f}" text-anchor="middle" font-size="14" '
        f'font-weight="bold" fill="#ffffff">{arrow.number}</text>'
    )


def _aside(one: Place, other: Place) -> Place:
    """The point the curve bends to, on its own right-hand side: there and back never lie on each other."""
    across, down = other[0] - one[0], other[1] - one[1]
    length = math.hypot(across, down) or 1.0
    return (
        (one[0] + other[0]) / 2 - down / length * BEND,
        (one[1] + other[1]) / 2 + across / length * BEND,
    )


def _edge(centre: Place, towards: Place) -> Place:
    """Where the line from a box's middle leaves the box."""
    across, down = towards[0] - centre[0], towards[1] - centre[1]
    half, high = BOX / 2 + 3, TALL / 2 + 3
    share = min(half / abs(across) if across else math.inf, high / abs(down) if down else math.inf)
    return centre[0] + across * min(share, 1), centre[1] + down * min(share, 1)
