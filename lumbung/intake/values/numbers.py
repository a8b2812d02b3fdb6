"""Numbers as offices write them: scale words, rupiah, brackets for minus, and words that say how exact they are."""

import re
from decimal import Decimal

from lokal import parse_rupiah

from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.intake.values.numerals import Numeral, read_numeral
from lumbung.intake.values.reading import NOTHING, Reading, refuse

SCALES = {"ratus": 100, "hundred": 100, "ribu": 10**3, "rb": 10**3, "thousand": 10**3, "juta": 10**6, "jt": 10**6,
          "million": 10**6, "miliar": 10**9, "milyar": 10**9, "billion": 10**9, "triliun": 10**12, "trilyun": 10**12,
          "trillion": 10**12}
ABOUT = ("sekitar", "kurang lebih", "kira-kira", "kira kira", "kisaran", "hampir", "mendekati", "lebih kurang", "±",
         "~", "≈", "about", "approximately", "approx.", "approx", "around", "nearly", "almost", "ca.", "some", "kurleb")
AT_LEAST = ("lebih dari", "di atas", "diatas", "minimal", "min.", "sedikitnya", "setidaknya", "paling sedikit",
            "sekurang-kurangnya", "more than", "at least", "over", "minimum", ">=", "≥", ">")
AT_MOST = ("kurang dari", "di bawah", "dibawah", "maksimal", "maks.", "paling banyak", "hingga", "sampai", "less than",
           "at most", "up to", "under", "maximum", "<=", "≤", "<")
EXPECTED = ("target", "ditargetkan", "diharapkan", "diperkirakan", "diproyeksikan", "expected", "projected",
            "estimated")
# "ratusan" says no number, but between which.
VAGUE = {"puluhan": (10, 99), "belasan": (11, 19), "ratusan": (100, 999), "ribuan": (1000, 9999),
         "puluhan ribu": (10_000, 99_999), "ratusan ribu": (100_000, 999_999), "jutaan": (10**6, 10**7 - 1),
         "puluhan juta": (10**7, 10**8 - 1), "ratusan juta": (10**8, 10**9 - 1), "miliaran": (10**9, 10**10 - 1),
         "tens": (10, 99), "dozens": (12, 99), "hundreds": (100, 999), "thousands": (1000, 9999),
         "millions": (10**6, 10**7 - 1)}
MOST = Decimal(10) ** 20

_MINUS = re.compile(r"^\((.+)\)$|^[-−]\s*(?=[\dr])(.+)$|^(.*\d)-$")
_RUPIAH = re.compile(r"^(?:rp\.?|idr)\s*(?=[\d(−-])|(?<=[\da-z,)])\s*(?:rupiah|idr)$")
# "Rp 450.000,-": no sen.
_NO_SEN = re.compile(r"(?<=\d)\s*,\s*[-–=]+(?=\)?$)")
_BIG_LETTER = re.compile(r"[\d., ]*\d\s*[mtk]")
_SCALED = re.compile(r"([\d., ]*\d)\s*([a-z]+?)(an)?(\s+lebih)?$")
_BETWEEN = re.compile(r"^([\d., ]*\d(?:\s*[a-z]+)?)\s*(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|"
                      r"hingga|to)\s*([\d., ]*\d(?:\s*[a-z]+)?)$")


def read_number(text: str, style: str = "id", mixed: bool = False, rupiah: bool = False) -> Reading:
    """Read a number as Decimal.

    `style` is how the column is declared to be written: id (`1.250` is 1250) or en, the form of machines (1.25).
    `mixed` says that the file writes both ways in this column: then `1.250` is ambiguous. `rupiah` allows Rp.
    Reasons: bad_number, ambiguous_number, wrong_currency. Parts: precision (about, range, expected), low, high.
    """
    if is_nothing(text):
        return NOTHING
    precision, rest = _precision(_NO_SEN.sub("", tidy(text).lower()))
    if vague := _vague(rest):
        return vague
    negative = False
    for _ in range(2):
        if m := _MINUS.match(rest):
            negative, rest = not negative, next(g for g in m.groups() if g is not None).strip()
        bare = _RUPIAH.sub("", rest).strip()
        if bare != rest and not rupiah:
            return refuse("wrong_currency")
        rest = bare
    if m := _BETWEEN.match(rest):
        return refuse("bad_number") if negative or precision not in ("", "about") else _between(m, style, mixed)
    number, about = _scaled(rest, style, mixed)
    if number is None:
        return refuse("ambiguous_number") if _BIG_LETTER.fullmatch(rest) else (
            _in_words(rest, precision) or refuse("bad_number"))
    if number.is_ambiguous:
        return refuse("ambiguous_number", number.style)
    if abs(number.value) >= MOST:
        return refuse("bad_number")
    value = -number.value if negative else number.value
    return _told(value, precision or ("about" if about else ""), number.style)


