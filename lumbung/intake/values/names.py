"""Names compared: without case, accents, punctuation and blanks."""

import re
import unicodedata


def key_of(name: str) -> str:
    """`Hong Kong`, `Hongkong` and `HONG-KONG` have one key."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in letters if not unicodedata.combining(c)))
