"""Names of files and sheets that name a person are whole in the lake, and masked in all that is made of it."""

import zipfile

import duckdb

from lumbung import flow, privacy
from lumbung.lake import ledger
from lumbung.lake.home import Home

RATES = ("Nomor KMK,Berlaku Dari,Berlaku Sampai,Satuan,Valuta,Kurs,Penanda Data\n"
         "1/KM.10/2024,2024-01-{0:02},2024-01-{1:02},1,USD,15500.00,DATA BUATAN\n")
NAMED = "UD Contoh NIK 3276010101900015 081234567890.csv"
MEMBERS = ["kurs_0812-3456-7890.csv", "kurs_0812-3456-7891.csv", "kurs.csv"]


def test_a_release_masks_who_is_named_in_the_name_of_a_file(tmp_path, monkeypatch):
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    home = Home(tmp_path / "home").make()
    folder = home.inbox / "exchange_rate" / "kmk"
    folder.mkdir(parents=True)
    (folder / NAMED).write_text(RATES.format(3, 9))
    (folder / "budi_contoh@contoh.id.csv").write_text(RATES.format(10, 16) + "x,x,x,x,x,x,x\n")   # held: half is bad
    with zipfile.ZipFile(folder / "Januari.zip", "w") as archive:
        for day, name in enumerate(MEMBERS, start=17):
            archive.writestr(name, RATES.format(day, day))
    release = home.releases / flow.run(home).release_id

    assert {load.file_name for load in ledger.loads(home).values()} == {
        NAMED, "budi_contoh@contoh.id.csv", "Januari.zip"}
    assert privacy.scan(home) == []
    masked = "UD Contoh NIK [NIK] [PHONE].csv"
    with duckdb.connect(str(home.build_database), read_only=True) as con:
        assert {row[0] for row in con.execute("select distinct sheet from raw.exchange_rate").fetchall()} == {
            "", "kurs.csv", "kurs_[PHONE].csv", "kurs_[PHONE].csv (2)"}
        told = {row[0] for row in con.execute("select file_name from marts.mart_row_conservation").fetchall()}
    assert told == {masked, "Januari.zip", "[EMAIL]"}
    said = [path.read_text(errors="ignore") for top in (release, home.build, home.lineage) for path in top.rglob("*")
            if path.suffix in (".json", ".jsonl", ".html", ".sql", ".log")]
    assert [masked in text for text in said].count(True) >= 3      # the pin, the manifest, lineage
    assert not [text for text in said
                if any(word in text for word in ("3276010101900015", "081234567890", "0812-3456", "budi_contoh"))]
