"""Kota, kabupaten and provinces by Kemendagri code or by name. A name that could be two places is never guessed."""

import functools
import re
from collections import defaultdict

from lokal import PROVINCES, wilayah

from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.intake.values.names import key_of
from lumbung.intake.values.reading import NOTHING, Reading, refuse

PROVINCES_ALSO = {
    "Jabar": "32", "Jateng": "33", "Jatim": "35", "DIY": "34", "DI Yogyakarta": "34", "D.I. Yogyakarta": "34",
    "Jogja": "34", "Yogyakarta": "34", "DKI": "31", "DKI Jakarta": "31", "Jakarta": "31", "NTB": "52", "NTT": "53",
    "Sumut": "12", "Sumbar": "13", "Sumsel": "16", "Kalbar": "61", "Kalteng": "62", "Kalsel": "63", "Kaltim": "64",
    "Kaltara": "65", "Sulut": "71", "Sulteng": "72", "Sulsel": "73", "Sultra": "74", "Sulbar": "76", "Malut": "82",
    "Babel": "19", "Bangka Belitung": "19", "Kepri": "21", "NAD": "11", "Nanggroe Aceh Darussalam": "11",
    "Special Region of Yogyakarta": "34", "Yogyakarta Special Region": "34", "Jakarta Special Capital Region": "31",
    "Special Capital Region of Jakarta": "31", "Bangka Belitung Islands": "19", "Riau Islands": "21"}
# English names of places that a point of the compass is part of: where it stands, Indonesian has it behind the name.
_COMPASS = {"north": "utara", "south": "selatan", "east": "timur", "west": "barat", "central": "tengah",
            "southeast": "tenggara", "southwest": "barat daya", "highland": "pegunungan"}
_ENGLISH = {"java": "jawa", "sumatra": "sumatera", "moluccas": "maluku", "celebes": "sulawesi"}
_ENGLISH_KINDS = {"city": "kota", "municipality": "kota", "regency": "kabupaten", "province": "provinsi",
                  "district": "kecamatan"}
_ENGLISH_KIND = re.compile(rf"^(?:the\s+)?(?:({'|'.join(_ENGLISH_KINDS)})\s+of\s+(\S.*)|"
                           rf"(\S.*?)\s+({'|'.join(_ENGLISH_KINDS)}))$", re.IGNORECASE)
# Codes of before 2022 and 2023, when Papua and Papua Barat were divided: older files carry them.
FORMER = frozenset(
    [f"91.{n:02d}" for n in (1, 2, 4, 7, 8, 9, 12, 13, 14, 16, 17, 18, *range(21, 29))]
    + [f"92.{n:02d}" for n in (1, 4, 5, 9, 10, 71)])
# Provinces divided since 2012, by what they were part of: older files name that one.
DIVIDED = {"65": "64", "93": "91", "94": "91", "95": "91", "96": "92"}
_KIND = re.compile(r"^(kota(?:madya)?|kab(?:upaten)?|prov(?:insi)?|kec(?:amatan)?|kel(?:urahan)?|desa|distrik)"
                   r"(?:\.\s*|\s+)(?:adm(?:inistrasi)?(?:\.\s*|\s+))?(?=\S)", re.IGNORECASE)
_KINDS = {"kot": "kota", "kab": "kabupaten", "pro": "provinsi", "kec": "kecamatan", "dis": "kecamatan"}
_KIND_BEHIND = re.compile(r"^(.*\S)[\s,]*\(?\b(kota|kab|kabupaten)\.?\)?$", re.IGNORECASE)
_CODE = r"\d{2}(?:\.?\d{2})?"
_CODE_AND_NAME = re.compile(rf"^({_CODE})\s*[-–:/ ]\s*(\D.*)$|^(\D.*?)\s*\(({_CODE})\)$")


def read_region(text: str, context: str = "", region_list: str = "kemendagri") -> Reading:
    """Read a kota, kabupaten or province as code (`32.76`, `32`); `basis` says by what: code or name.

    `context` is what else the row says of the place: a province, a kabupaten, a district; several with `|` between.
    In the list `bps` codes have no dot (`3276`) and names are refused, for the names here lead to Kemendagri's codes.
    Reasons: unknown_region, ambiguous_region, wrong_region_list.
    """
    if is_nothing(text):
        return NOTHING
    place = tidy(text)
    if region_list == "bps":
        if re.fullmatch(r"\d{2}(\d{2})?", place):
            return Reading(place, parts={"basis": "code"})
        return refuse("wrong_region_list" if re.fullmatch(r"\d{2}\.\d{2}", place) else "unknown_region")
    if re.fullmatch(_CODE, place):
        code = _dotted(place)
        return Reading(code, parts={"basis": "code"}) if code in known_codes() else refuse("unknown_region")
    if m := _CODE_AND_NAME.fullmatch(place):
        code, name = (_dotted(m[1]), m[2]) if m[1] else (_dotted(m[4]), m[3])
        if code not in known_codes():
            return refuse("unknown_region")
        return Reading(code, parts={"basis": "code"}) if code in _candidates(name) else refuse("ambiguous_region")
    return _named(place, context)


