"""PEB and SKA as the offices would send them."""

from pathlib import Path

import duckdb

from lumbung.sample.tables import write_csv, write_json_lines
from lumbung.sample.world import LAST_DAY, MARK

CSV_MONTH = "2022-05"            # one month comes as CSV instead of JSON
LAST_MONTH = str(LAST_DAY)[:7]
SINGLES = 6                      # documents of the last month that come as a file each
SEMICOLON_QUARTER = "2022-T3"
FEW_OWNERS = 3                   # a document of more than these has all of them in its first item

SKA_ORDER = '"Nomor SKA", "Tanggal Perubahan" NULLS FIRST, "No Barang"'
SKA_INNER = "quarter, cert, city, exporter_business, exporter_difficulty, maker_business, maker_difficulty"

PEB_PREPARED = f"""
CREATE TABLE aju AS
SELECT d.doc, left(o.code, 4) || '30' || lpad(d.exporter::VARCHAR, 6, '0') || strftime(d.lodged, '%Y%m%d')
       || lpad((d.doc % 1000000)::VARCHAR, 6, '0') AS nomor_aju
FROM doc d JOIN office o USING (office);

CREATE TABLE owner AS
SELECT o.doc, o.place, w.npwp, w.nib, w.name, m.address, m.business, w.difficulty,
       count(*) OVER (PARTITION BY o.doc) AS owners
FROM named_owner o JOIN maker m USING (maker) JOIN written w ON w.list = 'peb' AND w.maker = m.maker;

-- Mostly one owner an item, sometimes all three; the first item of a document of many owners has them all.
CREATE TABLE item_owner AS
SELECT i.doc, i.number, o.place, row_number() OVER (PARTITION BY i.doc, i.number ORDER BY o.place) AS position,
       (i.doc + i.number) % 4 = 0 AS tells_value, 1 + (i.doc + 7 * o.place) % 5 AS weight
FROM item i JOIN owner o USING (doc)
WHERE if(o.owners > {FEW_OWNERS} AND i.number = 1, true,
         (i.doc + i.number) % 5 = 0 AND o.place <= {FEW_OWNERS}
         OR o.place = 1 + i.number % least(o.owners, {FEW_OWNERS}));

CREATE TABLE peb_version AS
SELECT v.doc, v.note, nullif(v.note, 0) AS note_number, v.noted, v.cancelled, v.per_10000, a.nomor_aju,
       was.nomor_aju AS replaces,
       strftime(coalesce(v.noted, v.cancelled, if(d.kind = 'unregistered', d.lodged, d.registered)), '%Y-%m') AS month
FROM version v JOIN doc d USING (doc) JOIN aju a USING (doc) LEFT JOIN aju was ON was.doc = d.original;

-- The cast to whole hundredths and the product with 0.01 keep money decimal all the way.
CREATE TABLE peb_row AS
SELECT v.month, v.nomor_aju, v.note_number, v.noted, v.cancelled, v.replaces, v.doc, i.number,
       p.hs_code, p.description, p.unit, i.quantity, i.grams, c.digits AS origin, c.code AS origin_code,
       ((i.minor * v.per_10000 + 5000) // 10000) // m.step * m.step AS minor, m.step
FROM peb_version v JOIN item i USING (doc) JOIN doc d USING (doc) JOIN product p ON p.product = i.product
     LEFT JOIN city c ON c.city = i.origin
     JOIN (SELECT currency, if(code = 'JPY', 100, 1) AS step FROM currency) m ON m.currency = d.currency;

-- What each owner's part of an item is worth, where told: it adds up to the item, in every version.
CREATE TABLE row_owner AS
SELECT *, if(tells_value, (units * upto // whole - units * (upto - weight) // whole) * step, NULL) AS minor
FROM (SELECT r.doc, coalesce(r.note_number, 0) AS note, r.number, o.place, o.tells_value, o.weight, r.step,
             r.minor // r.step AS units, sum(o.weight) OVER (item ORDER BY o.place)::BIGINT AS upto,
             sum(o.weight) OVER item::BIGINT AS whole
      FROM peb_row r JOIN item_owner o USING (doc, number)
      WINDOW item AS (PARTITION BY r.doc, coalesce(r.note_number, 0), r.number));

CREATE VIEW peb_head AS
SELECT d.doc, o.code AS kantor, o.port AS muat, t.country, t.port, y.code AS valuta,
       d.ndpbm_cents * 0.01::DECIMAL(3, 2) AS ndpbm,
       if(d.kind = 'unregistered', NULL, lpad((100000 + d.doc % 900000)::VARCHAR, 6, '0')) AS nomor_daftar,
       if(d.kind = 'unregistered', NULL, d.registered) AS tanggal_daftar, d.lodged, d.registered + 2 AS ekspor,
       e.npwp, e.nib, e.name, e.address, if(e.has_16, '6', '5') AS jenis_identitas, '{MARK}' AS mark
FROM doc d JOIN office o USING (office) JOIN destination t USING (destination)
     JOIN currency y ON y.currency = d.currency JOIN exporter e USING (exporter);
"""

