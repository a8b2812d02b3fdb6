"""Gate marts: dimensions have each member once, among them the unknown one, and versions that follow each other."""

from lumbung.gates.suites.facts import GRAIN, PARTIES_OF_FACTS, TRACE, UNKNOWN
from lumbung.gates.suites.vocabulary import finds_nothing, not_null, suite

DECREE_2025 = "Ministry of Home Affairs, decree of 2025: 38 provinces, 514 kota and kabupaten"
PAPUA_2022 = "UU 14, 15, 16 and 29 of 2022: 26 kota and kabupaten of Papua and Papua Barat moved to new provinces"
ONCE = "A key that stands for two members would double every fact joined to it."
FIRST, NO_END = "date '1900-01-01'", "date '9999-12-31'"


def dimensions() -> list[dict]:
    """One suite a dimension."""
    return [
        _agencies(), _countries(), _dates(), _events(), _exporters(), _funding_sources(), _ikm(), _products(),
        _programmes(), _regions(), _source_files()]


def _members(table: str, key: str, unknown: str, named_by: list[str], more: list[dict]) -> dict:
    """A dimension of one row a member: `unknown` is its unknown member, as SQL; `named_by` are columns never empty."""
    return suite("marts", table, [key], [
        not_null(key, GRAIN), *(not_null(column, "A member that is shown has a name.") for column in named_by),
        finds_nothing("key_unique", f"select {key} from {{batch}} group by {key} having count(*) > 1", ONCE),
        finds_nothing("unknown_member", f"""
            select {unknown} as {key} where not exists (from {{batch}} where {key} = {unknown})""", UNKNOWN),
        *more,
    ])


def _agencies() -> dict:
    return _members("dim_agency", "agency_code", "'unknown'", ["agency_name", "region_code"], [])


def _countries() -> dict:
    return _members("dim_country", "country_code", "'ZZ'", [], [
        finds_nothing("country_code_pattern", """
            select country_code from {batch} where not regexp_full_match(country_code, '[A-Z]{{2}}')""",
            "Countries are known by two letters.", source="ISO 3166-1 alpha-2", column="country_code"),
    ])


def _dates() -> dict:
    return _members("dim_date", "date_day", FIRST, ["month_start"], [
        finds_nothing("days_without_gaps", """
            select min(date_day) as date_day from {batch} where not is_inferred and not is_unknown
            having count(*) <> date_diff('day', min(date_day), max(date_day)) + 1""",
            "A day that is missing would drop every fact of that day."),
    ])


def _events() -> dict:
    return _composite("dim_event", "event_key", "event_code", ["event_name"])


def _programmes() -> dict:
    return _composite("dim_programme", "programme_key", "programme_code", ["programme_name"])


def _composite(table: str, key: str, code: str, named_by: list[str]) -> dict:
    return _members(table, key, "0", [code, "is_synthetic", *named_by], [
        finds_nothing("code_has_one_key", f"""
            select {code} from {{batch}} group by {code}, is_synthetic having count(*) > 1""",
            "A code under two keys would part the facts of one member."),
    ])


def _exporters() -> dict:
    return _members("dim_exporter", "party_key", "'unknown'", ["exporter_name", "region_code"], [
        finds_nothing("every_exporter_is_there", """
            select party_key from (
                select exporter_party_key as party_key from marts.fct_export_item group by all union
                select exporter_party_key from marts.fct_certificate_item group by all)
            anti join {batch} using (party_key)""",
            "An exporter that a document names is a member at once, whether a register lists it or not."),
        finds_nothing("months_in_order", """
            select party_key from {batch} where first_month_seen > last_month_seen""",
            "An exporter is not seen last before it is seen first."),
    ])


def _funding_sources() -> dict:
    return _members("dim_funding_source", "funding_source_code", "'unknown'", ["funding_source_name_id"], [])


def _products() -> dict:
    return _members("dim_product", "hs_code", "'00'", ["hs_level", "chapter_name_id"], [])


