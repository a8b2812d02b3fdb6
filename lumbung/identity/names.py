"""Names of businesses and people as they are written in Indonesia, brought to what they have in common."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LEGAL_FORMS = frozenset({"PT", "CV", "UD", "PO", "PD", "FA", "FIRMA", "KOPERASI", "KOP", "KSU", "KUB", "IKM", "UKM",
                         "UMKM", "TBK", "PERSERO", "USAHA", "DAGANG", "TOKO"})
TITLES = frozenset({"IBU", "BU", "BAPAK", "BPK", "PAK", "HAJI", "HAJJAH", "H", "HJ", "NY", "TN", "SDR", "SDRI", "DRS",
                    "DRA", "IR", "SE", "SH", "ST", "SPD"})
# Short for more than their vowels; others are found among the common words.
ABBREVIATED = {"INDO": "INDONESIA", "MUH": "MUHAMMAD", "MOH": "MUHAMMAD", "MOCH": "MUHAMMAD", "MHD": "MUHAMMAD",
               "MEUBEL": "MEBEL", "FURNITURE": "FURNITUR"}
# The spelling before 1972 is alive in names: Soekarno, Djaja, Tjipto.
VOWELS, NO_VOWELS = frozenset("AIUEO"), str.maketrans("", "", "AIUEO")
OLD_SPELLING = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"))


@dataclass(frozen=True)
class Name:
    """What a name is compared by: `key` is its words in the order of the alphabet, `words` each once."""

    key: str | None
    words: tuple[str, ...]


def read_name(text: str | None, known: Mapping[str, float]) -> Name:
    """A name without legal form, title, old spelling, abbreviation and order of words; no key where nothing is left.

    `known` are common words and their shares: a word without vowels is taken for the one it is short for.
    """
    if not text:
        return Name(None, ())
    plain = unicodedata.normalize("NFKD", text.upper()).encode("ascii", "ignore").decode()
    # "C.V." and "H. Udin": a dot within letters belongs to them, any other mark parts words.
    words = re.findall(r"[A-Z0-9]+", re.sub(r"(?<=[A-Z])\.(?=[A-Z]\b)", "", plain).replace("'", ""))
    kept = [w for w in words if w not in LEGAL_FORMS and w not in TITLES] or [w for w in words if w not in TITLES]
    read = sorted({_written_out(w, known) for w in kept})
    return Name(" ".join(read) or None, tuple(read))


def one_letter_off(word: str) -> tuple[str, ...]:
    """Keys of a word: two words that differ by a letter lost, added, changed or swapped with the next share one."""
    return tuple(dict.fromkeys((word, *(word[:place] + word[place + 1:] for place in range(len(word))))))


def _written_out(word: str, known: Mapping[str, float]) -> str:
    if word in ABBREVIATED:
        return ABBREVIATED[word]
    if set(word[1:]) & VOWELS or word[0].isdigit():
        for old, new in OLD_SPELLING:
            word = word.replace(old, new)
        return word
    # Of several the one with least left out, then the most common.
    fits = [(len(other.translate(NO_VOWELS)), -share, other) for other, share in known.items()
            if other[0] == word[0] and set(other[1:]) & VOWELS and _is_within(word, other)]
    return min(fits)[2] if fits else word


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return len(short) > 1 and all(letter in letters for letter in short)


def words_of(text: str | None) -> tuple[str, ...]:
    """Words of a product, in the order of the alphabet, without those that say nothing."""
    if not text:
        return ()
    found = re.findall(r"[a-z]{3,}", text.lower())
    return tuple(sorted({w for w in found if w not in {"dan", "dari", "untuk", "atau", "yang", "aneka", "lain"}}))
