"""`lumbung identity`: which parties are one business, and what people decide where that is not sure."""

from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_json, print_rows, say
from lumbung.errors import UsageError
from lumbung.lake.home import Home

app = typer.Typer(no_args_is_help=True, help="Which roster line, stand holder and exporter are the same business.")
review = typer.Typer(invoke_without_command=True, help="Pairs that wait for a person: list, accept, reject.")
app.add_typer(review, name="review")

Pairs = Annotated[list[str], typer.Argument(
    help="pair_id as listed (its beginning will do), or two party keys LEFT:RIGHT.")]
Reason = Annotated[str, typer.Option(help="Why, for those who ask later.")]
Reveal = Annotated[bool, typer.Option("--reveal", help="Show owners, telephones and numbers; this is logged.")]
MASKED = ("owner", "phones", "numbers")
NEXT_RUN = "The next `lumbung run` goes by it."


@review.callback()
def list_open(context: typer.Context, reveal: Reveal = False, as_json: AsJson = False) -> None:
    """The pairs that wait for a person, with the evidence of each comparison; above 0 speaks for one business."""
    if context.invoked_subcommand:
        return
    from lumbung.identity import questions, workbook
    from lumbung.privacy import log_reveal

    home = Home.from_env()
    rows = _undecided(home, questions.open_pairs(home))
    if reveal:
        log_reveal(home, "identity review", {})
    else:
        rows = [_masked(row) for row in rows]
    if as_json:
        print_json(rows)
        return
    shown = [{"pair_id": row["pair_id"], "probability": f"{row['probability']:.2f}", "why": row["why"],
              "A": _side(row, "left", reveal), "B": _side(row, "right", reveal), "evidence": workbook.said(row)}
             for row in rows]
    print_rows(shown, ["pair_id", "probability", "why", "A", "B", "evidence"], False, "No pair waits for a person.")


@review.command()
def accept(pairs: Pairs, reason: Reason) -> None:
    """These pairs are one business each. It holds from the next run on, until decided otherwise."""
    _decide(pairs, "accept", reason)


@review.command()
def reject(pairs: Pairs, reason: Reason) -> None:
    """These pairs are two businesses each, also where numbers or names say otherwise."""
    _decide(pairs, "reject", reason)


@review.command()
def export(out: Annotated[Path, typer.Option(help="The workbook to write (XLSX).")]) -> None:
    """Write the open pairs as a workbook to answer in. It holds personal data, so this is logged."""
    from lumbung.identity import questions, workbook
    from lumbung.privacy import log_reveal

    home = Home.from_env()
    rows = _undecided(home, questions.open_pairs(home))
    log_reveal(home, "identity review export", {"out": str(out)})
    workbook.write(rows, out)
    say(f"{len(rows)} pairs: {out}\nIt holds personal data. Hand it back with `lumbung identity review take {out}`.")


@review.command()
def take(workbook_path: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The answered workbook.")]) -> None:
    """Take the answers of a workbook; rows without one stay open."""
    from lumbung.identity import decisions, questions, workbook

    home = Home.from_env()
    asked = {row["pair_id"]: (row["left"], row["right"]) for row in questions.open_pairs(home)}
    answered = workbook.answers(workbook_path)
    taken = [(*asked[which], word, reason) for which, word, reason in answered if which in asked]
    for left, right, word, reason in taken:
        decisions.record(home, left, right, word, reason)
    say(f"{len(taken)} decisions taken. {NEXT_RUN}")
    if closed := [which for which, _, _ in answered if which not in asked]:
        say(f"No longer asked, and left as it is: {', '.join(closed)}")


@app.command("log")
def log(as_json: AsJson = False) -> None:
    """All decisions, the oldest first; the latest on a pair stands."""
    from dataclasses import asdict

    from lumbung.identity import decisions

    rows = [asdict(made) for made in decisions.decisions(Home.from_env())]
    print_rows(rows, ["at", "by", "decision", "left", "right", "reason"], as_json, "Nothing was decided yet.")


@app.command()
def estimate(out: Annotated[Path | None, typer.Option(help="The model to write (JSON).")] = None) -> None:
    """Estimate weights and word frequencies anew from the loads there are. The model in force stays as it is."""
    from lumbung import flow

    made = flow.estimate_identity(Home.from_env(), out)
    say(f"{made['records']:,} records, {made['pairs']:,} known matches, {made['words']:,} words: {made['out']}\n"
        "Look at it, then put it in the place of the old one or name it in LUMBUNG_IDENTITY_MODEL. Decisions stay.")


def _decide(which: list[str], word: str, reason: str) -> None:
    from lumbung.identity import decisions, questions

    if not reason.strip():
        raise UsageError("A decision needs a reason.", todo='Give one: --reason "…".')
    home = Home.from_env()
    pairs = questions.named(home, which)
    for left, right in pairs:
        made = decisions.record(home, left, right, word, reason.strip())
        say(f"{questions.pair_id(left, right)}: {word}ed by {made.by}.")
    say(NEXT_RUN)


def _undecided(home: Home, rows: list[dict]) -> list[dict]:
    from lumbung.identity import decisions

    decided = decisions.standing(home)
    return [row for row in rows if (row["left"], row["right"]) not in decided or row["why"] == "decisions_differ"]


def _masked(row: dict) -> dict:
    hidden = {f"{side}_{name}": "***" for side in ("left", "right") for name in MASKED if row[f"{side}_{name}"]}
    return row | hidden


def _side(row: dict, side: str, reveal: bool) -> str:
    told = [row[f"{side}_name"] or "(no name)", ", ".join(row[f"{side}_regions"])]
    if reveal:
        told += [row[f"{side}_owner"] or "", ", ".join(row[f"{side}_phones"]), ", ".join(row[f"{side}_numbers"])]
    return "\n".join(part for part in told if part)
