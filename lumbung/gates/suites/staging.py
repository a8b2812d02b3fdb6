"""Gate staging: what every accepted row must hold before documents are put together and versions chosen."""

from lumbung.contracts import Column, contract_of
from lumbung.gates.suites.vocabulary import (
    PEB_LAYOUT,
    at_least,
    codes_match,
    finds_nothing,
    not_null,
    one_of,
    suite,
)

ROW = ["row_number", "load_id"]


def suites() -> list[dict]:
    """One suite a gated staging table."""
    return [_peb(), _ska(), _participations(), _figures(), _official_totals()]


def _peb() -> dict:
    keys = ["nomor_aju", "item_number", *ROW]
    row = ", ".join(keys)
    return suite("staging", "stg_peb__items", ["nomor_aju", "item_number", "row_number"], [
        *_from_contract("peb", keys, by_hand={"nomor_aju"}),
        at_least("ndpbm", 0, "A customs rate of nothing would make the rupiah value nothing.", strictly=True),
        finds_nothing("nomor_aju_shape", f"""
            select {row} from {{batch}} where length(nomor_aju) <> 26
            or try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d') is null""",
            "A submission number has 26 characters with a date at positions 13 to 20.", source=PEB_LAYOUT),
        finds_nothing("registered_not_before_submitted", f"""
            select {row} from {{batch}}
            where registered_on < try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d')::date""",
            "Customs can't register a declaration before the date in its submission number.", source=PEB_LAYOUT),
        finds_nothing("nomor_aju_document_code", f"""
            select {row} from {{batch}} where substr(nomor_aju, 5, 2) <> '30'""",
            "The document code of an export declaration is 30.", severity="warning",
            source=PEB_LAYOUT + "; real samples break the code, so only a warning"),
        finds_nothing("cancelled_not_before_submitted", f"""
            select {row} from {{batch}} where cancelled_on is not null
            and cancelled_on < try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d')::date""",
            "A declaration can't be cancelled before it was submitted.", severity="warning", source=PEB_LAYOUT),
        finds_nothing("correction_keeps_exporter", f"""
            select {row} from (
                select *, first_value(struct_pack(
                        e := exporter_party_key, o := office_code, t := export_type_code, n := note_number)) over (
                    partition by is_synthetic, nomor_aju order by note_date nulls first, note_number nulls first,
                        cancelled_on nulls first, registered_on nulls first, load_id, row_number) as first_version
                from {{batch}}
                where nomor_aju in (select nomor_aju from {{batch}} where note_number is not null)) as corrected
            where note_number is distinct from first_version.n and (
                exporter_party_key is distinct from first_version.e or office_code is distinct from first_version.o
                or export_type_code is distinct from first_version.t)""",
            "A correction can't change exporter, office or export type: this one is set aside; cancel and file anew.",
            severity="warning", source="Export rules: exporter, office, export type and facility can't be corrected"),
    ], feed="peb")


def _ska() -> dict:
    keys = ["certificate_number", "item_number", *ROW]
    row = ", ".join(keys)
    return suite("staging", "stg_ska__items", ["certificate_number", "item_number", "row_number"], [
        *_from_contract("ska", keys),
        finds_nothing("amended_not_before_issued", f"""
            select {row} from {{batch}} where amended_on < issued_on""",
            "A certificate can't be amended before it was issued."),
        finds_nothing("value_has_currency", f"""
            select {row} from {{batch}} where item_value is not null and currency is null""",
            "A value without its currency can't be converted or added."),
        finds_nothing("value_agrees_with_basis", f"""
            select {row} from {{batch}} where (value_basis = 'absent') <> (item_value is null)""",
            "A value is there exactly where its basis says so.", severity="warning",
            source="Some forms state the FOB value only under a value-content rule"),
        finds_nothing("does_not_replace_itself", f"""
            select {row} from {{batch}} where replaces_number = certificate_number""",
            "A certificate that replaces itself would take itself out of the warehouse."),
    ], feed="ska")


def _participations() -> dict:
    keys = ["event_code", "participation_number", *ROW]
    row = ", ".join(keys)
    return suite("staging", "stg_exhibition__participations", ["event_code", "participation_number", "row_number"], [
        *_from_contract("exhibition_participation", keys),
        finds_nothing("ends_not_before_start", f"""
            select {row} from {{batch}} where ends_on < starts_on""",
            "An event can't end before it starts."),
        finds_nothing("one_business_is_one", f"""
            select {row} from {{batch}} where participant_kind = 'business' and participants <> 1""",
            "A row of one business counts one participant; several are a group.", severity="warning"),
    ], feed="exhibition_participation")


def _figures() -> dict:
    keys = ["figure_id", *ROW]
    row = ", ".join(keys)
    return suite("staging", "stg_reports__figures", ["figure_id", "row_number"], [
        *_from_contract("reported_figure", keys),
        finds_nothing("range_in_order", f"""
            select {row} from {{batch}} where value_low > value_high""",
            "The lower end of a stated range is not above the upper."),
        finds_nothing("something_is_stated", f"""
            select {row} from {{batch}}
            where coalesce(value, value_low, value_high) is null and value_text is null""",
            "A figure has a number, a range or a word.", severity="warning"),
    ], feed="reported_figure")


def _official_totals() -> dict:
    keys = ["export_month", "bps_province_code", "counted_at", "commodity_group", *ROW]
    row = ", ".join(keys)
    return suite("staging", "stg_bps__export_totals", keys[:-1], [
        *_from_contract("bps_export_total", keys),
        finds_nothing("published_after_the_month", f"""
            select {row} from {{batch}} where left(published_on::varchar, 7) < export_month""",
            "A month's total can't be published before the month."),
    ], feed="bps_export_total")


def _from_contract(feed: str, keys: list[str], by_hand: frozenset[str] | set[str] = frozenset()) -> list[dict]:
    """What the contract says of the columns that enter the warehouse; patterns of `by_hand` are checked otherwise."""
    contract = contract_of(feed)
    made = [not_null("load_id", "A row without its load can't be traced or withdrawn."),
            not_null("is_synthetic", "Made-up and real rows are never added, so each row says which it is.")]
    for column in contract.columns:
        if column.classification != "personal" and column.name != "is_synthetic":
            made += _of_column(column, keys, by_hand)
    return made


def _of_column(column: Column, keys: list[str], by_hand: frozenset[str] | set[str]) -> list[dict]:
    source = "the feed's contract"
    made = []
    if column.required:
        made.append(not_null(column.name, f"Required: {column.description}.", source=source))
    if column.minimum is not None:
        made.append(at_least(column.name, column.minimum, f"Not below {column.minimum:g}: {column.description}.",
                             source=source))
    if column.allowed:
        made.append(one_of(column.name, list(column.allowed), f"One of the contract's list: {column.description}.",
                           source=source))
    if column.pattern and column.name not in by_hand:
        made.append(codes_match(column.name, column.pattern, keys, f"Of the contract's form: {column.description}.",
                                source=source))
    return made
