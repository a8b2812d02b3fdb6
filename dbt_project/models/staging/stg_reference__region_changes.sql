with

source as (
    select * from {{ ref('ref_region_changes') }}
),

renamed as (
    select
        old_code,
        new_code,
        name as region_name,
        since as changed_in,
        law,
        law_date
    from source
)

select * from renamed
