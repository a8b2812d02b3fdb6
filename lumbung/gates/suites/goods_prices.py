"""Prices a kilogram beside those of the same goods: a value or weight a thousand times off gives itself away.

The price of other documents' goods is what tells, so the median and the dearest twentieth are those of all other
documents of the same six digits. They are found by counting prices in steps of a fiftieth of a power of ten (5 %),
which costs one pass over four columns however long the history is.
"""

from lumbung.gates.suites.vocabulary import REPORTING_OFFICER, finds_nothing

# The first six digits of the HS are the same goods all over the world; the rest are a country's own.
SOURCE = "World Customs Organization, Harmonized System: six digits name goods alike in all countries"
OTHERS, AT_STAKE_USD = 20, 10_000
FAR, NEAR, BEYOND_THE_DEAREST = 300, 20, 10


def goods_prices(fact: str, document: str, usd: str, keys: list[str]) -> list[dict]:
    """The checks of a fact's prices. `keys` name its rows, with the load among them."""
    price = f"({usd}::double / net_weight_kg::double)"
    return [
        finds_nothing("price_like_its_goods", _off(fact, document, usd, price, keys, f"""
            price >= {FAR} * median_price and price >= {BEYOND_THE_DEAREST} * dearest_price"""),
            f"A price a kilogram {FAR} times the median of the same goods in other documents, and "
            f"{BEYOND_THE_DEAREST} times their dearest twentieth: the value or the weight is in another unit, such as "
            "rupiah for dollars or tonnes for kilograms, and it would drown a city's month.",
            column=usd, source=SOURCE, accepted_by=REPORTING_OFFICER),
        finds_nothing("price_near_its_goods", _off(fact, document, usd, price, keys, f"""
            (price >= {NEAR} * median_price or {NEAR} * price <= median_price)"""),
            f"A price a kilogram {NEAR} times the median of the same goods in other documents, or a twentieth of it: "
            "ask the agency whether value, weight and currency are right.",
            severity="warning", column=usd, source=SOURCE),
    ]


def _off(fact: str, document: str, usd: str, price: str, keys: list[str], is_off: str) -> str:
    """Items of which so much is at stake and `is_off`, said of `price`, `median_price` and `dearest_price`."""
    known = f"{usd} > 0 and net_weight_kg > 0 and length(hs_code) >= 6"
    step = f"round(50 * log10({price}))::int as step"
    one = "is_synthetic, hs6, document"
    return f"""
        with counted as (
            select is_synthetic, hs_code, {step}, count(*) as items from marts.{fact} where {known} group by all),
        goods as (
            select is_synthetic, left(hs_code, 6) as hs6, step, sum(items) as items from counted group by all),
        middle as (
            select is_synthetic, hs6, min(step) as step from (
                select *, sum(items) over so_far >= 0.5 * sum(items) over (partition by is_synthetic, hs6) as is_above
                from goods window so_far as (partition by is_synthetic, hs6 order by step))
            where is_above group by all),
        priced as (
            select {', '.join(keys)}, is_synthetic, left(hs_code, 6) as hs6, {document} as document, {price} as price,
                {usd}::double as usd, net_weight_kg::double as kg, {step}
            from {{batch}} where {known}),
        suspects as (
            select priced.* from priced join middle using (is_synthetic, hs6)
            where abs(priced.step - middle.step) > 50),
        own as (
            select {one}, step, count(*) as items from priced
            where document in (select document from suspects) group by all),
        others as (
            select {one}, step, goods.items - coalesce(own.items, 0) as items
            from (select distinct {one} from suspects) as asked join goods using (is_synthetic, hs6)
            left join own using ({one}, step)),
        shares as (
            select *, sum(items) over so_far / sum(items) over whole as share, sum(items) over whole as all_items
            from others where items > 0
            window so_far as (partition by {one} order by step), whole as (partition by {one})),
        usual as (
            select {one}, pow(10, min(step) filter (where share >= 0.5) / 50.0) as median_price,
                pow(10, min(step) filter (where share >= 0.95) / 50.0) as dearest_price
            from shares group by all having any_value(all_items) >= {OTHERS})
        select {', '.join(keys)} from suspects join usual using ({one})
        where greatest(usd, kg * median_price) >= {AT_STAKE_USD} and {is_off}"""
