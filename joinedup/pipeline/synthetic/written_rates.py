"""The rates as tables for docs/synthetic.md, so that what is written there is what is drawn from."""

from dataclasses import fields

from joinedup.pipeline.synthetic.rates import Rates


def as_markdown(rates: Rates) -> str:
    """Three tables: what happens in families, what each agency does, what a night changes."""
    codes = list(rates.agencies)
    rows = [
        [each.name.replace("_", " ")]
        + [_cell(getattr(rates.agencies[code], each.name)) for code in codes]
        for each in fields(rates.agencies[codes[0]])
    ]
    return "\n".join(
        [
            "### In families\n",
            *_table(["what happens", "share"], _pairs(rates.people)),
            "\n### At each agency\n",
            *_table(["what it does", *codes], rows),
            "\n### In a further night\n",
            *_table(["what happens", "share"], _pairs(rates.night)),
        ]
    )


def _pairs(group: object) -> list[list[str]]:
    return [
        [each.name.replace("_", " "), _cell(getattr(group, each.name))]
        for each in fields(group)  # type: ignore[arg-type]
    ]


def _table(headings: list[str], rows: list[list[str]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        low, high = (f"{100 * share:.4f}".rstrip("0").rstrip(".") for share in value)
        return f"{low}–{high} %" if value != (0.0, 0.0) else ""
    return f"{value:g}"
