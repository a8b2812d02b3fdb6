"""`lumbung releases`, `verify`, `rebuild`, `restate`: what was released, whether it still is what it was, and again."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, out, print_json, print_rows, say
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.home import Home

app = typer.Typer(invoke_without_command=True, help="The releases there are; which were published; removing old ones.")

ReleaseId = Annotated[str | None, typer.Argument(metavar="ID", help="A release's id; else the current one.")]


@app.callback()
def releases(context: typer.Context, as_json: AsJson = False) -> None:
    """The releases there are, newest last."""
    if context.invoked_subcommand:
        return
    from lumbung import publish

    home = Home.from_env()
    now, marks = publish.current(home), {mark["release_id"]: mark for mark in publish.published(home)}
    rows = [{"release_id": r.id, "run_time": r.manifest["run_time"], "code_version": r.manifest["code_version"],
             "loads": len(r.manifest["loads"]), "is_current": bool(now and now.id == r.id),
             "published_at": marks[r.id]["at"] if r.id in marks else None} for r in publish.releases(home)]
    print_rows(rows, ["release_id", "run_time", "code_version", "loads", "is_current", "published_at"], as_json,
               "No release yet.")


@app.command("publish")
def mark_published(
    release: Annotated[str, typer.Argument(metavar="ID", help="A release's id.")],
    reason: Annotated[str, typer.Option(help="Why, or where it was published; it is kept with the mark.")],
) -> None:
    """Say that a release was given to the public: it is never removed, and later ones are held against it."""
    from lumbung import disclosure, publish

    home = Home.from_env()

    def check(found: publish.Release) -> None:
        for warning in disclosure.require_publishable(home, found):
            say(f"Warning: {warning}")

    made = publish.mark_published(home, release, reason, check=check)
    say(f"Release {made['release_id']} is marked published by {made['by']}: {made['reason']}")


@app.command()
def prune(
    keep: Annotated[int, typer.Option(help="How many of the newest stay in any case.")],
    yes: Annotated[bool, typer.Option("--yes", help="Remove them; without it they are only listed.")] = False,
) -> None:
    """Remove old releases. Published ones and the current one always stay."""
    from lumbung import publish

    home = Home.from_env()
    found = publish.prune(home, keep) if yes else publish.prunable(home, keep)
    for release in found:
        say(f"{release.id}  {len(release.manifest['loads'])} loads")
    if not found:
        say("No release is to be removed.")
    else:
        say(f"{len(found)} releases {'are removed.' if yes else 'would be removed; with --yes they are.'}")


def verify(release: ReleaseId = None) -> None:
    """Whether a release's files are still what its manifest says."""
    from lumbung import publish

    home = Home.from_env()
    found = publish.release(home, release)
    if problems := publish.verify(home, found):
        raise LumbungError("; ".join(problems), where=str(found.path), todo="Restore the release from a backup.")
    out.print(f"Release {found.id} is whole: {len(found.manifest['files'])} files match.", highlight=False)


def restate(
    first: Annotated[str, typer.Option("--from", help="The first month, YYYY-MM, by the documents' dates.")],
    last: Annotated[str, typer.Option("--to", help="The last month, YYYY-MM.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept, and the new release tells it.")],
    feed: Annotated[str | None, typer.Option(help="Only peb or ska; both when not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read the documents of some months again and build them anew, by today's contract and rules, into a release."""
    from lumbung import returning
    from lumbung.lake import restatements

    if feed not in (None, *restatements.FEEDS):
        raise UsageError(f"Documents of feed {feed!r} are not restated.", todo="Give peb or ska, or none for both.")
    done = returning.restate(Home.from_env().make(), first, last, reason, feeds=[feed] if feed else restatements.FEEDS)
    if as_json:
        print_json(done)
        return
    for name, again in done["retyped"].items():
        say(f"{name}: {again['loads']} loads read again under version {again['version']} ({again['loaded']} loaded, "
            f"{again['held']} held, {again['rejected']} rejected); {again['same']} were read under it before.")
    say(f"Release {done['release_id']}: {done['from']} to {done['to']} restated by {done['by']}, {done['reason']}"
        if done["release_id"] else f"Nothing changed: {done['from']} to {done['to']} say what they said; no release.")


def rebuild(
    release: ReleaseId = None,
    into: Annotated[Path | None, typer.Option(help="An empty folder, which becomes a LUMBUNG_HOME; else one under "
                                                   "scratch/ that goes again.")] = None,
    as_json: AsJson = False,
) -> None:
    """Build a release again in another LUMBUNG_HOME from the files as received, and compare the bytes."""
    from lumbung import publish, rebuilding

    home = Home.from_env()
    found = publish.release(home, release)
    where = Home((into or home.scratch / f"rebuild-{found.id}").resolve())
    if not into:        # it holds copies of what was received: closed, and gone however it ends
        shutil.rmtree(where.root, ignore_errors=True)
        where.root.mkdir(parents=True, mode=0o700)
    try:
        made = rebuilding.rebuild(home, found.id, where, on_step=None if as_json else lambda name, seconds: out.print(
            f"[dim]{name:14} {seconds:6.1f} s[/dim]"))
    finally:
        if not into:
            shutil.rmtree(where.root)
    if as_json:
        print_json({"release_id": made.release_id, "into": str(made.into), "loads": made.loads, "files": made.files,
                    "is_same": not made.different, "different": made.different})
    if made.different:
        raise LumbungError(f"Release {made.release_id} came out otherwise: {len(made.different)} of {made.files} "
                           f"tables and months differ: {', '.join(made.different[:5])}", where=str(made.into),
                           todo=f"{'Compare the two' if into else 'Build it with --into to compare the two'}; `lumbung "
                                "verify` says whether the release itself is whole.")
    if not as_json:
        say(f"Release {made.release_id} was built again from {made.loads} loads: all {made.files} tables and months "
            f"have the same bytes{'.' if not into else f': {made.into}'}")
