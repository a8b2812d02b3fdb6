"""Export declarations (PEB), item by item. Of a run without a whole build only changed documents are seen, each whole
and with all its loads.
"""

from lumbung.gates.suites.staging.rows_of_a_feed import (
    ROW,
    country_known,
    currency_known,
    feed_suite,
    hs_chapter_known,
    region_known,
)
from lumbung.gates.suites.vocabulary import PEB_LAYOUT, REPORTING_OFFICER, at_least, finds_nothing

KEY = ["nomor_aju", "item_number"]
KEYS = [*KEY, *ROW]
ROWS = ", ".join(KEYS)
# What tells the header of a document's version: two files that state it differently are not added up.
HEADER = "is_synthetic, nomor_aju, note_number, header_fob"
TOLERANCE = "greatest(0.01 * header_fob, 1)"
HEADER_SUMS = "FOB in the header of a PEB is the sum of its items' FOB, in the document's currency"


def suites() -> list[dict]:
    """The suite over `staging.stg_peb__items`."""
    return [feed_suite("peb", "stg_peb__items", KEY, [
        at_least("ndpbm", 0, "A customs rate of nothing would make the rupiah value nothing.", strictly=True),
        *_numbers(), *_days(), *_header_sums(), _correction_keeps_exporter(),
        country_known("destination_country_code", KEYS), region_known("origin_region_code", KEYS),
        currency_known(KEYS), hs_chapter_known(KEYS),
        finds_nothing("destination_abroad", f"""
            select {ROWS} from {{batch}} where destination_country_code = 'ID'""",
            "What stays in Indonesia is no export.", severity="warning", column="destination_country_code"),
    ], by_hand={"nomor_aju"})]


def _numbers() -> list[dict]:
    return [
        finds_nothing("nomor_aju_shape", f"""
            select {ROWS} from {{batch}} where length(nomor_aju) <> 26
            or try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d') is null""",
            "A submission number has 26 characters with a date at positions 13 to 20.", source=PEB_LAYOUT),
        finds_nothing("nomor_aju_document_code", f"""
            select {ROWS} from {{batch}} where substr(nomor_aju, 5, 2) <> '30'""",
            "The document code of an export declaration is 30.", severity="warning",
            source=PEB_LAYOUT + "; real samples break the code, so only a warning"),
    ]


def _days() -> list[dict]:
    return [
        finds_nothing("registered_not_before_submitted", f"""
            select {ROWS} from {{batch}}
            where registered_on < try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d')::date""",
            "Customs can't register a declaration before the date in its submission number.", source=PEB_LAYOUT),
        finds_nothing("cancelled_not_before_submitted", f"""
            select {ROWS} from {{batch}} where cancelled_on is not null
            and cancelled_on < try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d')::date""",
            "A declaration can't be cancelled before it was submitted.", severity="warning", source=PEB_LAYOUT),
        finds_nothing("exported_after_submission", f"""
            select {ROWS} from {{batch}} where estimated_export_on < registered_on
            and estimated_export_on < try_strptime(substr(nomor_aju, 13, 8), '%Y%m%d')::date""",
            "Goods are declared before they leave: an export before the submission is a slip in one of the dates.",
            severity="warning", source=PEB_LAYOUT),
        finds_nothing("estimated_export_near_registration", f"""
            select {ROWS} from {{batch}} where abs(date_diff('day', registered_on, estimated_export_on)) > 366""",
            "More than a year between registration and export: the year of one of the two is wrong.",
            severity="warning"),
    ]


def _header_sums() -> list[dict]:
    return [
        finds_nothing("header_fob_equals_items", _documents_off(f"""
            header_fob > 0 and sum(lowest_fob) > header_fob + {TOLERANCE}"""),
            "The items come to more than one per cent over the document's own FOB: an amount is wrong, as a point read "
            "as a comma.", column="header_fob", source=HEADER_SUMS, accepted_by=REPORTING_OFFICER),
        finds_nothing("items_reach_header_fob", _documents_off(f"sum(highest_fob) < header_fob - {TOLERANCE}"),
            "The items come to less than the document's own FOB: items may be missing, lie in another file, or have "
            "been erased.", severity="warning", column="header_fob", source=HEADER_SUMS),
        finds_nothing("header_fob_is_stated", f"""
            select {ROWS} from {{batch}} where header_fob = 0 and item_fob > 0""",
            "The document's own FOB is nothing and its items' is not, so the items are held against no sum.",
            severity="warning", column="header_fob", source=HEADER_SUMS),
    ]


def _documents_off(is_off: str) -> str:
    """Rows of documents whose items do not come to their header. A line that stands in several loads is one line.

    Sums by a hash of the header tell the few documents that are looked at by line. Too little is never proof: a table
    may be cut at any row, and of any document a person's items may have been erased.
    """
    return f"""
        with suspects as (
            select document from (
                select hash({HEADER}) as document, sum(item_fob) as items_fob, any_value(header_fob) as header_fob
                from {{batch}} where header_fob is not null group by document) as sums
            where abs(items_fob - header_fob) > {TOLERANCE}),
        item_lines as (
            select {HEADER}, item_number, min(item_fob) as lowest_fob, max(item_fob) as highest_fob
            from {{batch}} where hash({HEADER}) in (from suspects) group by all),
        documents as (
            select hash({HEADER}) as document from item_lines group by {HEADER} having {is_off})
        select {ROWS} from {{batch}} where hash({HEADER}) in (from documents)"""


def _correction_keeps_exporter() -> dict:
    return finds_nothing("correction_keeps_exporter", f"""
        select {ROWS} from (
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
        severity="warning", source="Export rules: exporter, office, export type and facility can't be corrected")
