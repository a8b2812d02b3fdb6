"""A difference on a terminal, and as data."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbung.diff.cents import NOTHING, Cents, total
from lumbung.diff.explaining import Cause, CityChange, Difference
from lumbung.diff.lineages import Lineage
from lumbung.diff.lists import CityRow, StoredList
from lumbung.errors import LumbungError

SHOWN_DOCUMENTS = 20
NAMES = {"code": "code", "identity": "identity decisions", "allocation": "allocation", "rates": "exchange rates",
         "regions": "regions", "window": "window", "rule": "rule"}
KIND = {"peb": "PEB", "ska": "SKA"}
AMOUNTS = ("base", "current")


def print_difference(found: Difference, console: Console, city: str | None = None) -> None:
    """Print which cities moved and why; of `city` alone, where it is given."""
    chosen = chosen_cities(found, city)
    console.print(Text(f"Ranking {found.asked.province}, {found.asked.year}, {KIND[found.asked.basis]}, rule "
                       f"{found.asked.rule}: release {found.before.release_id} → {found.after.release_id}"
                       + (" · DATA BUATAN" if found.after.is_synthetic else ""), style="bold"))
    for name, one in (("A", found.before), ("B", found.after)):
        console.print(Text(f"{name}: rule v{one.rule['rule_version']}, months compared {_months(one)}", style="dim"))
    if not found.code_measured:
        console.print(Text(f"What code changed in documents is not told apart ({' → '.join(found.code_versions)}): it "
                           "stands under documents.", style="yellow"))
    if not chosen:
        console.print("No city moved.")
    for change in chosen:
        _print_city(found, change, console)


def _print_city(found: Difference, change: CityChange, console: Console) -> None:
    old, new = change.before, change.after
    console.print()
    console.print(Text.assemble((f"{change.row.region_code} {change.row.region_name}", "bold"),
                                f": rank {_rank(old)} → {_rank(new)}, growth {_growth(old)} → {_growth(new)}"))
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    table.add_column("US$")
    for title in ("base", "current", "interaction base", "interaction current"):
        table.add_column(title, justify="right", no_wrap=True)
    before, after = _usd(old), _usd(new)
    table.add_row("A", _plain(before[0]), _plain(before[1]), "", "")
    for cause in change.causes:
        table.add_row(label(cause), *map(signed, (*cause.cents, *cause.interaction)))
    table.add_row("total change", *map(signed, _total(change)), "", "", style="bold")
    table.add_row("B", _plain(after[0]), _plain(after[1]), "", "")
    console.print(table)
    console.print(Text("rank: " + _path(change), style="dim"))
    for lineage, cents in change.lineages[:SHOWN_DOCUMENTS]:
        console.print(Text(f"  {_named(found, lineage)} {lineage.cause}: {_both(cents)}"), soft_wrap=True)
    if rest := change.lineages[SHOWN_DOCUMENTS:]:
        together = _both(total(cents for _, cents in rest))
        console.print(Text(f"  {len(rest):,} more documents: {together} (--json has all)"))


def as_json(found: Difference, city: str | None = None) -> dict:
    """The same as plain values. Amounts are dollars as text with both cents, so that they add up exactly."""
    return {
        "release_a": found.before.release_id, "release_b": found.after.release_id, "basis": found.asked.basis,
        "province_code": found.asked.province, "year": found.asked.year, "rule_name": found.asked.rule,
        "is_synthetic": found.after.is_synthetic, "code_measured": found.code_measured,
        "months_a": [f"{month:%Y-%m}" for month in found.before.months],
        "months_b": [f"{month:%Y-%m}" for month in found.after.months],
        "cities": [_city_json(change) for change in chosen_cities(found, city)]}


def chosen_cities(found: Difference, city: str | None) -> list[CityChange]:
    """The cities to tell of: those that moved, or the one asked for. LumbungError where it is in neither list."""
    if city is None:
        return [change for change in found.cities if change.moved]
    chosen = [change for change in found.cities if change.row.region_code == city]
    if not chosen:
        codes = ", ".join(sorted(change.row.region_code for change in found.cities))
        raise LumbungError(f"There is no city {city} in these lists.", where=f"province {found.asked.province}",
                           todo=f"Choose one of: {codes}.")
    return chosen


def label(cause: Cause) -> str:
    """What a cause is called for people."""
    return f"documents, {cause.document_cause}" if cause.document_cause else NAMES[cause.step]


def _total(change: CityChange) -> Cents:
    """The sum of a city's causes. Raises LumbungError where it is not the change."""
    found = total(cause.cents for cause in change.causes)
    if found != change.cents:
        raise LumbungError(f"The causes of {change.row.region_code} do not add up: {found} cents of {change.cents}.",
                           where=change.row.region_code, todo="Report it.")
    return found


def signed(cents: int) -> str:
    """Cents as dollars with their sign; nothing as a dash."""
    return f"{'+' if cents > 0 else '-'}{_plain(abs(cents))}" if cents else "–"


def _city_json(change: CityChange) -> dict:
    whole = _total(change)
    return {
        "region_code": change.row.region_code, "region_name": change.row.region_name,
        **_row_json("a", change.before), **_row_json("b", change.after),
        "rank_path": [{"after": step, "rank": rank} for step, rank in change.rank_path],
        "causes": [{"step": cause.step, "cause": cause.name, **_amounts(cause.cents),
                    **_amounts(cause.reverse_cents, "reverse_"), **_amounts(cause.interaction, "interaction_")}
                   for cause in change.causes],
        **_amounts(whole, "change_"),
        "documents": [{"documents": list(lineage.changed), "lineage": list(lineage.documents), "cause": lineage.cause,
                       **_amounts(cents)}
                      for lineage, cents in change.lineages]}


def _row_json(side: str, row: CityRow | None) -> dict:
    return {f"rank_{side}": row and row.rank, **_amounts(_usd(row), suffix=f"_{side}"),
            f"growth_pct_{side}": row and row.growth_pct}


def _amounts(cents: Cents, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {f"{prefix}{name}_usd{suffix}": _exact(value) for name, value in zip(AMOUNTS, cents, strict=True)}


def _exact(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _plain(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


def _both(cents: Cents) -> str:
    return ", ".join(f"{signed(value)} {name}" for name, value in zip(AMOUNTS, cents, strict=True) if value)


def _named(found: Difference, lineage: Lineage) -> str:
    others = len(lineage.documents) - len(lineage.changed)
    more = f" (of {len(lineage.documents)} documents that replace each other)" if others else ""
    return f"{KIND[found.asked.basis]} {', '.join(lineage.changed)}{more}"


def _usd(row) -> Cents:
    return (int(row.base_usd * 100), int(row.current_usd * 100)) if row else NOTHING


def _rank(row) -> str:
    return "not in the list" if row is None else str(row.rank) if row.rank else f"– ({row.unranked_reason})"


def _growth(row) -> str:
    return "–" if row is None or row.growth_pct is None else f"{row.growth_pct:,} %"


def _months(one: StoredList) -> str:
    return f"{one.months[0]:%Y-%m} to {one.months[-1]:%Y-%m} ({len(one.months)})" if one.months else "none"


def _path(change: CityChange) -> str:
    """The rank where it changes: A 3 → documents 2 → B 2."""
    told, last = [], object()
    for step, rank in change.rank_path:
        if rank != last or step == "rule":
            told.append(f"{'B' if step == 'rule' else NAMES.get(step, step)} {rank or '–'}")
        last = rank
    return " → ".join(told)
