"""Files of the feeds peb and agency_roster, sound and faulty, under the titles of their contracts."""

from lumbung.contracts import contract_of

MARK = "DATA BUATAN"


def csv_of(feed: str, rows: list[dict[str, str]]) -> str:
    names = list(rows[0])
    lines = [",".join(contract_of(feed).column(n).synonyms[0] for n in names)]
    return "\n".join(lines + [",".join(row.get(n, "") for n in names) for row in rows]) + "\n"


def item(number: int = 1, seri: int = 1, **changes) -> dict[str, str]:
    """One PEB item that keeps the contract; `number` tells its document."""
    return {"nomor_aju": f"000030ABCDEF20240105{number:06d}", "office_code": "050100", "registered_on": "2024-01-06",
            "destination_country_code": "JP", "currency": "USD", "ndpbm": "15500.0000",
            "exporter_npwp": "012345678901234", "exporter_name": "CV Contoh Buatan", "item_number": str(seri),
            "hs_code": "94036090", "item_description": "=Meja", "item_fob": "100.25", "origin_region_code": "32.76",
            "is_synthetic": MARK, **changes}


def peb(rows: list[dict[str, str]]) -> str:
    return csv_of("peb", rows)


def member(number: int = 1, **changes) -> dict[str, str]:
    """One line of a roster that keeps the contract, without the date of its edition."""
    return {"roster_number": str(number), "business_name": f"UD Contoh {number}", "region_code": "32.76",
            "is_synthetic": MARK, **changes}


def roster(rows: list[dict[str, str]]) -> str:
    return csv_of("agency_roster", rows)
