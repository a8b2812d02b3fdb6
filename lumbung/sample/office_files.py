"""What the trade offices would send: register of exporters, rosters, visits, targets, events, leads."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from lumbung.sample.enrolments import DEPOK, JABAR, RECORDED, YEARS, programme_code
from lumbung.sample.identity_key import SAID, TRUTH, write_listed
from lumbung.sample.parties import FIRST_JOINED, LEAVES_EVERY
from lumbung.sample.tables import write_csv
from lumbung.sample.world import MARK, WINNER

ROSTER_EDITIONS = ("2022-01-01", "2023-01-01", "2024-01-01")
REGISTER_EDITIONS = ("2022-12-31", "2024-09-30")

# code, name, edition, venue, first day, last day; who shows up is chosen from the rosters
EVENTS = (
    ("BUATAN-EXPO-2022-1", "Pameran Buatan Expo", "2022-1", "Balai Contoh", "2022-06-08", "2022-06-12"),
    ("BUATAN-EXPO-2023-1", "Pameran Buatan Expo", "2023-1", "Balai Contoh", "2023-06-07", "2023-06-11"),
    ("BUATAN-EXPO-2023-2", "Pameran Buatan Expo", "2023-2", "Gedung Contoh", "2023-11-15", "2023-11-19"),
    ("BUATAN-EXPO-2024-1", "Pameran Buatan Expo", "2024-1", "Balai Contoh", "2024-06-05", "2024-06-09"))

REGISTER = f"""
SELECT DATE '{{day}}' AS "Per Tanggal", row_number() OVER (ORDER BY e.exporter) AS "No", e.npwp AS "NPWP",
       e.nib AS "NIB", e.name AS "Nama Eksportir", c.name AS "Kota", c.code AS "Kode Wilayah",
       '{MARK}' AS "Penanda Data", e.business AS _business, 'same' AS _difficulty, e.npwp AS _said
