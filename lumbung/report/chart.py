"""The bar chart of growth, as SVG that stands in the page without a script."""

import re
from html import escape

import vl_convert

from lumbung.report import words
from lumbung.report.ranking import Ranking

BAR_HEIGHT = 24
# The width of a letter as a share of the font's size, on the broad side.
LETTER = 0.58
UP, DOWN = "#2f7d6b", "#b4632c"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"


def growth_chart(ranking: Ranking, *, width: int, font_size: int, name: str) -> str:
    """The growth of each ranked city as horizontal bars, in rank order. `name` makes its ids unique in the page.

    The room for names is reckoned by letters and not measured, so that the fonts of a machine don't change the bytes.
    The chart is written in Vega-Lite's own grammar: Altair checks it against its schema at each drawing, for 0.1 s.
    """
    rows = [{"city": words.short_name(row["region_name"]), "growth": float(row["growth_pct"]),
             "label": words.percent(row["growth_pct"])} for row in ranking.ranked]
    names = min(round(max(len(row["city"]) for row in rows) * font_size * LETTER) + 14, width // 2)
    plot = width - names
    scale = {"domain": _domain(rows, plot, font_size), "nice": False, "zero": False}
    growth = {"field": "growth", "type": "quantitative", "scale": scale, "axis": None}

    def text(align: str, **more) -> dict:
        return {"type": "text", "align": align, "baseline": "middle", "aria": False, "limit": 0, **more}

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": rows},
        "width": plot, "height": BAR_HEIGHT * len(rows),
        "padding": {"left": names, "top": 0, "right": 0, "bottom": 0}, "autosize": {"type": "none"},
        "background": None,
        "encoding": {"y": {"field": "city", "type": "nominal", "axis": None,
                           "scale": {"domain": [row["city"] for row in rows]}}},
        "layer": [
            {"mark": {"type": "bar", "aria": False, "height": {"band": 0.62}},
             "encoding": {"x": growth, "color": {
                 "value": UP, "condition": {"test": "datum.growth < 0", "value": DOWN}}}},
            {"mark": text("left", dx=5), "transform": [{"filter": "datum.growth >= 0"}],
             "encoding": {"x": growth, "text": {"field": "label"}}},
            {"mark": text("right", dx=-5), "transform": [{"filter": "datum.growth < 0"}],
             "encoding": {"x": growth, "text": {"field": "label"}}},
            {"mark": text("left"), "encoding": {"x": {"value": -names}, "text": {"field": "city"}}},
            {"mark": {"type": "rule", "aria": False, "opacity": 0.45},
             "encoding": {"x": {"datum": 0, "type": "quantitative", "scale": scale, "axis": None}, "y": None}},
        ],
        "config": {"font": FONT, "view": {"stroke": None}, "text": {"fontSize": font_size}},
    }
    return _described(vl_convert.vegalite_to_svg(spec, vl_version="6.1"), ranking, name)


def _domain(rows: list[dict], plot: int, font_size: int) -> list[float]:
    """The range of growth, with room for the longest figure beyond the bars on either side."""
    low, high = min(0.0, *(row["growth"] for row in rows)), max(0.0, *(row["growth"] for row in rows))
    room = max(len(row["label"]) for row in rows) * font_size * LETTER + 10
    left, right = room * (low < 0), room * (high > 0 or low == 0)
    unit = ((high - low) or 1.0) / (plot - left - right)
    return [low - left * unit, high + right * unit]


def _described(svg: str, ranking: Ranking, name: str) -> str:
    """Give the picture a title and a description for those who hear the page, in place of the drawer's own."""
    first, last = ranking.ranked[0], ranking.ranked[-1]
    title = f"Pertumbuhan ekspor menurut kota/kabupaten, {words.BASIS[ranking.basis]}"
    description = (f"Grafik batang {len(ranking.ranked)} kota/kabupaten menurut peringkat, dari "
                   f"{first['region_name']} ({words.percent(first['growth_pct'])}) sampai "
                   f"{last['region_name']} ({words.percent(last['growth_pct'])}). "
                   "Angka yang sama ada dalam tabel di bawahnya.")
    svg = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)
    width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()
    head = (f'<svg class="chart {name.rsplit("-", 1)[-1]}" viewBox="0 0 {width} {height}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" xmlns="http://www.w3.org/2000/svg">'
            f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>')
    return head + svg[svg.index(">", svg.index("<svg")) + 1:]
