-- Made-up export declarations, one item a row, in the column names of the feed contract `peb`.
-- Inputs: the variables first and rows (which rows), documents (about how many there are in 45 months), exporters, and
-- recent_blocks (of how many blocks before the first row some documents are corrected once more).
-- Every value comes from integer arithmetic on the row's number: the same on every machine and DuckDB version.

-- 29 well-stirred bits. Unsigned throughout, so that products stay under 2^64 and nothing turns into HUGEINT.
CREATE OR REPLACE MACRO low(x) AS x & 4294967295::UBIGINT;
CREATE OR REPLACE MACRO stir(x, factor) AS low(xor(x, x >> 15::UBIGINT) * factor::UBIGINT);
CREATE OR REPLACE MACRO mixed(x, salt) AS
    stir(stir(low((x + salt * 7919)::UBIGINT * 2654435761::UBIGINT), 2246822519), 3266489917) >> 3::UBIGINT;
CREATE OR REPLACE MACRO pick(list, h) AS list[1 + h % len(list)];
-- One of 65,536 words no two of which are a letter apart: few businesses of a country bear nearly one name. The words
-- that many do share are those that identity knows as such.
CREATE OR REPLACE MACRO syllable(h) AS pick(['ban', 'rek', 'sol', 'tim', 'gud', 'wap', 'jen', 'kis', 'lod', 'mur', 'pah',
                                             'yet', 'cif', 'nob', 'hul', 'dag'], h);
CREATE OR REPLACE MACRO word(h) AS
    upper(syllable(h)[1]) || syllable(h)[2:] || syllable(h >> 4) || syllable(h >> 8) || syllable(h >> 12);

SET VARIABLE places = (SELECT list({'code': code, 'name': name}) FROM (VALUES
    ('3201', 'Cibinong'), ('3202', 'Palabuhanratu'), ('3203', 'Cianjur'), ('3204', 'Soreang'), ('3205', 'Garut'),
    ('3206', 'Singaparna'), ('3207', 'Ciamis'), ('3208', 'Kuningan'), ('3209', 'Sumber'), ('3210', 'Majalengka'),
    ('3211', 'Sumedang'), ('3212', 'Indramayu'), ('3213', 'Subang'), ('3214', 'Purwakarta'), ('3215', 'Karawang'),
    ('3216', 'Cikarang'), ('3217', 'Ngamprah'), ('3218', 'Parigi'), ('3271', 'Bogor'), ('3272', 'Sukabumi'),
    ('3273', 'Bandung'), ('3274', 'Cirebon'), ('3275', 'Bekasi'), ('3276', 'Depok'), ('3277', 'Cimahi'),
    ('3278', 'Tasikmalaya'), ('3279', 'Banjar'),
    ('3172', 'Jakarta'), ('3175', 'Jakarta'), ('3320', 'Jepara'), ('3372', 'Surakarta'), ('3374', 'Semarang'),
    ('3402', 'Bantul'), ('3515', 'Sidoarjo'), ('3578', 'Surabaya'), ('3671', 'Tangerang'), ('5171', 'Denpasar'),
    ('1271', 'Medan'), ('7371', 'Makassar')) AS t(code, name));

SET VARIABLE goods = (SELECT list({'hs': hs, 'description': description}) FROM (VALUES
    ('09011110', 'Kopi arabika'), ('18069090', 'Cokelat olahan'), ('19059070', 'Keripik singkong'),
    ('20089990', 'Buah kering'), ('33012990', 'Minyak atsiri'), ('42022100', 'Tas kulit wanita'),
    ('46021290', 'Anyaman rotan'), ('46021990', 'Keranjang pandan'), ('61091010', 'Kaus katun'),
    ('62052090', 'Kemeja batik'), ('64039990', 'Sepatu kulit'), ('69120000', 'Peralatan keramik'),
    ('71171990', 'Perhiasan imitasi'), ('94016100', 'Kursi kayu berlapis'), ('94036090', 'Meja kayu'),
    ('94038300', 'Mebel rotan'), ('95030010', 'Mainan kayu'), ('97019100', 'Lukisan'),
    ('33049990', 'Kosmetik herbal'), ('27090010', 'Minyak mentah')) AS t(hs, description));

