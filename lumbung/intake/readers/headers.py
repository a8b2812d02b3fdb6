"""Which column of a file is which column of the contract."""

from dataclasses import dataclass

from lumbung.contracts import Contract, contracts
from lumbung.contracts.titles import fold
from lumbung.intake import reasons


@dataclass(frozen=True)
class Fit:
    """How a header fits a contract. `columns[i]` is the contract column of field i, "" for one without a title."""

    columns: tuple[str, ...]
    reason_code: str = ""
    reason: str = ""


def fit(contract: Contract, titles: list[str]) -> Fit:
    """Map titles to columns; the fit carries a reason code where the file can't be read under this contract."""
    while titles and not fold(titles[-1]):
        titles = titles[:-1]
    known = titles_of(contract)
    columns = tuple(known.get(fold(title), "") for title in titles)
    unknown = [t for t, c in zip(titles, columns, strict=True) if not c and fold(t)]
    twice = [t for i, (t, c) in enumerate(zip(titles, columns, strict=True)) if c and c in columns[:i]]
    missing = [name for name in contract.needed if name not in columns and name not in contract.constants]
    if not titles:
        return Fit(columns, "empty", reasons.of_file("empty"))
    if unknown or twice:
        return Fit(columns, "unknown_columns", reasons.of_file("unknown_columns", " ".join(filter(None, [
            unknown and f"Tidak dikenal: {_listed(unknown)}.", twice and f"Dua kali: {_listed(twice)}.",
            _better_feed(contract, titles)]))))
    if missing == [contract.edition_column] and not _better_feed(contract, titles):
        return Fit(columns, "as_of_missing", reasons.of_file("as_of_missing", (
            f"Tidak ada kolom {_listed([_title(contract, missing[0])])}; petugas memberikannya dengan "
            "`lumbung loads release ID --as-of TTTT-BB-HH`.")))
    if missing:
        lacking = [_title(contract, name) for name in missing]
        return Fit(columns, "missing_columns", reasons.of_file("missing_columns", " ".join(filter(None, [
            f"Tidak ada: {_listed(lacking)}.", _better_feed(contract, titles)]))))
    return Fit(columns)


def known_titles(contract: Contract, titles: list[str]) -> int:
    """How many titles the contract knows."""
    known = titles_of(contract)
    return len({known[fold(t)] for t in titles if fold(t) in known})


def titles_of(contract: Contract) -> dict[str, str]:
    """Folded title -> column, for every title that the contract knows."""
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


def masked(title: str) -> str:
    """A title as it may be shown: a file without a header has a person's numbers and addresses in its place."""
    bare = title.strip()
    return f"{bare[0]}…{bare[-1]}" if "@" in bare or sum(c.isdigit() for c in bare) >= 6 else title


def _listed(titles: list[str]) -> str:
    shown = ", ".join(repr(masked(t)[:60]) for t in titles[:8])
    return shown + (f" dan {len(titles) - 8} lainnya" if len(titles) > 8 else "")
