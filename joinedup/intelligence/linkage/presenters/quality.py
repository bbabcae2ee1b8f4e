"""Quality in words and pictures: what each measure is, how groups fare, how it went night by night."""

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.core import wording
from joinedup.foundations.core.charts import Bar, Point, SafeString, bars, lines
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.intelligence.linkage.choices import Basis
from joinedup.intelligence.linkage.models import QualityMeasure

MEASURES: dict[str, tuple[str, str]] = {
    "precision": (
        "Precision",
        "Of the pairs of records held to be one person, the share that are.",
    ),
    "recall": (
        "Recall",
        "Of the pairs of records that are of one person, the share that were joined.",
    ),
    "f1": ("F1", "Precision and recall in one figure; 100% only if both are."),
    "wrong_merges": (
        "Wrong merges",
        "People whose record stands with somebody else’s, per 100,000 people. The dangerous error.",
    ),
    "mixed_persons": (
        "Mixed persons",
        "Entries that hold more than one person, per 100,000 people.",
    ),
    "missed_links": (
        "Missed links",
        "Pairs of records of one person that were not joined, as a share.",
    ),
}

PER_PEOPLE = {"wrong_merges", "mixed_persons"}

TIERS = {
    "certain": "Certain links: one person on a screen",
    "together": "Certain and probable links: for analysis, and “possibly the same person”",
}

BASES = {
    Basis.TRUTH: "Measured against the truth, which is known because these people are made up.",
    Basis.REVIEWED: "Measured against the pairs that reviewers decided.",
}

GROUPS = {
    "sex": "sex",
    "age": "age",
    "name_origin": "origin of name",
    "imd_decile": "deprivation (decile 1 is most deprived)",
}


def figure(measure: str, value: float | None) -> str:
    """A value as it is read: a share, or people in 100,000."""
    if value is None:
        return "nothing to count"
    return wording.number(value, 1) if measure in PER_PEOPLE else wording.share(value, 2)


@dataclass(frozen=True)
class Section:
    """One tier measured on one basis."""

    title: str
    basis: str
    table: Table


def sections(measures: Iterable[QualityMeasure]) -> list[Section]:
    """What the latest night measured for everybody: one table a tier and basis."""
    found: dict[tuple[str, str], list[QualityMeasure]] = {}
    for measure in measures:
        if not measure.group_kind and measure.measure in MEASURES:
            found.setdefault((measure.tier, measure.basis), []).append(measure)
    order = list(MEASURES)
    return [
        Section(
            TIERS[tier],
            BASES[Basis(basis)],
            _measured(TIERS[tier], sorted(some, key=lambda m: order.index(m.measure))),
        )
        for (tier, basis), some in sorted(found.items())
    ]


def _measured(title: str, measures: list[QualityMeasure]) -> Table:
    heads = ["Measure", Column("Figure", True), Column("Counted", True), "What it means"]
    return table(title, heads, [_line(m) for m in measures])


def _line(m: QualityMeasure) -> list[Cell]:
    name, meaning = MEASURES[m.measure]
    counted = f"{wording.number(m.numerator)} of {wording.number(m.denominator)}"
    return [Cell(name), Cell(figure(m.measure, m.value)), Cell(counted), Cell(meaning)]


def missed_by_group(measures: Iterable[QualityMeasure]) -> list[tuple[SafeString, Table]]:
    """Missed links of the certain tier, a picture and a table for each kind of group."""
    kinds: dict[str, list[QualityMeasure]] = {}
    for m in measures:
        if m.group_kind and m.measure == "missed_links" and m.tier == "certain":
            kinds.setdefault(m.group_kind, []).append(m)
    return [_group(kind, kinds[kind]) for kind in GROUPS if kind in kinds]


def _group(kind: str, measures: list[QualityMeasure]) -> tuple[SafeString, Table]:
    measures = sorted(measures, key=lambda m: m.group)
    named = [(group_name(kind, m.group), m) for m in measures]
    title = f"Missed links by {GROUPS[kind]}"
    picture = bars(
        tuple(Bar(n, (m.value or 0) * 100, figure(m.measure, m.value)) for n, m in named),
        title=title,
        unit="Missed, % of links",
    )
    heads = ["Group", Column("Missed", True), Column("Of links", True), Column("Share", True)]
    rows = [
        [
            n,
            wording.number(m.numerator),
            wording.number(m.denominator),
            figure(m.measure, m.value),
        ]
        for n, m in named
    ]
    return picture, table(title, heads, rows, caption_size="s", stacks=False)


def group_name(kind: str, group: str) -> str:
    """A group as it is read."""
    if kind == "sex":
        return wording.sex(group).capitalize() or "Not known"
    if kind == "age":
        return group.replace("-", " to ").replace("80+", "80 and over")
    if kind == "imd_decile":
        return f"Decile {group.lstrip('0')}"
    return group.replace("_", " ").title()


def history(
    precision: list[QualityMeasure], recall: list[QualityMeasure], wrong: list[QualityMeasure]
) -> tuple[SafeString, Table] | None:
    """Certain links night by night; none before the second night."""
    series = [_certain(measures) for measures in (precision, recall, wrong)]
    nights = {m.night_id: m.night.as_at for m in series[0]}
    if len(nights) < 2:
        return None
    points = tuple(
        Point(_short(m), (m.value or 0) * 100, MEASURES[m.measure][0])
        for measures in series[:2]
        for m in measures
    )
    by_night = [{m.night_id: m for m in measures} for measures in series]
    rows = [
        [wording.day(day), *(_figure_of(found.get(night)) for found in by_night)]
        for night, day in nights.items()
    ]
    heads = [
        "Night",
        *(Column(MEASURES[m][0], True) for m in ("precision", "recall", "wrong_merges")),
    ]
    picture = lines(points, title="Precision and recall by night", unit="%")
    return picture, table("By night", heads, rows, caption_size="s", stacks=False)


def _certain(measures: list[QualityMeasure]) -> list[QualityMeasure]:
    basis = Basis.TRUTH if any(m.basis == Basis.TRUTH for m in measures) else Basis.REVIEWED
    return [m for m in measures if m.tier == "certain" and m.basis == basis]


def _short(m: QualityMeasure) -> str:
    return wording.day(m.night.as_at).rsplit(" ", 1)[0]


def _figure_of(m: QualityMeasure | None) -> str:
    return figure(m.measure, m.value) if m else ""