@functools.cache
def known_codes() -> frozenset[str]:
    """Every code of a province, kota or kabupaten: those of the 2025 decree, and the former ones."""
    provinces = sorted(PROVINCES)
    cities = (f"{province}.{number:02d}" for province in provinces for number in range(1, 100))
    return FORMER | {code for code in (*provinces, *cities) if wilayah.wilayah_name(code)}


def _named(place: str, context: str) -> Reading:
    parts = [part.strip() for part in re.split(r"[,|]", place) if part.strip()]
    whole, around = parts[0] if parts else "", [*parts[1:], *filter(None, map(str.strip, context.split("|")))]
    if len(parts) == 2 and re.fullmatch(r"kota|kab(upaten)?\.?", parts[1], re.IGNORECASE):
        whole, around = f"{parts[1]} {parts[0]}", around[1:]
    found = _candidates(whole)
    if not found:
        return refuse("unknown_region")
    for hint in around:
        within = _places(hint)
        near = {code for code in found if any(_together(code, place) for place in within)}
        # A province or city where none of these lies contradicts the name. A district does not: they are too often
        # new, or a village in the wrong cell that is called like a district elsewhere.
        if near or any(len(place) <= len("32.76") for place in within):
            found = near
    if not found:
        return refuse("ambiguous_region")
    # A district alone names no kota or kabupaten of its own: where it is, is the answer only if there is one.
    cities = {code[:5] for code in found}
    if len(cities) > 1:
        return refuse("ambiguous_region")
    return Reading(cities.pop(), parts={"basis": "name"})


def _candidates(name: str) -> set[str]:
    """Codes of the places a name may mean: provinces, kota and kabupaten, and districts of the same bare name."""
    found = _called(name)
    if not found and (m := _KIND_BEHIND.fullmatch(name)):
        found = _called(f"{m[2]} {m[1]}")
    if not found and (indonesian := _from_english(name)):
        found = _called(indonesian)
    return found


def _from_english(name: str) -> str:
    """A place as Indonesian calls it: `West Bandung Regency` is kabupaten Bandung Barat. Empty for no English name."""
    kind, bare = "", name
    if m := _ENGLISH_KIND.fullmatch(name):
        kind, bare = _ENGLISH_KINDS[(m[1] or m[4]).lower()], m[2] or m[3]
    first, *others = bare.split() or [""]
    words = [*others, _COMPASS[first.lower()]] if others and first.lower() in _COMPASS else [first, *others]
    words = [_ENGLISH.get(word.lower(), word) for word in words]
    return "" if not kind and words == bare.split() else " ".join(filter(None, [kind, *words]))


def _called(name: str) -> set[str]:
    kind, bare = "", name
    if m := _KIND.match(name):
        kind, bare = m[1].lower()[:3], name[m.end():]
    if kind in ("kel", "des"):
        return set()
    of_kind = _KINDS.get(kind)
    if of_kind:
        if found := _index()[of_kind].get(key_of(bare)):
            return set(found)
        if kind != "kot":
            return set()
        name, bare = name, name                       # "Kota Baru" for Kotabaru
    key = key_of(bare)
    provinces = _index()["provinsi"].get(key, frozenset())
    cities = _index()["kota"].get(key, frozenset()) | _index()["kabupaten"].get(key, frozenset())
    if provinces:
        return set(provinces | cities)
    districts = _index()["kecamatan"].get(key, frozenset())
    return set(cities | districts) if cities else set()


def _places(hint: str) -> set[str]:
    """Every place, districts too, a word of context may mean."""
    hint = _from_english(hint) or hint
    m = _KIND.match(hint)
    bare = hint[m.end():] if m else hint
    if re.fullmatch(_CODE, hint):
        return {_dotted(hint)}
    kind = _KINDS.get(m[1].lower()[:3]) if m else None
    kinds = [_index()[kind]] if kind else _index().values()
    return set().union(*(names.get(key_of(bare), frozenset()) for names in kinds))


def _together(one: str, other: str) -> bool:
    """Whether one place lies in the other, or lay there before its province was divided."""
    return (one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
            or DIVIDED.get(one[:2]) == other or DIVIDED.get(other[:2]) == one)


def _dotted(code: str) -> str:
    return f"{code[:2]}.{code[2:]}" if len(code) == 4 else code


@functools.cache
def _index() -> dict[str, dict[str, frozenset[str]]]:
    """Kind of region -> key of its bare name -> codes."""
    found: dict[str, dict[str, set[str]]] = {
        kind: defaultdict(set) for kind in ("provinsi", "kota", "kabupaten", "kecamatan")}
    for province in wilayah.list_wilayah():
        found["provinsi"][key_of(province.name)].add(province.code)
        for city in wilayah.list_wilayah(province.code):
            found[city.type][key_of(_KIND.sub("", city.name, count=1))].add(city.code)
            for district in wilayah.list_wilayah(city.code):
                found["kecamatan"][key_of(district.name)].add(district.code)
    for name, code in PROVINCES_ALSO.items():
        found["provinsi"][key_of(name)].add(code)
    return {kind: {key: frozenset(codes) for key, codes in names.items()} for kind, names in found.items()}
