"""Prices a kilogram beside those of the same goods: a value or weight a thousand times off gives itself away.

The price of other documents' goods is what tells, so the median and the dearest twentieth are those of all other
documents of the same six digits. They are found by counting prices in steps of a fiftieth of a power of ten (5 %),
which costs one pass over four columns however long the history is.

Six digits hold unlike goods too (oil of agarwood is dear among oils), so only what would drown a city's month stops a
run, and only before a release holds it: what was published warns.
"""

from lumbung.gates.suites.vocabulary import NEW_LOADS, REPORTING_OFFICER, finds_nothing

# The first six digits of the HS are the same goods all over the world; the rest are a country's own.
SOURCE = "World Customs Organization, Harmonized System: six digits name goods alike in all countries"
OTHERS, AT_STAKE_USD = 20, 10_000
FAR, NEAR, BEYOND_THE_DEAREST = 300, 20, 10


def goods_prices(basis: str, fact: str, document: str, day: str, usd: str, keys: list[str]) -> list[dict]:
    """The checks of a fact's prices. `keys` name its rows, with the load among them; `basis` is that of its months."""
    named = ", ".join(keys)
    far = _off(fact, document, day, usd, keys, f"load_id in {NEW_LOADS}",
               f"price >= {FAR} * median_price and price >= {BEYOND_THE_DEAREST} * dearest_price")
    off = _off(fact, document, day, usd, keys, "true",
               f"(price >= {NEAR} * median_price or {NEAR} * price <= median_price)")
    return [
        finds_nothing("price_like_its_goods", f"""
            {far},
            months as (
                select is_synthetic, region_code, month, sum(fob_usd + fob_usd_out_of_scope) as month_usd
                from marts.mart_city_export_month where basis = '{basis}' group by all)
            select {named} from off left join months using (is_synthetic, region_code, month)
            qualify 2 * sum(usd) over (partition by is_synthetic, region_code, month) >= coalesce(month_usd, 0)""",
            f"A price a kilogram {FAR} times the median of the same goods in other documents, and "
            f"{BEYOND_THE_DEAREST} times their dearest twentieth, and with others like it half of a city's month or "
            "more, which it would drown: the value is in another unit, such as rupiah for dollars, or too long.",
            column=usd, source=SOURCE, accepted_by=REPORTING_OFFICER),
        finds_nothing("price_near_its_goods", f"{off} select {named} from off",
            f"A price a kilogram {NEAR} times the median of the same goods in other documents, or a twentieth of it: "
            "ask the agency whether value, weight and currency are right.",
            severity="warning", column=usd, source=SOURCE),
    ]


def _off(fact: str, document: str, day: str, usd: str, keys: list[str], of: str, is_off: str) -> str:
    """CTEs down to `off`: items `of` which so much is at stake and `is_off`, said of price, median and dearest."""
    known = f"{usd} > 0 and net_weight_kg > 0 and length(hs_code) >= 6"
    price = f"({usd}::double / net_weight_kg::double)"
    step = f"round(50 * log10({price}))::int as step"
    one = "is_synthetic, hs6, document"
    return f"""
        with priced as (
            select {', '.join(keys)}, is_synthetic, left(hs_code, 6) as hs6, {document} as document, {price} as price,
                {usd}::double as usd, net_weight_kg::double as kg, region_code,
                date_trunc('month', {day})::date as month, {step}
            from {{batch}} where {known} and {of}),
        counted as (
            select is_synthetic, hs_code, {step}, count(*) as items from marts.{fact} where {known} group by all),
        goods as (
            select is_synthetic, left(hs_code, 6) as hs6, step, sum(items) as items from counted
            where left(hs_code, 6) in (select hs6 from priced) group by all),
        middle as (
            select is_synthetic, hs6, min(step) as step from (
                select *, sum(items) over so_far >= 0.5 * sum(items) over (partition by is_synthetic, hs6) as is_above
                from goods window so_far as (partition by is_synthetic, hs6 order by step))
            where is_above group by all),
        suspects as (
            select priced.* from priced join middle using (is_synthetic, hs6)
            where abs(priced.step - middle.step) > 50),
        enough as (
            select is_synthetic, left(hs_code, 6) as hs6 from marts.{fact} where {known} and hs_code in (
                select distinct hs_code from counted where left(hs_code, 6) in (select hs6 from suspects))
            group by all having count(distinct {document}) > {OTHERS}),
        own as (
            select is_synthetic, left(hs_code, 6) as hs6, {document} as document, {step}, count(*) as items
            from {{batch}} where {known} and {document} in (select document from suspects) group by all),
        others as (
            select {one}, step, goods.items - coalesce(own.items, 0) as items
            from (select distinct {one} from suspects) as asked
            join enough using (is_synthetic, hs6) join goods using (is_synthetic, hs6)
            left join own using ({one}, step)),
        shares as (
            select *, sum(items) over so_far / sum(items) over whole as share from others where items > 0
            window so_far as (partition by {one} order by step), whole as (partition by {one})),
        usual as (
            select {one}, pow(10, min(step) filter (where share >= 0.5) / 50.0) as median_price,
                pow(10, min(step) filter (where share >= 0.95) / 50.0) as dearest_price
            from shares group by all),
        off as (
            select suspects.* from suspects join usual using ({one})
            where greatest(usd, kg * median_price) >= {AT_STAKE_USD} and {is_off})"""
