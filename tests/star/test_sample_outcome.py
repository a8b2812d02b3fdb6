"""The question that the sample must be able to answer."""

import pytest
from sample_office import office


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return office(tmp_path_factory.getbasetemp())


def test_those_trained_in_depok_in_2022_are_told_against_those_waiting(sample):
    """Neither withheld nor refused, and with bounds that differ: some of them nobody can link."""
    ((exported, unlinkable, least, share, most, difference, reason),) = sample.rows("""
        select exported, unlinkable, share_least_pct, share_pct, share_most_pct, difference_pct, no_difference_reason
        from marts.mart_programme_outcome where breakdown = 'office' and breakdown_code = 'disdagin-depok'
            and cohort = '2022' and arm = 'trained' and horizon_months = 12 and measure = 'export' and is_synthetic""")
    assert exported > 2
    assert unlinkable > 2
    assert least < share < most
    assert difference is not None
    assert reason is None