def _precision(text: str) -> tuple[str, str]:
    for kind, words in (("at least", AT_LEAST), ("at most", AT_MOST), ("about", ABOUT), ("expected", EXPECTED)):
        for word in words:
            if text.startswith(word) and (not word[-1].isalpha() or text[len(word):len(word) + 1] in (" ", "")):
                return kind, text[len(word):].strip()
    return "", text


def _vague(text: str) -> Reading | None:
    """`ratusan`, `ratusan bahkan ribuan`, `hundreds to thousands`."""
    ends = re.split(r"\s+(?:bahkan|sampai|hingga|to|or|atau)\s+", text)
    if len(ends) > 2 or any(end not in VAGUE for end in ends):
        return None
    low, high = VAGUE[ends[0]][0], VAGUE[ends[-1]][1]
    return _range(Decimal(low), Decimal(high), "")


def _between(m: re.Match, style: str, mixed: bool) -> Reading:
    """`10-15 juta`: a scale word at the end holds for both."""
    first, last = m.groups()
    scale = re.search(r"[a-z]+$", last)
    if scale and not re.search(r"[a-z]+$", first):
        first = f"{first} {scale[0]}"
    numbers = [_scaled(end, style, mixed)[0] for end in (first, last)]
    if any(number is None for number in numbers):
        return refuse("bad_number")
    if any(number.is_ambiguous for number in numbers):
        return refuse("ambiguous_number", "either")
    low, high = (number.value for number in numbers)
    return _range(low, high, numbers[0].style) if low < high < MOST else refuse("bad_number")


def _range(low: Decimal, high: Decimal, style: str) -> Reading:
    return Reading(None, parts={"precision": "range", "low": low, "high": high}, needs=("precision", "low", "high"),
                   unplaced="inexact_number", style=style)


def _scaled(text: str, style: str, mixed: bool) -> tuple[Numeral | None, bool]:
    """A numeral with a scale word or none, and whether its ending (`450 jutaan`, `2 juta lebih`) makes it about."""
    if number := read_numeral(text, style, mixed):
        return number, False
    m = _SCALED.fullmatch(text)
    if not m or m[2] not in SCALES:
        return None, False
    # "1.250 juta": 1.25 million to one, 1250 to another.
    number = read_numeral(m[1].strip(), style, mixed=True)
    if number is None or number.is_ambiguous:
        return number, False
    return Numeral(number.value * SCALES[m[2]], number.style), bool(m[3] or m[4])


def _in_words(text: str, precision: str) -> Reading | None:
    """`dua ratus lima puluh ribu`, `1 jt 500 rb`."""
    if len(text) > 200 or not re.fullmatch(r"[a-z ]+|\d+ ?(?:juta|jt) \d+ ?(?:ribu|rb)", text):
        return None
    said = None if {"m", "t", "k"} & set(text.split()) else parse_rupiah(text)
    if said is None or said.amount >= MOST:
        return None
    return _told(Decimal(str(said.amount)), precision or ("about" if said.approximate else ""), "")


def _told(value: Decimal, precision: str, style: str) -> Reading:
    match precision:
        case "":
            return Reading(value, style=style)
        case "at least" | "at most":
            parts = {"precision": "range", "low" if precision == "at least" else "high": value}
            return Reading(value, parts=parts, needs=("precision",), unplaced="inexact_number", style=style)
    return Reading(value, parts={"precision": precision}, needs=("precision",), unplaced="inexact_number", style=style)
