"""A kill -9 anywhere between inbox and verdict loses nothing and doubles nothing."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from intake_files import csv_of, document, dumps, item

from lumbung import intake
from lumbung.lake import ledger

WORKER = Path(__file__).with_name("kill_worker.py")


@pytest.fixture
def worker(lake):
    with subprocess.Popen([sys.executable, str(WORKER), str(lake.home.root)], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == "ready\n"

        def run(seconds: float) -> int:
            process.stdin.write(f"{seconds}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run
        process.stdin.close()


def fill(lake, first: int) -> None:
    for n in range(first, first + 12):
        lake.drop(f"peb/bc/{n}.json", dumps(document(n, items=3)))
    rows = [item(first + 500 + i, item_fob="x" if i == 5 else "1") for i in range(40)]
    lake.drop(f"peb/bc/{first}.csv", csv_of(rows))
    lake.drop(f"ska/ipska/{first}.csv", f"salah\n{first}\n")
    lake.drop(f"{first}.txt", f"nyasar {first}")


def test_a_kill_at_any_moment_changes_nothing(lake, worker):
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)
    fill(lake, 0)
    started = time.monotonic()
    assert worker(0) == 0
    takes = time.monotonic() - started
    killed = 0
    for round_ in range(1, 6):
        fill(lake, round_ * 1000)
        killed += worker(dice.uniform(0, takes)) != 0
    assert worker(0) == 0
    assert killed, f"seed {seed}: no kill came in time"
    rows = sorted(lake.accepted("peb", "nomor_aju, item_number"))
    assert len(rows) == len(set(rows)) == 6 * (12 * 3 + 39), f"seed {seed}"
    assert len(lake.quarantine()) == 6, f"seed {seed}"
    statuses = [load["status"] for load in intake.loads_table(lake.home)]
    assert (statuses.count("loaded"), statuses.count("rejected"), len(statuses)) == (6 * 13, 6 * 2, 6 * 15), \
        f"seed {seed}"
    assert [p for p in lake.home.inbox.rglob("*") if p.is_file()] == []
    assert lake.plan() == []


class Crash(BaseException):
    """Not an error anyone would handle."""


@pytest.mark.parametrize("written", [False, True])
def test_a_crash_around_the_ledger_leaves_no_trace_of_itself(lake, monkeypatch, written):
    """The two moments at which a file is in the inbox and in landing at once."""
    lake.drop("peb/bc/a.csv", csv_of([item(1)]))
    batch, = lake.plan()
    record = ledger.record

    def crash(home, events):
        if written:
            record(home, events)
        raise Crash

    monkeypatch.setattr(ledger, "record", crash)
    with pytest.raises(Crash):
        intake.land(lake.home, batch)
    monkeypatch.setattr(ledger, "record", record)
    lake.take_in()
    assert [x["status"] for x in intake.loads_table(lake.home)] == ["loaded"]
    assert len(lake.accepted("peb")) == 1
    assert list((lake.home.inbox / "peb/bc").iterdir()) == []
