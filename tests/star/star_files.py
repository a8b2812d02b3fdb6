"""What is sent to the star: facts that come before their dimension rows, and the rows that come late."""

REAL = {"is_synthetic": False}
LEAD = {**REAL, "event_code": "EXPO-9", "recorded_on": "2023-03-03", "buyer_country_as_stated": "Korea",
        "buyer_country_code": "KR", "stage": "interest", "region_code": "36.72"}
FIGURE = {**REAL, "report_code": "R", "report_title": "Laporan", "stated_on": "2021-10-08", "subject": "peserta",
          "measure": "participants", "value_precision": "exact", "as_stated": "tujuh", "value": "7"}
VISIT = {**REAL, "visited_on": "2024-02-01", "region_code": "32.76"}
STAND = {**REAL, "event_name": "Expo Sembilan", "event_edition": "9", "starts_on": "2023-03-01",
         "ends_on": "2023-03-05", "recorded_on": "2023-03-10", "participant_kind": "business", "participants": 1,
         "region_code": "32.76"}
GROUP = {**STAND, "participant_kind": "group", "region_code": "52"}
TARGET = {**REAL, "target_id": "T1", "area_number": 0, "programme_code": "P9", "programme_name": "Program Sembilan",
          "target_year": 2024, "measure": "participants", "unit": "IKM", "value_precision": "exact",
          "stated_on": "2024-01-15", "source_document": "Surat"}
LISTED = {**REAL, "business_name": "CV A", "region_code": "32.76", "party_key": "p1_a"}
MARCH, JUNE = "2024-03-01", "2024-06-01"


def declared(number: int, day: str, region: str, exporter: str = "p1_x", name: str = "PT X") -> dict:
    """One item of one declaration."""
    return {"nomor_aju": f"05010030000120230301{number:06d}", "registered_on": day, "origin_region_code": region,
            "exporter_party_key": exporter, "exporter_name": name}


EARLY = [
    ("buyer_lead", "disperindag-cilegon", [
        {**LEAD, "lead_id": "L1", "party_key": "p1_lead", "business_name": "UD Prospek"},
        {**LEAD, "lead_id": "L2"}]),
    ("reported_figure", "disdag-ntb", [{**FIGURE, "figure_id": "F1", "event_code": "JAKARTA-EXPO-2021"},
                                       {**FIGURE, "figure_id": "F2"}]),
    ("readiness_assessment", "dinas-baru", [
        {**VISIT, "visit_id": "V1", "programme_code": "P9", "party_key": "p1_visit", "business_name": "UD Kunjungan"},
        {**VISIT, "visit_id": "V2", "party_key": "p1_a", "business_name": "CV A", "visited_on": "1999-02-01"}]),
    ("peb", "bea-cukai", [declared(1, "2021-05-03", "91.01"), declared(2, "2024-02-05", "93.01", name="PT X Baru"),
                          declared(3, "2024-03-05", "91.01"), declared(4, "2024-03-05", "32.76", "p1_only", "PT Y")]),
    ("agency_roster", "disperindag-jabar", [{**LISTED, "as_of": JUNE, "roster_number": 1, "products": "tas"}]),
]
LATE = [
    ("exhibition_participation", "disperindag-cilegon", [
        {**STAND, "event_code": "EXPO-9", "participation_number": 1, "party_key": "p1_lead",
         "business_name": "UD Prospek", "funding_source": "apbd", "funding_idr": "2500000.00"}]),
    # NTB's seven as four groups, and as one cell.
    ("exhibition_participation", "disdag-ntb", [
        {**GROUP, "event_code": "JAKARTA-EXPO-2021", "participation_number": number, "participants": heads,
         "funding_source": source}
        for number, (heads, source) in enumerate([(2, "apbn"), (2, "mitra"), (2, "mandiri"), (1, None)], 1)]),
    ("exhibition_participation", "disdag-ntb", [
        {**GROUP, "event_code": "SATU-SEL", "participation_number": number, "participants": 7,
         "funding_source": source, "funding_idr": paid}
        for number, (source, paid) in enumerate([
            ("2 apbn, mitra 2 ikm dan mandiri (2)", "900.00"), ("apbn; mandiri", "900.00"), ("apbn 5", "900.00"),
            ("5 apbn + 5 mitra", None), ("pt astra", "900.00"), ("tidak diketahui", "900.00")], 1)]),
    ("programme_target", "disdagin-depok", [TARGET]),
    ("exporter_register", "disperindag-jabar", [
        {**REAL, "as_of": "2024-01-01", "register_number": 1, "exporter_name": "PT X", "exporter_party_key": "p1_x",
         "region_code": "32.73"}]),
    # The roster of March arrives after that of June; two of its businesses are not in June's.
    ("agency_roster", "disperindag-jabar", [
        {**LISTED, "as_of": MARCH, "roster_number": 1, "business_name": "CV A Lama", "workers_male": 3,
         "products": "kursi rotan; meja rotan", "product_description": "kursi dan meja rotan"},
        {**LISTED, "as_of": MARCH, "roster_number": 2, "business_name": "CV B", "party_key": "p1_b"},
        {**LISTED, "as_of": MARCH, "roster_number": 3, "business_name": "...", "party_key": None}]),
    # The city's own office lists one of them too, under a code given up since, on a day of its own.
    ("agency_roster", "disdagin-depok", [
        {**LISTED, "as_of": "2024-04-01", "roster_number": 1, "business_name": "CV B Depok", "party_key": "p1_b"},
        {**LISTED, "as_of": "2024-04-01", "roster_number": 2, "business_name": "UD Kunjungan", "party_key": "p1_visit",
         "region_code": "91.01"}]),
    # Two lines for one business, a line sent twice, and a line that contradicts it.
    ("agency_roster", "disdagin-depok", [
        {**LISTED, "as_of": "2024-04-01", "roster_number": 2, "business_name": "UD Kunjungan", "party_key": "p1_visit",
         "region_code": "91.01"},
        {**LISTED, "as_of": "2024-04-01", "roster_number": 3, "business_name": "UD Dua Kali", "party_key": "p1_b"}]),
    ("agency_roster", "disperindag-jatim", [
        {**LISTED, "as_of": "2023-01-01", "roster_number": 1, "business_name": "DATA BUATAN", "is_synthetic": True},
        {**LISTED, "as_of": "2023-01-01", "roster_number": 2, "business_name": "DATA BUATAN", "is_synthetic": True,
         "party_key": "p1_lead"}]),
]
