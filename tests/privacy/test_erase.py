"""Erasure: a person goes from everywhere, and nobody else does."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import duckdb
import pytest

from lumbung import flow, gates, intake, privacy
from lumbung.contracts import contract_of
from lumbung.errors import LeaseHeld, LumbungError, UsageError
from lumbung.gates import kept
from lumbung.gates.suites.vocabulary import finds_nothing, not_null, suite
from lumbung.lake import lease, ledger
from lumbung.privacy import Person

GROUND = "UU 27/2022 ps. 43"


@pytest.fixture
def person(people) -> Person:
    return Person(npwp=(people.NPWP,), nik=(people.NIK,), phone=(people.PHONE,), name=(people.NAME,))


def accepted(home, feed: str) -> list[tuple]:
    """(agency, file, row number) of every accepted row, as a reader of the ledger finds them."""
    rows = []
    for load in ledger.loads(home).values():
        if load.status == "loaded" and load.feed == feed:
            found = duckdb.sql("select row_number from read_parquet(?) where load_id = ? order by all", params=[
                str(home.raw / feed / f"{load.batch_id}.parquet"), load.load_id]).fetchall()
            assert len(found) == load.rows_accepted
            rows += [(load.agency, n) for (n,) in found]
    return sorted(rows)


def where_found(home, people) -> list[str]:
    """Every file that still holds an identifier, in its bytes, as text of a table, or unpacked."""
    signs = [people.NPWP, "99.500.009.9-404.001", people.NIK, "81299994041", "812 9999 4041", "812-9999-4041"]
    signs += [people.NAME, people.NAME.upper()]
    forms = [sign.encode(encoding) for sign in signs for encoding in ("utf-8", "utf-16-le")]
    found = [path for path, content in people.everything(home.root).items() if any(form in content for form in forms)]
    for path in home.root.rglob("*"):
        if path.is_symlink() or path.suffix not in (".parquet", ".duckdb"):
            continue
        with duckdb.connect() as con:
            sources = [f"read_parquet('{path}')"]
            if path.suffix == ".duckdb":
                con.execute(f"attach '{path}' as db (read_only)")
                sources = [f'db."{s}"."{t}"' for s, t in con.execute(
                    "select schema_name, table_name from duckdb_tables() where database_name = 'db'").fetchall()]
            for source in sources:
                text = str(con.execute(f"select * from {source}").fetchall())
                if any(sign in text for sign in signs):
                    found.append(path)
    return sorted({str(path.relative_to(home.root)) for path in found})


def test_no_byte_of_the_person_stays_and_every_other_row_does(peopled, people, person):
    before = accepted(peopled, "agency_roster")
    assert len(where_found(peopled, people)) > 8
    done = privacy.erase(peopled, person, GROUND)
    assert done.remaining == []
    assert where_found(peopled, people) == []
    theirs = {("dinas-a", 2), ("dinas-b", 1), ("dinas-c", 2), ("dinas-c", 4)}
    assert set(before) - set(accepted(peopled, "agency_roster")) == theirs
    # Two of the exporter's own documents with two items each, and one item of another's.
    assert len(accepted(peopled, "peb")) == 10 - 2 * 2 - 1
    assert (done.accepted_rows, done.quarantined_rows) == (4 + 5, 1)
    quarantined = [(q["agency"], q["row_number"]) for q in intake.quarantine_table(peopled)]
    assert quarantined == [("dinas-d", 3)]


def gated(home, tmp_path) -> None:
    """Keep the results of a gate that every row of peb fails, by row, by document and by exporter."""
    reason = "Every row fails here."
    suites = {"load_profile": suite("raw", "load_profile", ["load_id"], [
        not_null("load_id", reason)]), "peb": suite("raw", "peb", ["row_number"], [
            finds_nothing("row", "select load_id, sheet, row_number, nomor_aju, item_number from {batch}", reason),
            finds_nothing("document", "select distinct nomor_aju from {batch}", reason),
            finds_nothing("exporter", "select distinct exporter_party_key from {batch}", reason)])}
    (tmp_path / "suites" / "raw").mkdir(parents=True)
    for name, one in suites.items():
        (tmp_path / "suites" / "raw" / f"{name}.json").write_text(json.dumps(one))
    for path in (home.raw / "peb").glob("*.parquet"):
        result = gates.check_raw(home, "peb", path.stem, home.scratch / "profiles" / path.name, path,
                                 contract_of("peb"), tmp_path / "suites")
        gates.history.record(home, path.stem, datetime(2024, 1, 1, tzinfo=UTC), result)


def failing(home, check: str) -> list[tuple]:
    files = f"{home.quality}/failures/*/*/*.parquet"
    return duckdb.sql("select load_id, row_number, row_key from read_parquet(?) where check_name = ?",
                      params=[files, check]).fetchall()


def rows_of_peb(home, columns: str) -> set[tuple]:
    files = str(home.raw / "peb" / "*.parquet")
    return set(duckdb.sql(f"select {columns} from read_parquet(?)", params=[files]).fetchall())


def test_no_key_of_an_erased_row_stays_with_what_gates_found(peopled, people, person, tmp_path):
    gated(peopled, tmp_path)
    before, documents = rows_of_peb(peopled, "load_id, row_number"), rows_of_peb(peopled, "nomor_aju")
    assert {row[:2] for row in failing(peopled, "row")} == before
    assert len(failing(peopled, "document")) == len(documents)
    parties = rows_of_peb(peopled, "exporter_party_key")
    would = privacy.erase(peopled, person, GROUND, dry_run=True)
    done = privacy.erase(peopled, person, GROUND)
    left = rows_of_peb(peopled, "load_id, row_number")
    assert {row[:2] for row in failing(peopled, "row")} == left < before
    # Of the document that lost one of its items the key goes too: it named the row that is erased.
    gone = documents - rows_of_peb(peopled, "nomor_aju")
    keys = {json.loads(row[2])["nomor_aju"] for row in failing(peopled, "document")}
    assert len(keys) == len(documents) - len(gone) - 1
    assert {json.loads(row[2])["exporter_party_key"] for row in failing(peopled, "exporter")} < {
        party for (party,) in parties}
    assert would.failing_rows == done.failing_rows >= len(before) - len(left)
    for path in peopled.build.rglob("gates/raw/*.json"):
        assert not [one for (one,) in gone if one in path.read_text()]
    assert privacy.scan(peopled) == []


def test_the_rows_of_each_load_still_add_up_and_landing_reads_the_same(peopled, person, people):
    privacy.erase(peopled, person, GROUND)
    for load in ledger.loads(peopled).values():
        assert load.rows_read == load.rows_skipped + load.rows_accepted + load.rows_quarantined, load
    csv_file = next(load for load in ledger.loads(peopled).values() if load.agency == "dinas-a")
    text = intake.landing.payload(peopled, csv_file.feed, csv_file.sha256).read_text()
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[3] for row in rows] == ["Nama Pemilik", "Pemilik 1", "", "Pemilik 3"]
    # Read again from landing, every row of a table is where it was.
    landed = [load for load in ledger.loads(peopled).values() if load.status == "loaded"]
    for load in landed:
        one = intake.Landed(load.load_id, load.feed, load.agency, load.file_name, load.sha256, load.bytes,
                            contract_version=load.contract_version)
        typed = intake.type_loads(peopled, load.feed, f"again-{load.load_id}", [one]).loads[0]
        assert (typed.rows_accepted, typed.rows_quarantined) == (load.rows_accepted, load.rows_quarantined), load
        numbers = [duckdb.sql("select load_id, row_number from read_parquet(?) where load_id = ? order by all", params=[
            str(peopled.raw / load.feed / f"{batch_id}.parquet"), load.load_id]).fetchall()
            for batch_id in (load.batch_id, f"again-{load.load_id}")]
        assert numbers[0] == numbers[1] or load.feed == "peb", load


def test_landing_knows_what_was_replaced(peopled, person):
    privacy.erase(peopled, person, GROUND)
    assert privacy.landing_problems(peopled) == []
    told = [json.loads(path.read_text()) for path in peopled.landing.rglob("tombstone.json")]
    assert {entry["ground"] for t in told for entry in t["erasures"]} == {GROUND}
    changed = next(peopled.landing.rglob("tombstone.json")).with_name("payload")
    changed.write_bytes(changed.read_bytes() + b" ")
    assert len(privacy.landing_problems(peopled)) == 1


def test_the_ledger_tells_it_without_a_personal_value(peopled, person):
    privacy.erase(peopled, person, GROUND)
    events = [event for event in ledger.events(peopled) if event.event == "erased"]
    assert sum(1 for _ in events) == len({event.load_id for event in events}) == 6
    assert all(GROUND in event.reason for event in events)
    (tombstone,) = privacy.erasures(peopled)
    assert [sorted(f) for f in tombstone["fingerprints"]] == [["hmac", "kind"]] * 4
    assert all(re.fullmatch(r"p1_[a-z2-7]{22}", f["hmac"]) for f in tombstone["fingerprints"])


def test_a_dry_run_only_counts(peopled, people, person):
    before = people.everything(peopled.root)
    would = privacy.erase(peopled, person, GROUND, dry_run=True)
    after = {path: content for path, content in people.everything(peopled.root).items() if path in before}
    assert {p for p in before if before[p] != after.get(p)} <= {peopled.build / "lease.json"}
    done = privacy.erase(peopled, person, GROUND)
    assert (would.landed_rows, would.accepted_rows, would.quarantined_rows, would.loads) == (
        done.landed_rows, done.accepted_rows, done.quarantined_rows, done.loads)
    assert would.remaining


def test_erasing_twice_does_nothing_more(peopled, person):
    privacy.erase(peopled, person, GROUND)
    before = ledger.events(peopled)
    again = privacy.erase(peopled, person, GROUND)
    assert (again.landed_rows, again.accepted_rows, again.quarantined_rows, again.cleaned_files) == (0, 0, 0, 0)
    assert ledger.events(peopled) == before


def test_the_same_file_sent_again_does_not_bring_the_person_back(peopled, people, person):
    privacy.erase(peopled, person, GROUND)
    place = "agency_roster/dinas-a/daftar.csv"
    people.drop(peopled, {place: people.FILES[place]})
    people.take_in(peopled)
    assert where_found(peopled, people) == []


def test_somebody_who_is_not_there_changes_nothing(peopled):
    before = {p: p.stat().st_mtime_ns for p in (peopled.root / "lake").rglob("*") if p.is_file()}
    done = privacy.erase(peopled, Person(nib=("1234567890123",)), GROUND)
    assert (done.landed_files, done.accepted_rows, done.releases) == (0, 0, [])
    assert {p: p.stat().st_mtime_ns for p in (peopled.root / "lake").rglob("*") if p.is_file()} == before


def test_the_next_run_balances_and_the_release_before_is_marked(home, people, person):
    people.drop(home, people.FILES)
    first = flow.run(home).release_id
    done = privacy.erase(home, person, GROUND)
    assert [(r["release_id"], r["holds_party_key"]) for r in done.releases] == [(first, True)]
    (mark,) = privacy.marks(home)
    assert (mark["event"], mark["release_id"], mark["ground"]) == ("not_rebuildable", first, GROUND)
    second = flow.run(home).release_id
    assert second
    assert second != first
    with duckdb.connect(str(home.build_database), read_only=True) as con:
        assert con.execute("select count(*) from raw.peb").fetchone() == (5,)
        assert con.execute("select count(*) from raw.agency_roster").fetchone() == (len(accepted(
            home, "agency_roster")),)
    # A file was named for the person: its name stands in the release that was current, and goes when asked.
    assert {place.split("/")[1] for place in where_found(home, people)} == {first}
    gone = privacy.erase(home, person, GROUND, destroy_releases=True)
    assert gone.destroyed == [first]
    assert where_found(home, people) == gone.remaining == []
    assert flow.run(home).release_id is None


def test_a_document_that_lost_an_item_stops_no_run(home, people, person):
    """Its own FOB is still of all its items."""
    people.drop(home, {"peb/bea-cukai/a.json": json.dumps([
        people.document(1, owner=people.NPWP) | {"fob": 150.5}, people.document(2) | {"fob": 150.5}]).encode()})
    people.take_in(home)
    assert privacy.erase(home, person, GROUND).accepted_rows == 1
    done = flow.run(home)
    assert done.release_id
    found = [row["row_key"] for row in kept.failing_rows(home, check="items_reach_header_fob")]
    assert [json.loads(key)["nomor_aju"][-6:] for key in found] == ["000001"]


def test_what_can_not_be_erased_safely_is_refused(peopled, people, person):
    with pytest.raises(UsageError, match="legal ground"):
        privacy.erase(peopled, person, " ")
    with pytest.raises(UsageError):
        Person(npwp=("123",))
    with pytest.raises(UsageError):
        Person(name=("Ali",))
    with lease.step(peopled, "run-other"), pytest.raises(LeaseHeld):
        privacy.erase(peopled, person, GROUND)
    lease.release(peopled, "run-other")
    people.drop(peopled, {"peb/bea-cukai/baru.json": json.dumps(people.document(77)).encode()})
    (batch,) = intake.plan(peopled, ["peb"], 0)
    intake.land(peopled, batch)
    with pytest.raises(LumbungError, match="no verdict"):
        privacy.erase(peopled, person, GROUND)


def test_a_file_that_still_waits_and_one_nobody_can_read_are_named(peopled, people, person):
    people.drop(peopled, {"agency_roster/dinas-a/surat.csv": b"%PDF-1.7 " + people.NAME.encode()})
    people.take_in(peopled)
    people.drop(peopled, {"agency_roster/dinas-a/baru.csv": people.csv_of([people.theirs(1)]).encode()})
    done = privacy.erase(peopled, person, GROUND)
    assert [file["file"].split("/")[0] for file in done.unsearched] == ["agency_roster"]
    assert done.remaining == ["inbox/agency_roster/dinas-a/baru.csv"]
