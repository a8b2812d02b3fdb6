with

offsets as (
    {{ integers(0, 9495) }}
),

days as (
    select {{ plus_days("cast('2010-01-01' as date)", 'offsets.number') }} as date_day
    from offsets
),

known as (
    select
        date_day,
        cast(year(date_day) as integer) as year,
        cast(quarter(date_day) as integer) as quarter,
        cast(month(date_day) as integer) as month_number,
        {{ month_of('date_day') }} as month_start,
        case month(date_day)
            when 1 then 'Januari' when 2 then 'Februari' when 3 then 'Maret' when 4 then 'April'
            when 5 then 'Mei' when 6 then 'Juni' when 7 then 'Juli' when 8 then 'Agustus'
            when 9 then 'September' when 10 then 'Oktober' when 11 then 'November' else 'Desember'
        end as month_name_id,
        false as is_unknown
    from days
),

unknown as (
    select
        cast('1900-01-01' as date) as date_day,
        1900 as year,
        1 as quarter,
        1 as month_number,
        cast('1900-01-01' as date) as month_start,
        'Tidak diketahui' as month_name_id,
        true as is_unknown
),

final as (
    select * from known
    union all
    select * from unknown
)

select * from final
