"""What the facts were made with, and the documents that came in versions: a later release is compared by them."""

from lumbung.gates.suites.vocabulary import at_least, finds_nothing, known_to, not_null, one_of, suite, unique

AS_FACTS = "A document would be said in another amount or place than its own release says it."
OUTCOMES = ["current", "superseded", "cancelled", "replaced", "conflict", "invalid_correction"]


def suites() -> list[dict]:
    """Exchange rates, registered regions, versions of documents."""
    return [_rates(), _regions(), _versions()]


def _rates() -> dict:
    key = ["rate_source", "currency", "day"]
    return suite("marts", "dim_exchange_rate", key, [
        finds_nothing("key_unique", "select rate_source, currency, day from {batch} group by all having count(*) > 1",
                      "Two rates of a day would double every item of it."),
        *(not_null(column, "A rate is of a currency and day, of some date.") for column in (*key, "rate_date")),
        finds_nothing("rates_of_peb_facts", _other_rate("fct_export_item", "registered_on"), AS_FACTS),
        finds_nothing("rates_of_ska_facts", _other_rate("fct_certificate_item", "issued_on"), AS_FACTS),
    ])


def _other_rate(fact: str, day: str) -> str:
    return f"""
        select distinct items.rate_source, items.currency, items.{day} as day from marts.{fact} as items
        left join {{batch}} as rates on items.rate_source = rates.rate_source and items.currency = rates.currency
        and items.{day} = rates.day
        where items.rate_source <> 'stated' and items.rate_date is distinct from rates.rate_date"""


def _regions() -> dict:
    key = ["exporter_party_key", "is_synthetic"]
    return suite("marts", "dim_exporter_region", key, [
        unique(key, [], "An exporter in two places would double its certificates."),
        *(not_null(column, "A register has an exporter in a place.") for column in (*key, "region_code")),
        known_to("region_code", "marts.dim_region", "region_code", key, "Every row joins its region."),
        finds_nothing("regions_of_facts", """
            select distinct items.exporter_party_key, items.is_synthetic from marts.fct_certificate_item as items
            left join {batch} as register on items.exporter_party_key = register.exporter_party_key
            and items.is_synthetic = register.is_synthetic
            where items.region_source = 'register' and items.region_code is distinct from register.region_code""",
            AS_FACTS),
    ])


def _versions() -> dict:
    key = ["feed", "is_synthetic", "document_key", "version_key", "load_id", "outcome"]
    row = ", ".join(key)
    return suite("marts", "mart_document_version", key, [
        unique(key, [], "What became of a document's version in a file is said once."),
        *(not_null(column, "Part of the grain, or what a cause is found by.") for column in (*key, "is_contradicted")),
        at_least("document_rows", 1, "A version that a file holds has a row there."),
        one_of("feed", ["peb", "ska"], "Only documents of trade have versions here."),
        one_of("outcome", OUTCOMES, "A row has one outcome; copies are left out."),
        finds_nothing("load_id_in_loads", f"""
            select {row} from {{batch}} anti join control.loads using (load_id)""",
            "A version of a load that this run did not pin came in by another way."),
        finds_nothing("replaces_another", f"""
            select {row} from {{batch}} where replaces_document_key = document_key""",
            "A document that replaced itself would count nowhere."),
    ])
