"""The small charts of the page of quality, as SVG that stands in the page without a script."""

import altair as alt
from altair.utils.schemapi import debug_mode

from lumbung.report import quality_words, words
from lumbung.report.chart import FONT, QUIET, drawn

REJECTED, WARNED, FAILED = "#b4632c", "#c98a2b", "#a8321f"
RECEIPTS_SHOWN = 6
FONT_SIZE = 12


def receipts_chart(receipts: list[dict], title: str, name: str) -> str:
    """The share of rows rejected, by the last days on which files of one feed came; rows read stand under it."""
    shown = receipts[-RECEIPTS_SHOWN:]
    told = "; ".join(f"{words.day(one['landed_on'])}: {words.whole(one['rows_read'])} baris, "
                     f"{quality_words.share(rejected_pct(one), 1)} ditolak" for one in shown)
    with debug_mode(False):
        chart = receipts_bars(shown)
    return drawn(chart, f"Bagian baris yang ditolak, {title}", f"{told}.", name)


def receipts_bars(shown: list[dict]) -> alt.LayerChart:
    """Bars of the rejected share with figures over them, day and rows read under them."""
    rows = [{"day": f"{one['landed_on']:%Y-%m-%d}", "label": quality_words.short_day(one["landed_on"]),
             "share": float(rejected_pct(one) or 0), "figure": quality_words.share(rejected_pct(one), 1),
             "read": words.compact(one["rows_read"])} for one in shown]
    top = max([row["share"] for row in rows] + [1.0])
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("day:O", axis=None, scale=alt.Scale(domain=[row["day"] for row in rows], paddingInner=0.35,
                                                    paddingOuter=0.15)))
    height = alt.Scale(domain=[0, top * 1.3], nice=False)
    share = alt.Y("share:Q", axis=None, scale=height)
    bars = base.mark_bar(aria=False, color=REJECTED).encode(y=share)
    figures = base.mark_text(dy=-8, **QUIET).encode(y=share, text="figure:N")
    days = base.mark_text(fontSize=11, **QUIET).encode(y=alt.value(84), text="label:N")
    read = base.mark_text(opacity=0.75, fontSize=11, **QUIET).encode(y=alt.value(100), text="read:N")
    return _laid(alt.layer(bars, _floor(height), figures, days, read), width=360, height=70, under=40)


def runs_chart(runs: list[dict], *, width: int, shown: int, name: str) -> str:
    """Checks that did not hold, by run, critical ones and warnings one upon the other."""
    last = runs[-shown:]
    told = "; ".join(f"{words.day(words.local(one['checked_at']).date())}: {one['failed']} gagal kritis, "
                     f"{one['warned']} peringatan" for one in last)
    with debug_mode(False):
        chart = runs_bars(last, width=width)
    return drawn(chart, "Pemeriksaan yang tidak terpenuhi menurut run", f"{told}.", name)


def runs_bars(last: list[dict], *, width: int) -> alt.LayerChart:
    """Bars of counts a run; the count over each, its day, or hour within a day, under it where there is room."""
    every = -(-len(last) * 46 // width)     # a label takes 46 pixels
    times = [words.local(one["checked_at"]) for one in last]
    moments = [f"{at:%H.%M}" if i and at.date() == times[i - 1].date() else words.short_date(at.date())
               for i, at in enumerate(times)]
    rows = [{"run": one["run_id"], "failed": one["failed"], "all": one["failed"] + one["warned"],
             "figure": str(one["failed"] + one["warned"]),
             "label": moments[i] if (len(last) - 1 - i) % every == 0 else ""} for i, one in enumerate(last)]
    top = max([row["all"] for row in rows] + [4])
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("run:O", axis=None, scale=alt.Scale(domain=[row["run"] for row in rows], paddingInner=0.3,
                                                    paddingOuter=0.15)))
    height = alt.Scale(domain=[0, top * 1.25], nice=False)
    warned = base.mark_bar(aria=False, color=WARNED).encode(y=alt.Y("all:Q", axis=None, scale=height))
    failed = base.mark_bar(aria=False, color=FAILED).encode(y=alt.Y("failed:Q", axis=None, scale=height))
    figures = base.mark_text(dy=-8, **QUIET).encode(y=alt.Y("all:Q", axis=None, scale=height), text="figure:N")
    days = base.mark_text(**QUIET).encode(y=alt.value(104), text="label:N")
    return _laid(alt.layer(warned, failed, _floor(height), figures, days), width=width, height=90, under=24)


def rejected_pct(receipt: dict):
    """The share of rows read that were rejected, per cent; None where nothing was read."""
    return 100 * receipt["rows_rejected"] / receipt["rows_read"] if receipt["rows_read"] else None


def _floor(scale: alt.Scale) -> alt.Chart:
    return alt.Chart(alt.Data(values=[{}])).mark_rule(aria=False, opacity=0.45).encode(
        y=alt.Y(datum=0, type="quantitative", axis=None, scale=scale))


def _laid(chart: alt.LayerChart, *, width: int, height: int, under: int) -> alt.LayerChart:
    return chart.properties(
        width=width, height=height, background="transparent", autosize="none",
        padding={"left": 0, "top": 4, "right": 0, "bottom": under},
    ).configure(font=FONT).configure_view(stroke=None).configure_text(fontSize=FONT_SIZE)