-- Rupiah for one unit, in hundredths, and units for about a dollar. Four in five declare in dollars.
SET VARIABLE currencies = [
    {'code': 'USD', 'rate_cents': 1430000, 'factor': 1}, {'code': 'AUD', 'rate_cents': 1045000, 'factor': 1},
    {'code': 'JPY', 'rate_cents': 11240, 'factor': 130}, {'code': 'EUR', 'rate_cents': 1685000, 'factor': 1},
    {'code': 'SGD', 'rate_cents': 1075000, 'factor': 1}, {'code': 'CNY', 'rate_cents': 221500, 'factor': 7}];

-- Rows come in blocks of 303: a hundred documents of 1 to 5 items (300 rows), then one of the documents of three
-- items again, as its correction.
CREATE OR REPLACE TEMP VIEW declared AS
WITH numbered AS (
    SELECT r, (r // 303) AS block, r % 303 AS spot, r % 303 >= 300 AS is_correction, 1 AS note
    FROM range(getvariable('first')::BIGINT, getvariable('first')::BIGINT + getvariable('rows')::BIGINT) AS t(r)
    UNION ALL
    SELECT r, (r // 303) AS block, r % 303 AS spot, true AS is_correction, 2 AS note
    FROM range(greatest(getvariable('first')::BIGINT - 303 * getvariable('recent_blocks')::BIGINT, 0),
               getvariable('first')::BIGINT) AS t(r)
    WHERE r % 303 >= 300 AND r // 303 % 4 = 0
),
placed AS (
    SELECT
        r, is_correction, note,
        CASE WHEN is_correction THEN mixed(block, 1)::BIGINT % 20 ELSE spot // 15 END AS fifteen,
        CASE WHEN is_correction THEN 6 ELSE spot % 15 END AS within,
        block, spot
    FROM numbered
),
itemised AS (                                         -- 15 rows are documents of 1, 2, 3, 4 and 5 items
    SELECT
        r, is_correction, note,
        block * 100 + fifteen * 5
            + CASE WHEN within < 1 THEN 0 WHEN within < 3 THEN 1 WHEN within < 6 OR is_correction THEN 2
                   WHEN within < 10 THEN 3 ELSE 4 END AS d,
        CASE WHEN is_correction THEN spot - 299
             WHEN within < 1 THEN 1 WHEN within < 3 THEN within WHEN within < 6 THEN within - 2
             WHEN within < 10 THEN within - 5 ELSE within - 9 END AS item
    FROM placed
),
stirred AS (
    SELECT
        r, d, item, is_correction, note,
        mixed(d, 2)::BIGINT AS h1, mixed(d, 3)::BIGINT AS h2, mixed(d, 4)::BIGINT AS h3,
        mixed(d * 8 + item, 5)::BIGINT AS k1, mixed(d * 8 + item, 6)::BIGINT AS k2,
        mixed(r, 7)::BIGINT AS fault,
        DATE '2021-01-01' + (d * 1369 // getvariable('documents')::BIGINT)::INTEGER AS submitted
    FROM itemised
),
traded AS (                                           -- squaring makes a few exporters ship much
    SELECT
        *, (getvariable('exporters')::BIGINT * ((h1 >> 9) * (h1 >> 9) >> 20)) >> 20 AS e,
        CASE WHEN h3 % 100 < 82 THEN 1 ELSE 2 + h3 % 5 END AS m
    FROM stirred
),
known AS (
    SELECT *, mixed(e, 8)::BIGINT AS f1, mixed(e, 9)::BIGINT AS f2 FROM traded
),
looked_up AS (                                        -- two exporters in three are in West Java, places 1 to 27
    SELECT
        *, getvariable('currencies')[m] AS valuta,
        getvariable('places')[1 + CASE WHEN f1 % 3 > 0 THEN (f1 >> 8) % 27 ELSE 27 + (f1 >> 8) % 12 END] AS home,
        getvariable('places')[1 + (k1 >> 8) % 39] AS away,
        getvariable('goods')[CASE WHEN h3 % 400 = 7 THEN 20 ELSE 1 + (f2 + item) % 19 END] AS good
    FROM known
),
priced AS (
    SELECT
        *,
        valuta.rate_cents::BIGINT * (980 + (submitted - DATE '2021-01-01') // 7 % 40) // 1000 AS ndpbm_cents,
        valuta.factor * (5000 + h2 % 90000) * (1 << ((h2 >> 17) % 6))
            + CASE WHEN is_correction THEN 12345 * note ELSE 0 END AS base_cents
    FROM looked_up
)
SELECT
    -- office 4, document 2, company 6, date 8, sequence 6
    '0509' || '30' || lpad(e::VARCHAR, 6, '0') || strftime(submitted, '%Y%m%d') || lpad((d % 1000000)::VARCHAR, 6, '0')
        AS nomor_aju,
    CASE WHEN is_correction THEN note END AS note_number,
    CASE WHEN is_correction THEN submitted + (5 + 25 * (note - 1) + h2 % 20)::INTEGER END AS note_date,
    CASE WHEN h3 % 200 = 3 THEN submitted + (3 + h1 % 10)::INTEGER END AS cancelled_on,
    pick(['050900', '040300', '060100', '050500'], h1 >> 5) AS office_code,
    lpad((d % 1000000)::VARCHAR, 6, '0') AS registration_number,
    submitted + (h1 % 3)::INTEGER AS registered_on,
    '1' AS export_type_code,
    CASE WHEN h3 % 400 = 7 THEN '1' ELSE '2' END AS is_oil_gas,
    pick(['IDTPP', 'IDTPP', 'IDTPP', 'IDSRG', 'IDSUB', 'IDCGK', 'IDPTL'], h2) AS loading_port_code,
    pick(['AU', 'US', 'JP', 'DE', 'SG', 'CN', 'MY', 'NL', 'KR', 'AE', 'GB', 'FR'], f1 + h1 % 3) AS destination_country_code,
    valuta.code AS currency,
    (ndpbm_cents / 100)::DECIMAL(18, 2) AS ndpbm,
    lpad((e * 7919 % 1000000000)::VARCHAR, 9, '0') || '999000' AS exporter_npwp,
    pick(['PT ', 'PT ', 'CV ', 'UD ', 'PO '], f1)
        || pick(['Karya', 'Utama', 'Berkah', 'Sari', 'Bersama'], f1 >> 4)
        || pick([' Jaya', ' Abadi', ' Mandiri', ' Lestari', ' Indah', ' Makmur', ' Sejahtera'], f2)
        || ' ' || word(mixed(e, 10)::BIGINT) AS exporter_name,
    pick(['Jl. Melati ', 'Jl. Merdeka ', 'Jl. Raya ', 'Kp. Sawah '], f2 >> 6) || (1 + f2 % 200)::VARCHAR
        || CASE WHEN f1 % 4 = 0 THEN ', ' || home.name ELSE '' END AS exporter_address,
    item AS item_number,
    CASE WHEN fault % 2000 = 1 THEN NULL ELSE good.hs END AS hs_code,
    good.description || ' ' || pick(['A', 'B', 'C', 'D', 'E'], k2 >> 4) || (1 + k2 % 40)::VARCHAR AS item_description,
    -- A letter O typed for a nought is the fault seen most.
    CASE WHEN fault % 2000 = 2 THEN '12O5.50'
         ELSE ((base_cents + item * 1770) / 100)::DECIMAL(18, 2)::VARCHAR END AS item_fob,
    1 + k2 % 900 AS quantity,
    pick(['PCE', 'PCE', 'KGM', 'SET'], k1 >> 3) AS quantity_unit,
    -- 4 to 13 dollars a kilogram, so that no price is out of the way
    (base_cents // valuta.factor // (40 + (k2 >> 3) % 90) / 10)::DECIMAL(18, 1) AS net_weight_kg,
    CASE WHEN k1 % 5 > 0 THEN home.code ELSE away.code END AS origin_region_code,
    'ID' AS origin_country_code,
    'DATA BUATAN' AS is_synthetic
FROM priced;          -- nothing here but projections, so rows stay in the order of the range
