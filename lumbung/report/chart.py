"""The bar chart of growth, as SVG that stands in the page without a script."""

import re
from html import escape

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from lumbung.report import words
from lumbung.report.ranking import Ranking

BAR_HEIGHT = 24
# The width of a letter as a share of the font's size, on the broad side.
LETTER = 0.66
UP, DOWN = "#2f7d6b", "#b4632c"
QUIET = {"baseline": "middle", "aria": False, "limit": 0}
# Altair names the exact version its charts are written in; vl-convert takes major and minor.
VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"


def growth_chart(ranking: Ranking, *, width: int, font_size: int, name: str) -> str:
    """The chart as SVG with ids that are unique in the page by `name`; see `growth_bars`."""
    with debug_mode(False):
        chart = growth_bars(ranking, width=width, font_size=font_size)
    return drawn(chart, *_said(ranking), name)


def growth_bars(ranking: Ranking, *, width: int, font_size: int) -> alt.LayerChart:
    """The growth of each ranked city as horizontal bars, in rank order.

    The room for names is reckoned by letters and not measured, so that the fonts of a machine don't change the bytes.
    """
    rows = [{"city": words.short_name(row["region_name"]), "growth": float(row["growth_pct"]),
             "label": words.percent(row["exact_growth_pct"])} for row in ranking.ranked]
    names = min(round(max(len(row["city"]) for row in rows) * font_size * LETTER) + 14, width // 2)
    plot = width - names
    scale = alt.Scale(domain=_domain(rows, plot, font_size), nice=False, zero=False)
    growth = alt.X("growth:Q", scale=scale, axis=None)
    cities = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("city:N", axis=None, scale=alt.Scale(domain=[row["city"] for row in rows])))
    fell = alt.datum.growth < 0

    bars = cities.mark_bar(aria=False, height=alt.RelativeBandSize(0.62)).encode(
        x=growth, color=alt.condition(fell, alt.value(DOWN), alt.value(UP)))
    rises = cities.transform_filter(alt.datum.growth >= 0).mark_text(align="left", dx=5, **QUIET)
    falls = cities.transform_filter(fell).mark_text(align="right", dx=-5, **QUIET)
    city_names = cities.mark_text(align="left", **QUIET).encode(x=alt.value(-names), text="city:N")
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(aria=False, opacity=0.45).encode(
        x=alt.X(datum=0, type="quantitative", scale=scale, axis=None))
    return alt.layer(
        bars, rises.encode(x=growth, text="label:N"), falls.encode(x=growth, text="label:N"), city_names, zero,
    ).properties(
        width=plot, height=BAR_HEIGHT * len(rows), background="transparent", autosize="none",
        padding={"left": names, "top": 0, "right": 0, "bottom": 0},
    ).configure(font=FONT).configure_view(stroke=None).configure_text(fontSize=font_size)


def _domain(rows: list[dict], plot: int, font_size: int) -> list[float]:
    """The range of growth, with room for the longest figure beyond the bars on either side."""
    low, high = min(0.0, *(row["growth"] for row in rows)), max(0.0, *(row["growth"] for row in rows))
    room = max(len(row["label"]) for row in rows) * font_size * LETTER + 10
    left, right = room * (low < 0), room * (high > 0 or low == 0)
    unit = ((high - low) or 1.0) / (plot - left - right)
    return [low - left * unit, high + right * unit]


def _said(ranking: Ranking) -> tuple[str, str]:
    """Title and description for those who hear the page."""
    first, last = ranking.ranked[0], ranking.ranked[-1]
    return (f"Pertumbuhan ekspor menurut kota/kabupaten, {words.BASIS[ranking.basis]}",
            f"Grafik batang {len(ranking.ranked)} kota/kabupaten menurut peringkat, dari "
            f"{first['region_name']} ({words.percent(first['exact_growth_pct'])}) sampai "
            f"{last['region_name']} ({words.percent(last['exact_growth_pct'])}). "
            "Angka yang sama ada dalam tabel di bawahnya.")


def drawn(chart: alt.TopLevelMixin, title: str, description: str, name: str) -> str:
    """A chart as SVG, with a title and a description of ours in place of the drawer's own.

    Its class is the last part of `name`, by which its ids are unique in the page. Altair checks each part of a chart
    against its schema, which takes longer than drawing it: make the chart under `debug_mode(False)`, and have a test
    check its parts.
    """
    with debug_mode(False):
        spec = chart.to_json(validate=False)
    svg = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))
    width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()
    head = (f'<svg class="chart {name.rsplit("-", 1)[-1]}" viewBox="0 0 {width} {height}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" xmlns="http://www.w3.org/2000/svg">'
            f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>')
    return head + svg[svg.index(">", svg.index("<svg")) + 1:]
