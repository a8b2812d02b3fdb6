with

ikm as (
    select * from {{ ref('dim_ikm') }}
),

versions as (
    select ikm_version_key, coalesce(products, product_description) as products
    from {{ ref('int_ikm__versions') }}
    where coalesce(products, product_description) is not null
),

numbered as (
    select ikm_version_key, products, {{ each_up_to(things_in('products', ';')) }} as number
    from versions
),

named as (
    select
        ikm_version_key,
        cast(number as integer) as product_number,
        trim(split_part(products, ';', number)) as product_name
    from numbered
),

-- A business whose products nobody states has one row too, so that joining by way of products loses none.
final as (
    select
        ---------- ids
        ikm.ikm_version_key,
        coalesce(named.product_number, 0) as product_number,
        ikm.ikm_id,

        ---------- what and when
        coalesce(named.product_name, 'unknown') as product_name,
        ikm.valid_from,
        ikm.valid_to,
        ikm.is_current,
        ikm.is_synthetic
    from ikm
    left join named on ikm.ikm_version_key = named.ikm_version_key and named.product_name <> ''
)

select * from final
