"""Scores of pairs of records, by Splink on DuckDB with the frozen model. A pair is scored once and kept."""

import logging
import re
from pathlib import Path

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from lumbung.identity.kept import keep
from lumbung.identity.model import Model

# Level -> SQL over the two records, the closest first; a pair is at the first level that holds.
LEVELS = {
    "name": {
        "same": '"name_key_l" = "name_key_r"',
        "owner_for_firm": 'len("owner_words_r") > 1 AND list_has_all("name_words_l", "owner_words_r") '
                          'OR len("owner_words_l") > 1 AND list_has_all("name_words_r", "owner_words_l")',
        "one_letter": 'length("joined_l") >= 6 AND damerau_levenshtein("joined_l", "joined_r") <= 1 '
                      'OR length("name_key_l") >= 6 AND damerau_levenshtein("name_key_l", "name_key_r") <= 1',
        "words_within": 'list_has_all("name_words_l", "name_words_r") AND len("rare_words_r") > 0 '
                        'OR list_has_all("name_words_r", "name_words_l") AND len("rare_words_l") > 0',
        "two_letters": 'length("name_key_l") >= 10 AND damerau_levenshtein("name_key_l", "name_key_r") <= 2 '
                       'OR jaro_winkler_similarity("name_key_l", "name_key_r") >= 0.93',
        "rare_word": 'list_has_any("rare_words_l", "rare_words_r")',
        "else": "ELSE"},
    "owner": {
        "same": '"owner_key_l" = "owner_key_r"',
        "alike": 'damerau_levenshtein("owner_key_l", "owner_key_r") <= 1 '
                 'OR jaro_winkler_similarity("owner_key_l", "owner_key_r") >= 0.93',
        "else": "ELSE"},
    "phone": {"same": 'list_has_any("phones_l", "phones_r")', "else": "ELSE"},
    "region": {
        "same_city": 'list_has_any("regions_l", "regions_r")',
        "same_province": 'list_has_any("provinces_l", "provinces_r")',
        "else": "ELSE"},
    "product": {"shared_word": 'list_has_any("products_l", "products_r")', "else": "ELSE"},
}
NOTHING = {
    "name": '"name_key_l" IS NULL OR "name_key_r" IS NULL',
    "owner": '"owner_key_l" IS NULL OR "owner_key_r" IS NULL',
    "phone": 'len("phones_l") = 0 OR len("phones_r") = 0',
    "region": 'len("provinces_l") = 0 OR len("provinces_r") = 0',
    "product": 'len("products_l") = 0 OR len("products_r") = 0'}
# Pairs worth comparing have one of these in common. Both are made up, or both are real.
BLOCKS = (
    block_on("is_synthetic", "name_key"), block_on("is_synthetic", "owner_key"),
    block_on("is_synthetic", "phone", arrays_to_explode=["phone"]),
    block_on("is_synthetic", "person", arrays_to_explode=["person"]),
    block_on("is_synthetic", "spelling", arrays_to_explode=["spelling"]))
COLUMNS = {"record_l": "VARCHAR", "record_r": "VARCHAR", "probability": "DOUBLE",
           **dict.fromkeys(LEVELS, "VARCHAR")}


def settings(model: Model) -> SettingsCreator:
    """Splink's settings, with the weights of a model."""
    made = []
    for name, conditions in LEVELS.items():
        own = [levels.CustomLevel(NOTHING[name], "nothing to compare").configure(is_null_level=True)]
        for level, sql in conditions.items():
            one = levels.ElseLevel() if sql == "ELSE" else levels.CustomLevel(sql, level)
            m, u = model.weights[name][level]
            how = {"label_for_charts": level, "m_probability": m, "u_probability": u}
            if (name, level) == ("name", "same"):
                how |= {"tf_adjustment_column": "name_key", "disable_tf_exact_match_detection": True}
            own.append(one.configure(**how))
        made.append(comparisons.CustomComparison(own, output_column_name=name))
    return SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="record_id", comparisons=made,
        blocking_rules_to_generate_predictions=list(BLOCKS),
        probability_two_random_records_match=model.prior, retain_matching_columns=False)


