"""Why a ranking's figures changed between two releases, to the cent."""

from lumbung.diff.explaining import CityChange, Difference, explain
from lumbung.diff.lists import Asked, last_year
from lumbung.diff.printing import as_json, print_difference
from lumbung.diff.releases import is_code_of, is_same_code

__all__ = ["Asked", "CityChange", "Difference", "as_json", "explain", "is_code_of", "is_same_code", "last_year",
           "print_difference"]
