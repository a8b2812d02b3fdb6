"""Facts beside the accepted rows that they are made of: no cent is lost or made on the way."""

from lumbung.gates.suites.vocabulary import finds_nothing


def totals_equal_staging(feed: str, amount: str, stated: str, *, counts: str = "true") -> dict:
    """The fact's stated amounts are those of staging (`amount`) less what was set aside, by load and currency.

    `counts` says of a row of staging whether it can be a fact at all. Of both sides a run sees the documents that
    changed, whole.
    """
    return finds_nothing("totals_equal_staging", f"""
        with made as (
            select load_id, currency, sum({stated}) as total, count(*) as items from {{batch}} group by all),
        set_aside as (
            select load_id, sheet, row_number, piece from intermediate.int_{feed}__row_outcomes
            where outcome <> 'current'),
        accepted as (
            select load_id, currency, sum({amount}) as total, count(*) as items from changed.stg_{feed}__items
            anti join set_aside using (load_id, sheet, row_number, piece)
            where {counts} group by all)
        select coalesce(made.currency, accepted.currency) as currency,
            coalesce(made.load_id, accepted.load_id) as load_id
        from made full join accepted
        on made.load_id = accepted.load_id and made.currency is not distinct from accepted.currency
        where made.total is distinct from accepted.total or made.items is distinct from accepted.items""",
        "Items and amounts of every load are those of its accepted rows, to the cent and currency by currency, less "
        "the rows of which it is said why they don't count.", column=stated,
        source="design: totals are the same at every step")
