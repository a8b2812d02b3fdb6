"""A ranking as a table on a terminal."""

from decimal import Decimal
from fractions import Fraction

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbung.report import words
from lumbung.report.ranking import Ranking

WIDE = 100


def print_ranking(ranking: Ranking, console: Console) -> None:
    """Print a ranking with its title, those that can't be ranked, and the notes that belong to the figures."""
    wide = console.width >= WIDE
    console.print(Text(ranking.title, style="bold"))
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    table.add_column("", justify="right")
    table.add_column("Kota/kabupaten", no_wrap=True)
    through, unit = ranking.through, words.MEASURES[ranking.measure]
    table.add_column(f"{through.year - 1}, {unit}", justify="right", no_wrap=True)
    table.add_column(f"{through.year}, {unit}", justify="right", no_wrap=True)
    if wide:
        table.add_column("Selisih, US$", justify="right", no_wrap=True)
    table.add_column("Tumbuh", justify="right", no_wrap=True)
    table.add_column("Eksportir", justify="right", no_wrap=True)
    if wide:
        table.add_column("Catatan")
    for row in ranking.ranked:
        name = row["region_name"] if wide else words.short_name(row["region_name"])
        cells = [str(row["rank"]), name, words.whole(row["base_amount"]), words.whole(row["current_amount"])]
        cells += [words.signed(row["change_usd"])] if wide else []
        cells += [_growth(row["exact_growth_pct"]), words.whole(row["exporters"])]
        cells += ["; ".join(words.notes(row["flags"], ranked=True))] if wide else []
        table.add_row(*cells)
    console.print()
    if ranking.ranked:
        console.print(table)
        console.print()
    for reason, names in unranked_by_reason(ranking).items():
        console.print(Text.assemble(("Tanpa peringkat, ", "dim"), (reason, "dim"), (": ", "dim"), "; ".join(names)))
    for note in footnotes(ranking):
        console.print(Text(note, style="bold" if note.startswith(words.MADE_UP) else "dim"))


def unranked_by_reason(ranking: Ranking) -> dict[str, list[str]]:
    """The names of the cities that are not ranked, under each reason."""
    reasons: dict[str, list[str]] = {}
    for row in ranking.unranked:
        reason = "; ".join(words.notes(row["flags"], ranked=False)) or "tanpa keterangan"
        reasons.setdefault(reason, []).append(row["region_name"])
    return reasons


def footnotes(ranking: Ranking) -> list[str]:
    """What has to stand under the figures: rule, floor, months, release, and that they are made up."""
    rule = ranking.rule
    notes = []
    version = f" v{rule['rule_version']}" if "rule_version" in rule else ""
    limits = []
    if "floor_usd" in rule:
        limits.append(f"nilai pembanding minimal US${words.whole(Decimal(rule['floor_usd']))}")
    if "minimum_exporters" in rule:
        limits.append(f"minimal {rule['minimum_exporters']} eksportir")
    notes.append(f"Aturan {rule['rule_name']}{version}" + (f": {', '.join(limits)}." if limits else "."))
    if status := words.status(ranking.is_final, ranking.cut_off):
        notes.append(status)
    if ranking.months_compared < ranking.months_in_window:
        notes.append(f"Hanya {ranking.months_compared} dari {ranking.months_in_window} bulan yang dibandingkan: "
                     "bulan lain tidak lengkap pada kedua tahun dan keluar dari kedua jendela"
                     + (f" ({', '.join(ranking.months_left_out)})." if ranking.months_left_out else "."))
    if any("tie" in row["flags"] for row in ranking.rows):
        notes.append("Peringkat yang sama berarti seri.")
    if any("rate_missing" in row["flags"] for row in ranking.rows):
        notes.append("Sebagian nilai dalam mata uang lain belum terhitung karena kursnya tidak ada.")
    notes.append(f"Rilis {ranking.release_id}.")
    if ranking.is_synthetic:
        notes.append(f"{words.MADE_UP}: angka ini dibuat untuk mencoba sistem, bukan ekspor yang sebenarnya.")
    return notes


def _growth(value: Fraction | None) -> Text:
    style = "" if value is None else "green" if value > 0 else "red" if value < 0 else ""
    return Text(words.percent(value), style=style)
