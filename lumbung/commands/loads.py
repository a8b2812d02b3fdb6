"""`lumbung loads`: what became of every file, and what a person decides about one."""

from typing import Annotated

import typer

from lumbung.commands import given
from lumbung.commands.printing import AsJson, print_rows, say
from lumbung.lake.home import Home

app = typer.Typer(invoke_without_command=True,
                  help="Every file that was ever sent and what became of it; decisions about one.")

LoadId = Annotated[str, typer.Argument(metavar="ID", help="A load's id, or how it begins.")]
SHOWN_OF_ID = 10        # a load's id may be given by how it begins
Reason = Annotated[str, typer.Option(help="Why; it is kept with the decision.")]


@app.callback()
def loads(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(help="Only this feed.")] = None,
    status: Annotated[str | None, typer.Option(
        help="Only loaded, held, rejected, withdrawn, superseded or redelivered ones.")] = None,
    as_json: AsJson = False,
) -> None:
    """Every file that was ever sent, and what became of it."""
    if context.invoked_subcommand:
        return
    from lumbung import intake

    home = Home.from_env().make()
    given.require_status(status)
    given.require_feed(home, feed)
    rows = [row for row in intake.loads_table(home)
            if feed in (None, row["feed"]) and status in (None, row["status"])]
    if as_json:
        print_rows(rows, [], True, "")
        return
    shown = [{**row, "load_id": row["load_id"][:SHOWN_OF_ID], "file": row["file_name"],
              "accepted": row["rows_accepted"], "quarantined": row["rows_quarantined"]} for row in rows]
    print_rows(shown, ["load_id", "feed", "agency", "file", "status", "accepted", "quarantined"], False,
               "No such file was sent." if feed or status else "No file has been sent yet.")
    for row in shown:
        if row["reason"]:
            say(f"{row['load_id']} {row['status']}, {row['file']}: {row['reason']}")


@app.command()
def withdraw(load_id: LoadId, reason: Reason) -> None:
    """Take a load out of the next release. Its file and rows stay, and it can be restored."""
    from lumbung.intake import returns

    load = returns.withdraw(Home.from_env(), load_id, reason)
    say(f"Load {load.load_id} ({load.feed}, {load.file_name}) is withdrawn. The next `lumbung run` leaves it out.")


@app.command()
def restore(load_id: LoadId) -> None:
    """Undo a withdrawal."""
    from lumbung.intake import returns

    load = returns.restore(Home.from_env(), load_id)
    say(f"Load {load.load_id} ({load.feed}, {load.file_name}) is {load.status} again.")


@app.command()
def release(
    load_id: LoadId,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The date the list describes, YYYY-MM-DD.")] = None,
    reason: Reason = "",
) -> None:
    """Let a held load in; an edition without a date is read again with the date given."""
    from lumbung import returning

    row = returning.release(Home.from_env(), load_id, as_of=as_of, reason=reason)
    say(f"Load {row['load_id']} ({row['feed']}, {row['file_name']}) is {row['status']}: "
        f"{row['rows_accepted']:,} rows, {row['rows_quarantined']:,} quarantined. {row['reason']}".rstrip())


@app.command()
def reject(load_id: LoadId, reason: Reason) -> None:
    """Refuse a held load for good; a better file may be sent."""
    from lumbung.intake import returns

    load = returns.refuse(Home.from_env(), load_id, reason)
    say(f"Load {load.load_id} ({load.feed}, {load.file_name}) is rejected.")


@app.command()
def nil(
    feed: Annotated[str, typer.Argument(help="peb or ska.")],
    agency: Annotated[str, typer.Argument(help="Who had nothing to send, as its inbox folder is called.")],
    month: Annotated[str, typer.Argument(help="For which month, YYYY-MM.")],
    reason: Reason,
    take_back: Annotated[bool, typer.Option("--take-back", help="Undo it: the month's file is awaited again.")] = False,
) -> None:
    """Write down that an agency had nothing to send for a month (nihil): the month can then be compared."""
    from lumbung import intake

    intake.nil_return(Home.from_env().make(), feed, agency, month, reason, is_nil=not take_back)
    say(f"{agency} {'is waited for again' if take_back else 'had nothing to send'} for {month} of {feed}. "
        "The next `lumbung run` goes by it.")


@app.command()
def retype(feed: Annotated[str, typer.Option(help="The feed whose files are read again.")]) -> None:
    """Read landed files again under today's contract; what is accepted takes the place of the old load."""
    from lumbung import returning

    done = returning.retype(Home.from_env().make(), feed)
    if not done["loads"]:
        say(f"Nothing to do: all {done['same']} loads of {feed} were read under version {done['version']} of its "
            "contract.")
        return
    say(f"{done['loads']} loads of {feed} read again under version {done['version']}: {done['loaded']} loaded, "
        f"{done['held']} held, {done['rejected']} rejected. Where the new reading is not loaded, the old one stays.")
