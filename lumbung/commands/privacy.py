"""`lumbung erase` and `lumbung privacy`: a person's rows go; who saw raw values; whether anything got out."""

import json
from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_json, print_rows, say
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.home import Home

app = typer.Typer(no_args_is_help=True, help="Personal data: who saw it, what was erased, whether any got out.")

Many = list[str] | None


def erase(
    ground: Annotated[str, typer.Option(help='The legal ground, e.g. "UU 27/2022 ps. 43".')],
    npwp: Annotated[Many, typer.Option(help="Tax number, 15 or 16 digits.")] = None,
    nik: Annotated[Many, typer.Option(help="Number of the identity card.")] = None,
    nib: Annotated[Many, typer.Option(help="Business number, 13 digits.")] = None,
    phone: Annotated[Many, typer.Option(help="Telephone number.")] = None,
    email: Annotated[Many, typer.Option(help="E-mail address.")] = None,
    name: Annotated[Many, typer.Option(help="Name of a person or business; takes every row that bears it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
    destroy_releases: Annotated[bool, typer.Option(
        "--destroy-releases", help="Remove releases, but the current one, that still hold the person.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a person's rows everywhere; a tombstone with the legal ground stays. Any identifier given tells a row.

    Try it with --dry-run first. What is typed here stands in your shell's history: clear it afterwards.
    """
    from lumbung import privacy

    person = privacy.Person(*(tuple(x or ()) for x in (npwp, nik, nib, phone, email, name)))
    done = privacy.erase(Home.from_env(), person, ground, dry_run=dry_run, destroy_releases=destroy_releases)
    if as_json:
        print_json(done.as_dict())
    else:
        _tell(done)
    if done.remaining and not dry_run:
        raise LumbungError(f"The person is still found in {len(done.remaining)} places.",
                           where=", ".join(done.remaining[:10]),
                           todo="Publish anew with `lumbung run`, then erase again with --destroy-releases; "
                                "files in the inbox and Airflow's database are yours to clear (docs/privacy.md).")


@app.command("log")
def log(as_json: AsJson = False) -> None:
    """Who saw raw values unmasked, when, and what they asked for."""
    from lumbung import privacy

    rows = privacy.reveals(Home.from_env().make())
    shown = [{**row, "filters": ", ".join(f"{k} {v}" for k, v in row["filters"].items()) or "all"} for row in rows]
    print_rows(rows if as_json else shown, ["at", "who", "what", "filters"], as_json,
               "Nobody has asked for raw values yet.")


@app.command()
def erasures(
    lacking: Annotated[Path | None, typer.Option(
        metavar="FILE", help="What `--json` gave at another time, e.g. before a backup was restored: only those of it "
                             "that were not done here.")] = None,
    as_json: AsJson = False,
) -> None:
    """The tombstones: what was erased, when, by whom, on what legal ground."""
    from lumbung import privacy

    home = Home.from_env().make()
    rows = privacy.lacking(home, _tombstones(lacking)) if lacking else privacy.erasures(home)
    print_rows(rows, ["erasure_id", "at", "by", "ground", "accepted_rows", "quarantined_rows", "landed_files"], as_json,
               "All of them were erased here too." if lacking else "Nobody was erased yet.")
    if lacking and rows:
        raise LumbungError(f"{len(rows)} erasures were not done here: these persons are back.", where=str(home.root),
                           todo="Find their requests by date and ground; `lumbung erase` with the same identifiers.")


@app.command()
def check(as_json: AsJson = False) -> None:
    """Whether personal data got out of the lake into build or releases, and landed files are as they were received."""
    from lumbung import privacy

    home = Home.from_env().make()
    found, problems = privacy.scan(home), privacy.landing_problems(home)
    if as_json:
        print_json({"findings": [f.as_dict() for f in found], "landing": problems})
    else:
        print_rows([f.as_dict() for f in found], ["place", "column", "kind", "cells", "how"], False,
                   "No personal data in build, releases or gate results.")
        for problem in problems:
            say(problem)
    if found or problems:
        raise LumbungError(f"{len(found)} columns with personal data outside the lake, {len(problems)} landed files "
                           "changed.", where=str(home.root),
                           todo="Classify the column as personal in its contract and run again; "
                                "bring changed files back from a backup.")


def _tombstones(file: Path) -> list[dict]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if all(one["fingerprints"] for one in told):
            return told
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UsageError("This is no list of erasures.", where=str(file),
                     todo="Give what `lumbung privacy erasures --json` wrote.")


def _tell(done) -> None:
    would = "would be " if done.dry_run else ""
    say(f"{done.accepted_rows} typed and {done.quarantined_rows} quarantined rows {would}removed, from "
              f"{len(done.loads)} loads; {done.landed_rows} rows in {done.landed_files} landed files.")
    for release in done.releases:
        why = [text for yes, text in ((release["load_ids"], "can't be rebuilt any more"),
                                      (release["holds_party_key"], "holds the pseudonym"),
                                      (release["holds_identifier"], "still holds the name or number")) if yes]
        now = " (current)" if release["is_current"] else ""
        say(f"Release {release['release_id']}{now}: {', '.join(why)}.")
    for release_id in done.destroyed:
        say(f"Release {release_id} was destroyed.")
    for file in done.unsearched:
        say(f"Could not look into landing/{file['file']}: {file['why']}.")
    if not done.dry_run:
        say(f"Tombstone {done.erasure_id}. The next `lumbung run` makes a release without these rows.")
