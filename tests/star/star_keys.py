"""Surrogate keys, worked out without SQL."""

import hashlib


def business_of(party_key: str) -> str:
    """The id of a business that nobody resolved to be the same as another: made of its one party."""
    return f"ikm_{hashlib.md5(party_key.encode()).hexdigest()[:15]}"


def key_of(*texts: str | None) -> int:
    """The key of what a member is known by: 60 bits of the md5 of its texts, each with its length before it."""
    text = "".join("-" if text is None else f"{len(text)}:{text}" for text in texts)
    return int(hashlib.md5(text.encode()).hexdigest()[:15], 16)
