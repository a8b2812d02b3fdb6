"""What an agency's layout says for columns that its files lack or leave empty."""

from dataclasses import replace

from lumbung.contracts import Contract
from lumbung.intake.readers.sources import TextRows
from lumbung.intake.rules import literal


def filled(contract: Contract, text: TextRows) -> TextRows:
    """Text rows with the constants of their agencies' layouts in empty cells; a row that says nothing stays so."""
    wanted = [contract.for_agency(source.agency).constants for source in text.sources]
    if not any(wanted):
        return text
    values = []
    for name in dict.fromkeys(name for constants in wanted for name in constants):
        others = ", ".join(f"r_{c.name}" for c in contract.columns if all(c.name not in one for one in wanted))
        cases = " ".join(f"when {i} then {literal(one[name])}" for i, one in enumerate(wanted) if name in one)
        values.append(f"case when coalesce(trim(r_{name}), '') in ('', '-') and trim(concat('', {others})) <> '' "
                      f"then coalesce(case src {cases} end, r_{name}) else r_{name} end as r_{name}")

    def fill(sql: str) -> str:
        return f"(select * replace ({', '.join(values)}) from {sql})"

    pick = text.pick
    return replace(text, sql=fill(text.sql), pick=pick and (lambda places: fill(pick(places))))
