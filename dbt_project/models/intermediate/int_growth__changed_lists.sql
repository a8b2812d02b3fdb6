with

lists as (
    select * from {{ ref('int_growth__list_inputs') }}
),

changed_months as (
    select distinct is_synthetic, export_month from {{ ref('int_exports__changed_city_months') }}
),

-- Of any place and basis: an exporter that enters here may have been there.
of_changed_months as (
    select lists.*
    from lists
    inner join changed_months
        on
            lists.is_synthetic = changed_months.is_synthetic
            and lists.through_month >= changed_months.export_month
            and lists.year <= year(changed_months.export_month) + 3
),

final as (
    select {{ list_columns() }} from lists
    where coalesce(inputs, '') <> coalesce(inputs_before, '')
    union
    select {{ list_columns() }} from of_changed_months
)

select * from final
