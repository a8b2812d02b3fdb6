"""Countries by ISO 3166 code or by Indonesian or English name."""

import functools
import re

import pycountry
from babel import Locale

from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.intake.values.names import key_of
from lumbung.intake.values.reading import NOTHING, Reading, refuse

# Names that no list carries and that mean one country.
ALSO = {
    "Perancis": "FR", "Inggris": "GB", "Inggris Raya": "GB", "Britania Raya": "GB", "UK": "GB", "England": "GB",
    "Great Britain": "GB", "USA": "US", "Amerika Serikat": "US", "Pantai Gading": "CI", "Ivory Coast": "CI",
    "Hongkong": "HK", "Cina": "CN", "China": "CN", "RRC": "CN", "RRT": "CN", "Tiongkok": "CN", "Taiwan": "TW",
    "Arab Saudi": "SA", "Saudi Arabia": "SA", "Saudi": "SA", "UEA": "AE", "UAE": "AE", "Uni Emirat Arab": "AE",
    "Persatuan Emirat Arab": "AE", "Belanda": "NL", "Holland": "NL", "Korea Selatan": "KR", "South Korea": "KR",
    "Korea Utara": "KP", "North Korea": "KP", "Rusia": "RU", "Vietnam": "VN", "Viet Nam": "VN", "Swis": "CH",
    "Swiss": "CH", "Ceko": "CZ", "Republik Ceko": "CZ", "Selandia Baru": "NZ", "Timor Leste": "TL",
    "Timor Timur": "TL", "Papua Nugini": "PG", "PNG": "PG", "Brunei": "BN", "Brunei Darussalam": "BN", "Laos": "LA",
    "Burma": "MM", "Myanmar": "MM", "Kamboja": "KH", "Pilipina": "PH", "Filipina": "PH", "Mesir": "EG",
    "Yordania": "JO", "Jordania": "JO", "Turki": "TR", "Turkey": "TR", "Yunani": "GR", "Hongaria": "HU",
    "Hungaria": "HU", "Polandia": "PL", "Swedia": "SE", "Norwegia": "NO", "Spanyol": "ES", "Portugis": "PT",
    "Afrika Selatan": "ZA", "Srilanka": "LK", "Iran": "IR", "Irak": "IQ", "Suriah": "SY", "Siria": "SY",
    "Maroko": "MA", "Aljazair": "DZ", "Kepulauan Solomon": "SB", "Makau": "MO", "Macao": "MO", "Palestina": "PS",
    "Makedonia": "MK", "Australi": "AU", "Republik Rakyat Tiongkok": "CN", "Republik Rakyat Cina": "CN",
    "Swaziland": "SZ",
}
# What people say for one country although the word says less; told by `basis` assumed.
ASSUMED = {"Korea": "KR", "Amerika": "US", "America": "US", "Emirat Arab": "AE", "Dubai": "AE", "Siprus Selatan": "CY"}
# Words for more than one country, or for none.
SEVERAL = {"Kongo", "Congo", "Eropa", "Europe", "Uni Eropa", "EU", "Timur Tengah", "Middle East", "ASEAN", "Afrika",
           "Asia", "Irlandia Raya", "Yugoslavia", "Kepulauan Virgin", "Virgin Islands", "Samoa Raya",
           # Taiwan by its own name, and mainland China by a slip.
           "Republic of China", "Rep. of China", "Republik Cina", "Republik China", "Republik Tiongkok"}
_DECORATION = re.compile(r"^(?:negara|republik|republic of|rep\. of|the|kerajaan)\s+|\s*\(?[A-Z]{2}\)$", re.IGNORECASE)


def read_country(text: str) -> Reading:
    """Read a country as ISO alpha-2; `basis` says by what: code, name, or assumed (`Korea` for the south).

    Reasons: unknown_country, ambiguous_country (`Kongo`).
    """
    if is_nothing(text):
        return NOTHING
    name = tidy(text)
    if re.fullmatch(r"[A-Za-z]{2,3}", name) and (code := _codes().get(name.upper())):
        return Reading(code, parts={"basis": "code"})
    if (m := re.fullmatch(r"([A-Za-z]{2,3})\s*[-–:/]\s*(.+)|(.+?)\s*\(([A-Za-z]{2,3})\)", name)):
        code, rest = (m[1], m[2]) if m[1] else (m[4], m[3])
        by_name = _named(rest)
        if by_name.value:
            return by_name if _codes().get(code.upper()) == by_name.value else refuse("ambiguous_country")
    return _named(name)


@functools.cache
def country_codes() -> tuple[str, ...]:
    """All alpha-2 codes, sorted."""
    return tuple(sorted(c.alpha_2 for c in pycountry.countries))


def _named(name: str) -> Reading:
    for key in dict.fromkeys((key_of(name), key_of(_DECORATION.sub("", name)))):
        if key in _several():
            return refuse("ambiguous_country")
        if code := _names().get(key):
            return Reading(code, parts={"basis": "name"})
        if code := _assumed().get(key):
            return Reading(code, parts={"basis": "assumed"})
    return refuse("unknown_country")


@functools.cache
def _codes() -> dict[str, str]:
    return {code: c.alpha_2 for c in pycountry.countries for code in (c.alpha_2, c.alpha_3)}


@functools.cache
def _all_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for c in pycountry.countries:
        for name in (c.name, getattr(c, "common_name", ""), getattr(c, "official_name", "")):
            found.setdefault(key_of(name), set()).add(c.alpha_2)
            if ", " in name:
                found.setdefault(key_of(" ".join(reversed(name.split(", ", 1)))), set()).add(c.alpha_2)
    for language in ("id", "en"):
        for code, name in Locale(language).territories.items():
            if code in country_codes():
                found.setdefault(key_of(name), set()).add(code)
    for name, code in ALSO.items():
        found[key_of(name)] = {code}
    found.pop("", None)
    return {key: frozenset(codes) for key, codes in found.items()}


@functools.cache
def _names() -> dict[str, str]:
    return {key: next(iter(codes)) for key, codes in _all_names().items() if len(codes) == 1}


@functools.cache
def _several() -> frozenset[str]:
    listed = {key for key, codes in _all_names().items() if len(codes) > 1}
    return frozenset(listed | {key_of(name) for name in SEVERAL})


@functools.cache
def _assumed() -> dict[str, str]:
    return {key_of(name): code for name, code in ASSUMED.items()}
