"""A person as asked for: by numbers, phone, e-mail or name, in every way these are written."""

import re
from dataclasses import dataclass, field

import lokal

from lumbung.errors import UsageError
from lumbung.privacy import keys

GONE = "[dihapus]"
# Between the digits of a number: 01.234.567.8-901.234, 0812 3456, (0812) 345-678.
GAP = r"[ .()\-\x{00A0}]{0,2}"
BETWEEN_WORDS = r'[^\p{L}\p{N}"\\{}:\[\]]{1,3}'
DIGITS = {"npwp": (15, 16), "nik": (16,), "nib": (13,)}


@dataclass(frozen=True)
class Person:
    """Identifiers of one person; any of them tells a row. Raises UsageError for one that can't be right."""

    npwp: tuple[str, ...] = ()
    nik: tuple[str, ...] = ()
    nib: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    cores: tuple[tuple[str, str], ...] = field(init=False, repr=False)

    def __post_init__(self):
        cores = [(kind, _number(kind, text)) for kind in DIGITS for text in getattr(self, kind)]
        cores += [("phone", _phone(text)) for text in self.phone]
        cores += [("email", _email(text)) for text in self.email]
        cores += [("name", _name(text)) for text in self.name]
        if not cores:
            raise UsageError("Nobody was named.", todo="Give --npwp, --nik, --nib, --phone, --email or --name.")
        object.__setattr__(self, "cores", tuple(cores))

    @property
    def sql(self) -> str:
        """A pattern for DuckDB's regexp_matches (RE2), found anywhere in a text, in any case of letters."""
        return "(?i)" + "|".join(f"(?:^|{_outside(kind)}){core}(?:{_outside(kind)}|$)" for kind, core in self.cores)

    @property
    def python(self) -> re.Pattern:
        """The same for Python; matches the identifier alone, without its neighbours."""
        return _python(self.cores, strict=False)

    @property
    def in_system_files(self) -> re.Pattern:
        """For files full of hashes: digits that touch a letter are no number of a person."""
        return _python(self.cores, strict=True)

    @property
    def fingerprints(self) -> list[dict[str, str]]:
        """Kind and HMAC of each identifier: what a tombstone may keep."""
        key = keys.own_key() or keys.DEMO_KEY
        return [{"kind": kind, "hmac": keys.party_key(key, f"{kind}:{text}")}
                for kind in FORMS
                for text in map(FORMS[kind], getattr(self, kind))]


def _number(kind: str, text: str) -> str:
    digits = _digits(text)
    if len(digits) not in DIGITS[kind] or set(text) - set("0123456789 .-"):
        raise UsageError(f"Not a {kind.upper()}: it needs {' or '.join(map(str, DIGITS[kind]))} digits.",
                         todo=f"Check what was given as --{kind}.")
    # A tax number of 16 digits may be followed by the six of a branch; zeros in front get lost in spreadsheets.
    branch = f"(?:{GAP}[0-9]{{6}})?" if kind != "nib" else ""
    return _as_written(_significant(text)) + branch


def _phone(text: str) -> str:
    own = _own_phone(text)
    if not 7 <= len(own) <= 13:
        raise UsageError("Not a phone number.", todo="Check what was given as --phone.")
    return rf"(?:(?:\+?{GAP}6{GAP}2{GAP}|0{GAP})?{_as_written(own)}|{_scientific('62' + own)})"


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text.strip()):
        raise UsageError("Not an e-mail address.", todo="Check what was given as --email.")
    return re.escape(text.strip())


def _name(text: str) -> str:
    words = re.findall(r"[^\W_]+", text)
    if len("".join(words)) < 4:
        raise UsageError("A name of fewer than four letters would be found in too many rows.",
                         todo="Give the full name, or a number.")
    return BETWEEN_WORDS.join(map(re.escape, words))


def _as_written(digits: str) -> str:
    """A pattern of a number with its separators, lost zeros, or as a spreadsheet writes big ones (8.52e+010)."""
    return rf"(?:0{GAP})*(?:{GAP.join(digits)}(?:\.0+)?|{_scientific(digits)})"


def _scientific(digits: str) -> str:
    return rf"{digits[0]}[.,]{digits[1:].rstrip('0')}0*e\+?0*{len(digits) - 1}"


def _outside(kind: str, strict: bool = False) -> str:
    if kind in ("name", "email"):
        return r"[^\p{L}\p{N}]"
    return "[^0-9A-Za-z]" if strict else "[^0-9]"


def _python(cores: tuple[tuple[str, str], ...], strict: bool) -> re.Pattern:
    parts = []
    for kind, core in cores:
        inside = r"[^\W_]" if kind in ("name", "email") else "[0-9A-Za-z]" if strict else "[0-9]"
        parts.append(f"(?<!{inside}){core}(?!{inside})")
    text = "|".join(parts).replace(r"[^\p{L}\p{N}", r"[^\w").replace(r"\x{00A0}", "\u00a0")
    return re.compile(text, re.IGNORECASE)


def _own_phone(text: str) -> str:
    """The digits after 62 or 0. Numbers that lokal-id holds for impossible were in files all the same."""
    return _digits(lokal.normalize_phone(text) or text).removeprefix("62").lstrip("0")


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _significant(text: str) -> str:
    return _digits(text).lstrip("0")


def _plain(text: str) -> str:
    return " ".join(text.upper().split())


# How an identifier is written before it is hashed, so that all its ways of writing give one fingerprint.
FORMS = {"npwp": _significant, "nik": _significant, "nib": _significant, "phone": _own_phone, "email": _plain,
         "name": _plain}
