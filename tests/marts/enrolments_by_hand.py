"""Members of programmes of two offices and what is seen of them, few enough to follow each by hand.

A trader of Kabupaten Bogor has a declaration and a certificate in every month from January 2019 to April 2024, so March
2024 is the last final month of West Java. Whoever is not said to export otherwise does so for 500 dollars.
"""

from itertools import count

from loaded_warehouse import Warehouse, aju

MONTHS = [f"{y}-{m:02}" for y in range(2019, 2025) for m in range(1, 13) if (y, m) <= (2024, 4)]
DEPOK, JABAR = "disdagin-depok", "disperindag-jabar"

# Party -> its exports: (day, dollars).
EXPORTS = {
    "d1": [("2022-05-10", 500)], "d2": [("2022-08-01", 500)],
    "d3": [("2023-01-31", 500)],                            # the last day that is within twelve months
    "d4": [("2022-02-01", 500)],                            # the first
    "d5": [("2023-02-01", 500)],                            # a day late
    "d6": [("2021-06-01", 100), ("2022-09-01", 300)], "d7": [("2021-06-02", 200), ("2022-09-01", 200)],
    "d8": [("2021-06-03", 400)], "d15": [("2021-06-04", 50), ("2022-09-02", 10)],
    "once-d14": [("2019-01-15", 500)],
    "w1": [("2022-06-01", 500)], "w2": [("2022-07-01", 500)], "w3": [("2022-12-01", 500)],
    "w11": [("2022-04-01", 500)],                           # while it waited; but then it enrolled
    "y1": [("2022-06-01", 500)], "y2": [("2022-06-02", 500)], "y3": [("2022-06-03", 500)],
    "s1": [("2021-09-01", 500)], "s7": [("2022-09-01", 500)], "s8": [("2022-09-02", 500)], "s9": [("2022-09-03", 500)],
    "s13": [("2023-03-01", 500)], "s14": [("2023-03-02", 500)], "s15": [("2023-03-03", 500)],
    "s16": [("2023-03-04", 500)],
    "u1": [("2022-06-01", 500)], "u2": [("2022-06-02", 500)], "u3": [("2022-06-03", 500)],
    "v1": [("2022-06-01", 500)], "v2": [("2022-06-02", 500)], "v3": [("2022-06-03", 500)],
}
THIRTEEN = [f"t{n}" for n in range(1, 14)]

# Known by names only: nobody can say what they exported.
UNKNOWN = {"d9", "d10", "w8", "w9", "w10", "v8", "v9", "v10"}
BUSINESSES = {"d12-in-jabar": "d12", "once-d14": "d14"}


def of(letter: str, first: int, last: int) -> list[str]:
    return [f"{letter}{n}" for n in range(first, last + 1)]


# Office, programme, members, listed, enrolled, trained.
ENROLMENTS = [
    (DEPOK, "P22", of("d", 1, 15), "2022-01-10", "2022-02-01", "2022-03-15"),
    (DEPOK, "P22", of("w", 1, 11), "2022-01-10", None, None),
    (DEPOK, "P23", of("x", 1, 3), "2023-04-01", "2023-04-01", "2023-06-01"),
    (DEPOK, "P23", of("x", 4, 6), "2023-04-02", "2023-04-02", "2023-06-01"),
    (JABAR, "J22", ["w11"], "2022-06-01", "2022-06-01", None),
    (JABAR, "T13", [*THIRTEEN, *of("t", 14, 16)], "2022-02-01", "2022-02-01", "2022-02-28"),
    (JABAR, "T13", of("y", 1, 6), "2022-02-01", None, None),
    (JABAR, "U22", [*of("u", 1, 9), "d12-in-jabar"], "2022-02-01", "2022-02-01", "2022-02-28"),
    (JABAR, "U22", of("v", 1, 10), "2022-02-01", None, None),
    (JABAR, "S", of("s", 1, 6), "2021-03-01", "2021-03-01", "2021-04-01"),
    (JABAR, "S", of("s", 7, 12), "2022-03-01", "2022-03-01", "2022-04-01"),
    (JABAR, "S", of("s", 13, 22), "2023-02-01", "2023-02-01", "2023-03-01"),
    (JABAR, "H20", of("h", 1, 3), "2020-06-01", "2020-06-01", "2020-07-01"),
]


def plant(w: Warehouse) -> None:
    """Send exports, enrolments and which business each party is, as identity would say it for the first run."""
    number, certificate = count(1), count(1)
    trader = {"origin_region_code": "32.01", "exporter_party_key": "k1:trader"}
    w.peb(*({**trader, "nomor_aju": aju(next(number)), "registered_on": f"{month}-10"} for month in MONTHS),
          *({"nomor_aju": aju(next(number)), "registered_on": day, "exporter_party_key": f"k1:{party}",
             "item_fob": f"{usd}.00"} for party, exports in EXPORTS.items() for day, usd in exports), name="peb.csv")
    certified = {"exporter_region_code": "32.01", "exporter_party_key": "k1:trader"}
    w.ska(*({**certified, "certificate_number": f"{next(certificate):03}/BDG/{month[:4]}", "issued_on": f"{month}-11"}
            for month in MONTHS), name="ska.csv")
    # One shipment of thirteen makers.
    w.ska(*({**certified, "certificate_number": "900/BDG/2022", "issued_on": "2022-09-14", "item_number": place,
             "maker_party_key": f"k1:{party}"} for place, party in enumerate(THIRTEEN, 1)), name="thirteen.csv")
    for agency in (DEPOK, JABAR):
        places, rows = {}, []
        for office, programme, members, listed, enrolled, trained in ENROLMENTS:
            for party in members if office == agency else ():
                places[programme] = places.get(programme, 0) + 1
                rows.append(_line(programme, places[programme], party, listed, enrolled, trained))
        w.send("programme_enrolment", rows, agency=agency)
    _identity(w)


def _line(programme: str, number: int, party: str, listed: str, enrolled: str | None, trained: str | None) -> dict:
    return {
        "programme_code": programme, "enrolment_number": number, "programme_name": f"Pelatihan {programme}",
        "recorded_on": "2024-04-30", "business_name": f"CV {party}", "party_key": f"k1:{party}", "region_code": "32.76",
        "sector": "kerajinan", "listed_on": listed, "enrolled_on": enrolled, "trained_on": trained,
        "enrolment_status": "trained" if trained else "enrolled" if enrolled else "waiting",
        "funding_source": "apbd", "is_synthetic": False}


def _identity(w: Warehouse) -> None:
    from lumbung.transform import pinning

    parties = {p for _, _, members, *_ in ENROLMENTS for p in members} | set(EXPORTS)
    path = pinning.parties_path(w.home, f"run-{w.runs + 1}")
    w.write(path, pinning.PARTIES, [
        {"party_key": f"k1:{party}", "ikm_id": f"ikm_{BUSINESSES.get(party, party)}", "resolved_by": "identifier",
         "is_identified": party not in UNKNOWN | {"d14"}, "has_open_review": party == "d11"}
        for party in sorted(parties)])
