"""A new agency's layout, and a whole new feed, in YAML only."""

import duckdb
import pytest
import xlsxwriter

from lumbung import intake
from lumbung.contracts import contract_of, contracts, feeds_of_dag
from lumbung.errors import LumbungError
from lumbung.lake.home import Home

UNKNOWN_HEADERS = ("Urutan;Unit Usaha;Kd Wil;Peredaran Usaha\n"
                   "1;CV Contoh Rotan;3276;450000000\n"
                   "2;UD Contoh Batik;32.76;\n")
VISITS = ("No Kunjungan,Tanggal Kunjungan,Nama Usaha,Nama Pemilik,Keadaan,Luas,Penanda Data\n"
          "1,2024-02-12,CV Contoh Rotan,Contoh Pemilik,Baik,40.5,DATA BUATAN\n"
          "2,2024-02-13,UD Contoh Batik,,rusak,,DATA BUATAN\n"
          "3,2024-02-30,UD Contoh Salah,,hancur,,DATA BUATAN\n")


@pytest.fixture
def taken_in(tmp_path):
    """Put files into a fresh inbox and take them in; gives the loads by agency."""

    def take(files: dict[str, str]) -> dict[str, dict]:
        home = Home(tmp_path / "home").make()
        for place, text in files.items():
            path = home.inbox / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for batch in intake.plan(home, list(contracts()), settle_seconds=0):
            typed = intake.type_loads(home, batch.feed, batch.batch_id, intake.land(home, batch))
            intake.judge(home, typed, {})
        return {load["agency"]: load for load in intake.loads_table(home)}

    return take


def test_a_new_agency_and_a_new_feed_need_yaml_only(office):
    """From the inbox to the native tables, through `lumbung run`."""
    office.put("agency_roster/dinas-baru/binaan.csv", UNKNOWN_HEADERS)
    office.put("workshop_visit/dinas-baru/kunjungan.csv", VISITS)
    office.lumbung("run")
    loads = office.loads()
    assert {name: (x["status"], x["rows_accepted"], x["rows_quarantined"]) for name, x in loads.items()} == {
        "binaan.csv": ("loaded", 2, 0), "kunjungan.csv": ("loaded", 2, 1)}
    assert list((office.root / "lake" / "raw" / "workshop_visit").glob("*.parquet"))
    with duckdb.connect(str(office.root / "build" / "warehouse.duckdb"), read_only=True) as con:
        roster = con.sql("""select as_of::varchar, roster_number, business_name, region_code, revenue_idr::varchar,
            is_synthetic, row_number from raw.agency_roster order by all""").fetchall()
        visits = con.sql("select * exclude (party_key, load_id) from raw.workshop_visit order by all").fetchall()
        columns = [row[0] for row in con.sql("describe raw.workshop_visit").fetchall()]
    assert roster == [("2024-06-30", 1, "CV Contoh Rotan", "32.76", "450000000.00", True, 1),
                      ("2024-06-30", 2, "UD Contoh Batik", "32.76", None, True, 2)]
    assert [(v[0], v[3]) for v in visits] == [(1, "baik"), (2, "rusak")]
    assert "owner_name" not in columns
    assert "party_key" in columns
    quarantined = office.lumbung("quarantine", "list", "--json")
    assert "bad_date" in quarantined
    assert "not_in_list" in quarantined


def test_a_layout_is_its_agencys_alone(own_contracts, taken_in):
    loads = taken_in({"agency_roster/dinas-baru/a.csv": UNKNOWN_HEADERS,
                      "agency_roster/dinas-lain/b.csv": UNKNOWN_HEADERS + "3;PO Contoh Keripik;3276;\n"})
    assert (loads["dinas-baru"]["status"], loads["dinas-baru"]["rows_accepted"]) == ("loaded", 2)
    assert loads["dinas-lain"]["status"] == "rejected"
    assert "Unit Usaha" in loads["dinas-lain"]["reason"]


def test_constants_fill_what_is_empty_and_no_more(own_contracts, taken_in):
    titles = "Urutan,Unit Usaha,Kd Wil,Per Tanggal\n"
    loads = taken_in({"agency_roster/dinas-baru/a.csv": titles + "1,CV Contoh,3276,2023-01-01\n2,CV Dua,3276,-\n,,,\n"})
    assert [loads["dinas-baru"][x] for x in ("rows_read", "rows_accepted", "rows_skipped")] == [3, 2, 1]


def test_layouts_hold_for_workbooks_too(own_contracts, taken_in, tmp_path):
    path = tmp_path / "home" / "inbox" / "agency_roster" / "dinas-baru" / "binaan.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(UNKNOWN_HEADERS.splitlines()):
            sheet.write_row(number, 0, line.split(";"))
    assert (taken_in({})["dinas-baru"]["status"], taken_in({})["dinas-baru"]["rows_accepted"]) == ("loaded", 2)


def test_own_feed_is_a_feed_like_any_other(own_contracts):
    assert "workshop_visit" in feeds_of_dag("agency_rosters")
    assert "workshop_visit" not in feeds_of_dag("export_declarations")
    assert contract_of("workshop_visit").is_own
    assert not contract_of("agency_roster").is_own


def test_the_environment_is_looked_at_each_time(own_contracts, monkeypatch):
    assert contract_of("agency_roster").layouts
    assert "+" in contract_of("agency_roster").version
    monkeypatch.delenv("LUMBUNG_CONTRACTS")
    assert not contract_of("agency_roster").layouts
    assert "workshop_visit" not in contracts()
    with pytest.raises(LumbungError, match="no feed 'workshop_visit'"):
        contract_of("workshop_visit")


def test_a_mended_layout_is_another_version(own_contracts):
    """Or files already read under it could not be read again."""
    before = contract_of("agency_roster").version
    path = own_contracts / "agency_roster.layouts.yaml"
    path.write_text(path.read_text().replace("Kd Wil", "Kode Daerah"))
    assert contract_of("agency_roster").version != before


def test_own_contract_stands_in_place_of_ours(own_contracts):
    from lumbung.contracts.files import HERE

    ours = (HERE / "exchange_rate.yaml").read_text(encoding="utf-8")
    (own_contracts / "exchange_rate.yaml").write_text(
        ours.replace("rejectLimitPct, value: 50", "rejectLimitPct, value: 7"))
    contract = contract_of("exchange_rate")
    assert (contract.is_own, contract.reject_limit_pct) == (True, 7)


def test_own_contracts_make_another_code_version(own_contracts):
    from lumbung import flow

    before = flow.code_version()
    path = own_contracts / "workshop_visit.yaml"
    path.write_text(path.read_text().replace("rejectLimitPct, value: 50", "rejectLimitPct, value: 10"))
    assert flow.code_version() != before


@pytest.mark.parametrize(("name", "text", "said"), [
    ("workshop_visits.layouts.yaml", "[]", "feed that does not exist"),
    ("agency_roster.layouts.yaml", "- {agency: dinas-baru, synonyms: {nama: [X]}}", "no column 'nama'"),
    ("exchange_rate.yaml", "kind: [", "Not a YAML file"),
])
def test_a_broken_folder_says_so(own_contracts, name, text, said):
    (own_contracts / name).write_text(text)
    with pytest.raises(LumbungError) as caught:
        contracts()
    assert said in caught.value.what
    assert str(own_contracts) in caught.value.where
    assert caught.value.todo


def test_a_folder_that_is_not_there_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(tmp_path / "nowhere"))
    with pytest.raises(LumbungError, match="names no folder"):
        contracts()
