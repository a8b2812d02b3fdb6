"""The figures as tables for a terminal."""

from rich.console import Console
from rich.table import Table


def show_intake(figures: dict, console: Console) -> None:
    """Print what intake caught, a line a kind of fault, what was missed, and what was turned away wrongly."""
    console.print(_recall(figures, "intake", "kind of fault", "planted"))
    for kind in figures["intake_kinds"]:
        for miss in kind["missed"]:
            _line(console, f"  {kind['kind']}: {miss['file']} row {miss['row_number'] or '-'} {miss['column']} "
                           f"{miss['raw_value']!r}: expected {miss['expected']}, {miss['ended']}")
    console.print(f"[bold]Recall {figures['intake_recall']:.2%}[/bold] of {figures['intake_faults']:,} faults · "
                  f"[bold]false alarms {figures['intake_false_alarm_rate']:.3%}[/bold] of "
                  f"{figures['intake_good_rows']:,} good rows ({figures['intake_false_alarms']:,})", highlight=False)
    for line in figures["intake_false_alarm_reasons"]:
        _line(console, f"  {line['rows']:,} good rows: {line['reason']}")


def show_identity(figures: dict, console: Console) -> None:
    """Print which parties were joined, a line a difficulty, with what was missed and what was joined wrongly."""
    table = _table("names of one business", "pairs", "found", "recall", "joined wrongly")
    for line in figures["identity_by_difficulty"]:
        table.add_row(line["difficulty"], f"{line['pairs']:,}", f"{line['right']:,}", f"{line['recall']:.1%}",
                      f"{line['wrong']:,}", style="red" if line["wrong"] else "")
    table.add_section()
    table.add_row("[bold]all[/bold]", f"{figures['identity_pairs']:,}", f"{figures['identity_right']:,}",
                  f"{figures['identity_recall']:.2%}", f"{figures['identity_found'] - figures['identity_right']:,}")
    console.print(table)
    for line in figures["identity_by_difficulty"]:
        for what in ("missed", "joined_wrongly"):
            for pair in line[what]:
                _line(console, f"  {line['difficulty']}, {what.replace('_', ' ')}: {pair['one']} | {pair['other']}")
    console.print(
        f"[bold]Precision {figures['identity_precision']:.2%}[/bold] of {figures['identity_found']:,} pairs found · "
        f"[bold]recall {figures['identity_recall']:.2%}[/bold] of {figures['identity_pairs']:,} true pairs "
        f"(pairs of distinct party keys)", highlight=False)
    console.print(
        f"Mentions, those under one key too: precision {figures['identity_precision_mentions']:.2%}, recall "
        f"{figures['identity_recall_mentions']:.2%} of {figures['identity_pairs_mentions']:,} pairs", highlight=False)
    console.print(
        f"{figures['identity_parties']:,} parties, {figures['identity_businesses']:,} businesses, "
        f"{figures['identity_open_reviews']:,} pairs wait for a person; {figures['identity_seconds']:,} s",
        highlight=False)


def show_gates(figures: dict, console: Console) -> None:
    """Print what the gates stopped or spoke of, a line a kind, what they missed and where they cried wolf."""
    console.print(_recall(figures, "gate", "wrong as a whole", "checks"))
    for kind in figures["gate_kinds"]:
        for miss in kind["missed"]:
            _line(console, f"  {kind['kind']} ({miss['what']}): expected {miss['severity']} {miss['check']}, but "
                           f"{miss['ended']}")
    console.print(f"[bold]Recall {figures['gate_recall']:.2%}[/bold] of {figures['gate_faults']:,} checks that must "
                  f"fail · [bold]false alarms {figures['gate_false_alarm_rate']:.3%}[/bold] of "
                  f"{figures['gate_results_of_right_data']:,} results of right data "
                  f"({figures['gate_false_alarms_counted']:,}); {figures['gate_seconds']:,} s", highlight=False)
    for alarm in figures["gate_false_alarms"]:
        _line(console, f"  {alarm['times']:,} x {alarm['severity']} {alarm['check']}: {', '.join(alarm['examples'])}")


def _recall(figures: dict, of: str, kinds: str, planted: str) -> Table:
    """A line a kind of what was planted and caught, and all together; `of` is `intake` or `gate`."""
    table = _table(kinds, planted, "caught", "recall")
    for kind in figures[f"{of}_kinds"]:
        style = "" if kind["caught"] == kind["planted"] else "red"
        table.add_row(kind["kind"], f"{kind['planted']:,}", f"{kind['caught']:,}", f"{kind['recall']:.1%}", style=style)
    table.add_section()
    table.add_row("[bold]all[/bold]", f"{figures[f'{of}_faults']:,}", f"{figures[f'{of}_faults_caught']:,}",
                  f"{figures[f'{of}_recall']:.2%}")
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold")
    for place, name in enumerate(names):
        table.add_column(name, justify="right" if place else "left")
    return table


def _line(console: Console, text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
