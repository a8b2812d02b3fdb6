-- What a careful engineer would write in an hour: one file in, one small Parquet out.
-- floor.py fills in $file and $folder. Typed in full width, as a warehouse has to keep the rows.

SET preserve_insertion_order = false;

CREATE TABLE typed AS
SELECT
    upper("Nomor Aju") AS nomor_aju,
    try_cast("Nomor Nota" AS INTEGER) AS note_number,
    try_cast("Tanggal Nota" AS DATE) AS note_date,
    try_cast("Tanggal Batal" AS DATE) AS cancelled_on,
    "Pengganti Dari" AS replaces_nomor_aju,
    "Kode Kantor" AS office_code,
    "Nomor Daftar" AS registration_number,
    try_cast("Tanggal Daftar" AS DATE) AS registered_on,
    try_cast("Tanggal Ekspor" AS DATE) AS estimated_export_on,
    "Jenis Ekspor" AS export_type_code,
    "Kategori Ekspor" AS export_category_code,
    "Migas" = '1' AS is_oil_gas,
    "Pelabuhan Muat" AS loading_port_code,
    "Negara Tujuan" AS destination_country_code,
    "Incoterm" AS incoterm,
    "Valuta" AS currency,
    try_cast("NDPBM" AS DECIMAL(24, 4)) AS ndpbm,
    try_cast("FOB Dokumen" AS DECIMAL(24, 2)) AS header_fob,
    "NPWP" AS exporter_npwp,
    "NIB" AS exporter_nib,
    "Nama Eksportir" AS exporter_name,
    "Alamat Eksportir" AS exporter_address,
    try_cast("Seri Barang" AS INTEGER) AS item_number,
    "Pos Tarif" AS hs_code,
    "Uraian" AS item_description,
    try_cast("FOB" AS DECIMAL(24, 2)) AS item_fob,
    try_cast("Jumlah Satuan" AS DECIMAL(24, 4)) AS quantity,
    "Kode Satuan" AS quantity_unit,
    try_cast("Netto" AS DECIMAL(24, 4)) AS net_weight_kg,
    "Daerah Asal"[1:2] || '.' || "Daerah Asal"[3:4] AS origin_region_code,
    "Negara Asal" AS origin_country_code,
    "Pemilik Barang" AS owners,
    "Penanda Data" = 'DATA BUATAN' AS is_synthetic
FROM read_csv('$file', header = true, all_varchar = true)
WHERE length("Nomor Aju") = 26
    AND length("Pos Tarif") = 8
    AND try_cast("FOB" AS DECIMAL(24, 2)) >= 0
    AND try_cast("NDPBM" AS DECIMAL(24, 4)) >= 0
    AND try_cast("Seri Barang" AS INTEGER) >= 1
    AND "Negara Tujuan" IS NOT NULL
    AND "Valuta" IS NOT NULL
    AND "Nama Eksportir" IS NOT NULL;

-- Few documents have more than one version, so only their numbers need to be remembered.
CREATE TABLE corrected AS
SELECT nomor_aju, max(note_number) AS newest_note
FROM typed
WHERE note_number IS NOT NULL
GROUP BY nomor_aju;

CREATE VIEW items AS
SELECT typed.*
FROM typed
LEFT JOIN corrected USING (nomor_aju)
WHERE typed.note_number IS NOT DISTINCT FROM corrected.newest_note;

COPY (
    SELECT
        origin_region_code,
        date_trunc('month', registered_on)::DATE AS month,
        is_synthetic,
        sum(item_fob) FILTER (currency = 'USD') AS fob_usd,
        sum(item_fob * ndpbm) AS fob_idr,
        count(DISTINCT exporter_npwp) AS exporters,
        count(*) AS items
    FROM items
    WHERE cancelled_on IS NULL AND NOT is_oil_gas
    GROUP BY ALL
    ORDER BY ALL
) TO '$folder/city_month.parquet';

-- Beyond the floor: what it costs to also keep the newest rows.
COPY items TO '$folder/items.parquet';
