"""Which column of a file is which column of the contract."""

from dataclasses import dataclass

from lumbung.contracts import Contract, contracts
from lumbung.intake import reasons


@dataclass(frozen=True)
class Fit:
    """How a header fits a contract. `columns[i]` is the contract column of field i, "" for one without a title."""

    columns: tuple[str, ...]
    reason_code: str = ""
    reason: str = ""


def fold(title: str) -> str:
    """A title without case, blanks and punctuation."""
    return "".join(c for c in title.casefold() if c.isalnum())


def fit(contract: Contract, titles: list[str]) -> Fit:
    """Map titles to columns; the fit carries a reason code where the file can't be read under this contract."""
    while titles and not fold(titles[-1]):
        titles = titles[:-1]
    known = _known(contract)
    columns = tuple(known.get(fold(title), "") for title in titles)
    unknown = [t for t, c in zip(titles, columns, strict=True) if not c and fold(t)]
    twice = [t for i, (t, c) in enumerate(zip(titles, columns, strict=True)) if c and c in columns[:i]]
    missing = [c.name for c in contract.columns if c.required and c.name not in columns]
    if not titles:
        return Fit(columns, "empty", reasons.of_file("empty"))
    if unknown or twice:
        return Fit(columns, "unknown_columns", reasons.of_file("unknown_columns", " ".join(filter(None, [
            unknown and f"Tidak dikenal: {_listed(unknown)}.", twice and f"Dua kali: {_listed(twice)}.",
            _better_feed(contract, titles)]))))
    if missing:
        titles_of = [_title(contract, name) for name in missing]
        return Fit(columns, "missing_columns", reasons.of_file("missing_columns", " ".join(filter(None, [
            f"Tidak ada: {_listed(titles_of)}.", _better_feed(contract, titles)]))))
    return Fit(columns)


def known_titles(contract: Contract, titles: list[str]) -> int:
    """How many titles the contract knows."""
    known = _known(contract)
    return len({known[fold(t)] for t in titles if fold(t) in known})


def _known(contract: Contract) -> dict[str, str]:
    names = {fold(s): c.name for c in contract.columns for s in c.synonyms}
    return names | {fold(c.name): c.name for c in contract.columns}


def _title(contract: Contract, name: str) -> str:
    column = contract.column(name)
    return column.synonyms[0] if column.synonyms else name


def _better_feed(contract: Contract, titles: list[str]) -> str:
    here = known_titles(contract, titles)
    there = max(contracts().values(), key=lambda c: (known_titles(c, titles), c.feed == contract.feed, c.feed))
    if known_titles(there, titles) <= here:
        return ""
    return f"Kolomnya lebih cocok dengan feed {there.feed}: pindahkan ke inbox/{there.feed}/<instansi>/."


def _listed(titles: list[str]) -> str:
    shown = ", ".join(repr(t[:60]) for t in titles[:8])
    return shown + (f" dan {len(titles) - 8} lainnya" if len(titles) > 8 else "")
