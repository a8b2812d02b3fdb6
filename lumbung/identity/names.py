"""Names of businesses and people as they are written in Indonesia, brought to what they have in common."""

import re
import unicodedata
from dataclasses import dataclass

LEGAL_FORMS = frozenset({"PT", "CV", "UD", "PO", "PD", "FA", "FIRMA", "KOPERASI", "KOP", "KSU", "KUB", "IKM", "UKM",
                         "UMKM", "TBK", "PERSERO", "USAHA", "DAGANG", "TOKO"})
TITLES = frozenset({"IBU", "BU", "BAPAK", "BPK", "PAK", "HAJI", "HAJJAH", "H", "HJ", "NY", "TN", "SDR", "SDRI", "DRS",
                    "DRA", "IR", "SE", "SH", "ST", "SPD"})
ABBREVIATED = {"JY": "JAYA", "MDR": "MANDIRI", "MDRI": "MANDIRI", "BTK": "BATIK", "KRY": "KARYA", "SJHTR": "SEJAHTERA",
               "MKMR": "MAKMUR", "UTM": "UTAMA", "IND": "INDONESIA", "INDO": "INDONESIA",
               "ABD": "ABADI", "MUH": "MUHAMMAD",
               "MOH": "MUHAMMAD", "M": "MUHAMMAD", "MOCH": "MUHAMMAD", "ABDL": "ABDUL", "KERJN": "KERAJINAN",
               "MEBL": "MEBEL", "MEUBEL": "MEBEL", "FURNITURE": "FURNITUR"}
# The spelling before 1972 is alive in names: Soekarno, Djaja, Tjipto.
OLD_SPELLING = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"))


@dataclass(frozen=True)
class Name:
    """What a name is compared by: `key` is its words in the order of the alphabet, `words` each once."""

    key: str | None
    words: tuple[str, ...]


def read_name(text: str | None) -> Name:
    """A name without legal form, title, old spelling and order of words; no key where nothing is left."""
    if not text:
        return Name(None, ())
    plain = unicodedata.normalize("NFKD", text.upper()).encode("ascii", "ignore").decode()
    # "C.V." and "H. Udin": a dot within letters belongs to them, any other mark parts words.
    words = re.findall(r"[A-Z0-9]+", re.sub(r"(?<=[A-Z])\.(?=[A-Z]\b)", "", plain).replace("'", ""))
    kept = [w for w in words if w not in LEGAL_FORMS and w not in TITLES] or [w for w in words if w not in TITLES]
    read = sorted({_modern(ABBREVIATED.get(w, w)) for w in kept})
    return Name(" ".join(read) or None, tuple(read))


def _modern(word: str) -> str:
    for old, new in OLD_SPELLING:
        word = word.replace(old, new)
    return word


def words_of(text: str | None) -> tuple[str, ...]:
    """Words of a product, in the order of the alphabet, without those that say nothing."""
    if not text:
        return ()
    found = re.findall(r"[a-z]{3,}", text.lower())
    return tuple(sorted({w for w in found if w not in {"dan", "dari", "untuk", "atau", "yang", "aneka", "lain"}}))
