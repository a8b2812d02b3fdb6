with

totals_as_sent as (
    select * from {{ ref('stg_bps__export_totals') }}
),

totals as (
    {{ counted_rows('bps_export_total', 'totals_as_sent') }}
),

provinces as (
    select * from {{ ref('stg_reference__bps_provinces') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level = 'province'
),

city_months as (
    select * from {{ ref('int_exports__city_months') }}
    where basis = 'peb'
),

-- What BPS prints as nonmigas is closest to what is in scope here; its total holds everything declared.
declared as (
    select
        city_months.is_synthetic,
        places.place_code as province_code,
        city_months.export_month,
        sum(city_months.fob_usd) as all_usd,
        sum(city_months.fob_usd) filter (where city_months.is_in_scope) as in_scope_usd,
        sum(city_months.items_without_rate) as items_without_rate
    from city_months
    inner join places on city_months.region_code = places.region_code
    group by city_months.is_synthetic, places.place_code, city_months.export_month
),

published as (
    select
        totals.*,
        coalesce(provinces.province_code, '00') as province_code,
        {{ first_of_month(
            'cast(left(totals.export_month, 4) as integer)', 'cast(right(totals.export_month, 2) as integer)') }}
            as first_day,
        {{ try_decimal(
            "totals.stated_value * case totals.value_unit "
            ~ "when 'million_usd' then 1000000 when 'thousand_usd' then 1000 else 1 end", 24, 2) }} as bps_usd,
        totals.counted_at = 'origin' and totals.commodity_group in ('all', 'non_oil_gas') as is_like_peb
    from totals
    left join provinces on totals.bps_province_code = provinces.bps_province_code
),

compared as (
    select
        published.*,
        coalesce(declared.items_without_rate, 0) as items_without_rate,
        case
            when not published.is_like_peb then null
            when published.commodity_group = 'all' then declared.all_usd
            else declared.in_scope_usd
        end as peb_usd
    from published
    left join declared
        on
            published.is_synthetic = declared.is_synthetic
            and published.province_code = declared.province_code
            and published.first_day = declared.export_month
),

-- From January on only while both sides have every month, so that what BPS carries over comes back in.
with_year_to_date as (
    select
        *,
        count(peb_usd) over year_to_date = month(first_day) and count(bps_usd) over year_to_date = month(first_day)
            as is_year_whole,
        sum(bps_usd) over year_to_date as bps_year_to_date_usd,
        sum(peb_usd) over year_to_date as peb_year_to_date_usd
    from compared
    window year_to_date as (
        partition by is_synthetic, bps_province_code, counted_at, commodity_group, year(first_day) order by first_day
    )
),

final as (
    select
        ---------- which total
        is_synthetic,
        province_code,
        first_day as export_month,
        counted_at,
        commodity_group,
        bps_province_code,

        ---------- as published
        stated_value,
        value_unit,
        figure_status,
        published_on,
        publication,
        bps_usd,

        ---------- as declared
        cast(peb_usd as decimal(24, 2)) as peb_usd,
        cast(peb_usd - bps_usd as decimal(24, 2)) as difference_usd,
        case when bps_usd > 0 and peb_usd is not null then {{ percent_of('peb_usd', 'bps_usd') }} end as peb_to_bps_pct,
        cast(case when is_year_whole then bps_year_to_date_usd end as decimal(24, 2)) as bps_year_to_date_usd,
        cast(case when is_year_whole then peb_year_to_date_usd end as decimal(24, 2)) as peb_year_to_date_usd,
        case
            when is_year_whole and bps_year_to_date_usd > 0
                then {{ percent_of('peb_year_to_date_usd', 'bps_year_to_date_usd') }}
        end as peb_to_bps_year_to_date_pct,
        cast(items_without_rate as integer) as items_without_rate,
        case
            when counted_at = 'port' then 'by_port'
            when commodity_group = 'oil_gas' then 'oil_gas_only'
            when peb_usd is null then 'no_declarations'
        end as not_compared_reason,
        case
            when counted_at = 'port'
                then 'BPS menghitung menurut pelabuhan muat, PEB di sini menurut asal barang: tidak dibandingkan.'
            when commodity_group = 'oil_gas'
                then 'Hanya migas, sedangkan peringkat menghitung nonmigas: tidak dibandingkan.'
            when peb_usd is null
                then 'Tidak ada PEB dari provinsi ini pada bulan ini yang diterima.'
            else concat_ws(
                ' ',
                'BPS membukukan dokumen yang terlambat pada bulan berikutnya;',
                'di sini PEB masuk bulan tanggal daftarnya.',
                case when figure_status = 'provisional' then 'Angka BPS masih sementara.' end,
                case when commodity_group = 'non_oil_gas' then 'PEB tanpa barang asal luar negeri.' end,
                case when items_without_rate > 0 then 'Ada barang PEB tanpa kurs yang belum terhitung.' end
            )
        end as why_id,

        ---------- trace
        load_id,
        sheet,
        row_number,
        piece
    from with_year_to_date
)

select * from final
