"""What a release says, for people: the ranking as rows, as a table on a terminal, as one HTML page."""

from lumbung.report.page import write_page, write_pages
from lumbung.report.ranking import Ranking, as_json, rank
from lumbung.report.terminal import print_ranking

__all__ = ["Ranking", "as_json", "print_ranking", "rank", "write_page", "write_pages"]
