"""Whatever a cell holds, and however its table is written down as CSV, it is read as it was meant."""

import csv
import io
import json
import re

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import TITLES, document, row

from lumbung import intake
from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.lake.home import Home

WORDS = st.text("ab1.,;|\t\"'\n\r é–€ ", max_size=8)
# Windows-1252 can't be told from UTF-8 before there is a letter that they write differently.
LAYOUTS = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.booleans())
ONE_LETTER = re.compile("é[–€]{2}")      # their bytes in Windows-1252 are those of one letter in UTF-8
# What counts as white space beyond these is left to each.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z"], include_characters=" \n\t"), max_size=12)
FILES = st.lists(st.tuples(LAYOUTS, st.lists(WORDS, min_size=1, max_size=6)), min_size=1, max_size=5)


def written(layout: tuple, table: list[list[str]]) -> bytes:
    encoding, delimiter, newline, quoting, whole = layout
    text = io.StringIO(newline="")
    if any("\r" in cell for cells in table for cell in cells):
        quoting = csv.QUOTE_ALL         # Python's writer leaves a lone \r bare, and then it ends a line
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(table)
    if encoding == "cp1252" and ONE_LETTER.search(text.getvalue()):
        encoding = "utf-8"
    return (text.getvalue() if whole else text.getvalue().removesuffix(newline)).encode(encoding)


def accepted(home: Home, batch) -> list[tuple[str, str | None]]:
    typed = intake.type_loads(home, batch.feed, batch.batch_id, intake.land(home, batch))
    assert [load.reason_code for load in typed.loads] == [""] * len(typed.loads)
    return duckdb.sql("select nomor_aju, item_description from read_parquet(?) order by 1",
                      params=[str(typed.raw_path)]).fetchall()


@pytest.fixture
def new_home(tmp_path_factory, monkeypatch):
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    return lambda: Home(tmp_path_factory.mktemp("home")).make()


def meant(text: str) -> str | None:
    return None if is_nothing(text) else tidy(text)


@settings(deadline=None, max_examples=40, print_blob=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES)
def test_a_cell_of_any_text_comes_back_from_any_layout(new_home, files):
    home, expected = new_home(), []
    for f, (layout, texts) in enumerate(files):
        table = [[*TITLES, "Uraian Barang"]]
        for r, text in enumerate(texts):
            table.append([*row(100 * f + r), text])
            expected.append((table[-1][0], meant(text)))
        path = home.inbox / "peb" / "bc" / f"{f}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(layout, table))
    batch, = intake.plan(home, ["peb"], 0)
    assert accepted(home, batch) == expected


@settings(deadline=None, max_examples=25, print_blob=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=6),
       st.sampled_from(["one", "list", "lines"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
       st.booleans(), st.integers(0, 3))
def test_a_document_of_any_text_comes_back_from_any_way_of_json(new_home, texts, way, encoding, escaped, indent):
    home, expected, documents = new_home(), [], []
    for n, text in enumerate(texts[:1] if way == "one" else texts):
        made = document(n)
        made["barang"][0]["uraian"] = text
        documents.append(made)
        expected.append((made["nomorAju"], meant(text)))
    how = {"ensure_ascii": escaped, "indent": indent or None}
    if way == "lines":
        content = "\n".join(json.dumps(one, ensure_ascii=escaped) for one in documents)
    else:
        content = json.dumps(documents if way == "list" else documents[0], **how)
    path = home.inbox / "peb" / "bc" / "a.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode(encoding))
    batch, = intake.plan(home, ["peb"], 0)
    assert accepted(home, batch) == expected
