{# What a city's growth is made of, as CTEs that end in `contributions`. One piece for the mart and for
   `lumbung explain`, which renders this file over a release (lumbung/report/explaining.py). It reads CTEs or tables:
   - lists: rule_name, rule_version, basis, is_synthetic, province_code, year, through_month, a row a list;
   - list_months: those and current_month, base_month, a row a pair of months that the list compares;
   - places: region_code, province_code;
   - cells: basis, is_synthetic, region_code, export_month, exporter_party_key, hs6_code, destination_country_code,
     fob_usd (null without a rate), net_weight_kg; what is in scope, summed as far as one likes, but not over rows with
     and without weight or rate;
   - makers: basis, is_synthetic, region_code, export_month, maker_party_key, fob_usd;
   - parties: party_key, ikm_id, is_identified, has_open_review;
   - exporting: is_synthetic, ikm_id, region_code, export_month, of either basis, in scope or not;
   - province_months: basis, is_synthetic, province_code, export_month, complete ones. #}
{% macro growth_contributions() -%}
numbered_lists as (
    select
        *,
        row_number() over (order by {{ list_columns() }}) as list_number
    from lists
),

window_months as (
    select
        numbered_lists.list_number,
        numbered_lists.basis,
        numbered_lists.is_synthetic,
        places.region_code,
        list_months.current_month as export_month,
        true as is_current
    from numbered_lists
    inner join list_months on {{ same_list('numbered_lists', 'list_months') }}
    inner join places on numbered_lists.province_code = places.province_code
    union all
    select
        numbered_lists.list_number,
        numbered_lists.basis,
        numbered_lists.is_synthetic,
        places.region_code,
        list_months.base_month as export_month,
        false as is_current
    from numbered_lists
    inner join list_months on {{ same_list('numbered_lists', 'list_months') }}
    inner join places on numbered_lists.province_code = places.province_code
),

-- v(f, p, m, t) of the method; a weight counts where each row of the cell has one, and a rate.
window_cells as (
    select
        window_months.list_number,
        cells.region_code,
        parties.ikm_id,
        cells.hs6_code,
        cells.destination_country_code,
        sum(case when window_months.is_current then 0 else coalesce(cells.fob_usd, 0) end) as base_usd,
        sum(case when window_months.is_current then coalesce(cells.fob_usd, 0) else 0 end) as current_usd,
        sum(case when window_months.is_current then 0 else coalesce(cells.net_weight_kg, 0) end) as base_kg,
        sum(case when window_months.is_current then coalesce(cells.net_weight_kg, 0) else 0 end) as current_kg,
        count(*) filter (where cells.fob_usd is null or coalesce(cells.net_weight_kg, 0) <= 0) as not_weighed,
        min(case when window_months.is_current and cells.fob_usd > 0 then cells.export_month end) as first_month
    from cells
    inner join window_months
        on
            cells.basis = window_months.basis
            and cells.is_synthetic = window_months.is_synthetic
            and cells.region_code = window_months.region_code
            and cells.export_month = window_months.export_month
    inner join parties on cells.exporter_party_key = parties.party_key
    group by
        window_months.list_number, cells.region_code, parties.ikm_id, cells.hs6_code, cells.destination_country_code
),

window_makers as (
    select
        window_months.list_number,
        makers.region_code,
        parties.ikm_id,
        sum(case when window_months.is_current then 0 else coalesce(makers.fob_usd, 0) end) as base_usd,
        sum(case when window_months.is_current then coalesce(makers.fob_usd, 0) else 0 end) as current_usd
    from makers
    inner join window_months
        on
            makers.basis = window_months.basis
            and makers.is_synthetic = window_months.is_synthetic
            and makers.region_code = window_months.region_code
            and makers.export_month = window_months.export_month
    inner join parties on makers.maker_party_key = parties.party_key
    group by window_months.list_number, makers.region_code, parties.ikm_id
),

window_exporters as (
    select
        list_number,
        region_code,
        ikm_id,
        sum(base_usd) as base_usd,
        sum(current_usd) as current_usd,
        min(first_month) as first_month
    from window_cells
    group by list_number, region_code, ikm_id
),

{{ _margins_of_growth() }},

{{ _kinds_of_entry() }},

members as (
    select
        list_number,
        region_code,
        'exporter' as decomposition,
        ikm_id as member_key,
        base_usd,
        current_usd
    from window_exporters
    union all
    select
        list_number,
        region_code,
        'maker' as decomposition,
        ikm_id as member_key,
        base_usd,
        current_usd
    from window_makers
    union all
    select
        list_number,
        region_code,
        'product' as decomposition,
        hs6_code as member_key,
        sum(base_usd) as base_usd,
        sum(current_usd) as current_usd
    from window_cells
    group by list_number, region_code, hs6_code
    union all
    select
        list_number,
        region_code,
        'market' as decomposition,
        destination_country_code as member_key,
        sum(base_usd) as base_usd,
        sum(current_usd) as current_usd
    from window_cells
    group by list_number, region_code, destination_country_code
    union all
    select
        list_number,
        region_code,
        'margin' as decomposition,
        member_key,
        base_usd,
        current_usd
    from margins
),

city_windows as (
    select
        list_number,
        region_code,
        sum(base_usd) as city_base_usd,
        sum(current_usd) as city_current_usd
    from window_exporters
    group by list_number, region_code
),

of_the_city as (
    select
        members.*,
        city_windows.city_base_usd,
        city_windows.city_current_usd,
        {{ in_cents('(members.current_usd - members.base_usd)') }} as change_cents,
        {{ in_cents('city_windows.city_base_usd') }} as city_base_cents,
        -- Hundredths of a point, as printed.
        case
            when city_windows.city_base_usd > 0
                then {{ as_integer(growth_percent('city_windows.city_base_usd', 'city_windows.city_current_usd') ~ ' * 100') }}
        end as city_hundredths
    from members
    inner join city_windows
        on members.list_number = city_windows.list_number and members.region_code = city_windows.region_code
    where members.base_usd <> 0 or members.current_usd <> 0
),

rounded_points as (
    select
        *,
        case
            when city_hundredths is not null
                then {{ _floor_of('change_cents * 10000', 'city_base_cents') }}
        end as hundredths
    from of_the_city
),

left_of_points as (
    select
        *,
        change_cents * 10000 - hundredths * city_base_cents as remainder,
        city_hundredths - sum(hundredths) over city as hundredths_left
    from rounded_points
    window city as (partition by list_number, region_code, decomposition)
),

ordered_members as (
    select
        *,
        hundredths + case
            when
                row_number() over (
                    partition by list_number, region_code, decomposition
                    order by remainder desc, member_key
                ) <= hundredths_left
                then 1
            else 0
        end as points_hundredths,
        row_number() over (
            partition by list_number, region_code, decomposition
            order by abs(change_cents) desc, member_key
        ) as size_rank
    from left_of_points
),

contributions as (
    select
        numbered_lists.rule_name,
        numbered_lists.rule_version,
        numbered_lists.basis,
        numbered_lists.is_synthetic,
        numbered_lists.province_code,
        cast(numbered_lists.year as integer) as year,
        numbered_lists.through_month,
        ordered_members.region_code,
        ordered_members.decomposition,
        ordered_members.member_key,
        cast(ordered_members.size_rank as integer) as size_rank,
        cast(ordered_members.base_usd as decimal(24, 2)) as base_usd,
        cast(ordered_members.current_usd as decimal(24, 2)) as current_usd,
        cast(ordered_members.current_usd - ordered_members.base_usd as decimal(24, 2)) as change_usd,
        {{ hundredths_as_percent('ordered_members.points_hundredths') }} as points,
        case
            when ordered_members.member_key not in ('quantity', 'price')
                then {{ midpoint_growth_percent('ordered_members.base_usd', 'ordered_members.current_usd') }}
        end as midpoint_growth_pct,
        case
            when ordered_members.member_key not in ('quantity', 'price')
                then {{ percent_of(
                    '(ordered_members.base_usd + ordered_members.current_usd)',
                    '(ordered_members.city_base_usd + ordered_members.city_current_usd)') }}
        end as midpoint_weight_pct,
        entry_kinds.entry_kind
    from ordered_members
    inner join numbered_lists on ordered_members.list_number = numbered_lists.list_number
    left join entry_kinds
        on
            ordered_members.decomposition = 'exporter'
            and ordered_members.list_number = entry_kinds.list_number
            and ordered_members.region_code = entry_kinds.region_code
            and ordered_members.member_key = entry_kinds.ikm_id
)
{%- endmacro %}

{# Exporters that come and go; of those that stay, cells that come and go; of cells that stay, quantity and price. #}
{% macro _margins_of_growth() -%}
cell_margins as (
    select
        window_cells.*,
        case
            when window_exporters.base_usd = 0 then 'entering'
            when window_exporters.current_usd = 0 then 'leaving'
            when window_cells.base_usd = 0 then 'added'
            when window_cells.current_usd = 0 then 'dropped'
            when
                window_cells.not_weighed = 0
                and greatest(window_cells.base_usd, window_cells.current_usd) < 10000000000
                and greatest(window_cells.base_kg, window_cells.current_kg) < 4000000000000
                then 'weighed'
            else 'unsplit'
        end as margin,
        -- What is heavier than 400,000 tonnes counts in whole kilograms, or products would not fit 128 bits.
        case when greatest(window_cells.base_kg, window_cells.current_kg) < 400000000 then 10000 else 1 end as pieces_of_kg
    from window_cells
    inner join window_exporters
        on
            window_cells.list_number = window_exporters.list_number
            and window_cells.region_code = window_exporters.region_code
            and window_cells.ikm_id = window_exporters.ikm_id
),

weighed_cells as (
    select
        *,
        {{ in_cents('base_usd') }} as base_cents,
        {{ in_cents('current_usd') }} as current_cents,
        greatest({{ as_integer('base_kg * pieces_of_kg') }}, 1) as base_quantity,
        greatest({{ as_integer('current_kg * pieces_of_kg') }}, 1) as current_quantity
    from cell_margins
    where margin = 'weighed'
),

-- Half of (p0 + p1) times the change in weight, with p = v / q, over one denominator.
effects_of_quantity as (
    select
        list_number,
        region_code,
        base_usd,
        current_usd,
        {{ divide_exactly(
            '((base_cents * current_quantity + current_cents * base_quantity) * (current_quantity - base_quantity))',
            '(2 * base_quantity * current_quantity)') }} as quantity_cents
    from weighed_cells
),

split_margins as (
    select
        list_number,
        region_code,
        sum(base_usd) as base_usd,
        sum(current_usd) as current_usd,
        {{ cents_to_money('sum(quantity_cents)') }} as quantity_usd
    from effects_of_quantity
    group by list_number, region_code
),

margins as (
    select
        list_number,
        region_code,
        margin as member_key,
        sum(base_usd) as base_usd,
        sum(current_usd) as current_usd
    from cell_margins
    where margin <> 'weighed'
    group by list_number, region_code, margin
    union all
    select
        list_number,
        region_code,
        'quantity' as member_key,
        base_usd,
        base_usd + quantity_usd as current_usd
    from split_margins
    union all
    select
        list_number,
        region_code,
        'price' as member_key,
        0 as base_usd,
        current_usd - base_usd - quantity_usd as current_usd
    from split_margins
)
{%- endmacro %}

{# Whether an exporter that enters is new: where it exported in the 24 months before it first does here. #}
{% macro _kinds_of_entry() -%}
entrants as (
    select
        window_exporters.list_number,
        window_exporters.region_code,
        window_exporters.ikm_id,
        window_exporters.first_month,
        numbered_lists.basis,
        numbered_lists.is_synthetic,
        numbered_lists.province_code
    from window_exporters
    inner join numbered_lists on window_exporters.list_number = numbered_lists.list_number
    where window_exporters.base_usd = 0 and window_exporters.current_usd > 0
),

seen_before as (
    select
        entrants.list_number,
        entrants.region_code,
        entrants.ikm_id,
        -- From a place that is not known it may have been here.
        bool_or(
            exporting.region_code = entrants.region_code
            or exporting.region_code = '00.00'
            or length(exporting.region_code) < 5
        ) as was_here
    from entrants
    inner join exporting
        on
            entrants.ikm_id = exporting.ikm_id
            and entrants.is_synthetic = exporting.is_synthetic
            and exporting.export_month < entrants.first_month
            and exporting.export_month >= {{ plus_months('entrants.first_month', -24) }}
    group by entrants.list_number, entrants.region_code, entrants.ikm_id
),

first_months as (
    select distinct basis, is_synthetic, province_code, first_month from entrants
),

histories as (
    select
        first_months.basis,
        first_months.is_synthetic,
        first_months.province_code,
        first_months.first_month,
        count(*) as months_before
    from first_months
    inner join province_months
        on
            first_months.basis = province_months.basis
            and first_months.is_synthetic = province_months.is_synthetic
            and first_months.province_code = province_months.province_code
            and province_months.export_month < first_months.first_month
            and province_months.export_month >= {{ plus_months('first_months.first_month', -24) }}
    group by
        first_months.basis, first_months.is_synthetic, first_months.province_code, first_months.first_month
),

resolved_businesses as (
    select
        ikm_id,
        bool_and(is_identified and not has_open_review) as is_resolved
    from parties
    group by ikm_id
),

entry_kinds as (
    select
        entrants.list_number,
        entrants.region_code,
        entrants.ikm_id,
        case
            when entrants.ikm_id = 'unknown' then 'unresolved'
            when seen_before.was_here then 'returning'
            when seen_before.ikm_id is not null then 'moved'
            when not resolved_businesses.is_resolved then 'unresolved'
            when coalesce(histories.months_before, 0) < 24 then 'history_too_short'
            else 'new'
        end as entry_kind
    from entrants
    inner join resolved_businesses on entrants.ikm_id = resolved_businesses.ikm_id
    left join seen_before
        on
            entrants.list_number = seen_before.list_number
            and entrants.region_code = seen_before.region_code
            and entrants.ikm_id = seen_before.ikm_id
    left join histories
        on
            entrants.basis = histories.basis
            and entrants.is_synthetic = histories.is_synthetic
            and entrants.province_code = histories.province_code
            and entrants.first_month = histories.first_month
)
{%- endmacro %}

{# The largest integer of at most a quotient of integers, the denominator above zero. #}
{% macro _floor_of(numerator, denominator) -%}
    case
        when {{ numerator }} >= 0 then {{ rounded_down(numerator, denominator) }}
        else -{{ rounded_up('-(' ~ numerator ~ ')', denominator) }}
    end
{%- endmacro %}

{# Hundredths of a percent or a point as such, exactly. #}
{% macro hundredths_as_percent(hundredths) -%}
    {{ try_decimal('try_cast(' ~ hundredths ~ ' as decimal(28, 0)) * cast(0.01 as decimal(2, 2))', 24, 2) }}
{%- endmacro %}
