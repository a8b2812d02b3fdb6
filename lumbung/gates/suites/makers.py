"""Gate marts: who made what was exported. Parts add up to what they are parts of, to the cent."""

from lumbung.gates.suites.facts import GRAIN, SYNTHETIC, joins
from lumbung.gates.suites.growth import BASES, OWNED
from lumbung.gates.suites.vocabulary import at_least, finds_nothing, known_to, not_null, one_of, suite, unique

OF_OWNERS = ["single_owner", "declared_value", "equal_share"]
METHODS = [*OF_OWNERS, "named_maker", "exporter_of_record"]


def suites() -> list[dict]:
    """The makers of export items, and the months of makers."""
    return [_item_producers(), _maker_months()]


def _item_producers() -> dict:
    item = ["nomor_aju", "item_number", "is_synthetic"]
    key = [*item, "maker_party_key"]
    row = ", ".join([*key, "load_id"])
    same = " and ".join(f"parts.{column} = items.{column}" for column in item)
    return suite("marts", "bridge_export_item_producer", key, [
        unique(key, ["load_id"], GRAIN),
        not_null("is_synthetic", SYNTHETIC),
        *(not_null(column, "Part of the grain, or of every sum by time, place and goods.")
          for column in ("nomor_aju", "item_number", "maker_party_key", "currency", "stated_fob", "is_in_scope",
                         "is_assumed", "allocation_method")),
        *(at_least(column, 0, "Nobody's part is below nothing.")
          for column in ("stated_fob", "fob_usd", "fob_idr", "declared_fob", "share_pct")),
        one_of("allocation_method", OF_OWNERS, "Each row says how its part is known."),
        *joins([("exporter_party_key", "dim_exporter", "party_key"), ("region_code", "dim_region", "region_code"),
                ("registered_on", "dim_date", "date_day"), ("hs_code", "dim_product", "hs_code"),
                ("destination_country_code", "dim_country", "country_code"),
                ("load_id", "dim_source_file", "load_id")], [*key, "load_id"]),
        finds_nothing("adds_up_to_items", f"""
            select coalesce(items.nomor_aju, parts.nomor_aju) as nomor_aju,
                coalesce(items.item_number, parts.item_number) as item_number, items.load_id
            from (select * from marts.fct_export_item where named_owners > 0) as items
            full join (
                select {', '.join(item)}, sum(stated_fob) as stated_fob, sum(fob_usd) as fob_usd,
                    sum(fob_idr) as fob_idr from {{batch}} group by all) as parts on {same}
            where items.stated_fob is distinct from parts.stated_fob or items.fob_usd is distinct from parts.fob_usd
            or items.fob_idr is distinct from parts.fob_idr""",
            "The parts of an item's makers are the item, to the cent, and no item that names owners is left out.",
            **OWNED),
        finds_nothing("share_is_of_the_item", f"""
            select {row} from (
                select *, sum(stated_fob) over (partition by {', '.join(item)}) as whole from {{batch}})
            where abs(share_pct::double - 100 * stated_fob::double / nullif(whole, 0)::double) > 0.000051
            or (share_pct is null) <> (whole = 0)""",
            "A share is the part over the item, to the fourth decimal, so between none and all.", **OWNED),
        finds_nothing("single_owner_has_all", f"""
            select {row} from {{batch}}
            where allocation_method = 'single_owner' and (is_assumed or share_pct <> 100)""",
            "Where one owner is named nothing is divided, and nothing guessed.", **OWNED),
        finds_nothing("declared_value_is_declared", f"""
            select {row} from {{batch}}
            where allocation_method = 'declared_value' and (declared_fob is null
                or (not is_assumed and stated_fob <> declared_fob))""",
            "A declared value is that of the document, and passes unchanged unless it is said to be a guess.", **OWNED),
    ])


def _maker_months() -> dict:
    key = ["basis", "is_synthetic", "month", "region_code", "maker_party_key", "exporter_party_key",
           "allocation_method", "is_assumed"]
    row = ", ".join(key)
    return suite("marts", "mart_maker_export_month", key, [
        unique(key, [], GRAIN),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "Whoever made or shipped it is a business, if only of one party.")
          for column in ("maker_ikm_id", "exporter_ikm_id")),
        *(not_null(column, "An amount that is not there is nothing, not unknown.")
          for column in ("fob_usd", "allocated_by_assumption_usd")),
        *(at_least(column, 0, "A sum of exports can't be below nothing.")
          for column in ("fob_usd", "allocated_by_assumption_usd", "fob_idr")),
        *(at_least(column, 1, "A maker without an item is not here.") for column in ("items", "documents")),
        one_of("basis", BASES, "PEB and SKA are two series, never added.", **OWNED),
        one_of("allocation_method", METHODS, "Each row says how its amount is known.", **OWNED),
        known_to("region_code", "marts.dim_region", "region_code", key, "Every row joins its place."),
        finds_nothing("assumed_is_all_or_nothing", f"""
            select {row} from {{batch}}
            where allocated_by_assumption_usd <> case when is_assumed then fob_usd else 0 end""",
            "What was divided by a guess is counted as that, and nothing else is.", **OWNED),
        finds_nothing("business_is_that_of_the_party", f"""
            select {', '.join(f'months.{column}' for column in key)} from {{batch}} as months
            left join marts.bridge_party_business as makers on makers.party_key = months.maker_party_key
            left join marts.bridge_party_business as exporters on exporters.party_key = months.exporter_party_key
            where makers.ikm_id is distinct from months.maker_ikm_id
            or exporters.ikm_id is distinct from months.exporter_ikm_id""",
            "A business is what resolution found the party to be, here as everywhere."),
        finds_nothing("equals_month_mart", """
            select basis, is_synthetic, region_code, month from (
                select basis, is_synthetic, region_code, month, sum(fob_usd) as makers_usd from {batch} group by all)
            full join (
                select basis, is_synthetic, region_code, month, fob_usd from marts.mart_city_export_month)
            using (basis, is_synthetic, region_code, month)
            where coalesce(makers_usd, 0) <> coalesce(fob_usd, 0)""",
            "Makers add up to the city's month, so nothing counts twice and nothing is lost.", **OWNED),
        finds_nothing("equals_owned_items", """
            select maker_party_key, month from (
                select maker_party_key, is_synthetic, month, sum(fob_usd) as mart_usd from {batch}
                where basis = 'peb' and allocation_method <> 'exporter_of_record' group by all)
            full join (
                select maker_party_key, is_synthetic, date_trunc('month', registered_on)::date as month,
                    coalesce(sum(fob_usd), 0) as bridge_usd
                from marts.bridge_export_item_producer where is_in_scope group by all)
            using (maker_party_key, is_synthetic, month)
            where mart_usd is distinct from bridge_usd""",
            "What a maker is named for here is what the items that name it say.", **OWNED),
    ])
