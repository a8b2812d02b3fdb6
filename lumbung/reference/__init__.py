"""Reference tables: regions, countries, currencies, rates, HS chapters, offices, ranking rules."""

from lumbung.reference.seeds import make_seeds

__all__ = ["make_seeds"]
