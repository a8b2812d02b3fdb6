"""Which makers stand on which list, and how each list writes them."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lumbung.sample.certificates import Certificates
from lumbung.sample.declarations import Declarations
from lumbung.sample.enrolments import DEPOK, JABAR, YEARS, Enrolments, make_enrolments, make_visits, programme_code
from lumbung.sample.makers_of_goods import name_makers
from lumbung.sample.mentions import exporter_mentions, write_mentions
from lumbung.sample.office_files import EVENTS, event_office
from lumbung.sample.parties import Parties
from lumbung.sample.world import WINNER, Cities

FOSTERED_BY_BOTH = 9      # one in so many of Depok's makers stands in the roster of Jawa Barat too


def make_lists(cities: Cities, peb: Declarations, ska: Certificates, parties: Parties,
               rng: np.random.Generator, spelling: np.random.Generator) -> dict[str, pa.Table]:
    """Tables by name: exporter, maker; enrolment, visit, named_owner, named_maker (who stands where); written and
    ska_exporter (as what)."""
    enrolments = make_enrolments(cities, peb, parties, rng)
    parties = _without_numbers(parties, enrolments.without_number)
    visits = make_visits(cities, parties, enrolments)
    owners, named = name_makers(cities, peb, ska, parties, enrolments, rng)
    lists = [*_rosters(cities, parties), *_programmes(enrolments), *_visited(visits), *_events(cities, parties),
             ("peb", "peb_owner", np.unique(owners["maker"])), ("ska", "ska_maker", np.unique(named["maker"]))]
    return {"exporter": parties.exporters, "maker": parties.makers, "enrolment": _table(enrolments.columns),
            "visit": _table(visits), "named_owner": _table(owners), "named_maker": _table(named),
            "written": write_mentions(cities, parties, lists, spelling),
            "ska_exporter": exporter_mentions(parties, spelling)}


def _without_numbers(parties: Parties, which: np.ndarray) -> Parties:
    makers = parties.makers
    for name in ("npwp15", "nib", "nik"):
        kept = pc.if_else(pa.array(which), None, makers.column(name))
        makers = makers.set_column(makers.schema.get_field_index(name), name, kept)
    return replace(parties, makers=makers)


def _rosters(cities: Cities, parties: Parties) -> list[tuple[str, str, np.ndarray]]:
    depok = _in_depok(cities, parties)
    there = np.flatnonzero(depok)
    return [("roster-depok", "roster", there), ("roster-jabar", "roster", np.flatnonzero(~depok)),
            ("roster-jabar", "second_roster", there[there % FOSTERED_BY_BOTH == 0])]


def _programmes(enrolments: Enrolments) -> list[tuple[str, str, np.ndarray]]:
    told = enrolments.columns
    lists = []
    for office in (DEPOK, JABAR):
        for year in YEARS:
            here = (told["office"] == office) & (told["year"] == year)
            waits = told["status"] == "waiting"
            code = programme_code(office, year)
            lists += [(code, "participants", told["maker"][here & ~waits]),
                      (code, "waiting", told["maker"][here & waits])]
    return lists


def _visited(visits: dict[str, np.ndarray]) -> list[tuple[str, str, np.ndarray]]:
    return [(f"visits-{office.split('-')[1]}", "visits", visits["maker"][visits["office"] == office])
            for office in (DEPOK, JABAR)]


def _events(cities: Cities, parties: Parties) -> list[tuple[str, str, np.ndarray]]:
    depok = _in_depok(cities, parties)
    lists = []
    for turn in range(len(EVENTS)):
        there = np.flatnonzero(depok if event_office(turn) == DEPOK else ~depok)
        lists += [(f"event-{turn}", "event", there[(there + turn) % 6 == 0]),
                  (f"leads-{turn}", "leads", there[(there + turn) % 12 == 0])]
    return lists


def _in_depok(cities: Cities, parties: Parties) -> np.ndarray:
    return parties.makers["city"].to_numpy() == cities.index(WINNER)


def _table(columns: dict[str, np.ndarray]) -> pa.Table:
    return pa.table({name: pa.array(values) for name, values in columns.items()})