def score(con: duckdb.DuckDBPyConnection, model: Model, folder: Path) -> int:
    """Make the table `pairs` (COLUMNS) of `records`: those of `folder`, and those that a new record is part of.

    Pairs of one party are none. A pair says at which level each comparison stands, "" where there was nothing to
    compare. Kept are pairs that may matter: probable ones, and those of one name. Returns how many records were new.
    """
    scored, kept = folder / "scored.parquet", folder / "pairs.parquet"
    shape = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"CREATE TABLE known_pairs ({shape}); CREATE TABLE known (record_id VARCHAR)")
    if scored.is_file() and kept.is_file():
        con.execute("INSERT INTO known FROM read_parquet(?)", [str(scored)])
        con.execute("INSERT INTO known_pairs FROM read_parquet(?)", [str(kept)])
    [(new,)] = con.execute("SELECT count(*) FROM records ANTI JOIN known USING (record_id)").fetchall()
    [(gone,)] = con.execute("SELECT count(*) FROM known ANTI JOIN records USING (record_id)").fetchall()
    if new:
        _score_new(con, model)
    con.execute("""CREATE TABLE pairs AS SELECT DISTINCT p.* FROM known_pairs p
                   SEMI JOIN records l ON p.record_l = l.record_id SEMI JOIN records r ON p.record_r = r.record_id""")
    if new or gone:
        # A record that went is forgotten: should it come back, others may have come meanwhile. Pairs first: what dies
        # in between is scored once more.
        keep(con, "FROM pairs ORDER BY ALL", kept)
        keep(con, "SELECT record_id FROM records ORDER BY ALL", scored)
    return new


def _score_new(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    prepare(con, "old_records", "SEMI JOIN known USING (record_id)")
    prepare(con, "new_records", "ANTI JOIN known USING (record_id)")
    api = DuckDBAPI(con)
    new = api.register("new_records")
    linker = Linker(new, settings(model), log_level=logging.ERROR)
    con.execute("CREATE TABLE frequencies AS SELECT DISTINCT name_key, tf_name_key FROM records "
                "WHERE name_key IS NOT NULL")
    linker.table_management.register_term_frequency_lookup(api.register("frequencies"), "name_key")
    found = [linker.inference.predict_within(new)]
    if con.execute("SELECT count(*) FROM old_records").fetchall()[0][0]:
        found.append(linker.inference.predict_between(new, api.register("old_records")))
    for pairs in found:
        con.execute(f"""
            INSERT INTO known_pairs
            SELECT record_l, record_r, match_probability, {', '.join(_level(name) for name in LEVELS)}
            FROM (SELECT least(record_id_l, record_id_r) AS record_l, greatest(record_id_l, record_id_r) AS record_r,
                         match_probability, {_sides()}
                  FROM {pairs.physical_name} JOIN records l ON l.record_id = record_id_l
                       JOIN records r ON r.record_id = record_id_r
                  WHERE l.party_key <> r.party_key
                    AND (match_probability >= {model.grey / 2} OR l.name_key = r.name_key))""")


def prepare(con: duckdb.DuckDBPyConnection, table: str, which: str) -> None:
    """Make a table of records as Splink takes them: the lists that pairs are found by stand there twice."""
    con.execute(f"""
        CREATE TABLE {table} AS
        SELECT records.* EXCLUDE (tf_name_key, spellings, persons), phones AS phone, persons AS person,
               spellings AS spelling
        FROM records {which}""")


def _sides() -> str:
    """SQL of the columns that comparisons read, of both records, called as Splink calls them."""
    names = sorted(set(re.findall(r'"(\w+)_[lr]"', " ".join([*NOTHING.values(), *(
        sql for conditions in LEVELS.values() for sql in conditions.values())]))))
    return ", ".join(f"{side}.{name} AS {name}_{side}" for name in names for side in "lr")


def _level(name: str) -> str:
    """SQL of the level at which a pair stands, "" where there is nothing to compare; what Splink saw, in words."""
    cases = " ".join(f"WHEN {sql} THEN '{level}'" for level, sql in LEVELS[name].items() if sql != "ELSE")
    return f"CASE WHEN {NOTHING[name]} THEN '' {cases} ELSE 'else' END AS {name}"
