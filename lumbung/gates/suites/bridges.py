"""Gate marts: bridges add up to what they divide."""

from lumbung.gates.suites.facts import GRAIN, SYNTHETIC, TRACE, UNKNOWN, joins
from lumbung.gates.suites.vocabulary import at_least, finds_nothing, not_null, one_of, suite, unique

RESOLVED_BY = ["identifier", "name", "decision", "alone"]
BASES = ["whole", "stated", "not_stated", "contradictory", "rest"]


def bridges() -> list[dict]:
    """One suite a bridge."""
    return [_party_businesses(), _participation_funding(), _ikm_products()]


def _party_businesses() -> dict:
    return suite("marts", "bridge_party_business", ["party_key"], [
        finds_nothing("key_unique", "select party_key from {batch} group by party_key having count(*) > 1",
                      "A party of two businesses would double every fact joined by way of it."),
        not_null("party_key", GRAIN), not_null("is_synthetic", SYNTHETIC),
        not_null("ikm_id", "Every party is some business, if only one by itself."),
        *(not_null(column, "A count says how many of its exporters are known for sure.")
          for column in ("is_identified", "has_open_review")),
        one_of("resolved_by", RESOLVED_BY, "Each party says how it came to its business."),
        not_null("resolved_by", "Each party says how it came to its business."),
        finds_nothing("unknown_member", """
            select 'unknown' as party_key
            where 'unknown' not in (select party_key from {batch} where ikm_id = 'unknown')""", UNKNOWN),
        finds_nothing("only_the_unknown_is_unknown", """
            select party_key from {batch} where (party_key = 'unknown') <> (ikm_id = 'unknown')""",
            "A party that is named is some business, and one that is not is none."),
        finds_nothing("real_or_made_up", """
            select party_key from {batch}
            qualify is_synthetic <> bool_and(is_synthetic) over (partition by ikm_id)""", SYNTHETIC),
        finds_nothing("one_state_a_business", """
            select party_key from {batch}
            qualify parties <> count(*) over (partition by ikm_id)
            or is_identified <> bool_or(is_identified) over (partition by ikm_id)
            or has_open_review <> bool_or(has_open_review) over (partition by ikm_id)""",
            "What is known of a business is said alike by each of its parties: a count would count it as both."),
        finds_nothing("every_exporter_is_there", """
            select party_key from marts.dim_exporter anti join {batch} using (party_key)""",
            "An exporter that a document names has its business: else it would drop out of every count by business."),
    ])


def _participation_funding() -> dict:
    key = ["participation_key", "funding_source_code"]
    return suite("marts", "bridge_participation_funding", key, [
        unique(key, ["load_id"], GRAIN),
        *joins([("funding_source_code", "dim_funding_source", "funding_source_code"),
                ("event_key", "dim_event", "event_key"),
                ("participation_key", "fct_exhibition_participation", "participation_key")], [*key, "load_id"]),
        not_null("participants", "Heads are counted, none is nought."),
        not_null("is_synthetic", SYNTHETIC), not_null("load_id", TRACE),
        at_least("participants", 0, "No source pays for less than nobody."),
        at_least("funding_idr", 0, "No source pays less than nothing."),
        one_of("heads_basis", BASES, "Each row says how its heads are known."),
        finds_nothing("adds_up_to_participations", """
            select participation_key, load_id from (
                select participation_key, load_id, participants, funding_idr from marts.fct_exhibition_participation)
            left join (
                select participation_key, sum(participants) as heads, sum(funding_idr) as paid
                from {batch} group by all) using (participation_key)
            where coalesce(heads, -1) <> coalesce(participants, 0) or paid is distinct from funding_idr""",
            "Heads and rupiah of the sources, the unknown one among them, are those of the participation."),
    ])


def _ikm_products() -> dict:
    key = ["ikm_version_key", "product_number"]
    return suite("marts", "bridge_ikm_product", key, [
        unique(key, [], GRAIN),
        *(not_null(column, "Part of the grain, or what it is about.")
          for column in (*key, "ikm_id", "product_name", "is_synthetic")),
        at_least("product_number", 0, "Products are numbered from one; 0 is none stated."),
        finds_nothing("every_version_is_there", """
            select ikm_version_key from marts.dim_ikm anti join {batch} using (ikm_version_key)""",
            "Joining by way of products loses no business."),
        finds_nothing("no_other_version_is_there", """
            select ikm_version_key, product_number from {batch}
            anti join marts.dim_ikm using (ikm_version_key)""",
            "A product belongs to a business that is a member."),
    ])
