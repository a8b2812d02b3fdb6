"""The source rows of a figure, on a terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbung.report import words
from lumbung.report.tracing import Trace

WINDOWS = {"base": "pembanding", "current": "kini", "": ""}


def print_trace(found: Trace, console: Console) -> None:
    """Print which rows of which files a figure is made of, and what they add up to."""
    told = ", ".join(f"{column}={value}" for column, value in found.row.items())
    console.print(Text(words.plain(f"Asal {found.table}: {told}"), style="bold"), soft_wrap=True)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    for header, justify in (("Jumlah", "right"), ("Jendela", "left"), ("Dokumen", "left"), ("Berkas", "left"),
                            ("Lembar", "left"), ("Baris", "right"), ("Instansi", "left"), ("Masuk", "left"),
                            ("SHA-256", "left")):
        table.add_column(header, justify=justify, overflow="fold")
    for row in found.rows:
        piece = f".{row['piece']}" if row["piece"] else ""
        line = words.NOTHING if row["row_number"] is None else f"{row['row_number']}{piece}"
        amount = words.NOTHING if row["amount"] is None else words.with_cents(row["amount"])
        table.add_row(*(Text(words.plain(str(cell or ""))) for cell in (
            amount, WINDOWS[row["window"]], row["document"], row["file_name"], row["sheet"], line, row["agency"],
            (row["landed_at"] or "")[:19], (row["sha256"] or "")[:12])))
    if found.rows:
        console.print(table)
    shown, everything = len(found.rows), sum(total["rows"] for total in found.totals)
    if shown < everything:
        console.print(Text(f"… dan {words.whole(everything - shown)} baris lagi (--limit)", style="dim"))
    console.print()
    for total in found.totals:
        amount = "" if total["amount"] is None else f", US${words.with_cents(total['amount'])}"
        window = f" ({WINDOWS[total['window']]})" if total["window"] else ""
        console.print(Text(f"Jumlah {total['source_table']}{window}: {words.whole(total['rows'])} baris dari "
                           f"{words.whole(total['files'])} berkas{amount}"), soft_wrap=True)
    if not found.totals:
        console.print(Text("Tidak ada baris berkas di baliknya."))
    console.print(Text(f"Baris 1 adalah yang pertama setelah judul kolom. Rilis {found.release_id}.", style="dim"),
                  soft_wrap=True)
