"""Rows made of one row of a wide table pass or fail with it."""

import duckdb

from lumbung.contracts import Contract


def fail_whole(con: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Add to the table `siblings` what else was made of a rejected source row, and the rest of its documents.

    A document may lie in several rows and a row in several documents, so this goes on until nothing is added.
    """
    keys = contract.document_key
    same = " and ".join(f"r.{k} is not distinct from d.{k}" for k in keys)
    columns = f"part, ordinal, load_id, sheet, row_number, {', '.join(keys)}"
    document = "concat_ws('|', " + ", ".join(f"coalesce({k}::varchar, '')" for k in keys) + ")"
    while True:
        con.execute(f"""create or replace temp table more as
            with gone as (select part, ordinal from broken union all select part, ordinal from siblings),
            left_over as (select {columns} from rows r anti join gone using (part, ordinal) where state = 0),
            of_rows as (select distinct part, sheet, row_number, load_id from broken
                        union select part, sheet, row_number, load_id from siblings),
            of_documents as (select load_id, {', '.join(keys)} from rows semi join siblings using (part, ordinal))
            select part, ordinal, load_id, sheet, row_number, {document} as document_key, 'row_incomplete' as code
            from left_over semi join of_rows using (part, sheet, row_number, load_id)
            union
            select part, ordinal, load_id, sheet, row_number, {document}, 'document_incomplete'
            from left_over r semi join of_documents d on r.load_id = d.load_id and {same}
            anti join of_rows using (part, sheet, row_number, load_id)""")
        if not con.execute("select count(*) from more").fetchall()[0][0]:
            return
        con.execute("insert into siblings select * from more")
