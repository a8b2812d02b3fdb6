"""What became of members of programmes, on a terminal."""

from babel.dates import format_date
from rich.console import Console
from rich.text import Text

from lumbung.report import outcome_words as say
from lumbung.report import words
from lumbung.report.outcomes import MEASURES, NOT_AN_EFFECT, Outcomes


def print_outcomes(found: Outcomes, console: Console) -> None:
    """Print both measures with those waiting beside them, and what has to be said of such figures."""
    console.print(Text(say.title(found), style="bold"))
    for measure in MEASURES:
        row, beside = found.rows[measure], found.waiting.get(measure)
        console.print()
        console.print(Text(say.MEASURE[measure], style="bold"))
        lines = [say.counts(row), say.share(row)]
        if found.arm != "waiting":
            lines += [f"Yang menunggu: {say.counts(beside)}; {say.share(beside)}"] if beside else []
            lines.append(f"Terhadap yang menunggu: {say.difference(row)}")
        lines += [line for line in [say.value(row) if measure == "export" else ""] if line]
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True)
    console.print()
    for note in notes(found):
        console.print(Text(note, style="bold" if note in (NOT_AN_EFFECT, words.MADE_UP) else "dim"), soft_wrap=True)


def notes(found: Outcomes) -> list[str]:
    """What has to stand under the figures."""
    last = found.last_final_month
    through = [f"Data ekspor final sampai {format_date(last, 'MMMM yyyy', locale=words.LOCALE)}."] if last else []
    made_up = [words.MADE_UP] if found.is_synthetic else []
    return [NOT_AN_EFFECT, say.SEEN, *through, f"Rilis {found.release_id}.", *made_up]
