{#- Who is expected to deliver months of a province, for real and for made-up rows apart: of a kind it never sent
   nobody waits for an agency. Rows without a known place count for each province of theirs. -#}
with

expectations as (
    select * from {{ ref('stg_reference__delivery_expectations') }}
),

sent_months as (
    select * from {{ ref('int_exports__sent_months') }}
),

final as (
    select
        expectations.basis,
        sent_months.is_synthetic,
        expectations.province_code,
        expectations.agency_code,
        expectations.from_month,
        expectations.to_month,
        max(sent_months.last_day) as last_day
    from expectations
    inner join sent_months
        on
            expectations.basis = sent_months.basis
            and expectations.agency_code = sent_months.agency_code
            and sent_months.province_code in (expectations.province_code, '00')
    group by
        expectations.basis, sent_months.is_synthetic, expectations.province_code, expectations.agency_code,
        expectations.from_month, expectations.to_month
)

select * from final
