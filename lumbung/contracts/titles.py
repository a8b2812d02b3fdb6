"""What makes two column titles the same title."""


def fold(title: str) -> str:
    """A title without case, blanks and punctuation."""
    return "".join(c for c in title.casefold() if c.isalnum())
