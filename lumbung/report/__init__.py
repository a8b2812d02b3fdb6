"""What a release says, for people: rankings and outcomes as rows, on a terminal, as one HTML page."""

from lumbung.report.outcome_terminal import print_outcomes
from lumbung.report.outcomes import Outcomes, outcomes
from lumbung.report.outcomes import as_rows as outcome_rows
from lumbung.report.page import write_page, write_pages
from lumbung.report.ranking import Ranking, as_json, rank
from lumbung.report.rules import as_rows, elsewhere
from lumbung.report.rules_terminal import print_rules
from lumbung.report.terminal import print_ranking

__all__ = ["Outcomes", "Ranking", "as_json", "as_rows", "elsewhere", "outcome_rows", "outcomes", "print_outcomes",
           "print_ranking", "print_rules", "rank", "write_page", "write_pages"]