PEB_DOCUMENTS = """
CREATE TABLE peb_document AS
WITH owned AS (
  SELECT doc, note, number, list({seriEntitas: 3 + place, nilaiFob: dec2(minor)} ORDER BY place) AS owned
  FROM row_owner GROUP BY ALL),
goods AS (
  SELECT doc, note, sum(minor)::BIGINT AS minor, sum(grams)::BIGINT AS grams,
         list({seriBarang: number, posTarif: hs_code, uraian: description, fob: dec2(minor),
               jumlahSatuan: quantity, kodeSatuanBarang: unit, netto: kilo(grams), kodeDaerahAsal: origin,
               kodeNegaraAsal: 'ID',
               barangPemilik: coalesce(owned, [])}
              ORDER BY number) AS barang
  FROM (SELECT *, coalesce(note_number, 0) AS note FROM peb_row) LEFT JOIN owned USING (doc, note, number)
  GROUP BY ALL),
makers AS (
  SELECT doc, list({seriEntitas: 3 + place, kodeEntitas: '7',
                    kodeJenisIdentitas: CASE length(npwp) WHEN 15 THEN '5' WHEN 16 THEN '6' END,
                    nomorIdentitas: npwp, nibEntitas: nib, namaEntitas: name, alamatEntitas: address,
                    kodeNegara: NULL::VARCHAR} ORDER BY place) AS entitas
  FROM owner GROUP BY doc)
SELECT v.month, v.nomor_aju AS "nomorAju", h.lodged AS "tanggalAju", '30' AS "kodeDokumen",
       h.nomor_daftar AS "nomorDaftar", h.tanggal_daftar AS "tanggalDaftar", h.ekspor AS "tanggalEkspor",
       if(v.note_number IS NULL, 'T', 'Y') AS "isRevision", v.note_number AS "nomorNota", v.noted AS "tanggalNota",
       v.cancelled AS "tanggalBatal", v.replaces AS "menggantikanNomorAju",
       h.kantor AS "kodeKantor", h.kantor AS "kodeKantorMuat", '1' AS "kodeJenisEkspor", '11' AS "kodeKategoriEkspor",
       '2' AS "flagMigas", '2' AS "flagCurah", h.muat AS "kodePelMuat", h.port AS "kodePelTujuan",
       h.country AS "kodeNegaraTujuan", 'FOB' AS "kodeIncoterm", h.valuta AS "kodeValuta", h.ndpbm AS ndpbm,
       dec2(g.minor) AS fob, kilo(g.grams) AS netto, kilo(g.grams * 11 // 10) AS bruto, h.mark AS "penandaData",
       g.barang AS barang,
       list_concat([
         {seriEntitas: 1, kodeEntitas: '2', kodeJenisIdentitas: h.jenis_identitas, nomorIdentitas: h.npwp,
          nibEntitas: h.nib, namaEntitas: h.name, alamatEntitas: h.address, kodeNegara: NULL::VARCHAR},
         {seriEntitas: 2, kodeEntitas: '8', kodeJenisIdentitas: NULL, nomorIdentitas: NULL, nibEntitas: NULL,
          namaEntitas: 'Penerima Buatan ' || h.country, alamatEntitas: NULL, kodeNegara: h.country},
         {seriEntitas: 3, kodeEntitas: '6', kodeJenisIdentitas: NULL, nomorIdentitas: NULL, nibEntitas: NULL,
          namaEntitas: 'Pembeli Buatan ' || h.country, alamatEntitas: NULL, kodeNegara: h.country}],
         coalesce(m.entitas, [])) AS entitas
FROM peb_version v JOIN goods g ON g.doc = v.doc AND g.note = v.note JOIN peb_head h ON h.doc = v.doc
     LEFT JOIN makers m ON m.doc = v.doc
ORDER BY v.month, v.nomor_aju, v.note_number NULLS FIRST
"""

