"""How generations read: a small picture, the same in a table, each link with its source, what repeats."""

import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from joinedup.foundations.core.charts import INK, MAIN, QUIET
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day
from joinedup.support.cases.queries.generations import Family, Key, Relative
from joinedup.support.cases.rules.generations import repeated

_WIDE, _HIGH, _GAP, _DOWN = 148, 48, 12, 44
_LONGEST = 17
_ORDER = (
    "Oldest shown",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
)


def people_table(family: Family) -> Table:
    """Generation by generation, everybody who is shown, and what is shown of them."""
    rows = []
    for place, some in enumerate(family.generations):
        for each in some:
            facts = "; ".join(f"{f.what} ({f.holder}, {f.since.year})" for f in each.facts)
            rows.append(
                [Cell(each.name, note="of this case" if each.is_of_case else ""), _ORDER[min(place, 8)],
                 _born(each), facts or "Nothing shown"]
            )  # fmt: skip
    return table("Everybody in the picture", ["Who", "Generation", "Born", "Held of them"], rows)


def _born(each: Relative) -> str:
    return str(each.born_on.year) if each.born_on else "Not shown"


def links_table(family: Family, matter_id: uuid.UUID, *, is_open: bool) -> Table:
    """Who is whose parent, on whose word, and who wrote it down."""
    people = family.people
    rows = []
    for each in family.links:
        row = each.row
        mine = is_open and row is not None and row.case_id == matter_id
        href = reverse("case-family-correct", args=[matter_id, row.pk]) if mine and row else ""
        who = row.by_post.user.name if row and row.by_post else ""
        rows.append(
            [
                Cell(f"{people[each.parent].name}, of {people[each.child].name}", note=each.kind, href=href),
                Cell(each.source, note=day(each.on)),
                Cell(who or "An agency’s record", note=f"{day(row.recorded_at)}, {row.holder.name}" if row else ""),
            ]
        )  # fmt: skip
    return table("Who is whose parent", ["Parent", "On whose word", "Written by"], rows)


def repeats(family: Family) -> list[str]:
    """What is shown in more than one generation: a reason to ask, and no forecast."""
    held = [[fact.what for each in some for fact in each.facts] for some in family.generations]
    return [f"{what}: shown in {many} generations" for what, many in repeated(held)]


def picture(family: Family) -> SafeString | str:
    """Boxes in rows, oldest on top, a line from parent to child; the tables say the same. None for one person."""
    if not family.links:
        return ""
    most = max(len(some) for some in family.generations)
    width = most * (_WIDE + _GAP) + _GAP
    height = len(family.generations) * (_HIGH + _DOWN) - _DOWN + 2 * _GAP
    places = _places(family, width)
    lines = format_html_join(
        "", '<path d="M{} {} V{} H{} V{}" fill="none" stroke="{}" stroke-width="2"/>',
        (_line(places[a], places[b]) for a, b in family.pairs),
    )  # fmt: skip
    boxes = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" rx="4" fill="#ffffff" stroke="{}" stroke-width="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="15" fill="{}">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="14" fill="{}">{}</text>',
        (_box(each, *places[each.key]) for some in family.generations for each in some),
    )
    return format_html(
        '<div class="family-picture" role="region" tabindex="0" aria-label="Picture of the generations">'
        '<svg role="img" aria-label="{} generations, {} people. The tables say the same." '
        'width="{}" height="{}" viewBox="0 0 {} {}">{}{}</svg></div>',
        len(family.generations), len(family.people), width, height, width, height, lines, boxes,
    )  # fmt: skip


def _places(family: Family, width: int) -> dict[Key, tuple[int, int]]:
    """The upper left corner of each box, its row in the middle."""
    found: dict[Key, tuple[int, int]] = {}
    for row, some in enumerate(family.generations):
        left = (width - len(some) * (_WIDE + _GAP) + _GAP) // 2
        for place, each in enumerate(some):
            found[each.key] = (left + place * (_WIDE + _GAP), _GAP + row * (_HIGH + _DOWN))
    return found


def _line(parent: tuple[int, int], child: tuple[int, int]) -> tuple[int, int, int, int, int, str]:
    middle = parent[1] + _HIGH + (child[1] - parent[1] - _HIGH) // 2
    return parent[0] + _WIDE // 2, parent[1] + _HIGH, middle, child[0] + _WIDE // 2, child[1], QUIET


def _box(each: Relative, x: int, y: int) -> Sequence[object]:
    under = f"born {each.born_on.year}" if each.born_on else ""
    if each.facts:
        under = f"{under}, {len(each.facts)} shown" if under else f"{len(each.facts)} shown"
    name = each.name if len(each.name) <= _LONGEST else f"{each.name[: _LONGEST - 1].rstrip()}…"
    middle = x + _WIDE // 2
    edge, thick = (MAIN, 4) if each.is_of_case else (QUIET, 2)
    return (
        x, y, _WIDE, _HIGH, edge, thick, middle, y + 20, INK, name, middle, y + 39, INK, under,
    )  # fmt: skip
