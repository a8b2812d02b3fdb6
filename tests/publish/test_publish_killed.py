"""A reader of `current` sees one release whole, whenever the publisher is killed."""

import random
import subprocess
import sys
import threading
import time

from lumbung.publish import current, releases, verify

KILLS = 5
PUBLISHER = """
import sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
import duckdb
from lumbung.lake.home import Home
from lumbung.publish import current, publish

home, manifest = Home(Path(sys.argv[1])), Path(sys.argv[2])
while True:
    started = time.perf_counter()
    with duckdb.connect(home.build_database) as con:
        number = con.execute("SELECT release_number + 1 FROM marts.mart_marker").fetchone()[0]
        con.execute("BEGIN")
        con.execute(f"UPDATE marts.mart_marker SET release_number = {number}")
        con.execute(f"UPDATE marts.fct_export_item SET release_number = {number} WHERE document_number < 'D00250'")
        con.execute("COMMIT")
    publish(home, f"run-{number}", pinned=[], gates=[], code_version="x", dbt_manifest=manifest,
            run_time=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=number))
    print(time.perf_counter() - started, flush=True)
"""


def look(home) -> str:
    """Read as a reader does; the id of the release, whose every part must be of one run."""
    release = current(home)
    with release.connect() as con:
        marker = con.execute("SELECT release_number FROM mart_marker").fetchall()
        facts = con.execute("SELECT max(release_number), count(*) FROM fct_export_item").fetchall()
    assert facts == [(*marker[0], 900)], (release.id, marker, facts)
    assert verify(home, release) == []
    return release.id


def test_readers_see_whole_releases_while_the_publisher_is_killed(warehouse):
    seed = time.time_ns() % 1_000_000
    print(f"seed {seed}")
    chance = random.Random(seed)
    warehouse.publish(0)
    seen, troubles, stop = set(), [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                seen.add(look(warehouse.home))
            except BaseException as trouble:
                troubles.append(trouble)
                return

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(KILLS):
            publisher = subprocess.Popen(
                [sys.executable, "-c", PUBLISHER, str(warehouse.home.root), str(warehouse.dbt_manifest)],
                stdout=subprocess.PIPE, text=True)
            # After one whole round the next is hit somewhere, on a slow machine as on a fast one.
            seconds = float(publisher.stdout.readline())
            time.sleep(chance.uniform(0, seconds))
            assert publisher.poll() is None, "the publisher ended by itself"
            publisher.kill()
            publisher.wait()
            publisher.stdout.close()
            seen.add(look(warehouse.home))
    finally:
        stop.set()
        reader.join()
    assert troubles == [], f"seed {seed}"
    assert len(seen) >= KILLS, f"seed {seed}"

    # The next publish clears what the dead ones left.
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 0")
    warehouse.sql("UPDATE marts.fct_export_item SET release_number = 0")
    warehouse.publish(59)
    left = {p.name for p in warehouse.home.releases.iterdir()}
    assert left == {"current", *(r.id for r in releases(warehouse.home))}
