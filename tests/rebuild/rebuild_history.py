"""The sample office, what it did next, and what it did after that: a release each time."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from returned_files import item, member, peb, roster
from returning_office import Office, mend
from sample_office import office as sample_office

from lumbung import flow, publish, returning
from lumbung.contracts import contract_of
from lumbung.identity import decisions as identity_decisions
from lumbung.identity import questions
from lumbung.intake import returns
from lumbung.lake import decisions, ledger
from lumbung.lake.home import Home

FOB = contract_of("peb").column("item_fob").synonyms[0]


@dataclass(frozen=True)
class History:
    """`sample` was published; `first` has a conflict nobody decided on, a mended row and a dated edition; `second` all
    that people decided since."""

    home: Home
    sample: str
    first: str
    second: str


def after_the_sample(shared: Path, folder: Path) -> History:
    shutil.copytree(sample_office(shared).home.root, folder / "home", symlinks=True)
    office = Office(Home(folder / "home"), folder)
    home, sample = office.home, publish.current(Home(folder / "home")).id
    publish.mark_published(home, sample, "Rilis pertama")
    office.send("ska/ipska-jabar/lain.csv", _contradicting(home))
    office.send("peb/bea-cukai/cacat.csv", peb([*(item(n) for n in range(10, 20)), item(1, item_fob="x")]))
    returning.replay(home, mend(office.export("bea-cukai"), folder / "baik.xlsx", lambda row: {**row, FOB: "1"}))
    office.send("agency_roster/disdagin-depok/tanpa-tanggal.csv", roster([member(1), member(2)]))
    returning.release(home, office.loads()["tanpa-tanggal.csv"].load_id, as_of="2024-06-30")
    first = flow.run(home).release_id
    [(feed, key, standing, other)] = _conflicts(home)
    chosen, refused = _file(home, other), _file(home, standing)
    decisions.record(home, decisions.Decision(feed, key, chosen, (refused,), "the newer list"))
    pair = questions.open_pairs(home)[0]
    identity_decisions.record(home, pair["left"], pair["right"], "accept", "telephoned both")
    returns.withdraw(home, office.loads()["data-buatan-ska-2024-T3.csv"].load_id, "sent by mistake")
    office.send("peb/bea-cukai/terlambat.csv", peb([item(30)]))
    return History(home, sample, first, flow.run(home).release_id)


def _contradicting(home: Home) -> str:
    """A file that says another amount of a certificate in a published one, in more lines: had that not been published,
    this one would stand."""
    load = next(x for x in ledger.loads(home).values() if x.file_name == "data-buatan-ska-2021-T1.csv")
    header, *lines = (home.landing / "ska" / load.sha256 / "payload").read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if line.startswith("000001/BDG/2021,")]
    last, further = f",US,{len(own)},", f",US,{len(own) + 1},"
    text = "\n".join([header, *own, own[-1].replace(last, further)]) + "\n"
    assert text.count(",14391.42,") == text.count(further) == 1
    return text.replace(",14391.42,", ",24391.42,")


def _conflicts(home: Home) -> list[tuple]:
    """feed, conflict_key, the load that stands, the other."""
    with publish.current(home).connect() as connection:
        return connection.execute(
            "SELECT feed, conflict_key, any_value(load_id) FILTER (is_standing), "
            "any_value(load_id) FILTER (NOT is_standing) FROM mart_conflict GROUP BY ALL").fetchall()


def _file(home: Home, load_id: str) -> decisions.File:
    load = ledger.loads(home)[load_id]
    return decisions.File(load.agency, load.sha256)