def _regions() -> dict:
    return suite("marts", "dim_region", ["region_code"], [
        not_null("region_code", GRAIN), not_null("region_name", "A place that is published has a name."),
        not_null("province_code", "Every region belongs to a province."),
        not_null("current_region_code", "Every code means a place of today."),
        finds_nothing("key_unique", """
            select region_code from {batch} group by region_code having count(*) > 1""", ONCE),
        finds_nothing("version_key_unique", """
            select region_version_key from {batch} group by all having count(*) > 1 or region_version_key is null""",
            "A version is known by one key."),
        *_follow_each_other("current_region_code", "region_code"),
        finds_nothing("one_is_current", """
            select current_region_code as region_code from {batch} group by all
            having count(*) filter (where is_current and region_code = current_region_code) <> 1""",
            "A place has one code of today, and that is the one facts carry."),
        finds_nothing("changed_codes_are_there", """
            select count(*) as former_codes from {batch} where not is_current having count(*) <> 26""",
            "A code that was given up still names its place.", source=PAPUA_2022),
        finds_nothing("all_kota_kabupaten", """
            select count(*) as kota_kabupaten from {batch}
            where is_current and region_level = 2 and region_code <> '00.00' having count(*) <> 514""",
            "The list of kota and kabupaten in force is whole.", source=DECREE_2025),
        finds_nothing("all_provinces", """
            select count(*) as provinces from {batch}
            where is_current and region_level = 1 having count(*) <> 38""",
            "The list of provinces in force is whole.", source=DECREE_2025),
        finds_nothing("west_java_has_27", """
            select count(*) as cities from {batch}
            where is_current and region_level = 2 and province_code = '32' having count(*) <> 27""",
            "A ranking of West Java is among 27.", source=DECREE_2025),
        finds_nothing("unknown_member", """
            select '00.00' as region_code where not exists (from {batch} where region_code = '00.00')""",
            "Facts without a known place need a member to join."),
    ])


def _ikm() -> dict:
    return suite("marts", "dim_ikm", ["ikm_id", "valid_from"], [
        *(not_null(column, GRAIN) for column in ("ikm_version_key", "ikm_id", "valid_from", "valid_to")),
        *(not_null(column, "A member that is shown has a name and a place.")
          for column in ("business_name", "region_code", "agency_code")),
        finds_nothing("version_key_unique", """
            select ikm_id, valid_from from {batch}
            qualify count(*) over (partition by ikm_version_key) > 1""", "A version is known by one key."),
        *_follow_each_other("ikm_id", "ikm_id"),
        finds_nothing("from_the_first_day", f"""
            select ikm_id from {{batch}} group by all having min(valid_from) <> {FIRST}""",
            "A fact of any day finds a version."),
        finds_nothing("one_is_current", """
            select ikm_id from {batch} group by all having count(*) filter (where is_current) <> 1""", ONCE),
        finds_nothing("listed_by_an_office", """
            select ikm_id, valid_from from {batch}
            where is_listed <> (offices > 0) or (is_listed and is_inferred)""",
            "A business is listed when some office's newest edition lists it."),
        finds_nothing("every_business_is_there", f"""
            select ikm_id from marts.bridge_party_business anti join {{batch}} using (ikm_id)
            where party_key in ({PARTIES_OF_FACTS})""",
            "A business that a stand, a lead or a visit names is a member at once, whether a roster lists it or not."),
        finds_nothing("unknown_member", """
            select 'unknown' as ikm_id where not exists (from {batch} where ikm_id = 'unknown')""", UNKNOWN),
    ])


def _follow_each_other(durable: str, key: str) -> list[dict]:
    """Versions of one durable key neither overlap nor leave a gap; the last has no end."""
    return [finds_nothing("versions_follow_each_other", f"""
        select {key} from {{batch}}
        qualify valid_from >= valid_to or valid_to <> coalesce(
            lead(valid_from) over (partition by {durable} order by valid_from), {NO_END})
        or is_current <> (valid_to = {NO_END})""",
        "Of any day a place or a business has one version: two would double, none would drop its facts.")]


def _source_files() -> dict:
    return _members("dim_source_file", "load_id", "'unknown'", ["file_name", "sha256"], [
        finds_nothing("every_load_is_there", """
            select load_id from control.loads anti join {batch} using (load_id)""", TRACE),
    ])
