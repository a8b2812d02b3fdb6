"""A big list of JSON documents as one document a line, without holding the file in memory.

DuckDB takes several times its size to parse a list whole, and Python's parser more. What lies between two documents is
found by their brackets alone, in NumPy, so that a document is never parsed here.
"""

from pathlib import Path

import numpy as np

BIG = 16 << 20
CHUNK = 4 << 20
MARK = b"\xef\xbb\xbf"
NEWLINE, BLANK = ord("\n"), ord(" ")
OPENS, CLOSES, COMMA, QUOTE, BACKSLASH, BREAK = range(1, 7)
KINDS = np.zeros(256, np.uint8)
for kind, characters in ((OPENS, "{["), (CLOSES, "}]"), (COMMA, ","), (QUOTE, '"'), (BACKSLASH, "\\"), (BREAK, "\n\r")):
    KINDS[[ord(character) for character in characters]] = kind


def is_big(path: Path) -> bool:
    return path.stat().st_size >= BIG


def one_a_line(path: Path, target: Path) -> Path:
    """Write each member of the list in `path` (UTF-8), or its one document, as a line of `target`.

    Line breaks inside a document become blanks: none can stand in a string of valid JSON. Where brackets don't match,
    what follows ends up in one line with what is broken, which no JSON parser takes.
    """
    depth, in_string, escaped, is_list = 0, False, False, None
    with path.open("rb") as file, target.open("wb") as out:
        if file.read(3) != MARK:
            file.seek(0)
        while chunk := file.read(CHUNK):
            if is_list is None:
                if not chunk.strip():
                    continue
                is_list = chunk.lstrip().startswith(b"[")
            data = np.frombuffer(chunk, np.uint8).copy()
            places = np.flatnonzero(KINDS[data])
            kinds = KINDS[data[places]]
            outside, in_string, escaped = _outside(places, kinds, len(data), in_string, escaped)
            step = np.where(outside, (kinds == OPENS).astype(np.int32) - (kinds == CLOSES), 0)
            level = depth + np.cumsum(step)
            data[places[kinds == BREAK]] = BLANK
            if is_list:
                data[places[(level == 1) & (kinds == COMMA) & outside]] = NEWLINE
                # the brackets of the list itself
                data[places[((level == 1) & (step == 1)) | ((level == 0) & (step == -1))]] = BLANK
            depth = int(level[-1]) if len(level) else depth
            out.write(data.tobytes())
        out.write(b"\n")
    return target


def _outside(places: np.ndarray, kinds: np.ndarray, size: int, in_string: bool,
             escaped: bool) -> tuple[np.ndarray, bool, bool]:
    """Which of these bytes stand outside strings, and whether a string or an escape is open at the end."""
    real = kinds == QUOTE
    if escaped and len(places) and places[0] == 0:
        real[0] = False
    slashes = places[kinds == BACKSLASH]
    was_escaped, escaped = escaped, False
    if len(slashes):
        # In a run of backslashes every second one is itself escaped; what follows an odd run is.
        starts = np.flatnonzero(np.diff(slashes, prepend=slashes[0] - 2) != 1)
        first, length = slashes[starts], np.diff(starts, append=len(slashes))
        if was_escaped and first[0] == 0:
            first[0], length[0] = 1, length[0] - 1
        after = (first + length)[length % 2 == 1]
        escaped = bool(len(after) and after[-1] == size)
        real &= ~np.isin(places, after)
    opened = np.cumsum(real) + in_string
    return opened % 2 == 0, bool((opened[-1] if len(opened) else in_string) % 2), escaped
