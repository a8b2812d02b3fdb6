"""What a city's growth is made of, on a terminal: a table a decomposition, the largest change first."""

from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbung.report import words
from lumbung.report.explaining import Explanation

TITLES = {
    "margin": "Asal perubahan: eksportir yang datang dan pergi, lalu barang dan tujuan, lalu volume dan harga",
    "exporter": "Menurut eksportir",
    "maker": "Menurut pembuat barang",
    "product": "Menurut barang (HS6)",
    "market": "Menurut negara tujuan",
}
MARGINS = {
    "entering": "eksportir masuk",
    "leaving": "eksportir keluar",
    "added": "barang/tujuan ditambah",
    "dropped": "barang/tujuan ditinggalkan",
    "quantity": "volume (kg) naik/turun",
    "price": "harga per kg naik/turun",
    "unsplit": "tetap, tanpa berat untuk dipisah",
}
# Only the first may be called a new exporter.
ENTRIES = {
    "new": "eksportir baru",
    "returning": "kembali atau musiman",
    "moved": "pindah dari kota/kabupaten lain",
    "unresolved": "identitas belum pasti",
    "history_too_short": "data sebelumnya kurang dari 24 bulan",
}
NOBODY = {"exporter": "tanpa nama eksportir", "maker": "tanpa nama pembuat"}


def print_explanation(found: Explanation, console: Console, top: int | None = 5) -> None:
    """Print each decomposition: its `top` largest changes (all with None), the rest in one line, and the sum."""
    city = found.city
    console.print(Text(_title(found), style="bold"), soft_wrap=True)
    console.print(Text(
        f"US${_money(city['base_usd'])} menjadi US${_money(city['current_usd'])}: "
        f"selisih {_change(city['change_usd'])}, tumbuh {_points(city['growth_pct'], '%')}"), soft_wrap=True)
    if city["unranked_reason"]:
        console.print(Text(f"Tanpa peringkat: {words.UNRANKED.get(city['unranked_reason'], city['unranked_reason'])}."))
    for name, rows in found.parts.items():
        if rows:
            console.print()
            console.print(Text(TITLES[name], style="bold"), soft_wrap=True)
            console.print(_table(name, rows, top, city))
    console.print()
    for note in notes(found):
        console.print(Text(note, style="bold" if note.startswith(words.MADE_UP) else "dim"), soft_wrap=True)


def notes(found: Explanation) -> list[str]:
    """What has to stand under the figures."""
    months = [current for current, _ in found.months]
    lines = ["Tiap tabel berjumlah sama dengan selisih kota/kabupaten, sampai sen; antartabel tidak dijumlahkan.",
             "Poin adalah bagian dari pertumbuhan; titik tengah = 200 × selisih / (pembanding + kini), "
             "juga tanpa pembanding.",
             "Bulan yang dibandingkan: " + (", ".join(f"{month:%Y-%m}" for month in months) or "tidak ada") + "."]
    if any(row["entry_kind"] for row in found.parts["exporter"]):
        lines.append("Eksportir baru: tidak tercatat mengekspor dalam 24 bulan sebelumnya; "
                     "yang masuk lainnya bukan baru.")
    if any(row["member_key"] == "quantity" for row in found.parts["margin"]):
        lines.append("Volume dan harga: setengah jumlah kedua harga dikali perubahan berat; sisanya harga.")
    lines.append(f"Aturan {found.city['rule_name']} v{found.city['rule_version']}. Rilis {found.release_id}.")
    if found.city["is_synthetic"]:
        lines.append(f"{words.MADE_UP}: angka ini dibuat untuk mencoba sistem, bukan ekspor yang sebenarnya.")
    return lines


def _title(found: Explanation) -> str:
    made_up = f"{words.MADE_UP} · " if found.city["is_synthetic"] else ""
    months = [current for current, _ in found.months]
    when = f"{months[0]:%Y-%m} s.d. {months[-1]:%Y-%m}" if months else str(found.city["year"])
    return (f"{made_up}Apa yang membentuk pertumbuhan ekspor {found.city['region_name']}, {when} terhadap setahun "
            f"sebelumnya · {words.BASIS[found.city['basis']]}")


def _table(name: str, rows: list[dict], top: int | None, city: dict) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    table.add_column("", overflow="fold", min_width=26)
    for header in ("Selisih, US$", "Poin", "Pembanding, US$", "Kini, US$", "Titik tengah"):
        table.add_column(header, justify="right", no_wrap=True)
    shown = rows if top is None or name == "margin" else rows[:top]
    for row in shown:
        label, amounts = _label(name, row), [_money(row["base_usd"]), _money(row["current_usd"])]
        if row["member_key"] in ("quantity", "price"):
            amounts = [words.NOTHING, words.NOTHING]      # of these only the change says something
        table.add_row(Text(words.plain(label)), _change(row["change_usd"]), _points(row["points"]), *amounts,
                      _points(row["midpoint_growth_pct"], "%"))
    if rest := rows[len(shown):]:
        table.add_row(f"{words.whole(len(rest))} lainnya", *_sums(rest), "", style="dim")
    table.add_section()
    table.add_row("Jumlah", _change(city["change_usd"]), _points(city["growth_pct"]), _money(city["base_usd"]),
                  _money(city["current_usd"]), "", style="bold")
    return table


def _sums(rows: list[dict]) -> list[str]:
    def of(column: str) -> Decimal | None:
        return None if rows[0][column] is None else sum(row[column] for row in rows)

    return [_change(of("change_usd")), _points(of("points")), _money(of("base_usd")), _money(of("current_usd"))]


def _label(name: str, row: dict) -> str:
    if name == "margin":
        return MARGINS[row["member_key"]]
    label = NOBODY[name] if name in NOBODY and row["member_key"] == "unknown" else row["member_name"]
    label = label if name != "product" else f"{row['member_key']} {label}"
    return f"{label} ({ENTRIES[row['entry_kind']]})" if row["entry_kind"] else label


def _money(value: Decimal | None) -> str:
    return words.NOTHING if value is None else words.with_cents(value)


def _change(value: Decimal) -> str:
    return words.with_cents(value, signed=True)


def _points(value: Decimal | None, unit: str = "") -> str:
    return words.NOTHING if value is None else words.with_cents(value, signed=True) + unit