PEB_SHEET = """
SELECT r.nomor_aju AS "Nomor Aju", r.note_number AS "Nomor Nota", r.noted AS "Tanggal Nota",
       r.cancelled AS "Tanggal Batal", r.replaces AS "Pengganti Dari", h.kantor AS "Kode Kantor",
       h.nomor_daftar AS "Nomor Daftar", h.tanggal_daftar AS "Tanggal Daftar", h.ekspor AS "Tanggal Ekspor",
       '1' AS "Jenis Ekspor", '11' AS "Kategori Ekspor", '2' AS "Migas", h.muat AS "Pelabuhan Muat",
       h.country AS "Negara Tujuan", 'FOB' AS "Incoterm", h.valuta AS "Valuta", h.ndpbm AS "NDPBM",
       dec2(sum(r.minor) OVER (PARTITION BY r.doc, r.note_number)::BIGINT) AS "FOB Dokumen", h.npwp AS "NPWP",
       h.nib AS "NIB", h.name AS "Nama Eksportir", h.address AS "Alamat Eksportir", r.number AS "Seri Barang",
       r.hs_code AS "Pos Tarif", r.description AS "Uraian", dec2(r.minor) AS "FOB", r.quantity AS "Jumlah Satuan",
       r.unit AS "Kode Satuan", kilo(r.grams) AS "Netto", r.origin AS "Daerah Asal", 'ID' AS "Negara Asal",
       to_json(o.owned) AS "Pemilik Barang", h.mark AS "Penanda Data"
FROM peb_row r JOIN peb_head h ON h.doc = r.doc
     LEFT JOIN (SELECT i.doc, i.note, i.number,
                       list({npwp: o.npwp, nib: o.nib, name: o.name, value: dec2(i.minor)} ORDER BY place) AS owned
                FROM row_owner i JOIN owner o USING (doc, place) GROUP BY ALL) o
     ON o.doc = r.doc AND o.note = coalesce(r.note_number, 0) AND o.number = r.number
WHERE r.month = $month ORDER BY r.nomor_aju, r.note_number NULLS FIRST, r.number
"""

SKA_PREPARED = """
CREATE TABLE number AS
SELECT cert, s.code AS issuer_code,
       lpad((row_number() OVER (PARTITION BY e.issuer, year(k.issued) ORDER BY k.issued, k.cert))::VARCHAR, 6, '0')
       || '/' || s.code || '/' || year(k.issued) AS certificate_number
FROM cert k JOIN doc d USING (doc) JOIN exporter e USING (exporter) JOIN issuer s USING (issuer);

CREATE TABLE ska_row AS
SELECT strftime(coalesce(v.amended, k.issued), '%Y-T') || quarter(coalesce(v.amended, k.issued)) AS quarter,
       n.certificate_number AS "Nomor SKA", t.form AS "Formulir", n.issuer_code AS "Kode IPSKA",
       k.issued AS "Tanggal Terbit", v.amended AS "Tanggal Perubahan", v.status AS "Status",
       was.certificate_number AS "Menggantikan Nomor",
       if(length(x.npwp) = 15 AND k.cert % 2 = 0, regexp_replace(x.npwp,
          '^(..)(...)(...)(.)(...)(...)$', '\\1.\\2.\\3.\\4-\\5.\\6'), x.npwp) AS "NPWP",
       x.nib AS "NIB", x.name AS "Nama Eksportir", e.address AS "Alamat Eksportir",
       if(e.says_region, c.code, NULL) AS "Kode Wilayah Eksportir",
       w.name AS "Nama Produsen", if(w.name IS NULL, NULL, c.code) AS "Kode Wilayah Produsen",
       if(k.cert % 10 < 3, regexp_replace(a.nomor_aju, '^(.{4})(..)(.{6})(.{8})(.{6})$', '\\1-\\2-\\3-\\4-\\5'),
          a.nomor_aju) AS "Nomor Aju PEB",
       t.country AS "Negara Tujuan", i.number AS "No Barang", left(p.hs_code, if(k.short_hs, 6, 8)) AS "Kode HS",
       p.description AS "Uraian Barang", i.quantity AS "Jumlah", p.unit AS "Satuan", kilo(i.grams) AS "Netto",
       if(b.code = 'absent', NULL, dec2(((i.minor * v.per_10000 + 5000) // 10000) // m2.step * m2.step)) AS "Nilai",
       if(b.code = 'absent', NULL, y.code) AS "Valuta", b.code AS "Dasar Nilai", 'DATA BUATAN' AS "Penanda Data",
       k.cert AS cert, e.city AS city, e.business AS exporter_business, x.difficulty AS exporter_difficulty,
       m.business AS maker_business, w.difficulty AS maker_difficulty
FROM cert_version v JOIN cert k USING (cert) JOIN cert_item i USING (cert) JOIN number n USING (cert)
     LEFT JOIN number was ON was.cert = k.original
     JOIN doc d ON d.doc = k.doc JOIN aju a ON a.doc = d.doc JOIN exporter e USING (exporter)
     JOIN ska_exporter x USING (exporter) JOIN city c ON c.city = e.city JOIN destination t USING (destination)
     JOIN currency y ON y.currency = d.currency JOIN product p ON p.product = i.product
     JOIN (SELECT currency, if(code = 'JPY', 100, 1) AS step FROM currency) m2 ON m2.currency = d.currency
     JOIN basis b USING (basis) LEFT JOIN named_maker nm ON nm.cert = k.cert
     LEFT JOIN maker m ON m.maker = nm.maker LEFT JOIN written w ON w.list = 'ska' AND w.maker = m.maker
"""


