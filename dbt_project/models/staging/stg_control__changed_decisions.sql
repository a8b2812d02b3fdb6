with

decisions as (
    select feed, conflict_key, agency, sha256, is_chosen from {{ source('control', 'decisions') }}
),

applied as (
    select feed, conflict_key, agency, sha256, is_chosen from {{ source('control', 'applied_decisions') }}
),

different as (
    (
        select * from decisions
        except
        select * from applied
    )
    union all
    (
        select * from applied
        except
        select * from decisions
    )
),

renamed as (
    select distinct feed, conflict_key from different
)

select * from renamed
