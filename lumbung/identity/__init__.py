"""Which roster line, stand holder and exporter are the same business.

Everything here works in the restricted zone; what leaves it are pseudonyms: which business each party is.
"""

from lumbung.identity.estimating import estimate
from lumbung.identity.resolving import files_made_of, resolve, standing

__all__ = ["estimate", "files_made_of", "resolve", "standing"]
