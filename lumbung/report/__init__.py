"""What a release says, for people: rankings and outcomes as rows, on a terminal, as one HTML page."""

from lumbung.report.explain_terminal import print_explanation
from lumbung.report.explained import is_explained, rule_of
from lumbung.report.explaining import Explanation, explain
from lumbung.report.explaining import as_rows as explanation_rows
from lumbung.report.outcome_terminal import print_outcomes
from lumbung.report.outcomes import Outcomes, outcomes
from lumbung.report.outcomes import as_rows as outcome_rows
from lumbung.report.page import write_page
from lumbung.report.pages import write_pages
from lumbung.report.ranking import Ranking, as_json, rank
from lumbung.report.rules import as_rows, elsewhere
from lumbung.report.rules_terminal import print_rules
from lumbung.report.terminal import print_ranking
from lumbung.report.trace_terminal import print_trace
from lumbung.report.tracing import Trace, trace_figure, trace_row
from lumbung.report.tracing import as_rows as trace_rows

__all__ = ["Explanation", "Outcomes", "Ranking", "Trace", "as_json", "as_rows", "elsewhere", "explain",
           "explanation_rows", "is_explained", "outcome_rows", "outcomes", "print_explanation",
           "print_outcomes", "print_ranking", "print_rules", "print_trace", "rank", "rule_of",
           "trace_figure", "trace_row", "trace_rows", "write_page", "write_pages"]
