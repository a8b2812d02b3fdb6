"""A made-up West Java to try the warehouse on: an inbox of twelve feeds and the answers to it.

It imports nothing of the rooms that read the inbox, or it would only agree with itself.
"""

from pathlib import Path

import numpy as np

from lumbung.errors import UsageError
from lumbung.sample.answer_key import write_answer_key, write_gate_key
from lumbung.sample.certificates import make_certificates
from lumbung.sample.declarations import make_declarations, make_rates
from lumbung.sample.faults import plant
from lumbung.sample.gate_faults import FOLDER, plant_gate_faults
from lumbung.sample.identity_key import write_identity_key
from lumbung.sample.lists import make_lists
from lumbung.sample.office_files import write_office_files
from lumbung.sample.official_figures import write_official_figures
from lumbung.sample.parties import make_parties
from lumbung.sample.spelling import DIFFICULTIES
from lumbung.sample.tables import connect
from lumbung.sample.trade_files import write_peb, write_ska
from lumbung.sample.world import make_cities

__all__ = ["DIFFICULTIES", "write_sample"]

MOST_ROWS, MOST_MAKERS, MOST_MAKERS_A_CITY = 2_000_000, 400_000, 4_000


def write_sample(out: Path, rows: int, seed: int, fault_rate: float = 0.0, makers: int | None = None) -> dict:
    """Write `out/inbox/<feed>/<agency>/…`, `out/gate_faults/<kind>/inbox/…` (deliveries to come after it, see
    `gate_faults`) and `out/answer_key/…` for about `rows` PEB items.

    The same arguments give the same bytes. 27 cities need about 500 items at least: asked for fewer, it makes that
    many. `fault_rate` (0 to 0.5) is the share of PEB and SKA rows that are added faulty, and sets how many messy files
    come beside them (see `faults`). `makers` is about how many makers stand on the rosters; without it as many as suit
    the items. Returns what `answer_key/answer_key.json` says. Raises UsageError for arguments out of range or when
    `out` already holds an inbox.
    """
    _check(out, rows, seed, fault_rate, makers)
    # A stream of random numbers for each part: a change in one leaves the others' bytes alone.
    streams = [np.random.Generator(np.random.PCG64(child)) for child in np.random.SeedSequence(seed).spawn(7)]
    cities, rates = make_cities(rows, streams[0]), make_rates()
    peb = make_declarations(cities, rates, rows, streams[1])
    ska = make_certificates(cities, peb, streams[2])
    a_city = min(MOST_MAKERS_A_CITY, max(8, rows // 500)) if makers is None else max(8, makers // len(cities.codes))
    parties = make_parties(cities, peb, a_city, streams[3])
    lists = make_lists(cities, peb, ska, parties, streams[4], streams[6])
    inbox = out / "inbox"
    with connect(cities, peb, ska, lists) as con:
        files = write_peb(con, inbox / "peb" / "bea-cukai") + write_ska(con, inbox / "ska" / "ipska-jabar")
        files += write_office_files(con, inbox)
        files += write_official_figures(con, inbox)
        write_identity_key(con, out / "answer_key" / "identity.csv")
        for file in files:
            file["feed"], file["agency"] = file["path"].relative_to(inbox).parts[:2]
        write_gate_key(con, plant_gate_faults(con, inbox, out), out / "answer_key")
        messy, faults = plant(files, inbox, fault_rate, streams[5]) if fault_rate else ([], [])
        files += messy
        for line in files + faults:
            line["path"] = line["path"].relative_to(out).as_posix()
        for file in files:
            file["rows_quarantined"] = file.get("rows_quarantined", 0)
            file["rows_accepted"] = file["rows"] - file["rows_quarantined"]
        return write_answer_key(con, cities, files, faults, out / "answer_key",
                                rows=rows, seed=seed, fault_rate=fault_rate)


def _check(out: Path, rows: int, seed: int, fault_rate: float, makers: int | None) -> None:
    if not 1 <= rows <= MOST_ROWS:
        raise UsageError(f"--rows is {rows}.", todo=f"Give 1 to {MOST_ROWS}.")
    if seed < 0:
        raise UsageError(f"--seed is {seed}.", todo="Give 0 or more.")
    if not 0 <= fault_rate <= 0.5:
        raise UsageError(f"The fault rate is {fault_rate}.", todo="Give 0 to 0.5.")
    if makers is not None and not 1 <= makers <= MOST_MAKERS:
        raise UsageError(f"--rosters is {makers}.", todo=f"Give 1 to {MOST_MAKERS}.")
    if any((out / name).exists() for name in ("inbox", "answer_key", FOLDER)):
        raise UsageError("There is already an inbox or an answer key.", where=str(out),
                         todo="Give an empty folder, or delete the old sample.")
