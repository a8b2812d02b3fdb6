"""(table, expectation) -> what spoils a dimension or a bridge as a whole."""

IKM, REGION, FORMER = "marts.dim_ikm", "marts.dim_region", "where region_code = '91.71'"
FUNDING, PRODUCT = "marts.bridge_participation_funding", "marts.bridge_ikm_product"
BUSINESS = "marts.bridge_party_business"
# Table -> the key of its unknown member, as SQL.
UNKNOWN = {
    "dim_agency": "agency_code = 'unknown'", "dim_country": "country_code = 'ZZ'", "dim_date": "is_unknown",
    "dim_event": "event_key = 0", "dim_exporter": "party_key = 'unknown'",
    "dim_funding_source": "funding_source_code = 'unknown'", "dim_ikm": "ikm_id = 'unknown'",
    "dim_product": "hs_code = '00'", "dim_programme": "programme_key = 0", "dim_region": "region_code = '00.00'",
    "dim_source_file": "load_id = 'unknown'"}

DIMENSION_FAULTS = {
    **{(table, "unknown_member"): f"delete from marts.{table} where {key}" for table, key in UNKNOWN.items()},
    **{(table, "key_unique"): f"insert into marts.{table} from marts.{table} where {key}"
       for table, key in UNKNOWN.items() if table != "dim_ikm"},
    ("dim_region", "version_key_unique"): f"update {REGION} set region_version_key = 1 where province_code = '32'",
    ("dim_region", "versions_follow_each_other"): f"update {REGION} set valid_to = valid_to - 1 {FORMER}",
    ("dim_region", "one_is_current"): f"update {REGION} set current_region_code = '99.99' {FORMER}",
    ("dim_region", "changed_codes_are_there"): f"delete from {REGION} {FORMER}",
    ("dim_region", "all_kota_kabupaten"): f"delete from {REGION} where region_code = '01.01'",
    ("dim_region", "all_provinces"): f"delete from {REGION} where region_code = '05'",
    ("dim_region", "west_java_has_27"): f"update {REGION} set province_code = '33' where region_code = '32.05'",
    ("dim_country", "country_code_pattern"): "insert into marts.dim_country values ('AUS')",
    ("dim_date", "days_without_gaps"): "delete from marts.dim_date where date_day = '2023-06-01'",
    ("dim_event", "code_has_one_key"):
        "insert into marts.dim_event by name select * replace (9 as event_key) from marts.dim_event "
        "where event_key = 7",
    ("dim_programme", "code_has_one_key"):
        "insert into marts.dim_programme by name select * replace (9 as programme_key) from marts.dim_programme "
        "where programme_key = 8",
    ("dim_exporter", "every_exporter_is_there"): "delete from marts.dim_exporter where party_key = 'p1_11'",
    ("dim_exporter", "months_in_order"):
        "update marts.dim_exporter set first_month_seen = '2025-01-01' where party_key = 'p1_11'",
    ("dim_source_file", "every_load_is_there"): "delete from marts.dim_source_file where load_id = 'load-b'",
    ("dim_ikm", "version_key_unique"): f"update {IKM} set ikm_version_key = 2 where ikm_version_key = 3",
    ("dim_ikm", "versions_follow_each_other"): f"update {IKM} set valid_to = '2022-06-01' where ikm_version_key = 2",
    ("dim_ikm", "from_the_first_day"): f"update {IKM} set valid_from = '2000-01-01' where ikm_version_key = 2",
    ("dim_ikm", "one_is_current"): f"update {IKM} set is_current = true where ikm_version_key = 2",
    ("dim_ikm", "listed_by_an_office"): f"update {IKM} set is_listed = true where ikm_version_key = 2",
    ("dim_ikm", "every_business_is_there"): f"delete from {IKM} where ikm_id = 'ikm_a'",
    ("bridge_party_business", "key_unique"): f"insert into {BUSINESS} from {BUSINESS} where party_key = 'p1_a'",
    ("bridge_party_business", "unknown_member"): f"delete from {BUSINESS} where party_key = 'unknown'",
    ("bridge_party_business", "only_the_unknown_is_unknown"):
        f"update {BUSINESS} set ikm_id = 'unknown' where party_key = 'p1_11'",
    ("bridge_party_business", "resolved_by_known"): f"update {BUSINESS} set resolved_by = 'guess'",
    ("bridge_party_business", "real_or_made_up"): f"update {BUSINESS} set is_synthetic = true where party_key = 'p1_b'",
    ("bridge_party_business", "one_state_a_business"):
        f"update {BUSINESS} set has_open_review = false where party_key = 'p1_b'",
    ("bridge_party_business", "every_exporter_is_there"): f"delete from {BUSINESS} where party_key = 'p1_11'",
    ("bridge_participation_funding", "key_unique"): f"insert into {FUNDING} from {FUNDING} limit 1",
    ("bridge_participation_funding", "adds_up_to_participations"):
        f"delete from {FUNDING} where funding_source_code = 'unknown' and participation_key = 1",
    ("bridge_participation_funding", "heads_basis_known"): f"update {FUNDING} set heads_basis = 'guessed'",
    ("bridge_participation_funding", "participation_key_in_fct_exhibition_participation"):
        f"update {FUNDING} set participation_key = -1 where participation_key = 1",
    ("bridge_ikm_product", "key_unique"): f"insert into {PRODUCT} from {PRODUCT} limit 1",
    ("bridge_ikm_product", "every_version_is_there"): f"delete from {PRODUCT} where ikm_version_key = 2",
    ("bridge_ikm_product", "no_other_version_is_there"): f"delete from {IKM} where ikm_version_key = 2",
}
