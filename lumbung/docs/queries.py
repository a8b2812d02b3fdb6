"""The queries that people ask of a mart: one SQL file each, the question in its first two lines."""

import re
from dataclasses import dataclass
from pathlib import Path

from lumbung.errors import LumbungError

QUERIES_WANTED = 5
FILE = re.compile(r"(\d+)_[a-z0-9_]+\.sql")


@dataclass(frozen=True)
class Query:
    """One question with the SQL that answers it."""

    number: int
    file_name: str
    question: str
    question_id: str
    sql: str


def queries(folder: Path, mart: str) -> list[Query]:
    """The queries in `<folder>/<mart>/<n>_<name>.sql` by number; none where there is no such folder.

    A file begins with two comments, the question in English and in Indonesian. Raises LumbungError for one that
    does not, and where the numbers are not 1, 2, 3 …
    """
    found = sorted((_read(path) for path in (folder / mart).glob("*.sql")), key=lambda query: query.number)
    if [query.number for query in found] != list(range(1, len(found) + 1)):
        raise LumbungError(f"The queries of {mart} are not numbered 1, 2, 3 …", where=str(folder / mart),
                           todo="Name the files 1_what.sql, 2_what.sql …")
    return found


def _read(path: Path) -> Query:
    name = FILE.fullmatch(path.name)
    lines = path.read_text(encoding="utf-8").splitlines()
    asked = [line.removeprefix("-- ") for line in lines[:2] if line.startswith("-- ") and line.endswith("?")]
    if not name or len(asked) != 2:
        raise LumbungError("A query needs a number, and the question in its first two lines.", where=str(path),
                           todo="Name it 1_what.sql and begin with `-- Which …?` and `-- Kota mana …?`.")
    return Query(int(name[1]), path.name, *asked, sql="\n".join(lines[2:]).strip())
