"""The key of the pseudonyms. It comes from the environment and is never written anywhere."""

import base64
import hmac
import os
import re

from lumbung.errors import LumbungError
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

KEY_VARIABLE = "LUMBUNG_KEY"
VERSION_VARIABLE = "LUMBUNG_KEY_VERSION"
LEAST = 32
LENGTH = 22
# Public on purpose: it serves made-up data only, and the same sample gives the same keys everywhere.
DEMO_KEY = "lumbung-demo-key-for-made-up-data-only"
HOW_TO_MAKE = (f"Put at least {LEAST} random characters into {KEY_VARIABLE}, e.g. the output of "
               "`python -c \"import secrets; print(secrets.token_urlsafe(48))\"`, and keep it: "
               "another key gives other pseudonyms.")
CHECKED_TEXT = "lumbung: is this the same key?"


def own_key() -> str | None:
    """The key of this office, None where there is none. Raises LumbungError when it is too short."""
    key = os.environ.get(KEY_VARIABLE, "")
    if key and len(key) < LEAST:
        raise LumbungError(f"{KEY_VARIABLE} has {len(key)} characters; {LEAST} is the least.",
                           where="environment", todo="Use a longer random key, or none for made-up data.")
    return key or None


def is_demo() -> bool:
    """Whether pseudonyms are made with the key that everybody knows."""
    return own_key() is None


def version() -> str:
    """The version of the key as it begins every party key: `p1`. Raises LumbungError when it is no number."""
    text = os.environ.get(VERSION_VARIABLE) or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise LumbungError(f"{VERSION_VARIABLE} is {text!r}; it must be a whole number from 1 to 9999.",
                           where="environment", todo=f"Leave {VERSION_VARIABLE} out, or count it up with each new key.")
    return f"p{text}"


def party_key(key: str, text: str) -> str:
    """The pseudonym of `<kind>:<identifier>`: key version and 110 bits of HMAC-SHA256 in base32."""
    digest = hmac.digest(key.encode(), text.encode(), "sha256")
    return f"{version()}_{base64.b32encode(digest).decode().lower()[:LENGTH]}"


def require_same(home: Home) -> None:
    """Make sure the key is the one this home began with, as far as there is a key at all.

    A changed key under an unchanged version would split every business in two without a word. What is kept to tell
    (`identity/keys/p1`) is an HMAC of a fixed text, from which the key can't be had. Raises LumbungError.
    """
    key = own_key()
    if key is None:
        return
    known = home.identity / "keys" / version()
    mark = party_key(key, CHECKED_TEXT)
    if not known.is_file():
        write_text(known, mark + "\n")
    elif known.read_text(encoding="utf-8").strip() != mark:
        raise LumbungError(f"{KEY_VARIABLE} is not the key that version {version()[1:]} began with.", where=str(known),
                           todo=f"Put the old key back, or set {VERSION_VARIABLE} to a new number and read the "
                                "landed files again, so that all pseudonyms are of one key.")
