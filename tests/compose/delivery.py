"""Made-up files that an office is sent, and what is to become of each."""

import csv
import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from airflow_api import Account
from deployment import Deployment

from lumbung.lake.home import PROJECT
from lumbung.scheduling import demo

SAMPLES = PROJECT / "samples"
# What one intake DAG takes in: one run of the warehouse makes a release of it.
DECLARATIONS = ("exchange_rate", "exporter_register", "peb", "ska")


@dataclass(frozen=True)
class Sent(demo.Sent):
    """One file; `rows_accepted` is None where no answer key says it."""

    rows_accepted: int | None


def made_up(folder: Path, rows: int, seed: int) -> Path:
    """A folder as samples/ is, of other documents."""
    subprocess.run([Path(sys.executable).with_name("lumbung"), "sample", "--rows", str(rows), "--seed", str(seed),
                    "--out", folder], check=True, capture_output=True)
    return folder


def drop(deployment: Deployment, made: Path, *feeds: str) -> list[Sent]:
    """Copy the inbox of a made-up folder, or `feeds` of it, into that of a deployment; each file appears whole."""
    with (made / "answer_key" / "files.csv").open(newline="", encoding="utf-8") as key:
        accepted = {line["path"]: int(line["rows_accepted"]) for line in csv.DictReader(key)}
    sent = []
    for source in sorted(path for path in (made / "inbox").rglob("*") if path.is_file()):
        place = source.relative_to(made / "inbox")
        if feeds and place.parts[0] not in feeds:
            continue
        target = deployment.inbox / place
        for folder in reversed(target.relative_to(deployment.inbox).parents[:-1]):
            (deployment.inbox / folder).mkdir(exist_ok=True)
            deployment.own(deployment.inbox / folder)
        aside = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, aside)
        deployment.own(aside)
        aside.replace(target)
        sent.append(Sent(place.parts[0], place.parts[1], target.name, hashlib.sha256(source.read_bytes()).hexdigest(),
                         accepted.get(f"inbox/{place.as_posix()}")))
    return sent


def settled(deployment: Deployment, admin: Account, sent: list[Sent]) -> None:
    """Wait until the current release is made of all of these, and nothing is at work."""
    def is_so() -> bool:
        held = {(load["feed"], load["agency"], load["sha256"]) for load in deployment.manifest().get("loads", [])}
        return {file.key for file in sent} <= held and not admin.active_runs()

    deployment.wait_until("a release of every file, and nothing at work", is_so)


def assert_each_taken_in_once(deployment: Deployment, sent: list[Sent]) -> None:
    """The ledger has one load of each file, with the rows that the answer key says; the release is of just those."""
    loads = [load for load in deployment.data("loads") if load["status"] != "redelivered"]
    by_file = {(load["feed"], load["agency"], load["sha256"]): load for load in loads}
    times = Counter((load["feed"], load["agency"], load["sha256"]) for load in loads)
    assert times == Counter({file.key: 1 for file in sent})
    assert {load["status"] for load in loads} == {"loaded"}
    known = [file for file in sent if file.rows_accepted is not None]
    assert {file.key: by_file[file.key]["rows_accepted"] for file in known} == {
        file.key: file.rows_accepted for file in known}
    assert {load["load_id"] for load in deployment.manifest()["loads"]} == {load["load_id"] for load in loads}
