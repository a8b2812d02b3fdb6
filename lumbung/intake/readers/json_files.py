"""Export declarations as JSON: one document, a list of them, or one a line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.contracts import Contract
from lumbung.intake.readers import json_split
from lumbung.intake.readers.sources import Source, TextRows, as_utf8, encoding_of, is_utf8
from lumbung.intake.rules import literal

LINE_LIMIT = 16 << 20
FIRST = 1 << 20

# A number that a double can't hold is made text before anything parses it. Names and values of
# members are matched as a whole, so that nothing inside a string is touched.
LONG_NUMBER = r':\s*-?[0-9.]{16}'
AS_TEXT = r'("(?:[^"\\]|\\.)*"\s*:\s*)(-?[0-9]+(?:\.[0-9]+)?)'


def rows(con: duckdb.DuckDBPyConnection, contract: Contract, sources: list[Source], scratch: Path) -> TextRows:
    """The items of all documents of these files. A document that can't be read is a row with its text in `line`.

    The SQL reads the temporary table `documents`, so it holds until the next call.
    """
    sources = [_decoded(source, scratch) for source in sources]
    split = [json_split.is_big(s.path) and not _is_one_a_line(s.path) for s in sources]
    sources = [s.at(json_split.one_a_line(s.path, scratch / f"{s.name}.lines")) if big else s
               for s, big in zip(sources, split, strict=True)]
    by_line = [i for i, s in enumerate(sources) if split[i] or _is_one_a_line(s.path)]
    whole = [i for i in range(len(sources)) if i not in set(by_line)]
    con.execute("create or replace temp table documents (src int, doc bigint, document varchar)")
    if by_line:
        con.execute(f"""insert into documents
            select {_list(by_line)}[file_index::bigint + 1], row_number() over (), line
            from read_csv({_list([str(sources[i].path) for i in by_line])}, auto_detect = false, header = false,
                strict_mode = false, quote = '', escape = '', delim = '\x01', columns = {{'line': 'VARCHAR'}},
                max_line_size = {LINE_LIMIT}, buffer_size = {2 * LINE_LIMIT})
            where trim(line) <> ''""")
    if whole:
        _insert_whole(con, sources, whole, contract.column(contract.document_key[0]).json_path)
    return TextRows(f"(select * exclude (doc, n) from {_items(contract)} order by src, doc, n)", tuple(sources),
                    tuple(source.member for source in sources))


def _insert_whole(con: duckdb.DuckDBPyConnection, sources: list[Source], whole: list[int], head: str) -> None:
    paths = [str(sources[i].path) for i in whole]
    con.execute(f"""create or replace temp table files as
        select {_list(whole)}[list_position({_list(paths)}, filename)] as src, ltrim(content, chr(65279)) as content
        from read_text({_list(paths)})""")
    con.execute("""insert into documents
        select src, generate_subscripts(parts, 1), unnest(parts) from (
            select src, case when not json_valid(content) then []
                             when json_type(content) = 'ARRAY' then json_extract(content, '$[*]')::varchar[]
                             else [content] end as parts
            from files)""")
    broken = con.execute("select src, content from files where not coalesce(json_valid(content), false)").fetchall()
    found = [(src, at, text) for src, content in broken for at, text in enumerate(_salvage(content, head))]
    con.register("salvaged", pa.table({
        "src": pa.array([f[0] for f in found], pa.int32()), "doc": pa.array([f[1] for f in found], pa.int64()),
        "document": pa.array([f[2] for f in found], pa.string())}))
    con.execute("insert into documents select * from salvaged")
    con.unregister("salvaged")


def _salvage(content: str, head: str) -> Iterator[str]:
    """The documents of a file that is no valid JSON: the good ones, and the text of each broken one."""
    decoder, at, broken_from, found = json.JSONDecoder(), content.find("{"), None, False
    while at >= 0:
        try:
            value, end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            broken_from = at if broken_from is None else broken_from
            at = content.find("{", at + 1)
            continue
        # After a break, an object without the number of a document is a piece of the broken one.
        if broken_from is None or head in value:
            if broken_from is not None:
                yield content[broken_from:at]
            yield content[at:end]
            broken_from, found = None, True
        at = content.find("{", end)
    if broken_from is not None or not found:
        yield content[broken_from or 0:]


def _items(contract: Contract) -> str:
    paths = {c.name: c.json_path for c in contract.columns if c.json_path}
    heads = sorted({p for p in paths.values() if "[" not in p})
    fields = sorted({m[1] for p in paths.values() if (m := re.fullmatch(r"barang\[\]\.(\w+)", p))})
    parties = sorted({m[1] for p in paths.values() if (m := re.fullmatch(r"entitas\[\w*\]\.(\w+)", p))}
                     | {"kodeEntitas", "seriEntitas", "nomorIdentitas", "nibEntitas", "namaEntitas"})
    owner = dict.fromkeys(("seriEntitas", "nilaiFob"), "VARCHAR")
    shape = json.dumps({
        **dict.fromkeys(heads, "VARCHAR"),
        "barang": [{**dict.fromkeys(fields, "VARCHAR"), "barangPemilik": [owner]}],
        "entitas": [dict.fromkeys(parties, "VARCHAR")]})
    texts = ", ".join(f"{_at(paths.get(c.name, ''))} as r_{c.name}" for c in contract.columns)
    exact = (f"case when regexp_matches(document, {literal(LONG_NUMBER)}) "
             f"then regexp_replace(document, {literal(AS_TEXT)}, '\\1\"\\2\"', 'g') else document end")
    return f"""(
        with read as (
            select src, doc, document,
                   case when json_valid(document) then json_type(document) = 'OBJECT' else false end as good,
                   case when good then {exact} end as exact
            from documents),
        shaped as (
            select src, doc, document, good,
                   from_json(case when json_valid(exact) then exact else document end, {literal(shape)}) as j
            from read where good),
        listed as (
            select src, doc, j, generate_subscripts(goods, 1) as n, unnest(goods) as b from (
                select *, case when len(coalesce(j.barang, [])) = 0 then [null] else j.barang end as goods
                from shaped))
        select src, doc, n, null::varchar as line, null::varchar as line_code, {texts} from listed
        union all
        select src, doc, 0, left(document, 10000), 'unreadable',
               {', '.join(f'null::varchar as r_{c.name}' for c in contract.columns)} from read where not good)"""


def _at(path: str) -> str:
    """SQL of the text at one jsonPath of the contract (docs/structure.md)."""
    if not path:
        return "null::varchar"
    if path == "barang[].barangPemilik[]":
        owner = ("list_filter(j.entitas, lambda e: e.seriEntitas = o.seriEntitas)[1]")
        owners = (f"list_transform(b.barangPemilik, lambda o: {{'npwp': {owner}.nomorIdentitas, "
                  f"'nib': {owner}.nibEntitas, 'name': {owner}.namaEntitas, 'value': o.nilaiFob}})")
        return f"case when len(b.barangPemilik) > 0 then to_json({owners})::varchar end"
    if match := re.fullmatch(r"barang\[\]\.(\w+)", path):
        return f"b.{match[1]}"
    if match := re.fullmatch(r"entitas\[(\w+)\]\.(\w+)", path):
        return f"list_filter(j.entitas, lambda e: e.kodeEntitas = {literal(match[1])})[1].{match[2]}"
    return f"j.{path}"


def _decoded(source: Source, scratch: Path) -> Source:
    with source.path.open("rb") as file:
        encoding = encoding_of(file.read(4096))
    if not encoding.startswith("utf-16") and is_utf8(source.path):
        return source
    return source.at(as_utf8(source.path, encoding, scratch / f"{source.name}.utf8"))


def _is_one_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        first = file.read(FIRST).removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _list(values: list) -> str:
    return "[" + ", ".join(literal(v) if isinstance(v, str) else str(v) for v in values) + "]"