def write_peb(con: duckdb.DuckDBPyConnection, folder: Path) -> list[dict]:
    """JSON lines a month, one month as CSV, a few documents as files of their own.

    Returns a line a file: path, rows (items) and documents (versions).
    """
    con.execute("CREATE MACRO dec2(minor) AS (minor * 0.01::DECIMAL(3, 2))::DECIMAL(24, 2)")
    con.execute("CREATE MACRO kilo(grams) AS (grams * 0.001::DECIMAL(4, 3))::DECIMAL(20, 4)")
    con.execute(PEB_PREPARED)
    con.execute(PEB_DOCUMENTS)
    months = [m for (m,) in con.execute("SELECT DISTINCT month FROM peb_version ORDER BY 1").fetchall()]
    alone = [a for (a,) in con.execute(
        "SELECT nomor_aju FROM peb_version WHERE month = ? GROUP BY 1 HAVING count(*) = 1 ORDER BY 1 LIMIT ?",
        [LAST_MONTH, SINGLES]).fetchall()]
    con.execute("CREATE TABLE alone AS SELECT unnest(?::VARCHAR[]) AS nomor_aju", [alone])
    files = []
    for month in months:
        target = folder / f"data-buatan-peb-{month}.jsonl"
        if month == CSV_MONTH:
            target = target.with_suffix(".csv")
            write_csv(con, PEB_SHEET.replace("$month", f"'{month}'"), target)
        else:
            write_json_lines(con, _documents(f"month = '{month}' AND \"nomorAju\" NOT IN (FROM alone)"), target)
        files.append(_counted(con, target, f"month = '{month}' AND nomor_aju NOT IN (FROM alone)"))
    for nomor_aju in alone:
        target = folder / f"data-buatan-peb-{nomor_aju}.json"
        write_json_lines(con, _documents(f"month = '{LAST_MONTH}' AND \"nomorAju\" = '{nomor_aju}'"), target)
        files.append(_counted(con, target, f"month = '{LAST_MONTH}' AND nomor_aju = '{nomor_aju}'"))
    return files


def write_ska(con: duckdb.DuckDBPyConnection, folder: Path) -> list[dict]:
    """A CSV a quarter, one of them with semicolons; after `write_peb`, whose numbers they name."""
    con.execute(SKA_PREPARED)
    files = []
    for (quarter,) in con.execute("SELECT DISTINCT quarter FROM ska_row ORDER BY 1").fetchall():
        target = folder / f"data-buatan-ska-{quarter}.csv"
        rows = write_csv(
            con, f"""SELECT * EXCLUDE ({SKA_INNER}) FROM ska_row WHERE quarter = '{quarter}' ORDER BY {SKA_ORDER}""",
            target, ";" if quarter == SEMICOLON_QUARTER else ",")
        documents = con.execute("""SELECT count(DISTINCT ("Nomor SKA", "Tanggal Perubahan")) FROM ska_row
                                   WHERE quarter = ?""", [quarter]).fetchone()[0]
        files.append({"path": target, "rows": rows, "documents": documents})
    return files


def _documents(where: str) -> str:
    return f"SELECT * EXCLUDE (month) FROM peb_document WHERE {where} ORDER BY \"nomorAju\", \"nomorNota\" NULLS FIRST"


def _counted(con: duckdb.DuckDBPyConnection, target: Path, where: str) -> dict:
    rows, documents = con.execute(
        f"SELECT count(*), count(DISTINCT (nomor_aju, coalesce(note_number, 0))) FROM peb_row WHERE {where}").fetchone()
    return {"path": target, "rows": rows, "documents": documents}
