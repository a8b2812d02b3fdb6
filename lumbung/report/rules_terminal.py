"""How firm a ranking is, as a table on a terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbung.report import words
from lumbung.report.ranking import Ranking
from lumbung.report.rules import Elsewhere


def print_rules(ranking: Ranking, cities: list[Elsewhere], console: Console) -> None:
    """Print each ranked city's rank without its largest exporter and under the rules that rank it otherwise."""
    console.print(Text(ranking.title, style="bold"))
    console.print(Text("Internal, jangan diterbitkan: peringkat menurut aturan lain untuk bulan yang sama.",
                       style="bold"))
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    table.add_column("", justify="right")
    table.add_column("Kota/kabupaten", no_wrap=True)
    table.add_column("Tanpa eksportir terbesar", justify="right")
    table.add_column("Sama di", justify="right")
    table.add_column("Lain di (– tanpa peringkat)")
    for city in cities:
        if city.rank is None:
            continue
        same = len(city.others) - len(city.differing)
        table.add_row(str(city.rank), words.short_name(city.region_name), _rank(city.rank_without_largest),
                      f"{same} dari {len(city.others)}" if city.others else words.NOTHING, _listed(city))
    console.print()
    console.print(table)
    console.print()
    for city in cities:
        if city.rank == 1 and city.others:
            console.print(Text(_of_the_first(city, ranking)))


def _of_the_first(city: Elsewhere, ranking: Ranking) -> str:
    rule = f"{ranking.rule['rule_name']}/{ranking.basis}"
    if not city.differing:
        return f"{city.region_name} pertama menurut {rule} dan menurut semua aturan lain."
    return f"{city.region_name} pertama menurut {rule}, tetapi tidak menurut {_listed(city)}."


def _listed(city: Elsewhere) -> str:
    return ", ".join(f"{rule} ({_rank(rank)})" for rule, rank in sorted(city.differing.items()))


def _rank(rank: int | None) -> str:
    return words.NOTHING if rank is None else str(rank)