FROM exporter e JOIN city c USING (city)
WHERE e.exporter IN (SELECT exporter FROM doc WHERE registered <= DATE '{{day}}') ORDER BY 2
"""

ROSTER = f"""
SELECT DATE '{{day}}' AS "Per Tanggal", row_number() OVER (ORDER BY m.maker) AS "No", w.name AS "Nama IKM",
       w.legal_form AS "Badan Usaha", w.owner AS "Nama Pemilik", w.npwp AS "NPWP", w.nib AS "NIB", m.nik AS "NIK",
       m.address AS "Alamat", m.village AS "Kelurahan", m.district AS "Kecamatan", c.code AS "Kode Wilayah",
       w.phone AS "Telp", m.email AS "Email", p.sector AS "Jenis Industri", p.description AS "Produk",
       p.kbli AS "KBLI", printf('%04d-%02d', m.registered // 12, 1 + m.registered % 12) AS "Bulan Daftar Usaha",
       m.men AS "Tenaga Kerja Pria", m.women AS "Tenaga Kerja Wanita", m.investment AS "Nilai Investasi",
       m.revenue AS "Nilai Produksi", m.capacity AS "Kapasitas Produksi per Bulan", p.unit AS "Satuan",
       '{MARK}' AS "Penanda Data", {TRUTH}, {SAID} AS _said
FROM written w JOIN maker m USING (maker) JOIN city c ON c.city = w.city JOIN product p USING (product)
WHERE w.list = 'roster-{{office}}' AND m.joined < {{joined}}
      AND (m.maker % {LEAVES_EVERY} <> 0 OR DATE '{{day}}' < DATE '2023-01-01') ORDER BY 2
"""

VISITS = f"""
SELECT printf('{{prefix}}-%05d', m.maker) AS "ID Kunjungan", v.day AS "Tanggal Kunjungan", v.code AS "Kode Program",
       w.name AS "Nama IKM", w.npwp AS "NPWP", w.nib AS "NIB", c.code AS "Kode Wilayah",
       m.capacity AS "Kapasitas per Bulan", 10 + m.maker * 53 % 1500 AS "Permintaan per Bulan", p.unit AS "Satuan",
       if(m.maker % 3 = 0, 'tidak', 'ya') AS "Kontinuitas",
       CASE WHEN p.sector <> 'pangan' THEN NULL WHEN m.maker % 4 = 0 THEN 'tidak' ELSE 'ya' END AS "BPOM",
       if(m.maker % 5 = 0, 'tidak', 'ya') AS "Rumah Produksi",
       if(m.maker % 3 = 0 OR m.maker % 5 = 0, 'tidak', 'ya') AS "Layak Ekspor",
       'Kunjungan contoh' AS "Catatan", '{MARK}' AS "Penanda Data", {TRUTH}, {SAID} AS _said
FROM visit v JOIN written w ON w.maker = v.maker AND w.list = 'visits-{{office}}' JOIN maker m ON m.maker = v.maker
     JOIN city c ON c.city = w.city JOIN product p USING (product)
WHERE v.office = '{{agency}}' ORDER BY 1
"""

SHOWN = f"""
SELECT '{{code}}' AS "Kode Acara", row_number() OVER (ORDER BY "Jenis Peserta", m.maker) AS "No",
       '{{name}}' AS "Nama Acara", '{{edition}}' AS "Edisi", '{{venue}}' AS "Tempat",
       DATE '{{first}}' AS "Tanggal Mulai", DATE '{{last}}' AS "Tanggal Selesai",
       DATE '{{last}}' + 5 AS "Tanggal Catat", "Jenis Peserta", m.name AS "Nama IKM", m.npwp AS "NPWP",
       m.nib AS "NIB", m.code AS "Kode Wilayah", heads AS "Jumlah Peserta", fund AS "Sumber Dana",
       money AS "Nilai Dana", m.description AS "Produk", '{MARK}' AS "Penanda Data", _business, _difficulty, _said
FROM (
  SELECT 'business' AS "Jenis Peserta", m.maker, w.name, w.npwp, w.nib, c.code, 1 AS heads, p.description,
         CASE m.maker % 4 WHEN 0 THEN 'APBD' WHEN 1 THEN 'APBN' WHEN 2 THEN 'mandiri' END AS fund,
         CASE WHEN m.maker % 4 < 2 THEN 2500000 END AS money, {TRUTH}, {SAID} AS _said
  FROM written w JOIN maker m USING (maker) JOIN city c ON c.city = w.city JOIN product p USING (product)
  WHERE w.list = 'event-{{turn}}'
  UNION ALL
  SELECT 'group', 1 << 30, NULL, NULL, NULL, {{place}}, {{heads}}, 'Kerajinan campuran', 'mitra', NULL,
         NULL, NULL, NULL
) m ORDER BY 2
"""

LEADS = f"""
SELECT printf('{{prefix}}-%05d', m.maker) AS "ID Prospek", '{{code}}' AS "Kode Acara",
       DATE '{{day}}' AS "Tanggal Catat", w.name AS "Nama IKM", w.npwp AS "NPWP", w.nib AS "NIB",
       c.code AS "Kode Wilayah", b.stated AS "Negara Pembeli", b.country AS "Kode Negara", {{stage}} AS "Tahap",
       {{value}} AS "Nilai", if({{value}} IS NULL, NULL, 'USD') AS "Valuta", 'Catatan contoh' AS "Kutipan",
       '{MARK}' AS "Penanda Data", {TRUTH}, {SAID} AS _said
FROM written w JOIN maker m USING (maker) JOIN city c ON c.city = w.city
     JOIN (VALUES (0, 'Korea', 'KR'), (1, 'Jepang', 'JP'), (2, 'Perancis', 'FR'), (3, 'Australia', 'AU'),
                  (4, 'Malaysia', 'MY')) b (place, stated, country) ON b.place = m.maker % 5
WHERE w.list = 'leads-{{turn}}' AND (m.maker + {{turn}}) % {{every}} = 0 ORDER BY 1
"""

ENROLLED = f"""
SELECT '{{code}}' AS "Kode Program", n.number AS "No Peserta", 'Pelatihan ekspor buatan' AS "Nama Program",
       DATE '{{recorded}}' AS "Tanggal Catat", w.name AS "Nama Usaha", w.owner AS "Nama Pemilik", w.npwp AS "NPWP",
       w.nib AS "NIB", {{region}} AS "Kab/Kota", w.phone AS "No HP", p.sector AS "Jenis Industri",
       p.description AS "Produk", n.listed_on AS "Tanggal Masuk Daftar", n.enrolled_on AS "Tanggal Ikut",
       if(n.trained_on > DATE '{{recorded}}', NULL, n.trained_on) AS "Tanggal Selesai Latih",
       if(n.trained_on > DATE '{{recorded}}', 'enrolled', n.status) AS "Status Peserta",
       nullif(n.fund, '') AS "Sumber Dana", '{MARK}' AS "Penanda Data", {TRUTH}, {SAID} AS _said
FROM enrolment n JOIN written w ON w.maker = n.maker AND w.list = '{{code}}' JOIN maker m ON m.maker = n.maker
     JOIN city c ON c.city = w.city JOIN product p USING (product)
WHERE n.office = '{{agency}}' AND n.year = {{year}} ORDER BY 2
"""

TARGETS = f"""
SELECT id AS "ID Target", area AS "No Area", code AS "Kode Program", 'Pelatihan ekspor buatan' AS "Nama Program",
       y AS "Tahun", place AS "Wilayah", region AS "Kode Wilayah", 'participants' AS "Ukuran",
       target::DECIMAL(24, 2) AS "Target", 'IKM' AS "Satuan", 'exact' AS "Ketelitian",
       'sasaran contoh' AS "Kutipan", make_date(y, 1, 15) AS "Tanggal Pernyataan",
       'Surat contoh ' || y AS "Dokumen Sumber", '{MARK}' AS "Penanda Data"
FROM (VALUES {{rows}}) t (id, area, code, y, place, region, target) ORDER BY id, area
"""


def write_office_files(con: duckdb.DuckDBPyConnection, inbox: Path) -> Iterator[dict]:
    """Write the feeds of the offices; yields path and rows a file."""
    for day in REGISTER_EDITIONS:
        target = inbox / "exporter_register" / JABAR / f"data-buatan-register-eksportir-{day}.xlsx"
        yield _made(target, write_listed(con, REGISTER.format(day=day), target, "exporter", sheet="Register"))
    for agency in (DEPOK, JABAR):
        for number, day in enumerate(ROSTER_EDITIONS):
            query = ROSTER.format(day=day, office=_short(agency).lower(), joined=FIRST_JOINED + 2 * number)
            target = inbox / "agency_roster" / agency / f"data-buatan-daftar-ikm-{day}.csv"
            sheet = "Daftar IKM" if (number == 1) == (agency == DEPOK) else ""
            target = target.with_suffix(".xlsx") if sheet else target
            yield _made(target, write_listed(con, query, target, "business", sheet=sheet))
        yield from _programmes(con, inbox, agency)
        yield from _events(con, inbox, agency)


def _programmes(con: duckdb.DuckDBPyConnection, inbox: Path, agency: str) -> Iterator[dict]:
    short = _short(agency)
    target = inbox / "readiness_assessment" / agency / "data-buatan-kunjungan-kesiapan.csv"
    yield _made(target, write_listed(con, VISITS.format(
        prefix=f"KB-{short}", office=short.lower(), agency=agency), target, "business"))
    rows = ", ".join(
        f"('TB-{short}-{year}', {area}, '{programme_code(agency, year)}', {year}, '{place}', '{region}', {value})"
        for year in YEARS for area, place, region, value in _areas(agency, year))
    target = inbox / "programme_target" / agency / "data-buatan-target-program.csv"
    yield _made(target, write_csv(con, TARGETS.format(rows=rows), target))
    for year in YEARS:
        editions = [("", RECORDED[year])]
        if (agency, year) == (DEPOK, YEARS[0]):      # the list as it was before anybody was trained
            editions.insert(0, ("-awal", f"{year}-03-01"))
        for suffix, recorded in editions:
            target = (inbox / "programme_enrolment" / agency
                      / f"data-buatan-peserta-program-{short.lower()}-{year}{suffix}.csv")
            yield _made(target, write_listed(con, ENROLLED.format(
                code=programme_code(agency, year), agency=agency, year=year, recorded=recorded,
                region="c.code" if agency == DEPOK else "c.name"), target, "business"))


def _areas(agency: str, year: int) -> list[tuple[int, str, str, int]]:
    more = 5 * (year - 2022)
    if agency == DEPOK:
        return [(0, "Kota Depok", WINNER, 20 + more)]
    return [(0, "Jawa Barat", "32", 60 + 2 * more), (1, "Kabupaten Bogor", "32.01", 30 + more),
            (2, "Kabupaten Cirebon", "32.09", 30 + more)]


def _events(con: duckdb.DuckDBPyConnection, inbox: Path, agency: str) -> Iterator[dict]:
    for turn, (code, name, edition, venue, first, last) in enumerate(EVENTS):
        if event_office(turn) != agency:
            continue
        target = inbox / "exhibition_participation" / agency / f"data-buatan-peserta-{code.lower()}.csv"
        yield _made(target, write_listed(con, SHOWN.format(
            code=code, name=name, edition=edition, venue=venue, first=first, last=last, turn=turn,
            place=f"'{WINNER}'" if agency == DEPOK else "'32'", heads=5 + turn), target, "business"))
        for days, suffix, stage, value, every in (
                (2, "", "'interest'", "NULL::DECIMAL(24, 2)", 12),
                (60, "-lanjutan", "if(m.maker % 5 < 3, 'order', 'sample_sent')",
                 "if(m.maker % 5 < 3, (1500 + m.maker % 90 * 100)::DECIMAL(24, 2), NULL)", 24)):
            target = inbox / "buyer_lead" / agency / f"data-buatan-prospek-{code.lower()}{suffix}.csv"
            yield _made(target, write_listed(con, LEADS.format(
                prefix=f"PB-{_short(agency)}-{turn}", code=code, turn=turn, every=every, stage=stage, value=value,
                day=con.execute(f"SELECT DATE '{last}' + {days}").fetchone()[0]), target, "business"))


def event_office(turn: int) -> str:
    """One office's event is not the other's: the list of an event comes from one office only."""
    return DEPOK if turn % 2 == 0 else JABAR


def _short(agency: str) -> str:
    return agency.split("-")[1].upper()


def _made(target: Path, rows: int) -> dict:
    return {"path": target, "rows": rows, "documents": rows}
