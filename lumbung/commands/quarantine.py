"""`lumbung quarantine`: rows that broke their contract, on their way back to the office and home again."""

from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands import given
from lumbung.commands.printing import AsJson, print_json, print_rows, say
from lumbung.lake.home import Home

app = typer.Typer(no_args_is_help=True, help="Rows that broke their contract.")

Feed = Annotated[str | None, typer.Option(help="Only this feed.")]


@app.command("list")
def list_all(
    feed: Feed = None,
    agency: Annotated[str | None, typer.Option(help="Only this agency.")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="Row by row, instead of counts.")] = False,
    closed: Annotated[bool, typer.Option("--all", help="Row by row, mended ones and those sent again too.")] = False,
    reveal: Annotated[bool, typer.Option(help="Show raw values unmasked; logged.")] = False,
    as_json: AsJson = False,
) -> None:
    """What is open, by agency, feed and reason; each row with --rows. --json gives every entry with its status."""
    from lumbung import intake

    home, nothing = Home.from_env().make(), "Nothing is in quarantine."
    given.require_feed(home, feed)
    given.require_agency(home, agency)
    if as_json or rows or reveal or closed:
        found = intake.quarantine_table(home, feed=feed, agency=agency, reveal=reveal)
        print_rows([row for row in found if as_json or closed or row["status"] == "open"],
                   ["feed", "agency", "file_name", "row_number", "column", "raw_value", "reason_id", "status"],
                   as_json, nothing)
        return
    groups = intake.quarantine_groups(home, feed=feed, agency=agency)
    print_rows([{**group, "columns": ", ".join(group["columns"])} for group in groups],
               ["agency", "feed", "rows", "reason_id", "columns", "newest_file"], False, nothing)
    if groups:
        say("")
    for name in dict.fromkeys(group["agency"] for group in groups):
        say(f"Send back: lumbung quarantine export --agency {name} --out {name}.xlsx")


@app.command()
def export(
    agency: Annotated[str, typer.Option(help="Whose rows.")],
    out_file: Annotated[Path, typer.Option("--out", help="The workbook to write (XLSX).")],
    feed: Feed = None,
    reply_to: Annotated[str, typer.Option("--reply-to", help="Whom the office sends it back to.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write an agency's open rows to a return workbook. It holds raw values; the export is kept in the ledger."""
    from lumbung.intake import returns

    done = returns.export(Home.from_env(), agency, out_file, feed=feed, reply_to=reply_to)
    if as_json:
        print_json({"path": str(done.path), "rows": done.rows, "left_out": [
            {"feed": one.feed, "file_name": one.file_name, "rows": one.rows, "reason_id": one.reason,
             "reason_en": one.reason_en} for one in done.left_out]})
        return
    say(f"{sum(done.rows.values()):,} rows of {agency} ({', '.join(done.rows)}): {done.path}")
    for one in done.left_out:
        say(f"Not in it: {one.sentence} Ask for the mended file.")
    say(f"When it comes back: lumbung quarantine replay {done.path}")


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="The mended workbook.")],
    as_json: AsJson = False,
) -> None:
    """Take a mended return workbook back: rows in order are loaded, the others stay in quarantine."""
    from lumbung import returning

    done = returning.replay(Home.from_env().make(), file)
    if as_json:
        print_json(done)
        return
    if not done["loads"]:
        say("Nothing new: this very workbook was replayed before.")
        return
    say(f"{done['rows']:,} rows came back in {done['loads']} loads: {done['mended']:,} mended, "
        f"{done['still_wrong']:,} still wrong, {done['mended_before']:,} mended before, {done['cleared']:,} empty; "
        f"{done['left_open']:,} open rows are not in the workbook.")
