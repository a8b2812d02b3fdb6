"""The frozen model: how much agreement and difference weigh, how often words of names occur, what is accepted.

It stands in git (`model.json`) and is only changed by `lumbung identity estimate`, so that a pair's score depends on
its two records and nothing else. An office may have its own: the file that LUMBUNG_IDENTITY_MODEL names.
"""

import functools
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from lumbung.errors import LumbungError

SHIPPED = Path(__file__).with_name("model.json")
VARIABLE = "LUMBUNG_IDENTITY_MODEL"


@dataclass(frozen=True)
class Model:
    """`weights`: comparison -> level -> (m, u), the shares of true and of other pairs at that level.

    `words`: share of businesses whose name has a word; one that is not listed occurs `unseen`. A pair from `accept` on
    is one business, one from `grey` on is for a person. `prior`: how likely two records taken at random match.
    """

    weights: dict[str, dict[str, tuple[float, float]]]
    words: dict[str, float]
    unseen: float
    rare: float
    prior: float
    accept: float
    grey: float
    digest: str

    def is_rare(self, word: str) -> bool:
        """Whether so few businesses share a word that those which do are worth comparing."""
        return len(word) > 2 and self.words.get(word, self.unseen) <= self.rare

    def frequency(self, words: tuple[str, ...]) -> float | None:
        """How often a name of these words is expected: as often as its rarest two words meet."""
        if not words:
            return None
        shares = sorted(self.words.get(word, self.unseen) for word in words)[:2]
        return max(1e-7, shares[0] * (shares[1] * 10 if len(shares) > 1 else 1.0))


def model_path() -> Path:
    """The model in force."""
    own = os.environ.get(VARIABLE)
    return Path(own).resolve() if own else SHIPPED


def load() -> Model:
    """The model in force. Raises LumbungError where its file is no model."""
    path = model_path()
    try:
        return _read(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LumbungError(f"Not a model of identity that can be read: {problem}", where=str(path),
                           todo=f"Make it with `lumbung identity estimate --out FILE`, or unset {VARIABLE}.") from None


@functools.lru_cache(maxsize=4)
def _read(text: bytes) -> Model:
    told = json.loads(text)
    return Model(
        weights={name: {level: (float(m), float(u)) for level, (m, u) in levels.items()}
                 for name, levels in told["weights"].items()},
        words={word: float(share) for word, share in told["words"].items()}, unseen=float(told["unseen"]),
        rare=float(told["rare"]), prior=float(told["prior"]), accept=float(told["accept"]), grey=float(told["grey"]),
        digest=hashlib.sha256(text).hexdigest()[:16])
