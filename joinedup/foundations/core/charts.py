"""Charts as SVG made on the server, to stand beside the table of their figures."""

import datetime
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INK = "#0b0c0c"
QUIET = "#505a5f"
MAIN = "#12505b"
AGAINST = "#b5512a"
WIDTH = 330
"""Plot width that is still read on a phone, where the picture shrinks to the screen."""


@dataclass(frozen=True)
class Bar:
    """One named bar; a mark of its own kind has its own colour."""

    name: str
    value: float
    label: str
    against: bool = False


def bars(bars_: tuple[Bar, ...], *, title: str, unit: str) -> SafeString:
    """Horizontal bars in the order given, each with its figure at its end."""
    values = [{"name": b.name, "value": b.value, "label": b.label} for b in bars_]
    y = alt.Y("name:N", sort=None, title=None)
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    # Of things that are counted there is no half.
    counted = all(float(b.value).is_integer() for b in bars_)
    axis = alt.Axis(tickMinStep=1) if counted else alt.Axis()
    x = alt.X("value:Q", title=unit, scale=alt.Scale(domainMin=0), axis=axis)
    drawn = base.mark_bar(color=MAIN, height={"band": 0.62}).encode(x=x)
    words = base.mark_text(align="left", dx=4, color=INK).encode(x=x, text=alt.Text("label:N"))
    return _figure(alt.layer(drawn, words), title=title, height=34 * max(len(values), 1))


def steps(bars_: tuple[Bar, ...], *, title: str, unit: str) -> SafeString:
    """A waterfall: each bar starts where the one before ended; the last stands for the sum."""
    values, at = [], 0.0
    for bar in bars_:
        values.append(_step(bar, at, at + bar.value, "against" if bar.value < 0 else "for"))
        at += bar.value
    values.append(_step(Bar("Together", at, f"{at:+.1f}"), 0.0, at, "sum"))
    colours = alt.Scale(domain=["for", "against", "sum"], range=[MAIN, AGAINST, QUIET])
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("name:N", sort=None, title=None))
    drawn = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X("start:Q", title=unit),
        x2="end:Q",
        color=alt.Color("kind:N", scale=colours, legend=None),
    )
    words = base.mark_text(align="left", dx=4, color=INK).encode(
        x="right:Q", text=alt.Text("label:N")
    )
    return _figure(alt.layer(drawn, words), title=title, height=34 * len(values))


def _step(bar: Bar, start: float, end: float, kind: str) -> dict[str, Any]:
    label = bar.label.replace("-", "\u2212")
    return {
        "name": bar.name, "start": start, "end": end, "right": max(start, end),
        "label": label, "kind": kind,
    }  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One value of one line at one day."""

    day: str
    value: float
    line: str


def lines(
    points: tuple[Point, ...], *, title: str, unit: str, ends: tuple[int, int] | None = None
) -> SafeString:
    """Values over the nights, each line told apart by its dashes as well as its colour.

    With `ends` the axis is the whole of a scale, so that no change looks larger than it is.
    """
    upwards = alt.Scale(domain=list(ends)) if ends else alt.Scale(zero=False)
    values = [{"day": p.day, "value": p.value, "line": p.line} for p in points]
    names = list(dict.fromkeys(p.line for p in points))
    colours = alt.Scale(domain=names, range=[MAIN, AGAINST, QUIET][: len(names)])
    dashes = alt.Scale(domain=names, range=[[1, 0], [6, 4], [2, 3]][: len(names)])
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("day:O", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit, scale=upwards, axis=alt.Axis(tickCount=4)),
        color=alt.Color(
            "line:N", title=None, scale=colours, legend=alt.Legend(symbolType="stroke")
        ),
    )
    drawn = base.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("line:N", title=None, scale=dashes)
    )
    chart = alt.layer(drawn, base.mark_circle(size=60, opacity=1))
    return _figure(chart, title=title, height=210)


@dataclass(frozen=True)
class Held:
    """That a value held from a moment on."""

    since: datetime.datetime
    value: float


def held(
    values_: tuple[Held, ...], *, until: datetime.datetime, title: str, unit: str, top: int
) -> SafeString:
    """A value that holds until the next one, over true time, between 1 and `top`."""
    shown = [*values_, Held(until, values_[-1].value)]
    values = [{"at": each.since.isoformat(), "value": each.value} for each in shown]
    levels = list(range(1, top + 1))
    drawn = (
        alt.Chart(alt.Data(values=values))
        .mark_line(strokeWidth=3, interpolate="step-after", color=MAIN, point={"color": MAIN})
        .encode(
            x=alt.X("at:T", title=None, axis=alt.Axis(tickCount=4, format="%b %Y")),
            y=alt.Y(
                "value:Q", title=unit, scale=alt.Scale(domain=[0.7, top + 0.3]),
                axis=alt.Axis(values=levels, format="d"),
            ),
        )
    )  # fmt: skip
    return _figure(drawn, title=title, height=170)


def _figure(chart: Any, *, title: str, height: int) -> SafeString:
    plain = json.dumps(_dressed(chart, height).to_dict(validate=False), sort_keys=True)
    picture = _svg(plain)
    named = f'<svg role="img" aria-label="{escape(title)}. The table gives the figures."'
    return mark_safe(
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>'
        f"{picture.replace('<svg', named, 1)}</figure>"
    )


def _dressed(chart: Any, height: int) -> Any:
    text = {"labelFontSize": 14, "titleFontSize": 14, "labelColor": INK, "titleColor": QUIET}
    return (
        chart.properties(
            # Browsers' fonts run wider than the one the picture is measured with.
            width=WIDTH,
            height=height,
            background="transparent",
            padding={"left": 24, "right": 40, "top": 4, "bottom": 4},
        )
        .configure_axis(**text, titleFontWeight="normal", labelLimit=190, grid=False)
        .configure_axisX(tickCount=5, labelColor=QUIET, domainColor="#b1b4b6")
        .configure_axisY(ticks=False, domainColor="#b1b4b6")
        .configure_view(stroke=None)
        .configure_text(fontSize=14)
        .configure_legend(labelFontSize=14, orient="bottom", symbolStrokeWidth=2.5)
    )


@lru_cache(maxsize=256)
def _svg(plain: str) -> str:
    picture: str = vl_convert.vegalite_to_svg(plain)
    # The picture is named as a whole: roles and labels inside it would be read one by one.
    return re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", picture)
