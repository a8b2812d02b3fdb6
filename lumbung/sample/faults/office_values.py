"""Values as people at offices write them: a file a feed, with a good row for every odd one."""

from collections.abc import Iterator
from datetime import date

from lumbung.sample.faults.good_rows import TITLES, csv_text, good_row, table
from lumbung.sample.faults.planted import ACCEPTED, QUARANTINED, MessyFile, Spoilt, bad, line_of, odd
from lumbung.sample.faults.trade_values import COUNTRIES, NO_COUNTRY, NO_NUMBER, NO_REGION, NOTHING, REGIONS
from lumbung.sample.faults.workbooks import workbook

MONEY = (("1.250.000", "1250000"), ("45.000,50", "45000.50"), ("1,25 juta", "1250000"), ("Rp 450 juta", "450000000"),
         ("Rp 12.500.000,-", "12500000"), ("750 ribu", "750000"))
DAYS = (("15 September 2021", "2021-09-15"), ("15/9/2021", "2021-09-15"), ("15 Sept 2021", "2021-09-15"),
        ("Rabu, 15 September 2021", "2021-09-15"), ("Rabu (15/9)", "2021-09-15"))
# Six of eleven digits are left: the row may stay or go, but no number may be made of it.
LOST_PHONE = Spoilt("phone_without_its_digits", "phone", "8.52348e+010", f"{ACCEPTED}|{QUARANTINED}",
                    "phone_digits_lost|bad_phone", "null|8.52348e+010")

OFFICE = {
    "agency_roster": (
        *(odd("indonesian_number", "investment_idr", raw, value) for raw, value in MONEY),
        bad("negative_in_brackets", "investment_idr", "(1.000)", "out_of_range"),
        bad("number_in_words", "revenue_idr", "cukup banyak", *NO_NUMBER),
        bad("missing_required", "business_name", "", "missing_value"),
        bad("missing_required", "business_name", "-", "missing_value"),
        odd("phone_in_scientific_notation", "phone", "8.5234800012e+010",
            "+6285234800012|085234800012|85234800012|6285234800012"),
        LOST_PHONE,
        odd("two_phones_in_a_cell", "phone", "0852-0000-0012 / 0852-0000-0013", ""),
        odd("npwp_with_dots", "npwp", "99.999.999.2-402.000", "999999992402000"),
        odd("two_owners_in_a_cell", "owner_name", "Contoh Satu dan Contoh Dua", ""),
        odd("cell_over_lines", "product_description", "Keripik\nKue kering", ""),
        bad("homonym_region", "region_code", "Mojokerto", *NO_REGION),
        bad("district_for_region", "region_code", "Kec. Depok", *NO_REGION),
        *(odd("region_by_name", "region_code", raw, value) for raw, value in REGIONS),
        *(odd("nothing_in_words", "district", word, "null") for word in NOTHING),
        *(odd("nothing_in_words", "revenue_idr", word, "null") for word in NOTHING)),
    "exhibition_participation": (
        *(odd("indonesian_number", "funding_idr", raw, value) for raw, value in MONEY),
        odd("date_range", "starts_on", "1 s.d. 5 Maret 2023", "2023-03-01"),
        odd("date_range", "ends_on", "15 s/d 19 September 2021", "2021-09-19"),
        odd("date_in_words", "recorded_on", "15 September 2021", "2021-09-15"),
        bad("impossible_date", "recorded_on", "31 September 2021", "bad_date"),
        bad("impossible_date", "recorded_on", "2021-02-30", "bad_date"),
        bad("unknown_choice", "participant_kind", "pengunjung", "not_in_list"),
        bad("out_of_range", "participants", "0", "out_of_range"),
        bad("number_with_words", "participants", "beberapa", *NO_NUMBER)),
    "readiness_assessment": (
        *(odd("date_in_words", "visited_on", raw, value) for raw, value in DAYS[:4]),
        odd("weekday_and_day", "visited_on", *DAYS[4]),
        bad("wrong_weekday", "visited_on", "Senin (15/9)", "bad_date", "wrong_weekday"),
        bad("impossible_date", "visited_on", "30 Februari 2021", "bad_date"),
        bad("bad_yes_no", "has_continuity", "kadang-kadang", "bad_yes_no"),
        bad("missing_required", "visited_on", "", "missing_value")),
    "buyer_lead": (
        *(odd("country_by_name", "buyer_country_code", raw, value) for raw, value in COUNTRIES),
        bad("unknown_country", "buyer_country_code", "Negeri Antah", *NO_COUNTRY),
        odd("indonesian_number", "lead_value", "1.250.000", "1250000"),
        bad("unknown_choice", "stage", "mungkin", "not_in_list"),
        odd("nothing_in_words", "lead_value", "–", "null")),
    "reported_figure": (
        odd("negative_in_brackets", "value", "(1.000)", "-1000"),
        odd("indonesian_number", "value", "1,25 juta", "1250000"),
        odd("indonesian_number", "value", "45.000,50", "45000.50"),
        odd("nothing_in_words", "value", "nihil", "null"),
        odd("imprecise_number", "value", "puluhan", "null"),
        bad("number_in_words", "value", "menyusul", *NO_NUMBER)),
}
DAY = date(2021, 9, 1)     # all other dates of these files lie in September 2021: the year of "Rabu (15/9)"


def office_values(turn: int) -> Iterator[MessyFile]:
    """A file a feed: CSV in odd rounds, a workbook whose cells are text in even ones."""
    for feed, spoilt in OFFICE.items():
        name = f"nilai-{feed}-2021-09-{turn}"
        rows, lines, sheet = [], [], "Data" if turn % 2 == 0 else ""
        for place, one in enumerate(spoilt):
            good, odd_one = (good_row(feed, 2 * place + i, name, DAY) for i in (1, 2))
            rows += [good, odd_one | _changes(feed, one)]
            lines.append(line_of(one, 2 * place + 2, sheet=sheet))
        cells = table(feed, rows)
        content = workbook(cells, sheet) if sheet else csv_text(cells).encode()
        yield MessyFile(feed, f"{name}.{'xlsx' if sheet else 'csv'}", content, len(rows), lines)


def _changes(feed: str, one: Spoilt) -> dict[str, str]:
    if one.kind == "date_range":       # the office has one column for the days and leaves the other empty
        return {"starts_on": one.raw, "ends_on": ""}
    assert one.column in TITLES[feed]
    return {one.column: one.raw}
