"""The pages that a release carries for insiders."""

from pathlib import Path

from lumbung.report.page import write_page
from lumbung.report.quality_page import write_quality_page
from lumbung.report.ranking import Release


def write_pages(release: Release) -> list[Path]:
    """Write into the release's own folder the page of quality, where it holds results of checks, and the page of each
    province that has a ranked city, for its last year. They link to each other."""
    with release.connect() as connection:
        wanted = connection.execute(
            "SELECT province_code, max(year) FROM mart_city_ranking WHERE rank IS NOT NULL "
            "AND rule_name = 'headline' GROUP BY province_code ORDER BY province_code").fetchall()
    quality = write_quality_page(release, [f"peringkat-{province}-{year}.html" for province, year in wanted])
    folder = release.path / "internal" / "report"
    pages = [write_page(release, province, year, folder, quality=quality.name if quality else "")
             for province, year in wanted]
    return [*pages, *([quality] if quality else [])]
